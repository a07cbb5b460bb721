"""Ratios of other papers: their sheet, their text among the settings, and what they give with the cohort's own."""

from __future__ import annotations

from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections import named
from cdanalysis.sections.blocks import Figure, Heading, Looked, Notice, Quote, Table
from cdanalysis.sections.recall import direct
from cdanalysis.sections.reproduction.beside.section import _beside as shown
from cdanalysis.sections.reproduction.beside.words import cautions
from cdanalysis.sections.reproduction.ratio_sheet import EXAMPLES, ratios_in
from cdanalysis.settings.as_text.published import PrintedRatio, as_text, from_text
from cdanalysis.ui.report_page.printed_sheet import rows_in
from cdanalysis.writing.tables.csv_file import to_csv_bytes
from tests.facts.hostile import ROOT

# Five trials of BCG against tuberculosis as they are printed (risk ratios; metafor's dat.bcg has their tables).
PAPERS = (
    "Aronson 1948=0.41 0.13 1.26,Ferguson 1949=0.20 0.09 0.49,Hart 1977=0.24 0.18 0.31,Comstock 1974=0.71 0.57 0.89,"
    "Madras 1980=1.01 0.89 1.14"
)
# rma(log(rr), sei = log(upper / lower) / (2 * qnorm(0.975)), method, test = "knha"): random effect, its limits, tau2.
METAFOR = {
    "reml": (0.4511653251, 0.1866944484, 1.0902849673, 0.4607590691),
    "dl": (0.4506599853, 0.1865404363, 1.0887420788, 0.4721021469),
}
SETTINGS = cd.Settings(published_ratios=PAPERS)


def test_the_template_comes_back_from_a_saved_sheet() -> None:
    rows = rows_in(to_csv_bytes(pd.DataFrame(EXAMPLES)))
    assert ratios_in(rows) == EXAMPLES
    assert ratios_in([{"LABEL": "A", "Ratio": "1,50", "lower": 0.9, "Upper": 2.5}]) == (
        PrintedRatio("A", "1.50", "0.9", "2.5"),
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [({"label": "A", "ratio": "1.5"}, "no column lower and no column upper"),
     ({"label": "A", "ratio": "1.5", "lower": "1.6", "upper": "2"}, "ratio of A is 1.5 1.6 2, expected 0 < lower < ratio < upper"),
     ({"label": "A", "ratio": "1.5", "lower": "0", "upper": "2"}, "expected 0 < lower"),
     ({"label": "A", "ratio": "-1.5", "lower": "0.1", "upper": "2"}, "expected 0 < lower"),
     ({"label": "A", "ratio": "about 2", "lower": "1", "upper": "3"}, "about 2"),
     ({"label": "", "ratio": "1.5", "lower": "1", "upper": "2"}, "a paper without a label"),
     ({"label": "A", "ratio": "", "lower": "1", "upper": "2"}, "0 ratios, expected 1 to 60")],
)  # fmt: skip
def test_a_line_that_is_no_ratio_is_named(row: dict[str, str], why: str) -> None:
    found = ratios_in([row])
    assert isinstance(found, NotEstimable)
    assert why in found.reason


def test_two_papers_of_one_name_are_no_two_papers() -> None:
    row = {"label": "A", "ratio": "1.5", "lower": "1", "upper": "2"}
    assert "two lines of the sheet are called A" in ratios_in([row, {**row, "ratio": "1.6"}]).reason


def test_ratios_travel_in_the_link_as_they_were_printed() -> None:
    given = (PrintedRatio("Chen, Li = 2019 <50%>", "1.50", "0.90", "2.50"),)
    settings = cd.Settings(published_ratios=as_text(given))
    assert from_text(cd.Settings.from_query(settings.to_query())[0].published_ratios) == given
    for wrong in ("A=1.5", "A=1.5 2 3", "A=1 2 3 4", "A=nan nan nan", "A=1e3 1 9"):
        dropped = cd.Settings.from_query({"published_ratios": wrong})
        assert dropped[0] == cd.Settings()
        assert "published_ratios was dropped" in dropped[1][0]


