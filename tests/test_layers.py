"""Who may import whom (DESIGN section 3), and how long a page, a file and a function may be; read from the source.

An import under `if TYPE_CHECKING:` names a type and loads nothing, so it is free.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain
from math import ceil
from pathlib import Path
from sys import stdlib_module_names

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "cdanalysis"

LAYERS = {
    0: ("errors", "units", "results"),
    1: ("markers", "column_spec", "columns", "settings", "settings_rules"),
    2: ("reading",),
    3: ("definitions", "courses", "endpoints", "groups", "covariates", "demo", "visit_status", "published"),
    4: ("statistics",),
    5: ("analyses",),
    6: ("figures", "tables", "wording", "report"),
    7: ("ui",),
}
LAYER_OF = {room: layer for layer, rooms in LAYERS.items() for room in rooms}

# What each layer may import beside its own rooms and the standard library.
LAYERS_BELOW = {
    0: (),
    1: (0,),
    2: (0, 1),
    3: (0, 1, 2),
    4: (0,),
    5: (0, 1, 2, 3, 4),
    6: (0, 1, 4),
    7: (0, 1, 2, 3, 4, 5, 6),
}
THIRD_PARTY = {
    "reading": ("pandas", "numpy", "python_calamine", "pyreadstat", "rapidfuzz"),
    **dict.fromkeys(LAYERS[3], ("pandas", "numpy")),
    "statistics": ("numpy", "pandas", "scipy", "lifelines", "firthmodels", "sklearn"),
    "analyses": ("numpy", "pandas"),  # arrays from the cohort to the statistics; no arithmetic of its own
    "figures": ("plotly",),
    "tables": ("pandas",),
    "report": ("docx", "xlsxwriter", "pandas"),
    "ui": ("streamlit", "pandas", "starlette"),
}
PAGE_ROOMS = ("ui", "figures", "tables", "wording")

PAGE_LINES, FILE_LINES = 60, 200
BODY_MEDIAN, BODY_P90, BODY_MAX = 6, 20, 40


def python_files() -> list[Path]:
    return sorted([*ROOT.glob("app.py"), *ROOT.glob("pages/*.py"), *ROOT.glob(f"{PACKAGE}/**/*.py")])


def page_files() -> list[Path]:
    return [path for path in python_files() if room_of(path) is None]


def room_of(path: Path) -> str | None:
    """The room a file is in; None for app.py and the pages, "" for the package's own __init__."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    if parts[0] != PACKAGE:
        return None
    return "" if parts[1:] == ("__init__",) else parts[1]


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
    parts = [name.split(".") for name in names if name.split(".")[0] == PACKAGE]
    return {part[1] for part in parts if len(part) > 1 and part[1] in LAYER_OF}


def third_parties(names: list[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - set(stdlib_module_names) - {PACKAGE}


def faults_of(room: str | None, names: list[str]) -> list[str]:
    """What a file in a room imports and may not."""
    if room is None:
        allowed, packages = set(PAGE_ROOMS), {"streamlit"}
    elif room == "":
        allowed, packages = {name for name, layer in LAYER_OF.items() if layer <= 5}, set()
    else:
        own = LAYER_OF[room]
        allowed = {name for name, layer in LAYER_OF.items() if layer == own or layer in LAYERS_BELOW[own]}
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
    assert room in LAYER_OF or not room, f"{relative(path)} is in no layer of DESIGN section 3"
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
    assert {"errors", "units", "results", "markers", "settings", "reading", "statistics", "wording"} <= written


@pytest.mark.parametrize(
    ("room", "line", "fault"),
    [
        ("statistics", "from cdanalysis.settings import Settings", ["settings"]),
        ("statistics", "from cdanalysis import markers", ["markers"]),
        ("statistics", "def f():\n    import cdanalysis.reading.cohort", ["reading"]),
        ("figures", "from cdanalysis.analyses import predictors", ["analyses"]),
        ("figures", "import streamlit as st", ["streamlit"]),
        ("tables", "import plotly.graph_objects", ["plotly"]),
        ("units", "import numpy", ["numpy"]),
        ("reading", "from cdanalysis.endpoints import relapse", ["endpoints"]),
        (None, "import pandas as pd", ["pandas"]),
        (None, "from cdanalysis import analyses, wording", ["analyses"]),
        (None, "from cdanalysis.ui import frame\nimport streamlit as st", []),
        ("figures", "from cdanalysis.statistics.kaplan_meier import KaplanMeierResult", []),
        ("wording", "from cdanalysis import RESULTS_VERSION", []),
        ("wording", "if TYPE_CHECKING:\n    from cdanalysis.reading.cohort import Cohort", []),
        ("ui", "from cdanalysis import analyses, wording\nimport streamlit", []),
    ],
)
def test_the_rule_itself(room: str | None, line: str, fault: list[str]) -> None:
    assert faults_of(room, list(imported(ast.parse(line)))) == fault


def test_bodies_are_counted_without_their_docstring() -> None:
    source = 'def f():\n    """One."""\n    a = 1\n    return a\n\ndef g():\n    """Two."""\n'
    assert dict(bodies(ast.parse(source))) == {"f": 2, "g": 0}
