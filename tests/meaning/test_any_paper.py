"""Any paper's printed results from a small sheet: each quantity is the page's own number, what cannot be computed says why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.results import NotEstimable
from cdanalysis.sections import named
from cdanalysis.sections.blocks import Sentence, Table
from cdanalysis.sections.reproduction.any_paper import QUANTITIES
from cdanalysis.sections.reproduction.printed_sheet import EXAMPLES, Asked, asked_of
from cdanalysis.ui.report_page.printed_sheet import read
from cdanalysis.writing.tables.csv_file import to_csv_bytes
from tests.facts.hostile import ROOT

FILE = "id,gene_score,sex,death_months,death\n" + "".join(
    f"P{i},{i % 9},{'male' if i % 3 else 'female'},{1 + i % 17},{int(i % 4 < 2)}\n" for i in range(60)
)


def compared(one: Asked, content: str = FILE) -> tuple[str, bool | None, str]:
    (row,) = analyses.reproduction(cd.read_cohort(content.encode()), cd.Settings(), [one]).rows
    return row.computed, row.matches, row.why


def test_the_template_s_lines_hold_of_the_bundled_cohort_and_are_of_every_kind_but_two() -> None:
    found = analyses.reproduction(cd.demo_cohort(), cd.Settings(), EXAMPLES)
    assert [(row.printed, row.computed) for row in found.rows if not row.matches] == []
    assert {*QUANTITIES} - {one.quantity.lower() for one in EXAMPLES} == {"follow-up", "mean of", "hazard ratio p"}


def test_the_lines_come_back_from_a_saved_sheet() -> None:
    import pandas as pd

    assert read(to_csv_bytes(pd.DataFrame([vars(one) for one in EXAMPLES]))) == EXAMPLES
    assert asked_of([{"Printed": 22.0, "Quantity": "events", "at": float("nan")}]) == (Asked("", "22", "events"),)
    missing = asked_of([{"printed": "1"}])
    assert isinstance(missing, NotEstimable)
    assert "no column quantity" in missing.reason


def test_a_hazard_ratio_is_that_of_the_named_marker_at_the_named_cutoff() -> None:
    found = analyses.predictors(
        cd.read_cohort(FILE.encode()),
        cd.Settings(handles="gene_score", convention="spss", ties="breslow").with_cutoff("gene_score", 4.0, ">"),
    )
    row = next(one for one in found.rows if one.code == "gene_score")
    ratio = row.univariable
    text = f"{ratio.value:.2f} (95% CI {ratio.lower:.2f} to {ratio.upper:.2f})".replace("95%", "")
    assert compared(Asked("", text, "hazard ratio", "gene_score>4"))[1] is True
    assert compared(Asked("", text, "hazard ratio", "gene_score>5"))[1] is False
    assert compared(Asked("", f"p = {row.univariable_p:.2f}", "Hazard ratio P", "gene_score>4"))[1] is True


@pytest.mark.parametrize(
    ("one", "computed"),
    [
        (Asked("", "10", "patients"), "60"),
        (Asked("", "10", "number with", "sex=female"), "20"),
        (Asked("", "10.0%", "percentage with", "gene_score>=6"), "30.0%"),
        (Asked("", "1.0 (1.0)", "mean of", "gene_score"), "3.9 (2.6)"),  # 231/60
        (Asked("", "9", "events", outcome="death"), "30"),
    ],
)
def test_a_number_is_the_cohort_s_with_the_printed_decimals(one: Asked, computed: str) -> None:
    assert compared(one) == (computed, False, "")


@pytest.mark.parametrize(
    ("one", "why"),
    [(Asked("", "1", "odds ratio"), "none of patients, events"), (Asked("", "1", "events", outcome="relapse"), "it has death"),
     (Asked("", "1 2 3 4", "hazard ratio", "gene_score>4"), "holds 4 numbers"), (Asked("", "one", "events"), "holds 0 numbers"),
     (Asked("", "1", "hazard ratio", "ferritin>3"), "no candidate"), (Asked("", "1", "hazard ratio", "gene_score>x"), "expected"),
     (Asked("", "1", "event-free %", at="soon"), "number of months"), (Asked("", "1", "mean of", "sex"), "no numbers"),
     (Asked("", "1", "number with", "sex"), "one condition")],
)  # fmt: skip
def test_what_cannot_be_computed_says_why_and_is_neither_equal_nor_different(one: Asked, why: str) -> None:
    computed, matches, told = compared(one)
    assert (computed, matches) == ("–", None)
    assert why in told


def test_the_study_s_results_are_compared_with_its_own_cohort_only_or_on_request() -> None:
    own = replace(cd.demo_cohort(), synthetic=False)
    (told,) = named("reproduction")(own, cd.Settings())
    assert isinstance(told, Sentence)
    assert "belong to its own patients" in told.text
    for cohort, settings in ((own, cd.Settings(compare_with_study=True)), (cd.demo_cohort(), cd.Settings())):
        assert any(isinstance(one, Table) for one in named("reproduction")(cohort, settings))


def test_the_page_offers_the_template_and_no_comparison_with_another_s_study() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    app.session_state["cohort"] = cd.read_cohort(FILE.encode())
    app = app.switch_page("pages/reproduction.py").run()
    assert not app.exception
    assert not [one for one in app.main.markdown if "printed results are equal" in one.value]
    assert [one.proto.label for one in app.get("download_button")] == [
        "Template of the ratios",
        "Template of the sheet",
    ]
    app.toggle(key="setting-compare_with_study").set_value(True).run()
    assert any("printed results are equal" in one.value for one in app.main.markdown)