@pytest.mark.parametrize("which", ["alone", "adjusted"])
def test_ours_stands_in_the_forest_and_all_are_put_together(which: str) -> None:
    cohort = cd.demo_cohort()
    found = cd.analyses.published_beside(cohort, SETTINGS, which)
    row = next(one for one in cd.analyses.predictors(cohort, cd.Settings()).rows if one.code == "crp")
    ours = row.univariable if which == "alone" else row.multivariable
    assert found.ours.ratio == ours
    every = [ours, *(Estimate(*one.numbers) for one in from_text(PAPERS))]
    logs = np.array([log(one.value) for one in every])
    errors = np.array([log(one.upper / one.lower) / (2 * 1.959964) for one in every])
    assert found.together.fixed.value == pytest.approx(exp(np.average(logs, weights=1 / errors**2)), rel=1e-7)
    papers = cd.meta_analysis(logs[1:], errors[1:])
    assert found.papers.random.value == pytest.approx(papers.random.value, rel=1e-6)
    mean_error = log(papers.by_normal.upper / papers.by_normal.lower) / (2 * 1.959964)
    error = sqrt(errors[0] ** 2 + mean_error**2 + papers.tau_squared)
    assert log(found.apart.ratio.upper / found.apart.ratio.lower) / (2 * 1.959964) == pytest.approx(error, rel=1e-6)
    assert found.apart.ratio.value == pytest.approx(ours.value / papers.by_normal.value, rel=1e-6)
    assert 0.001 < found.apart.p_value < 0.05
    assert found.odd == ()


@pytest.mark.parametrize("between", METAFOR)
def test_the_papers_as_printed_give_what_metafor_gives_of_them(between: str) -> None:
    found = cd.analyses.published_beside(
        cd.demo_cohort(), cd.Settings(published_ratios=PAPERS, pooling=between), "alone"
    ).papers
    random = found.random
    assert (random.value, random.lower, random.upper, found.tau_squared) == pytest.approx(METAFOR[between], abs=1e-8)
    assert (found.fixed.value, found.i_squared) == pytest.approx((0.7543818637, 0.9601478973), abs=1e-9)


def test_a_misprint_and_few_papers_are_said() -> None:
    told = cd.analyses.published_beside(
        cd.demo_cohort(), cd.Settings(published_ratios="A=2.0 1.9 9.0,B=1.50 0.90 2.50"), "alone"
    )
    said = " ".join(cautions(told))
    assert "With 2 papers" in said
    assert "misprinted or not Wald's: A." in said
    alone = cd.analyses.published_beside(cd.demo_cohort(), cd.Settings(published_ratios="B=1.50 0.90 2.50"), "alone")
    assert isinstance(alone.papers, NotEstimable)
    assert alone.together.n == 2
    assert isinstance(alone.apart.ratio, NotEstimable)


def test_the_section_shows_it_only_where_ratios_are_given_and_counts_the_look() -> None:
    own = cd.reading.checks.frames.cohort_from_frames(cd.demo_cohort().patients.copy())
    assert not [one for one in named("reproduction")(own, cd.Settings()) if isinstance(one, Heading)]
    blocks = list(shown(cd.demo_cohort(), SETTINGS, direct, "adjusted"))
    assert [type(one) for one in blocks[:3]] == [Looked, Notice, Figure]
    assert blocks[0].tested[0][0] == "CRP > 10 mg/L, in the multivariable model"
    assert [one.id for one in blocks if isinstance(one, Table)] == ["published-beside"]
    assert "5 papers put together" in next(one.text for one in blocks if isinstance(one, Quote))
    heading = [one.text for one in named("reproduction")(cd.demo_cohort(), SETTINGS) if isinstance(one, Heading)]
    assert heading[-1] == "Published beside ours"


def test_the_page_takes_the_ratios_from_the_link_and_forgets_them() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["published_ratios"] = PAPERS
    app = app.run().switch_page("pages/reproduction.py").run()
    assert not app.exception
    assert "Published beside ours" in [one.value for one in app.header]
    app.button(key="forget-ratios").click().run()
    assert "Published beside ours" not in [one.value for one in app.header]


def test_what_is_typed_is_taken_or_refused_in_a_sentence() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app = app.switch_page("pages/reproduction.py").run()
    app.text_input(key="setting-published_ratios").set_value("Chen 2019=1.5 0.9").run()
    assert not app.exception
    assert any("The ratio of Chen 2019 is '1.5 0.9', expected 0" in one.value for one in app.warning)
    app.text_input(key="setting-published_ratios").set_value("Chen 2019=1.5 0.9 2.5").run()
    assert app.session_state["settings"].published_ratios == "Chen 2019=1.5 0.9 2.5"
    assert "Published beside ours" in [one.value for one in app.header]
