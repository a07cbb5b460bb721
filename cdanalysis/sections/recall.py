"""How a section comes by a result, and what it says where there is none.

`direct` computes a result, and a program that remembers passes its own way. Blocks under `@or_why` end at the first result that
they need and that is not estimable, with the reason as their last block: `found = estimable(recall(pipeline, ...))`.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from cdanalysis.results import NotEstimable
from cdanalysis.settings.as_text.cutoffs import Lock

Result = TypeVar("Result")
Given = ParamSpec("Given")


class Recall(Protocol):
    """The result of `pipeline(*given)`; waiting: what is said while a pipeline runs that takes long and tells its progress."""

    def __call__(self, pipeline: Callable[..., Result], *given: Any, waiting: str = "") -> Result: ...


def direct(pipeline: Callable[..., Result], *given: Any, waiting: str = "") -> Result:  # noqa: ARG001
    """Compute it."""
    return pipeline(*given)


def locked_cutoffs() -> Mapping[str, Lock]:
    """The locked cut-offs by their markers' codes: none, but where a program keeps a session."""
    return {}


class _End(Exception):  # noqa: N818
    """Ends the blocks around it."""

    def __init__(self, why: NotEstimable) -> None:
        super().__init__(why.reason)
        self.why = why


def estimable(found: Result | NotEstimable) -> Result:
    """The result, without which the blocks around end (`or_why`)."""
    if isinstance(found, NotEstimable):
        raise _End(found)
    return found


def or_why(blocks: Callable[Given, Iterator[Any]]) -> Callable[Given, Iterator[Any]]:
    """A function to blocks, whose last one is the reason where a result that it needs is not `estimable`."""

    @wraps(blocks)
    def or_reason(*given: Given.args, **named: Given.kwargs) -> Iterator[Any]:
        try:
            yield from blocks(*given, **named)
        except _End as end:
            yield end.why

    return or_reason
