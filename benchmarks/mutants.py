"""Do the tests notice a slip? Puts random slips into the code one at a time and runs the tests that reach the slipped line.

    python benchmarks/mutants.py [mutants] [seed] [folder ...]

A slip is a comparison, a sign, an `and`, a `not` or a number that is another one. What `make quick` runs is collected once, and run
once without a slip to see which test reaches which line. Of each mutant the tests that reach its line are run, the fastest
first and at most MOST_SECONDS of them - or, where the line runs in another process, those of the files that name its module
most - each mutant in a child of the process that has imported everything. Worked on in a copy of the project; written to
benchmarks/mutants.csv. With REACHED=file in the environment what reaches what is kept there, and read from there the next time.
"""

from __future__ import annotations

import ast
import csv
import json
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from reached import Watch
from swapping import swap

ROOT = Path(__file__).parents[1]
ROOM = ROOT / "cdanalysis"
FOLDERS = ("statistics", "outcomes", "reading", "sections")
MOST_FILES, MOST_SECONDS, SECONDS = 3, 20.0, 180
COMPARED = {ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}
COUNTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}


class Mutant(NamedTuple):
    """A file, the line of a slip, what it is, and the file's text with it."""

    path: Path
    line: int
    slip: str
    text: str
    where: dict[str, set[int]]  # file below cdanalysis -> the lines that show the slip when they run


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
    before, where = ast.unparse(deepcopy(node)), _shown_by(path, tree, node)
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
    return Mutant(path, node.lineno, said, ast.unparse(ast.fix_missing_locations(tree)), where)


def _shown_by(path: Path, tree: ast.Module, node: ast.AST) -> dict[str, set[int]]:
    """The lines that run a slip: its own; of a default, its function's; of a constant, every line that names it."""
    around = [
        one for one in ast.walk(tree) if isinstance(one, ast.stmt) and any(part is node for part in ast.walk(one))
    ]
    functions = [one for one in around if isinstance(one, ast.FunctionDef)]
    file = str(path.relative_to(ROOM))
    if functions and any(node is part for one in functions[-1].body for part in ast.walk(one)):
        return {file: set(range(node.lineno, node.end_lineno + 1)) | {around[-1].lineno}}
    if functions:
        return {file: set(range(functions[-1].lineno + 1, functions[-1].end_lineno + 1))}
    names = [one.id for one in ast.walk(around[-1]) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)]
    return _naming_lines(names) if names else {file: set(range(1, len(path.read_text(encoding="utf-8").splitlines())))}


def _naming_lines(names: list[str]) -> dict[str, set[int]]:
    word = re.compile(rf"\b({'|'.join(names)})\b")
    texts = {one: one.read_text(encoding="utf-8").splitlines() for one in ROOM.rglob("*.py")}
    return {
        str(one.relative_to(ROOM)): {place for place, line in enumerate(lines, 1) if word.search(line)}
        for one, lines in texts.items()
        if any(word.search(line) for line in lines)
    }


