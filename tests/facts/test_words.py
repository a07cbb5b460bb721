"""Facts 2, 5 and 6: a file's words are run by nothing, and on every page and in every figure they are shown letter by letter."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from facts.hostile import MARK, ROOT, VIEWS, hostile_cohort, markdown_in, shown, strings, tags_in

from cdanalysis.demo import demo_cohort
from cdanalysis.ui.shell import frame

# A call by one of these names runs a text, or shows it as HTML; `st.html` is given a style sheet of our own.
RUNS = {"eval", "query", "compile", "read_pickle", "loads_pickle", "system", "from_formula"}
SHOWS_HTML = {"html", "write", "iframe", "magic"}
OWN = {("ui/shell/frame.py", "html")}


def test_no_page_takes_a_word_of_the_file_for_markdown() -> None:
    for one in shown():
        for place, text in one.texts:
            assert not markdown_in(text), f"{one.view} {place}: {text[:300]}"


def test_no_figure_takes_a_word_of_the_file_for_markup() -> None:
    for one in shown():
        for figure in one.figures:
            for place, text in strings(figure):
                assert not tags_in(text), f"{one.view} {place}: {text[:300]}"


def test_the_words_reach_the_pages_and_the_figures() -> None:
    """Otherwise the tests above would say nothing: headers, categories, steps and the file's name are all drawn."""
    drawn = "".join(text for one in shown() for figure in one.figures for _, text in strings(figure))
    told = "".join(text for one in shown() for _, text in one.texts)
    for word in ('&lt;span style="background:url(', "&lt;a href=", f"&lt;script&gt;{MARK}", f"![{MARK}]"):
        assert word in drawn
    assert "&lt;script&gt;a.xlsx" in drawn
    for word in (r"\<span style", r"\<a href", rf"\<script>{MARK}", rf"!\[{MARK}"):
        assert word in told
    assert len(set(hostile_cohort().extra_columns) - set(demo_cohort().extra_columns)) == 5


def test_every_page_is_among_the_views() -> None:
    assert {page.path for page in frame.MENU} == {page for page, _, _ in VIEWS}


def calls(path: Path) -> list[tuple[str, ast.Call]]:
    """Every call of a file by the last part of its name."""
    found = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    return [(getattr(node.func, "attr", getattr(node.func, "id", "")), node) for node in found]


def test_no_text_is_run_and_none_is_shown_as_html() -> None:
    """Fact 2 by the source: no formula, query or eval; no HTML but a constant."""
    faults = []
    for path in [*ROOT.glob("app.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("cdanalysis/**/*.py")]:
        name = str(path.relative_to(ROOT)).removeprefix("cdanalysis/")
        for called, node in calls(path):
            told = {keyword.arg: keyword.value for keyword in node.keywords}
            of_streamlit = ast.unparse(node.func).startswith("st.")
            bad = (called in RUNS and not ast.unparse(node.func).startswith("re.")) or "formula" in told
            bad = bad or (of_streamlit and called in SHOWS_HTML) or "unsafe_allow_html" in told
            if bad and (name, called) not in OWN:
                faults.append(f"{name}:{node.lineno} {called}")
    assert faults == []


def test_a_header_that_is_a_program_is_a_label_and_lifelines_never_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fact 2: formulaic, which lifelines uses, evaluates Python in a column's name; the names it gets are ours."""
    import cdanalysis as cd
    from cdanalysis import analyses
    from cdanalysis.settings.as_text.codes import joined

    monkeypatch.chdir(tmp_path)
    headers = ["I(__import__('os').mkdir('SEC_CANARY'))", "{__import__('os').mkdir('SEC_CANARY')}", "`a` + {1} + `b`"]
    rows = [[f"P{i}", 3 + i % 17, 5 + i, int(i % 3 != 0), *((i * k % 5) for k in (2, 3, 7))] for i in range(40)]
    lines = [["patient_id", "crp_mg_per_l", "relapse_months", "relapse_event", *headers], *rows]
    text = "\n".join(";".join(map(str, line)) for line in lines)
    cohort = cd.read_cohort(text.encode(), delimiter=";")
    assert cohort.extra_columns == tuple(headers)
    found = analyses.predictors(cohort, cd.Settings(candidates=joined(("crp", *headers)), screening_p=1.0))
    told = [term.name for term in found.multivariable.terms]
    assert [name.removesuffix(", per unit").removesuffix(" ≥ 2") for name in told[1:]] == headers
    assert any(one.n_compared for one in analyses.lifelines_check(found))
    assert not list(tmp_path.iterdir())
