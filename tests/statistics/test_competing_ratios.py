"""Cause-specific and subdistribution ratios in one table: R's coxph and finegray, the default competing event, the edges."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.survival.competing.ratios import CompetingRatio
from cdanalysis.sections.survival.competing.tables import ratios_numbers, ratios_table
from cdanalysis.sections.survival.competing.words import competing_sentence, ratios_sentence

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_competing_models.json").read_text())


def test_fine_gray_beside_both_cause_specific_models_is_rs_of_mgus() -> None:
    mgus = pd.read_csv(GOLDEN / "datasets" / "mgus.csv").dropna(subset=["mspike"])
    x = mgus[["age", "mspike"]].assign(male=(mgus["sex"] == "male").astype(float))[["age", "male", "mspike"]]
    found = {
        "own": cd.cox(mgus["time_days"], mgus["status"] == 1, x),
        "other": cd.cox(mgus["time_days"], mgus["status"] == 2, x),
        "subdistribution": cd.fine_gray(mgus["time_days"], mgus["status"], x),
    }
    for name, fit in found.items():
        assert [term.coef for term in fit.terms] == pytest.approx(R["mgus"][name]["coef"], abs=1e-8)
        assert [term.standard_error for term in fit.terms] == pytest.approx(R["mgus"][name]["se"], abs=1e-7)


def of_crp(settings: cd.Settings) -> CompetingRatio:
    rows = cd.analyses.competing_ratios(cd.demo_cohort(), settings).rows
    return next(row for row in rows if (row.code, row.model) == ("crp", "alone"))


def test_the_page_gives_rs_ratios_of_the_bundled_cohort() -> None:
    row, wanted = of_crp(cd.Settings(competing_event="surgery-death-or-stop")), R["demo"]
    for name in ("own", "subdistribution", "other"):
        ratio = getattr(row, name).ratio
        assert np.log(ratio.value) == pytest.approx(wanted[name]["coef"], abs=1e-7)
        assert np.log(ratio.upper / ratio.lower) / (2 * 1.959964) == pytest.approx(wanted[name]["se"], rel=1e-6)


def test_the_default_competing_event_is_one_that_came_first_in_somebody() -> None:
    cohort = cd.demo_cohort()
    assert cd.analyses.competing(cohort, cd.Settings()).endpoint.against == ("end of combination therapy",)
    surgery = cd.read_cohort(
        b"id,relapse_months,relapse_event,surgery_months,surgery_event\nA,5,1,9,0\nB,7,0,3,1\nC,8,1,9,0\n"
    )
    assert cd.analyses.competing(surgery, cd.Settings()).endpoint.against == ("surgery",)
    assert "In 1 of 3 patients, surgery came before a relapse." in competing_sentence(
        cd.analyses.competing(surgery, cd.Settings()), cd.Settings()
    )


def test_a_hospitalization_can_compete() -> None:
    found = cd.analyses.competing(cd.demo_cohort(), cd.Settings(competing_event="hospitalization"))
    assert (found.endpoint.against, found.n_competing) == (("hospitalization",), 2)
    assert of_crp(cd.Settings(competing_event="hospitalization")).other.ratio == NotEstimable(
        "no event among patients with CRP > 10 mg/L"
    )


def test_table_and_sentence_hold_every_term_of_both_models() -> None:
    found = cd.analyses.competing_ratios(cd.demo_cohort(), cd.Settings())
    shown, numbers = ratios_table(found, 0.95), ratios_numbers(found)
    assert list(shown["Model"]).count("together") == 7
    assert shown.iloc[0, 3].startswith("4.88 (1.44-16.56), P = 0.011")
    assert numbers["subdistribution_ratio"].iloc[0] == pytest.approx(5.386580739)
    assert ratios_sentence(found).count("subdistribution HR") == 2


@pytest.mark.parametrize(
    "choices",
    [{"horizon_months": 0.1}, {"clock": "late-entry"}, {"outcome": "adverse_event"}, {"cutoffs": "crp>599"}, {"outcome": "abscess"},
     {"relapse_definition": "objective", "landmark_week": 104}],
)  # fmt: skip
def test_the_worst_positions_are_a_reason(choices: dict[str, object]) -> None:
    found = cd.analyses.competing_ratios(cd.demo_cohort(), cd.Settings(**choices))
    reasons = [found] if isinstance(found, NotEstimable) else [one.subdistribution.ratio for one in found.rows]
    assert any(isinstance(one, NotEstimable) and one.reason for one in reasons)
