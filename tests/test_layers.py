"""Who may import whom, and how long a page, a file and a function may be; read from the source.

An import under `if TYPE_CHECKING:` names a type and loads nothing, so it is free.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import chain
from math import ceil
from pathlib import Path
from sys import stdlib_module_names

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "cdanalysis"

# Each room's floor; the parts of a section stand on a floor each. Rooms may import their own floor and those named.
FLOORS = {
    0: ("errors", "units", "results"),
    1: ("dictionary", "settings"),
    2: ("cohort", "reading"),
    3: ("outcomes", "demo"),
    4: ("statistics",),
    5: ("analyses", "sections.analysis"),
    6: ("figures", "tables", "wording", "drawing", "writing", "sections.figures", "sections.tables", "sections.words"),
    7: ("report",),
    8: ("ui", "sections.section"),
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
FLOORS_BELOW = {
    0: (),
    1: (0,),
    2: (0, 1),
    3: (0, 1, 2),
    4: (0,),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 4),
    7: (0, 1, 4, 6),
    8: (0, 1, 2, 3, 4, 5, 6, 7),
}
SPREADSHEETS = ("pandas", "numpy", "python_calamine", "pyreadstat", "rapidfuzz")
THIRD_PARTY = {
    "cohort": ("pandas",),
    "reading": SPREADSHEETS,
    **dict.fromkeys(FLOORS[3], ("pandas", "numpy")),
    "statistics": ("numpy", "pandas", "scipy", "lifelines", "sklearn"),
    "sections.analysis": ("numpy", "pandas"),  # arrays from the cohort to the statistics; no arithmetic of its own
    **dict.fromkeys(("drawing", "figures", "sections.figures"), ("plotly",)),
    **dict.fromkeys(("tables", "sections.tables", "writing"), ("pandas",)),
    "report": ("docx", "xlsxwriter", "pandas"),
    **dict.fromkeys(FLOORS[8], ("streamlit", "pandas", "starlette")),
}
PAGE_ROOMS = ("ui", "figures", "tables", "wording", "sections.section")

PAGE_LINES, FILE_LINES = 60, 200
BODY_MEDIAN, BODY_P90, BODY_MAX = 6, 20, 40


def python_files() -> list[Path]:
    return sorted([*ROOT.glob("app.py"), *ROOT.glob("pages/*.py"), *ROOT.glob(f"{PACKAGE}/**/*.py")])


def page_files() -> list[Path]:
    return [path for path in python_files() if room_of(path) is None]


def room_of(path: Path) -> str | None:
    """The room a file is in; None for app.py and the pages, "" for the package's own __init__."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return None if parts[0] != PACKAGE else room_of_name(".".join(parts).removesuffix(".__init__"))


def room_of_name(dotted: str) -> str:
    """The room of a module: its first folder, and within the sections what its file is for."""
    parts = dotted.split(".")[1:]
    if parts[:1] != ["sections"]:
        return parts[0] if parts else ""
    role = next(
        (one for one in ("figures", "tables", "words", "section") if re.search(rf"(^|_){one}$", parts[-1])), "analysis"
    )
    return f"sections.{role}" if len(parts) > 1 else "sections"


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names a file imports when it runs, at the top or inside a function."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from chain.from_iterable(map(imported, node.orelse))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        else:
            yield from imported(node)


def rooms_imported(names: list[str]) -> set[str]:
    """The package's rooms among the names; what its __init__ itself offers is not a room."""
    return {
        room
        for name in names
        if name.split(".")[0] == PACKAGE
        for room in [room_of_name(module_of(name))]
        if room in FLOOR_OF
    }


def module_of(name: str) -> str:
    """The module that a dotted name stands in: the name itself, or what it is imported from."""
    path = ROOT.joinpath(*name.split("."))
    there = path.is_dir() or path.with_suffix(".py").is_file()
    return name if there else name.rpartition(".")[0]


