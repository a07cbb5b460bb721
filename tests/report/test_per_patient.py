"""One line per patient: everybody is in it once, with the page's time, event and groups, or with the reason of who is left out."""

from __future__ import annotations

import pandas as pd
import pytest
from lifelines import CoxPHFitter

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.per_patient import UNKNOWN, per_patient

OUTCOMES = ("relapse", "surgery", "adverse_event", "endoscopic_remission", "relapse,surgery")


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_everybody_is_in_it_once_and_those_without_a_time_have_the_reason_that_the_page_counts(outcome: str) -> None:
    cohort, settings = cd.demo_cohort(), cd.Settings(outcome=outcome)
    table, endpoint = per_patient(cohort, settings), analyses.survival(cohort, settings).endpoint
    assert table["patient_id"].tolist() == cohort.patients["patient_id"].tolist()
    analysed = table["left out because"] == ""
    assert table["time_months"].notna().tolist() == analysed.tolist()
    assert table.loc[analysed, "event"].sum() == endpoint.patients["event"].sum()
    counted = table.loc[~analysed, "left out because"].value_counts().to_dict()
    assert counted == {one.reason: one.n for one in endpoint.excluded}
    assert UNKNOWN not in counted


def test_another_program_gives_the_page_s_hazard_ratio_of_it() -> None:
    settings = cd.Settings().with_cutoff("crp", 14.0)
    table = per_patient(cd.demo_cohort(), settings).query("`left out because` == ''")
    (group,) = [name for name in table if name == "CRP group"]
    data = pd.DataFrame({"time": table["time_months"], "event": table["event"].astype(int),
                         "above": (table[group] == "CRP > 14 mg/L").astype(int)})  # fmt: skip
    fitted = CoxPHFitter().fit(data, "time", "event", fit_options={"precision": 1e-12})
    row = next(one for one in analyses.predictors(cd.demo_cohort(), settings).rows if one.code == "crp")
    assert fitted.hazard_ratios_["above"] == pytest.approx(row.univariable.value, rel=1e-4)


def test_another_program_gives_the_weighted_hazard_ratio_of_it() -> None:
    settings = cd.Settings(scan_marker="tgn")
    table = per_patient(cd.demo_cohort(), settings)
    known = table[table["6-TGN group weight"].notna()]
    found = analyses.weighted(cd.demo_cohort(), settings)
    assert len(known) == found.n
    assert (known["left out because"] == "").all()
    data = pd.DataFrame({"time": known["time_months"], "event": known["event"].astype(int), "weight": known["6-TGN group weight"],
                         "above": (known["6-TGN group"] == found.labels[1]).astype(int)})  # fmt: skip
    fitted = CoxPHFitter().fit(
        data, "time", "event", weights_col="weight", robust=True, fit_options={"precision": 1e-12}
    )
    assert fitted.hazard_ratios_["above"] == pytest.approx(found.weighted.ratio.value, rel=1e-4)
    late = per_patient(cd.demo_cohort(), cd.Settings(clock="late-entry"))  # which cannot be weighted
    assert [name for name in late if "weight" in name] == []


def test_who_was_not_measured_is_in_no_group_and_who_has_no_outcome_says_so() -> None:
    cohort = cd.read_cohort(b"id,crp,relapse_months,relapse\nA,5,10,1\nB,,20,0\nC,30,,\nD,40,4,1\n")
    table = per_patient(cohort, cd.Settings()).set_index("patient_id")
    assert table.loc["B", "CRP group"] is None
    assert table.loc["C", "left out because"] == "no time or event of relapse"
    assert table.loc["A", "ended_by"] == "relapse"
    nothing = per_patient(cd.read_cohort(b"id,crp\nA,5\nB,6\n"), cd.Settings())
    assert isinstance(nothing, NotEstimable)
