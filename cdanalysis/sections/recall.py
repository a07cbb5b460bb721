"""How a section comes by a result: `direct` computes it, and a program that remembers passes its own way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from cdanalysis.dictionary.markers import Marker

Result = TypeVar("Result")


class Recall(Protocol):
    """The result of `pipeline(*given)`; waiting: what is said while a pipeline runs that takes long and tells its progress."""

    def __call__(self, pipeline: Callable[..., Result], *given: Any, waiting: str = "") -> Result: ...


def direct(pipeline: Callable[..., Result], *given: Any, waiting: str = "") -> Result:  # noqa: ARG001
    """Compute it."""
    return pipeline(*given)


def locked_cutoff(marker: Marker) -> tuple[float, str] | None:  # noqa: ARG001
    """The cut-off and side of a marker that were locked before exploring: none, but where a program keeps a session."""
    return None
