"""Do the tests notice a slip? Puts random slips into the code one at a time and runs the tests that name what was changed.

    python benchmarks/mutants.py [mutants] [seed] [folder ...]

A slip is a comparison, a sign, an `and`, a `not` or a number that is another one. Of each mutant only the test files that name
its module or something defined there are run, the ones that name it most first and at most MOST_FILES: the share killed is a lower
bound of what the suite kills. A file whose tests fail without any slip is passed over. Worked on in a copy of the project;
written to benchmarks/mutants.csv.
"""

from __future__ import annotations

import ast
import csv
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FOLDERS = ("statistics", "outcomes", "reading", "sections")
TESTS = ("statistics", "meaning", "reading", "sections", "telling")
SLOW = (
    "test_every_setting.py",
    "test_nonsense.py",
    "test_any_bytes.py",
    "test_properties.py",
    "test_corpus.py",
    "test_spoilt.py",
)
MOST_FILES, SECONDS = 3, 240
COMPARED = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


class Mutant(NamedTuple):
    """A file, the line of a slip, what it is, and the file's text with it."""

    path: Path
    line: int
    slip: str
    text: str


def targets(folders: tuple[str, ...]) -> list[Path]:
    """The modules that slips are put into: of the sections those that analyse."""
    found = [path for folder in folders for path in sorted((ROOT / "cdanalysis" / folder).rglob("*.py"))]
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
    before = ast.unparse(deepcopy(node))
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
    return Mutant(
        path, node.lineno, f"{kind}: {before} -> {ast.unparse(node)}", ast.unparse(ast.fix_missing_locations(tree))
    )


def named_in(path: Path, nearest: int = 3) -> list[str]:
    """The test files that name a module or what it defines, the ones that do so most first; without any, of who imports it."""
    reached, every = {path}, {one: one.read_text(encoding="utf-8") for one in (ROOT / "cdanalysis").rglob("*.py")}
    for _ in range(nearest):
        counted = [one for module in sorted(reached) for one in _naming(module, every[module])]
        if counted:
            quick = dict.fromkeys(name for _, name in sorted(counted, reverse=True) if Path(name).name not in SLOW)
            return list(quick)[:MOST_FILES]
        reached = {
            one for one, text in every.items() for module in reached if _dotted(module) in text and one not in reached
        }
    return []


def _dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _naming(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Each test file that names a module or what it defines, and how often."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    defined = (node.name for node in ast.parse(source).body if isinstance(node, kinds))
    names = {name for name in defined if not name.startswith("_")}
    for test in (one for folder in TESTS for one in sorted((ROOT / "tests" / folder).glob("test_*.py"))):
        text = test.read_text(encoding="utf-8")
        n = 5 * text.count(_dotted(path)) + sum(text.count(f".{name}(") + text.count(f" {name}(") for name in names)
        if n:
            yield n, str(test.relative_to(ROOT))


def verdict(copy: Path, mutant: Mutant, tests: list[str]) -> str:
    """`killed`, `survived`, or `killed: time` where a test would not end; run in a child that has the libraries already."""
    if not tests:
        return "no test names it"
    place = copy / mutant.path.relative_to(ROOT)
    sound = place.read_text(encoding="utf-8")
    place.write_text(mutant.text, encoding="utf-8")
    child = os.fork()
    if not child:
        _run(copy, tests)
    _, status = os.waitpid(child, 0)
    place.write_text(sound, encoding="utf-8")
    if os.WIFSIGNALED(status):
        return "killed: time" if os.WTERMSIG(status) == signal.SIGALRM else "killed"
    return "survived" if os.WEXITSTATUS(status) == 0 else "killed"


def _run(copy: Path, tests: list[str]) -> None:
    """The child: pytest on the copy, silent; never returns."""
    code = 1
    try:
        import pytest

        signal.alarm(SECONDS)
        os.chdir(copy)
        sys.path[:0] = [str(copy), str(copy / "tests")]
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        code = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", *tests]))
    finally:
        os._exit(code)  # nothing of the parent's may be tidied up here


def main(n: int, seed: int, folders: tuple[str, ...]) -> None:
    """Print and keep a line a mutant."""
    import pandas  # noqa: F401 - the children have it then
    import scipy.stats  # noqa: F401

    sys.dont_write_bytecode = True
    chance, modules, found = random.Random(seed), targets(folders), []
    sound: dict[tuple[str, ...], str] = {}
    weights = [len(path.read_text(encoding="utf-8")) for path in modules]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        left = shutil.ignore_patterns(".git", ".venv", "__pycache__", "browser", ".ruff_cache")
        shutil.copytree(ROOT, copy, ignore=left)
        while len(found) < n:
            mutant = slipped(chance.choices(modules, weights)[0], chance)
            if mutant is None:
                continue
            tests = tuple(named_in(mutant.path))
            if tests not in sound:
                sound[tests] = verdict(copy, mutant._replace(text=mutant.path.read_text(encoding="utf-8")), list(tests))
            if sound[tests].startswith("killed"):
                print("fail without a slip:", *tests, flush=True)
                continue
            said = verdict(copy, mutant, list(tests))
            found.append((str(mutant.path.relative_to(ROOT)), mutant.line, mutant.slip, said))
            print(len(found), *found[-1], flush=True)
            _keep(found)
    killed = sum(said.startswith("killed") for *_, said in found)
    print(f"{killed} of {len(found)} killed")


def _keep(found: list[tuple[str, int, str, str]]) -> None:
    with (ROOT / "benchmarks" / "mutants.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("file", "line", "slip", "verdict"), *found])


if __name__ == "__main__":
    given = sys.argv[1:] + ["100", "1"][len(sys.argv) - 1 :]
    main(int(given[0]), int(given[1]), tuple(given[2:]) or FOLDERS)
