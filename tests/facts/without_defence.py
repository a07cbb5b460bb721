"""Take each defence of `table.py` out of a copy of the program and run its tests: every one of them must fail.

    python tests/facts/without_defence.py            all of them (some minutes; the browser's tests too)
    python tests/facts/without_defence.py 13 14      those of some facts

Run by hand, not by `make test`. The copy is in a temporary directory; nothing of the tree is touched. A defence whose test
passes without it, or does not run, ends the run with exit code 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from facts.table import DEFENCES, FACTS, Defence  # noqa: E402

LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".pytest_cache", ".ruff_cache", ".hypothesis")
FAILED = 1  # pytest's exit code for tests that ran and failed


@contextmanager
def without(defence: Defence, tree: Path) -> Iterator[None]:
    """The copy with a defence taken out, and put back after."""
    before = {file: (tree / file).read_text(encoding="utf-8") for file, _, _ in defence.edits}
    for file, old, new in defence.edits:
        text = (tree / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file} does not hold {old!r} once"
        (tree / file).write_text(text.replace(old, new), encoding="utf-8")
    try:
        yield
    finally:
        for file, text in before.items():
            (tree / file).write_text(text, encoding="utf-8")


def outcome(test: str, tree: Path) -> int:
    """pytest's exit code of one test in the copy; no compiled file of another state is used."""
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
    named = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HYPOTHESIS_STORAGE_DIRECTORY": str(tree.parent),
    }
    return subprocess.run(command, cwd=tree, env=named, capture_output=True, check=False).returncode


def main(wanted: set[int]) -> int:
    """Print the table, a line a defence and test; 1 if a test passed without the defence."""
    n_wrong = 0
    with TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_BEHIND)
        for fact, says in FACTS.items():
            if wanted and fact not in wanted:
                continue
            print(f"{fact:2d}  {says}", flush=True)
            for defence in (one for one in DEFENCES if one.fact == fact):
                print(f"    {defence.what} ({defence.edits[0][0]})", flush=True)
                with without(defence, tree):
                    for test in defence.tests:
                        code = outcome(test, tree)
                        n_wrong += code != FAILED
                        told = "fails without it" if code == FAILED else f"DOES NOT FAIL (pytest {code})"
                        print(f"        {told}: {test.partition('::')[2]}", flush=True)
    print("every test fails without its defence" if not n_wrong else f"{n_wrong} do not fail")
    return int(n_wrong > 0)


if __name__ == "__main__":
    sys.exit(main({int(one) for one in sys.argv[1:]}))