def third_parties(names: list[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - set(stdlib_module_names) - {PACKAGE}


def faults_of(room: str | None, names: list[str]) -> list[str]:
    """What a file in a room imports and may not."""
    if room is None:
        allowed, packages = set(PAGE_ROOMS), {"streamlit"}
    elif room == "":
        allowed, packages = {name for name, floor in FLOOR_OF.items() if floor <= 5}, set()
    else:
        own = FLOOR_OF.get(room, 0)
        allowed = {name for name, floor in FLOOR_OF.items() if floor == own or floor in FLOORS_BELOW[own]}
        packages = set(THIRD_PARTY.get(room, ()))
    return sorted((rooms_imported(names) - allowed) | (third_parties(names) - packages))


def bodies(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every function's name and the lines of its body, its docstring not counted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, (body[-1].end_lineno - body[0].lineno + 1) if body else 0


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_a_file_imports_only_what_its_layer_may(path: Path) -> None:
    room = room_of(path)
    assert room in FLOOR_OF or room in (None, "", "sections"), f"{relative(path)} is in no room"
    assert faults_of(room, list(imported(parse(path)))) == []


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_a_file_says_what_it_is_for_and_is_short(path: Path) -> None:
    assert ast.get_docstring(parse(path))
    n_lines = len(path.read_text(encoding="utf-8").splitlines())
    assert n_lines <= FILE_LINES


@pytest.mark.parametrize("path", page_files(), ids=relative)
def test_a_page_is_short(path: Path) -> None:
    n_lines = len(path.read_text(encoding="utf-8").splitlines())
    assert n_lines <= PAGE_LINES


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_no_function_is_long(path: Path) -> None:
    assert [(name, lines) for name, lines in bodies(parse(path)) if lines > BODY_MAX] == []


def test_functions_are_short_on_the_whole() -> None:
    lengths = sorted(lines for path in python_files() for _, lines in bodies(parse(path)))
    assert lengths[len(lengths) // 2] <= BODY_MEDIAN
    assert lengths[ceil(0.9 * len(lengths)) - 1] <= BODY_P90


@pytest.mark.parametrize("path", python_files(), ids=relative)
def test_lifelines_is_imported_where_it_is_used(path: Path) -> None:
    at_the_top = [node for node in parse(path).body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert "lifelines" not in third_parties(list(imported(ast.Module(at_the_top, []))))


def test_the_rooms_are_all_there() -> None:
    written = {room_of(path) for path in python_files()}
    assert set(FLOOR_OF) <= written


@pytest.mark.parametrize(
    ("room", "line", "fault"),
    [
        ("statistics", "from cdanalysis.settings import Settings", ["settings"]),
        ("statistics", "from cdanalysis.dictionary import markers", ["dictionary"]),
        ("statistics", "def f():\n    import cdanalysis.cohort", ["cohort"]),
        ("figures", "from cdanalysis.analyses import predictors", ["analyses"]),
        ("figures", "import streamlit as st", ["streamlit"]),
        ("tables", "import plotly.graph_objects", ["plotly"]),
        ("units", "import numpy", ["numpy"]),
        ("reading", "from cdanalysis.outcomes.endpoints import relapse", ["outcomes"]),
        (None, "import pandas as pd", ["pandas"]),
        (None, "from cdanalysis import analyses, wording", ["analyses"]),
        (None, "from cdanalysis.ui import frame\nimport streamlit as st", []),
        ("figures", "from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult", []),
        ("wording", "from cdanalysis import RESULTS_VERSION", []),
        ("wording", "if TYPE_CHECKING:\n    from cdanalysis.cohort import Cohort", []),
        ("ui", "from cdanalysis import analyses, wording\nimport streamlit", []),
    ],
)
def test_the_rule_itself(room: str | None, line: str, fault: list[str]) -> None:
    assert faults_of(room, list(imported(ast.parse(line)))) == fault


def test_bodies_are_counted_without_their_docstring() -> None:
    source = 'def f():\n    """One."""\n    a = 1\n    return a\n\ndef g():\n    """Two."""\n'
    assert dict(bodies(ast.parse(source))) == {"f": 2, "g": 0}
