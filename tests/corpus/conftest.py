"""The corpus is parsed by one warm program that forks; see warm.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from corpus.warm import warm_parser


@pytest.fixture(scope="module", autouse=True)
def _warm() -> Iterator[None]:
    with warm_parser():
        yield
