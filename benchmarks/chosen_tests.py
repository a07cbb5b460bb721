"""Which of the quick tests can notice a slip; for `mutants.py`."""

from __future__ import annotations

import ast
import re
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from slips import ROOM, ROOT, Mutant, dotted

MOST_FILES = 3
FIRST_SECONDS, FURTHER_SECONDS = 8.0, 30.0


def quick_tests() -> list[str]:
    """What `make quick` runs."""
    names = re.search(r"^QUICK := .*tests/,(.*)\)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert names
    return [f"tests/{name}" for name in names[1].split()]


def tests_of(mutant: Mutant, seen: dict[str, dict[str, Any]]) -> tuple[tuple[list[str], list[str]], int]:
    """The fastest tests that show the slip and the slower ones, and how many are left out as too slow.

    First those of a file that names the slipped constant, which may look at it without running a line of the program. Where
    no test is known to reach it, the files that name its module most.
    """
    naming = _files_that_name(mutant.names)
    reaching = [
        name
        for name, one in seen.items()
        if name.split("::")[0] in naming
        or any(lines & set(one["lines"].get(file, ())) for file, lines in mutant.where.items())
    ]
    if not reaching:
        return (named_in(mutant.path), []), 0
    reaching.sort(key=lambda name: (name.split("::")[0] not in naming, seen[name]["seconds"]))
    until = list(accumulate(seen[name]["seconds"] for name in reaching))
    first = max(1, bisect(until, FIRST_SECONDS))
    last = max(first, bisect(until, FIRST_SECONDS + FURTHER_SECONDS))
    return (_by_file(reaching[:first]), _by_file(reaching[first:last])), len(reaching) - last


def _by_file(names: list[str]) -> list[str]:
    """The tests of a file together, for its fixtures are made anew whenever another file's test comes between."""
    files = list(dict.fromkeys(name.split("::")[0] for name in names))
    return sorted(names, key=lambda name: files.index(name.split("::")[0]))


def _files_that_name(names: tuple[str, ...]) -> set[str]:
    word = re.compile(rf"\b({'|'.join(names)})\b") if names else None
    files = [one for place in quick_tests() for one in sorted((ROOT / place).rglob("test_*.py"))]
    return {
        str(one.relative_to(ROOT)) for one in files if word is not None and word.search(one.read_text(encoding="utf-8"))
    }


def named_in(path: Path, nearest: int = 3) -> list[str]:
    """The test files that name a module or what it defines, the ones that do so most first; without any, of who imports it."""
    reached, every = {path}, {one: one.read_text(encoding="utf-8") for one in ROOM.rglob("*.py")}
    for _ in range(nearest):
        counted = [one for module in sorted(reached) for one in _naming(module, every[module])]
        if counted:
            return list(dict.fromkeys(name for _, name in sorted(counted, reverse=True)))[:MOST_FILES]
        reached = {
            one for one, text in every.items() for module in reached if dotted(module) in text and one not in reached
        }
    return []


def _naming(path: Path, source: str) -> Iterator[tuple[int, str]]:
    """Each test file that names a module or what it defines, and how often."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    defined = (node.name for node in ast.parse(source).body if isinstance(node, kinds))
    names = {name for name in defined if not name.startswith("_")}
    for test in (one for place in quick_tests() for one in sorted((ROOT / place).glob("test_*.py"))):
        text = test.read_text(encoding="utf-8")
        n = 5 * text.count(dotted(path)) + sum(text.count(f".{name}(") + text.count(f" {name}(") for name in names)
        if n:
            yield n, str(test.relative_to(ROOT))
