"""Files are parsed by one warm program that forks, but where the start of the program itself is tested."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from corpus.warm import warm_parser


@pytest.fixture(scope="module", autouse=True)
def _warm(request: pytest.FixtureRequest) -> Iterator[None]:
    if request.module.__name__.endswith("test_child"):
        yield
        return
    with warm_parser():
        yield
