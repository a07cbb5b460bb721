"""Blocks end with the reason at the first result that they need and that there is none of, and at no other place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cdanalysis.results import NotEstimable
from cdanalysis.sections.recall import estimable, or_why

SECTIONS = Path(__file__).parents[2] / "cdanalysis" / "sections"
WHY = NotEstimable("no event was observed")


@or_why
def _inner(found: str | NotEstimable) -> Iterator[str]:
    yield "before"
    yield estimable(found)


@or_why
def _outer(first: str | NotEstimable, second: str | NotEstimable) -> Iterator[str]:
    yield estimable(first)
    yield from _inner(second)
    yield "after"


def test_blocks_end_with_the_reason() -> None:
    assert list(_outer(WHY, "inner")) == [WHY]
    assert list(_outer("outer", "inner")) == ["outer", "before", "inner", "after"]


def test_what_a_part_lacks_does_not_end_the_blocks_around_it() -> None:
    assert list(_outer("outer", WHY)) == ["outer", "before", WHY, "after"]


def test_a_fault_of_ours_is_no_reason() -> None:
    @or_why
    def faulty() -> Iterator[str]:
        yield str(1 / 0)

    with pytest.raises(ZeroDivisionError):
        list(faulty())


def test_every_function_that_needs_a_result_ends_with_the_reason_itself() -> None:
    """The innermost function around `estimable` is decorated: else the blocks of another one would end."""
    faulty = [
        f"{path.relative_to(SECTIONS)}: {name}"
        for path in sorted(SECTIONS.rglob("*.py"))
        for name, decorated in _that_need(ast.parse(path.read_text(encoding="utf-8")), None)
        if not decorated
    ]
    assert faulty == []


def _that_need(node: ast.AST, around: ast.FunctionDef | ast.Lambda | None) -> Iterator[tuple[str, bool]]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id == "estimable":
            decorators = around.decorator_list if isinstance(around, ast.FunctionDef) else []
            yield getattr(around, "name", "lambda"), any(ast.unparse(which) == "or_why" for which in decorators)
        yield from _that_need(one, one if isinstance(one, ast.FunctionDef | ast.Lambda) else around)