def quick_tests() -> list[str]:
    """What `make quick` runs."""
    names = re.search(r"^QUICK := .*tests/,(.*)\)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert names
    return [f"tests/{name}" for name in names[1].split()]


def tests_of(mutant: Mutant, seen: dict[str, dict[str, Any]]) -> list[str]:
    """The tests that show the slip, the fastest first; the files that name its module where none is known to reach it."""
    reaching = [
        name
        for name, one in seen.items()
        if any(lines & set(one["lines"].get(file, ())) for file, lines in mutant.where.items())
    ]
    chosen, left = [], MOST_SECONDS
    for name in sorted(reaching, key=lambda name: seen[name]["seconds"]):
        left -= seen[name]["seconds"]
        if left < 0 and chosen:
            break
        chosen.append(name)
    return chosen or named_in(mutant.path)


def named_in(path: Path, nearest: int = 3) -> list[str]:
    """The test files that name a module or what it defines, the ones that do so most first; without any, of who imports it."""
    reached, every = {path}, {one: one.read_text(encoding="utf-8") for one in ROOM.rglob("*.py")}
    for _ in range(nearest):
        counted = [one for module in sorted(reached) for one in _naming(module, every[module])]
        if counted:
            return list(dict.fromkeys(name for _, name in sorted(counted, reverse=True)))[:MOST_FILES]
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
    for test in (one for place in quick_tests() for one in sorted((ROOT / place).glob("test_*.py"))):
        text = test.read_text(encoding="utf-8")
        n = 5 * text.count(_dotted(path)) + sum(text.count(f".{name}(") + text.count(f" {name}(") for name in names)
        if n:
            yield n, str(test.relative_to(ROOT))


class Slipping:
    """A plugin of pytest that instead of running the tests runs those of each mutant, and says whether they noticed."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants = mutants
        self.failed: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remembers who failed."""
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        seen, found = self._reached(session), []
        for mutant in self.mutants:
            tests = tests_of(mutant, seen)
            items = [one for one in session.items if one.nodeid in tests or one.nodeid.split("::")[0] in tests]
            items.sort(key=lambda one: seen.get(one.nodeid, {"seconds": 0.0})["seconds"])
            said = self._verdict(mutant, items) if items else "no test reaches it"
            found.append((str(mutant.path.relative_to(ROOT)), mutant.line, mutant.slip, said))
            print(len(found), *found[-1], f"({len(items)} tests)", flush=True)
            _keep(found)
        killed = sum(said.startswith("killed") for *_, said in found)
        print(f"{killed} of {len(found)} killed")
        return True

    def _reached(self, session: pytest.Session) -> dict[str, dict[str, Any]]:
        """Each test that passes without a slip: its seconds and the lines it reaches, as a child sees it."""
        kept = Path(os.environ.get("REACHED") or "reached.json")
        if not kept.exists():
            print(f"running {len(session.items)} tests without a slip", flush=True)
            _in_child(lambda: kept.write_text(json.dumps(self._watched(session.items)), encoding="utf-8"), hours=1)
        return json.loads(kept.read_text(encoding="utf-8"))

    def _watched(self, items: list[pytest.Item]) -> dict[str, dict[str, Any]]:
        seen = {}
        for item, after in zip(items, [*items[1:], None], strict=True):
            with Watch(Path.cwd() / "cdanalysis") as watch:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            lines = {file: sorted(lines) for file, lines in watch.lines.items()}
            seen[item.nodeid] = {"seconds": round(watch.seconds, 3), "lines": lines}
        return {name: one for name, one in seen.items() if name not in self.failed}

    def _verdict(self, mutant: Mutant, items: list[pytest.Item]) -> str:
        """`killed`, `survived`, or `killed: time` where a test would not end."""
        place = Path.cwd() / mutant.path.relative_to(ROOT)
        sound = place.read_text(encoding="utf-8")
        place.write_text(mutant.text, encoding="utf-8")  # for the processes that a test starts
        status = _in_child(lambda: self._noticed(mutant, items))
        place.write_text(sound, encoding="utf-8")
        if os.WIFSIGNALED(status):
            return "killed: time" if os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU) else "killed"
        return "survived" if os.WEXITSTATUS(status) == 0 else "killed"

    def _noticed(self, mutant: Mutant, items: list[pytest.Item]) -> None:
        """Ends the child with 1 at the first test that fails."""
        module = sys.modules.get(_dotted(mutant.path))
        if module is not None:
            swap(module, mutant.text)
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                os._exit(1)


def _in_child(work: Callable[[], object], hours: float = SECONDS / 3600) -> int:
    """The status of a silent child that does the work; nothing of the parent's may be tidied up in it."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (int(hours * 3600), int(hours * 3600) + 5))
        signal.alarm(int(20 * hours * 3600))  # where it waits for ever; others may be using the machine
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        work()
        code = 0
    finally:
        os._exit(code)


def main(n: int, seed: int, folders: tuple[str, ...]) -> None:
    """Print and keep a line a mutant."""
    sys.dont_write_bytecode = True
    chance, modules = random.Random(seed), targets(folders)
    weights = [len(path.read_text(encoding="utf-8")) for path in modules]
    mutants: list[Mutant] = []
    while len(mutants) < n:
        mutant = slipped(chance.choices(modules, weights)[0], chance)
        mutants += [mutant] if mutant else []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        left = shutil.ignore_patterns(".git", ".venv", "__pycache__", "browser", ".ruff_cache")
        shutil.copytree(ROOT, copy, ignore=left)
        os.chdir(copy)
        sys.path[:0] = [str(copy), str(copy / "tests")]
        given = [
            "-q",
            "-s",
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
            "-m",
            "not browser and not thorough",
            *quick_tests(),
        ]
        pytest.main(given, plugins=[Slipping(mutants)])


def _keep(found: list[tuple[str, int, str, str]]) -> None:
    with (ROOT / "benchmarks" / "mutants.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("file", "line", "slip", "verdict"), *found])


if __name__ == "__main__":
    given = sys.argv[1:] + ["100", "1"][len(sys.argv) - 1 :]
    main(int(given[0]), int(given[1]), tuple(given[2:]) or FOLDERS)
