"""How a section comes by a result: `direct` computes it, and a program that remembers passes its own way."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from cdanalysis.settings.as_text.cutoffs import Lock

Result = TypeVar("Result")


class Recall(Protocol):
    """The result of `pipeline(*given)`; waiting: what is said while a pipeline runs that takes long and tells its progress."""

    def __call__(self, pipeline: Callable[..., Result], *given: Any, waiting: str = "") -> Result: ...


def direct(pipeline: Callable[..., Result], *given: Any, waiting: str = "") -> Result:  # noqa: ARG001
    """Compute it."""
    return pipeline(*given)


def locked_cutoffs() -> Mapping[str, Lock]:
    """The locked cut-offs by their markers' codes: none, but where a program keeps a session."""
    return {}
