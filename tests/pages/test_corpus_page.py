"""A sample of the corpus through the real page: the refusal's sentence, the cohort, its faults; and hostile texts everywhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from corpus.builders import FLAT, HEADER, with_column, workbook
from corpus.case import ACCEPT, REFUSE, Case
from corpus.cases import CASES
from streamlit.testing.v1 import AppTest

from cdanalysis.reading import Cohort

ROOT = Path(__file__).parents[2]
SAMPLE = (
    "a password", "a stray cell in the last corner", "xls", "a web page named xls", "sav with labels and user-missing values",
    "no identifiers", "a title above the header", "GB18030", "day or month first", "one patient",
)  # fmt: skip
IMAGE = "![x](http://127.0.0.1:9/x.png)"
STYLE = '<span style="background:url(http://127.0.0.1:9)">'
CODE = "I(__import__('os').mkdir('SEC_CANARY'))"
FORMULA = '=HYPERLINK("http://127.0.0.1:9")'
HOSTILE = (IMAGE, STYLE, CODE, FORMULA)
PAGES = ("baseline", "survival", "predictors", "cutoffs")


def opened() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=90).run()


def test_a_sample_of_the_corpus_goes_through_the_page() -> None:
    """One session, file after file: a refused one leaves the cohort before it, a read one replaces it."""
    app = opened()
    cases = {case.name: case for case in CASES}
    for name in SAMPLE:
        before = app.session_state["cohort"]
        app.file_uploader[0].set_value((cases[name].file_name, cases[name].make(), "")).run()
        assert not app.exception, name
        judge(cases[name], app, before)


def judge(case: Case, app: AppTest, before: Cohort) -> None:
    cohort = app.session_state["cohort"]
    if case.must == REFUSE:
        assert cohort is before
        assert re.search(case.says, app.error[0].value.replace("\\", ""), re.DOTALL), case.name
        return
    assert not app.error, case.name
    assert cohort is not before
    assert len(cohort.patients) == len(case_patients(case))
    assert bool(cohort.faults) is (case.must != ACCEPT), case.name


def case_patients(case: Case) -> range:
    return range(1) if case.name == "one patient" else range(len(FLAT) - 1)


def hostile_cohort() -> bytes:
    """Hostile texts as a header, as an identifier, as a category and as cells that no column accepts."""
    rows = [[f"{HOSTILE[i % 4]}{i}", i, ("male", IMAGE)[i % 9 == 8], 40 + i, 5 + i, i % 2] for i in range(24)]
    table = [HEADER, *rows]
    for text in HOSTILE:
        table = with_column(text, [text, "other"], table)
    return workbook({"patients": table})


def texts(app: AppTest) -> list[str]:
    """What Streamlit would read as Markdown on a page: texts, the labels of controls, the options of a radio."""
    shown = [
        one.value
        for kind in ("markdown", "caption", "warning", "info", "error", "header", "title")
        for one in getattr(app, kind)
    ]
    controls = [*app.selectbox, *app.multiselect, *app.radio, *app.checkbox, *app.button, *app.expander, *app.tabs]
    labels = [one.label for one in controls]
    options = [option for one in app.radio for option in one.options]  # of the others they are plain text
    return [str(text) for text in (*shown, *labels, *options)]


@pytest.fixture(scope="module")
def hostile() -> AppTest:
    app = opened()
    return app.file_uploader[0].set_value(("<b>x</b>.xlsx", hostile_cohort(), "")).run()


def test_a_hostile_file_is_read_as_text(hostile: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts 2, 5 and 6 of the anchor: nothing of it is run, fetched or taken as Markdown, and every page still stands."""
    monkeypatch.chdir(tmp_path)
    cohort = hostile.session_state["cohort"]
    assert not cohort.synthetic
    assert set(HOSTILE) <= set(cohort.extra_columns)
    for name in (None, *PAGES):
        app = hostile if name is None else hostile.switch_page(f"pages/{name}.py").run()
        assert not app.exception
        for text in texts(app):
            assert not re.search(r"(?<!\\)!\[x\]|(?<!\\)\]\(http|(?<!\\)<span style", text), f"{name}: {text[:200]}"
    assert not list(tmp_path.iterdir())
