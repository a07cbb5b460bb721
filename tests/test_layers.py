"""Who may import whom, and how long a page, a file and a function may be; read from the source.

An import under `if TYPE_CHECKING:` counts: who names a type depends on it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from math import ceil
from pathlib import Path
from sys import stdlib_module_names
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "cdanalysis"

# Each room and the rooms it may import; the parts of a section stand in a room each. A room may import itself.
GROUND = ("errors", "units", "results")
VALUES = (*GROUND, "dictionary", "settings")
COHORT = (*VALUES, "cohort")
SCIENCE = (*COHORT, "reading", "demo", "outcomes", "statistics")
WORDS = ("drawing", "writing")
BLOCKS = ("sections.blocks", "sections.recall")
MAY_IMPORT = {
    **dict.fromkeys(GROUND, GROUND),
    **dict.fromkeys(("dictionary", "settings"), VALUES),
    "cohort": VALUES,
    "reading": COHORT,
    "demo": (*COHORT, "reading"),
    "outcomes": COHORT,
    "statistics": GROUND,
    "sections.recall": VALUES,
    "sections.blocks": COHORT,
    "sections.analysis": (*SCIENCE, "sections.recall"),
    "analyses": ("sections.analysis",),
    **dict.fromkeys(WORDS, (*SCIENCE, *WORDS)),
    "sections.words": (*SCIENCE, *WORDS),
    "sections.figures": (*SCIENCE, *WORDS, "sections.words"),
    "sections.tables": (*SCIENCE, *WORDS, "sections.words"),
    "sections.section": (*COHORT, "outcomes", "statistics", "sections.analysis", *WORDS, *BLOCKS, "sections.words",
                         "sections.figures", "sections.tables"),
    "sections": ("cohort", "settings", *BLOCKS),
}  # fmt: skip
EVERYTHING_BELOW = tuple(MAY_IMPORT)
MAY_IMPORT["running"] = ()  # who runs batches knows nothing of what is in them
MAY_IMPORT["report"] = EVERYTHING_BELOW
MAY_IMPORT["ui"] = (*EVERYTHING_BELOW, "report", "running")
PAGE_ROOMS = ("ui", "sections.section", "sections.words")
# What these may name of the science: the result types of their own section, and of the models that several sections fit.
OF_A_SECTION = ("sections.words", "sections.figures", "sections.tables")
SPREADSHEETS = ("pandas", "numpy", "python_calamine", "pyarrow", "pyreadstat", "rapidfuzz")
THIRD_PARTY = {
    "cohort": ("pandas",),
    "reading": SPREADSHEETS,
    **dict.fromkeys(("outcomes", "demo"), ("pandas", "numpy")),
    "statistics": ("numpy", "pandas", "scipy", "lifelines"),
    "sections.analysis": ("numpy", "pandas"),  # arrays from the cohort to the statistics; no arithmetic of its own
    "sections.blocks": ("pandas",),  # the type of a table, which is not imported when the program runs
    **dict.fromkeys(("drawing", "sections.figures"), ("plotly",)),
    **dict.fromkeys(("sections.tables", "writing"), ("pandas",)),
    "running": ("joblib", "distributed"),
    "report": ("docx", "xlsxwriter", "pandas", "vl_convert"),
    "ui": ("streamlit", "pandas", "starlette"),
}

PAGE_LINES, FILE_LINES = 60, 200
BODY_MEDIAN, BODY_P90, BODY_MAX = 6, 20, 40


@cache
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
    if len(parts) == 1:
        return "sections"
    own = {"blocks": "sections.blocks", "parts": "sections.blocks", "recall": "sections.recall"}
    roles = ("figures", "tables", "words", "section")
    role = next((one for one in roles if re.search(rf"(^|_){one}$", parts[-1])), "analysis")
    return own.get(parts[-1], f"sections.{role}") if len(parts) == 2 else f"sections.{role}"


def section_of(dotted: str) -> str:
    """The section that a module belongs to; "" for none."""
    parts = dotted.split(".")
    return parts[2] if parts[1:2] == ["sections"] and len(parts) > 3 else ""


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports_of(path: Path) -> tuple[str, ...]:
    """Dotted names that a module imports."""
    return tuple(imported(parse(path)))


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names a file imports, at the top, inside a function or for a type."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports name the package"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(names: Sequence[str], room: str | None = None, section: str = "") -> set[str]:
    """The package's rooms among the names; what its __init__ itself offers is not a room, nor is a type of one's own section."""
    modules = [module_of(name) for name in names if name.split(".")[0] == PACKAGE]
    return {
        room_of_name(module)
        for module in modules
        if room_of_name(module) in MAY_IMPORT and not (room in OF_A_SECTION and _is_own_type(module, section))
    }


def _is_own_type(module: str, section: str) -> bool:
    return room_of_name(module) == "sections.analysis" and section_of(module) in (section, "models")


@cache
def module_of(name: str) -> str:
    """The module that a dotted name stands in: the name itself, or what it is imported from."""
    path = ROOT.joinpath(*name.split("."))
    there = path.is_dir() or path.with_suffix(".py").is_file()
    return name if there else name.rpartition(".")[0]


def third_parties(names: Sequence[str]) -> set[str]:
    return {name.split(".")[0] for name in names} - set(stdlib_module_names) - {PACKAGE}


def faults_of(room: str | None, names: Sequence[str], section: str = "") -> list[str]:
    """What a file in a room (and a section) imports and may not."""
    if room is None:
        allowed, packages = set(PAGE_ROOMS), {"streamlit"}
    elif room == "":
        allowed, packages = {*SCIENCE, "analyses", "sections"}, set()
    else:
        allowed, packages = {room, *MAY_IMPORT[room]}, set(THIRD_PARTY.get(room, ()))
    return sorted((rooms_imported(names, room, section) - allowed) | (third_parties(names) - packages))


def bodies(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every function's name and the lines of its body, its docstring not counted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            yield node.name, (body[-1].end_lineno - body[0].lineno + 1) if body else 0


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_a_file_imports_only_what_its_layer_may() -> None:
    rooms = {relative(path): room_of(path) for path in python_files()}
    assert [name for name, room in rooms.items() if room not in MAY_IMPORT and room not in (None, "")] == []
    assert _faulty(lambda path: faults_of(room_of(path), imports_of(path), section_of(dotted(path)))) == {}


def test_a_section_draws_nothing_and_knows_no_page() -> None:
    sections = [*ROOT.glob(f"{PACKAGE}/sections/*/**/*section.py")]
    assert len(sections) > 30
    assert _faulty(_of_the_page, sections) == {}


def _of_the_page(path: Path) -> list[str]:
    """What a module imports of the pages, and its uses of what is called st."""
    names = [name for name in imports_of(path) if name.startswith(("streamlit", f"{PACKAGE}.ui", f"{PACKAGE}.report"))]
    used = [ast.unparse(node) for node in ast.walk(parse(path)) if isinstance(node, ast.Attribute)]
    return names + [name for name in used if name.startswith("st.")]


def test_a_file_says_what_it_is_for_and_is_short() -> None:
    assert _faulty(lambda path: ast.get_docstring(parse(path)) is None) == {}
    assert _faulty(lambda path: _n_lines(path) > FILE_LINES) == {}
    assert _faulty(lambda path: _n_lines(path) > PAGE_LINES, page_files()) == {}


def test_no_function_is_long() -> None:
    assert _faulty(lambda path: [name for name, lines in bodies(parse(path)) if lines > BODY_MAX]) == {}


def _n_lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _faulty(fault_of: Callable[[Path], Any], paths: Sequence[Path] | None = None) -> dict[str, Any]:
    """What is wrong with each file in which something is."""
    found = {relative(path): fault_of(path) for path in paths or python_files()}
    return {name: fault for name, fault in found.items() if fault}


def test_functions_are_short_on_the_whole() -> None:
    lengths = sorted(lines for path in python_files() for _, lines in bodies(parse(path)))
    assert lengths[len(lengths) // 2] <= BODY_MEDIAN
    assert lengths[ceil(0.9 * len(lengths)) - 1] <= BODY_P90


def test_lifelines_is_imported_where_it_is_used() -> None:
    assert _faulty(lambda path: "lifelines" in third_parties(list(imported(_at_the_top(path))))) == {}
    assert any("lifelines" in third_parties(imports_of(path)) for path in python_files())


def _at_the_top(path: Path) -> ast.Module:
    return ast.Module([node for node in parse(path).body if isinstance(node, ast.Import | ast.ImportFrom)], [])


def test_the_rooms_are_all_there() -> None:
    written = {room_of(path) for path in python_files()}
    assert set(MAY_IMPORT) <= written


def test_only_ui_and_the_pages_know_streamlit() -> None:
    known = {room_of(path) for path in python_files() if "streamlit" in third_parties(imports_of(path))}
    assert known == {None, "ui"}


@pytest.mark.parametrize(
    ("room", "line", "fault"),
    [
        ("statistics", "from cdanalysis.settings import Settings", ["settings"]),
        ("statistics", "from cdanalysis.dictionary import markers", ["dictionary"]),
        ("statistics", "def f():\n    import cdanalysis.cohort", ["cohort"]),
        ("drawing", "from cdanalysis.analyses import predictors", ["analyses"]),
        ("drawing", "import streamlit as st", ["streamlit"]),
        ("sections.tables", "import plotly.graph_objects", ["plotly"]),
        ("units", "import numpy", ["numpy"]),
        ("reading", "from cdanalysis.outcomes.endpoints import relapse", ["outcomes"]),
        (None, "import pandas as pd", ["pandas"]),
        (None, "from cdanalysis import analyses\nfrom cdanalysis.writing import labels", ["analyses", "writing"]),
        (None, "from cdanalysis.ui import frame\nimport streamlit as st", []),
        ("drawing", "from cdanalysis.statistics.curves.kaplan_meier import KaplanMeierResult", []),
        ("writing", "from cdanalysis import RESULTS_VERSION", []),
        ("writing", "if TYPE_CHECKING:\n    from cdanalysis.cohort import Cohort", []),
        ("writing", "if TYPE_CHECKING:\n    from cdanalysis.sections.flow.analysis import Flow", ["sections.analysis"]),
        ("writing", "from cdanalysis.sections.flow.analysis import Flow", ["sections.analysis"]),
        ("ui", "from cdanalysis import analyses\nimport streamlit", []),
        ("sections.section", "from cdanalysis.ui.widgets import show", ["ui"]),
        ("sections.section", "import streamlit as st\nimport pandas", ["pandas", "streamlit"]),
        ("sections.section", "from cdanalysis.report import docx", ["report"]),
        ("sections.section", "from cdanalysis.sections.flow.analysis import flow", []),
        ("sections.blocks", "from cdanalysis.writing import escapes", ["writing"]),
        ("report", "from cdanalysis.sections.flow import section", []),
    ],
)
def test_the_rule_itself(room: str | None, line: str, fault: list[str]) -> None:
    assert faults_of(room, list(imported(ast.parse(line)))) == fault


def test_words_and_figures_may_name_the_results_of_their_own_section_only() -> None:
    line = list(imported(ast.parse("from cdanalysis.sections.flow.analysis import Flow")))
    assert faults_of("sections.words", line, "flow") == []
    assert faults_of("sections.words", line, "baseline") == ["sections.analysis"]


def test_bodies_are_counted_without_their_docstring() -> None:
    source = 'def f():\n    """One."""\n    a = 1\n    return a\n\ndef g():\n    """Two."""\n'
    assert dict(bodies(ast.parse(source))) == {"f": 2, "g": 0}
