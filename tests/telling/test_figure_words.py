"""Titles, notes, footers and alternative texts of figures."""

from __future__ import annotations

from math import nan
from types import SimpleNamespace

import pytest

import cdanalysis as cd
from cdanalysis import RESULTS_VERSION
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.sections.models.words import forest_alt
from cdanalysis.settings import Settings
from cdanalysis.writing.figure_text import (
    curve_note,
    curves_alt,
    curves_axis,
    curves_title,
    survival_alt,
)
from cdanalysis.writing.footers import figure_footer, footer, settings_in_use


def test_titles() -> None:
    assert curves_title("CRP", outcome="relapse") == "Relapse-free survival by CRP"
    assert curves_title("CRP", True, outcome="relapse") == "Cumulative relapse by CRP"
    assert curves_title("<b>", outcome="surgery") == "Surgery-free survival by &lt;b&gt;"
    assert curves_axis(outcome="relapse") == "Patients free of relapse"
    assert curves_axis(True, outcome="relapse") == "Patients with relapse"
    assert "cumulative relapse by CRP" in curves_alt("CRP", True, outcome="relapse")


def test_the_note_in_the_curves_is_plotly_text() -> None:
    assert curve_note(0.0004, Estimate(4.72, 1.19, 18.75)) == (
        "Log-rank P &lt; 0.001<br>HR 4.72 (95% CI 1.19-18.75), unadjusted"
    )
    assert curve_note(0.3, Estimate(1, 0.5, 2), conf_level=0.9).endswith("<br>HR 1.00 (90% CI 0.50-2.00), unadjusted")
    reason = NotEstimable("no patient <b>above</b>")
    assert curve_note(reason, reason) == (
        "Log-rank P not estimable: no patient &lt;b&gt;above&lt;/b&gt;"
        "<br>HR not estimable: no patient &lt;b&gt;above&lt;/b&gt;"
    )


def test_the_footer_says_what_decides_the_figure() -> None:
    cohort = cd.demo_cohort()
    text = footer(cohort, Settings(cutoffs="crp>8", boundary="inclusive", png_dpi=600))
    assert text.replace("<br>", " · ") == (
        "SYNTHETIC cohort · demo_cohort.xlsx · CRP &gt; 8 · 6-TGN ≥ 235 · relapse: CDAI ≥ 150 and a rise ≥ 70, or "
        "objective activity · source: the study · clock: landmark, week 24 · "
        f"log-log 95% CI · Efron ties · values on the boundary: inclusive · results version {RESULTS_VERSION}"
    )
    assert max(map(len, text.replace("&gt;", ">").split("<br>"))) <= 84


def test_a_real_cohort_is_not_called_synthetic_and_its_file_name_is_escaped() -> None:
    text = figure_footer("<b>" + "x" * 100, ("Efron ties",))
    assert "SYNTHETIC" not in text
    assert text.startswith("&lt;b&gt;x")
    assert text.replace("<br>", " · ").endswith(f"… · Efron ties · results version {RESULTS_VERSION}")
    assert "x" * 48 not in text


def in_use(settings: Settings) -> tuple[str, ...]:
    return settings_in_use(cd.demo_cohort(), settings)


@pytest.mark.parametrize("field", ["png_dpi", "png_width_mm", "curve", "show_interval", "risk_rows", "png_ground"])
def test_what_decides_no_number_is_not_in_the_footer(field: str) -> None:
    other = {
        "png_dpi": 600,
        "png_width_mm": 85,
        "curve": "cumulative",
        "show_interval": False,
        "png_ground": "theme",
        "risk_rows": "kmunicate",
    }
    assert in_use(Settings(**{field: other[field]})) == in_use(Settings())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("screening_p", 0.1, "screening p: 0.1"),
        ("horizon_months", 60.0, "horizon months: 60"),
        ("relapse_reference", "lowest", "rise is measured from: lowest since response"),
        ("conf_level", 0.9, "log-log 90% CI"),
        ("ties", "breslow", "Breslow ties"),
        ("cutoffs", "tgn>235", "6-TGN > 235"),
        (
            "candidates",
            ",".join(f"c{i}" for i in range(40)),
            "candidates: " + ", ".join(f"c{i}" for i in range(40))[:47] + "…",
        ),
    ],
)
def test_what_decides_a_number_is_in_the_footer(field: str, value: object, words: str) -> None:
    assert words in in_use(Settings(**{field: value}))


def test_the_alternative_text_of_curves_gives_their_numbers() -> None:
    curves = (
        SimpleNamespace(group="CRP ≤ 10", n=60, n_events_total=1, median=Estimate(nan, nan, nan)),
        SimpleNamespace(group="CRP > 10", n=1, n_events_total=9, median=Estimate(30.0, 12.0, nan)),
    )
    at = (
        SimpleNamespace(time=12.0, group="CRP ≤ 10", survival=Estimate(0.851, 0.7, 0.9), n_at_risk=40, observed=True),
    )
    assert survival_alt(SimpleNamespace(curves=curves, at=at), "CRP", outcome="relapse") == (
        "Kaplan-Meier curves of survival free of relapse by CRP. "
        "CRP ≤ 10: 60 patients, 1 relapse; median not reached; 85.1% at 12 months. "
        "CRP > 10: 1 patient, 9 relapses; median 30.0 months."
    )
    alone = SimpleNamespace(curves=curves[:1], at=())
    assert survival_alt(alone, outcome="surgery") == (
        "Kaplan-Meier curve of survival free of surgery. 60 patients, 1 surgery; median not reached."
    )


def test_the_alternative_text_of_a_forest_plot() -> None:
    entered = PredictorRow("crp", "CRP > 10", "", 20, 9, 78, 13, 0.01, Estimate(3, 2, 4), 0.01, Estimate(2, 1, 3), 0.04)
    assert forest_alt([entered]) == (
        "Forest plot of 1 hazard ratio. CRP > 10: alone 3.00 (2.00-4.00), P = 0.010; "
        "in the model 2.00 (1.00-3.00), P = 0.040."
    )
    assert forest_alt([]) == "Forest plot without a predictor."


def test_a_footer_says_that_the_file_states_the_outcome_and_no_rule_that_was_not_used() -> None:
    flat = cd.read_cohort(
        b"patient_id,cdai,relapse_months,relapse_event\nA,210,10,1\nB,180,20,0\n", file_name="flat.csv"
    )
    for topic in ("predictors", "survival", "cutoffs", "multiverse", "competing", "clocks"):
        told = footer(flat, Settings(relapse_definition="rise-100"), topic).replace("<br>", " · ")
        assert "relapse: as the file states it" in told
        assert "clock: " not in told
        assert "rise-100" not in told
    # An outcome that the file has not gives way to the one that it has.
    assert "relapse: as the file states it" in footer(flat, Settings(outcome="surgery"), "survival")
    assert "relapse: CDAI &gt; 150 and a rise &gt; 70, or objective activity" in footer(
        cd.demo_cohort(), Settings(), "survival"
    )
