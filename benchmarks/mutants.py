"""Do the tests notice a slip? Puts random slips into the code one at a time and runs the tests that reach the slipped line.

    python benchmarks/mutants.py [mutants] [seed] [folder ...]

A slip is a comparison, a sign, an `and`, a `not` or a number that is another one. What `make quick` runs is collected once, and run
once without a slip to see which test reaches which line. Of each mutant the tests that reach its line are run, the fastest
first: 8 seconds of them, and where it survives those at most 30 more. Where the line runs in another process it is the files
that name its module most. Each mutant is run in a child of the process that has imported everything. Worked on in a copy of the
project; written to benchmarks/mutants.csv. With REACHED=file in the environment what reaches what is kept there, and the next
time only new tests are asked; begin it anew where modules have changed much.
"""

from __future__ import annotations

import csv
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from chosen_tests import quick_tests, tests_of
from reached import Watch
from slips import ROOT, Mutant, dotted, slipped, targets
from swapping import swap

FOLDERS = ("statistics", "outcomes", "reading", "sections")
FAILED = Path("failed")  # below the copy
SECONDS = 180  # of CPU, after which a mutant has hung


class Slipping:
    """A plugin of pytest that instead of running the tests runs those of each mutant, and says whether they noticed."""

    def __init__(self, mutants: list[Mutant]) -> None:
        self.mutants = mutants
        self.failed: set[str] = set()
        self.unsound: set[str] = set()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Remembers who failed."""
        if report.failed:
            self.failed.add(report.nodeid)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop."""
        seen, found = self._reached(session), []
        for mutant in self.mutants:
            said, n = self._said(mutant, session.items, seen)
            found.append((str(mutant.path.relative_to(ROOT)), mutant.line, mutant.slip, said))
            print(len(found), *found[-1], f"({n} tests)", flush=True)
            _keep(found)
        killed = sum(said.startswith("killed") for *_, said in found)
        print(f"{killed} of {len(found)} killed")
        return True

    def _said(self, mutant: Mutant, items: list[pytest.Item], seen: dict[str, dict[str, Any]]) -> tuple[str, int]:
        """What the fastest tests say of a slip, or where they say nothing the slower ones; and how many were asked."""
        said, asked = "no test reaches it", 0
        tests, left = tests_of(mutant, seen)
        for place, names in enumerate(filter(None, tests)):
            chosen = [one for one in items if one.nodeid in names or one.nodeid.split("::")[0] in names]
            order = {name: at for at, name in enumerate(names)}
            chosen.sort(key=lambda one: order.get(one.nodeid, 0))
            verdict, asked = self._verdict(mutant, chosen), asked + len(chosen)
            if verdict.startswith("killed"):
                return f"{verdict} by slower tests" if place else verdict, asked
            said = said if place else verdict
        return f"{said}, {left} slower tests left out" if left else said, asked

    def _reached(self, session: pytest.Session) -> dict[str, dict[str, Any]]:
        """Each test that passes without a slip: its seconds and the lines it reaches, as a child sees it."""
        kept = Path(os.environ.get("REACHED") or "reached.json")  # below the copy
        seen = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
        if new := [one for one in session.items if one.nodeid not in seen]:
            print(f"running {len(new)} tests without a slip", flush=True)
            _in_child(lambda: kept.write_text(json.dumps(seen | self._watched(new)), encoding="utf-8"), hours=1)
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
        """`killed`, `survived`, or `killed: time` where a test would not end; who fails without the slip too is passed over."""
        sound = mutant.path.read_text(encoding="utf-8")
        while items := [one for one in items if one.nodeid not in self.unsound]:
            status, by = self._status(mutant.path, mutant.text, items), self._noticed_by()
            if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGALRM, signal.SIGXCPU):
                return "killed: time"
            if status == 0:
                return "survived"
            without = self._status(mutant.path, sound, [one for one in items if one.nodeid == by] or items[:1])
            if without == 0:
                return "killed"
            self.unsound.add(by or items[0].nodeid)
            print("fails without a slip:", by or items[0].nodeid, flush=True)
        return "no test reaches it"

    def _status(self, path: Path, text: str, items: list[pytest.Item]) -> int:
        """How a child ends that runs the tests with another text of a module; on the disk too, for processes that a test starts."""
        place = Path.cwd() / path.relative_to(ROOT)
        sound = place.read_text(encoding="utf-8")
        FAILED.unlink(missing_ok=True)
        place.write_text(text, encoding="utf-8")
        status = _in_child(lambda: self._run(dotted(path), text, items))
        place.write_text(sound, encoding="utf-8")
        return status

    def _run(self, name: str, text: str, items: list[pytest.Item]) -> None:
        """Ends the child with 1 at the first test that fails."""
        if name in sys.modules:
            swap(sys.modules[name], text)
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed:
                FAILED.write_text(item.nodeid, encoding="utf-8")
                os._exit(1)

    def _noticed_by(self) -> str:
        """The test at which the last child ended; none where the module could not be put in place."""
        return FAILED.read_text(encoding="utf-8") if FAILED.exists() else ""


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
