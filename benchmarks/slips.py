"""Random slips in the project's modules, and the lines that show each when they run; for `mutants.py`."""

from __future__ import annotations

import ast
import random
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
ROOM = ROOT / "cdanalysis"
COMPARED = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


class Mutant(NamedTuple):
    """A file, the line of a slip, what it is, and the file's text with it; names: of the constants that it is in."""

    path: Path
    line: int
    slip: str
    text: str
    where: dict[str, set[int]]  # file below cdanalysis -> the lines that show the slip when they run
    names: tuple[str, ...] = ()


def targets(folders: tuple[str, ...]) -> list[Path]:
    """The modules that slips are put into: of the sections those that analyse."""
    found = [path for folder in folders for path in sorted((ROOM / folder).rglob("*.py"))]
    drawn = ("section", "words", "tables", "figures", "__init__")
    return [path for path in found if "sections" not in path.parts or not path.stem.endswith(drawn)]


def slips(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every node that a slip can be put into, and its kind; not inside an annotation or a docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
            yield node, "comparison"
        elif isinstance(node, ast.BinOp) and type(node.op) in COUNTED and not isinstance(node.left, ast.JoinedStr):
            yield node, "sign"
        elif isinstance(node, ast.BoolOp):
            yield node, "and, or"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
            yield node, "number"


def slipped(path: Path, chance: random.Random) -> Mutant | None:
    """A file with one slip; None where there is nothing to slip on."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    places = list(slips(tree))
    if not places:
        return None
    node, kind = chance.choice(places)
    before, names = ast.unparse(deepcopy(node)), _constants(tree, node)
    where = _naming_lines(names) if names else _shown_by(path, tree, node)
    if isinstance(node, ast.Compare):
        node.ops[0] = COMPARED[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp):
        node.op = COUNTED[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.UnaryOp):
        node.operand = ast.UnaryOp(ast.Not(), node.operand)  # not not: as if it were not there
    elif isinstance(node, ast.Constant):
        node.value = node.value + 1
    said = f"{kind}: {before} -> {ast.unparse(node)}"
    return Mutant(path, node.lineno, said, ast.unparse(ast.fix_missing_locations(tree)), where, names)


def _constants(tree: ast.Module, node: ast.AST) -> tuple[str, ...]:
    """The names of the constants that a node is in, outside every function; none inside one."""
    around = _around(tree, node)
    if any(isinstance(one, ast.FunctionDef) for one in around):
        return ()
    given = around[-1]
    targets = (
        given.targets if isinstance(given, ast.Assign) else [given.target] if isinstance(given, ast.AnnAssign) else []
    )
    return tuple(part.id for one in targets for part in ast.walk(one) if isinstance(part, ast.Name))


def _around(tree: ast.Module, node: ast.AST) -> list[ast.stmt]:
    return [one for one in ast.walk(tree) if isinstance(one, ast.stmt) and any(part is node for part in ast.walk(one))]


def _shown_by(path: Path, tree: ast.Module, node: ast.AST) -> dict[str, set[int]]:
    """The lines that run a slip: its own; of a default, its function's."""
    around = _around(tree, node)
    functions = [one for one in around if isinstance(one, ast.FunctionDef)]
    file = str(path.relative_to(ROOM))
    if not functions:
        return {file: set(range(1, len(path.read_text(encoding="utf-8").splitlines())))}
    if any(node is part for one in functions[-1].body for part in ast.walk(one)):
        return {file: set(range(node.lineno, node.end_lineno + 1)) | {around[-1].lineno}}
    return {file: set(range(functions[-1].lineno + 1, functions[-1].end_lineno + 1))}


def _naming_lines(names: tuple[str, ...]) -> dict[str, set[int]]:
    """Every line that names a constant, by file."""
    word = re.compile(rf"\b({'|'.join(names)})\b")
    texts = {one: one.read_text(encoding="utf-8").splitlines() for one in ROOM.rglob("*.py")}
    return {
        str(one.relative_to(ROOM)): {place for place, line in enumerate(lines, 1) if word.search(line)}
        for one, lines in texts.items()
        if any(word.search(line) for line in lines)
    }


def dotted(path: Path) -> str:
    """A module's name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
