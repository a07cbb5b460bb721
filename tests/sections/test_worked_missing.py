"""Whoever lacks a value is left out of what needs it, and counted: parts of the sections on patients of whom some lack one."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, sqrt

import numpy as np
import pandas as pd
import pytest
from sections.forty_patients import CHOSEN, N, cohort, frame, high, page, page_of, ratio_in, value

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.cutoffs.landscape import analysis as landscape
from cdanalysis.sections.cutoffs.landscape.analysis import stability
from cdanalysis.sections.models.alternative import marker_ratios
from cdanalysis.sections.models.model_design import model_design
from cdanalysis.sections.models.observations import observations
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.cross_check.analysis import lifelines_check
from cdanalysis.sections.predictors.current_level.analysis import CurrentLevel, current_level
from cdanalysis.sections.predictors.few_events.analysis import sparse_data
from cdanalysis.sections.predictors.subgroups import adjusted as adjusting
from cdanalysis.sections.reproduction.beside.analysis import NONE_GIVEN, Beside, published_beside
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.cox.firth import firth_cox
from cdanalysis.units import DAYS_PER_MONTH

MONTH = DAYS_PER_MONTH


def known() -> pd.DataFrame:
    return frame().dropna(subset=["crp_mg_per_l"])


def whole() -> pd.DataFrame:
    return frame().dropna(subset=["crp_mg_per_l", "weight", "ward"])


def test_the_model_s_checks_are_made_of_the_patients_and_columns_it_was_fitted_on() -> None:
    found = model_design(page())
    assert not isinstance(found, NotEstimable)
    assert (found.kept.sum(), found.model.n, len(found.data), len(found.columns)) == (len(whole()),) * 4
    assert frame()[found.kept]["patient_id"].tolist() == whole()["patient_id"].tolist()
    assert [one.code for one in found.candidates] == ["crp", "weight", "ward", "ward"]
    np.testing.assert_array_equal(found.columns.iloc[:, 0], high(whole()))
    assert found.time_axis["entry"] is None
    np.testing.assert_array_equal(found.time_axis["time"], whole()["death_months"])


def test_each_marker_s_ratio_of_an_alternative_is_of_those_who_have_it() -> None:
    endpoint = page().endpoint
    (ratio,) = marker_ratios(cohort(), endpoint.patient_ids, observations(endpoint), CHOSEN)
    assert (ratio.label, value(ratio.ratio)) == (
        "CRP > 10 mg/L",
        pytest.approx(ratio_in(known(), high=high(known())), rel=1e-6),
    )


def test_firth_s_model_is_of_the_complete_cases_and_of_who_has_the_one_without_an_estimate() -> None:
    table = frame()
    table["apart"] = pd.array([None, *(not dead for dead in table["death_event"][1:])], "boolean")
    lacking = cohort(table)
    lacking = replace(lacking, extra_columns=(*lacking.extra_columns, "apart"))
    settings = replace(CHOSEN, candidates="crp,weight,apart")
    found = predictors(lacking, settings)
    assert not isinstance(found, NotEstimable)
    told = sparse_data(found, settings)
    (apart,) = told.separated
    assert apart.label == "apart"
    assert not isinstance(apart.firth, NotEstimable)
    assert apart.firth.n == N - 1
    model = table.dropna(subset=["crp_mg_per_l", "weight", "apart"])
    assert not isinstance(told.firth, NotEstimable | None)
    assert told.firth.n == len(model)
    columns = pd.DataFrame({"high": high(model), "weight": model["weight"], "apart": model["apart"].astype(float)})
    wanted = firth_cox(model["death_months"].to_numpy(), model["death_event"].to_numpy(bool), columns)
    assert not isinstance(wanted, NotEstimable)
    assert [one.coef for one in told.firth.terms] == pytest.approx([one.coef for one in wanted.terms], rel=1e-6)


def test_adjusted_curves_are_of_the_complete_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adjusting, "RESAMPLES", 20)
    last = min(whole().loc[high(whole()) == side, "death_months"].max() for side in (0, 1))
    found = adjusting.adjusted(cohort(), replace(CHOSEN, scan_marker="crp", at_months="0,3,500"))
    assert not isinstance(found, NotEstimable)
    assert found.adjusted_for == ("weight, per unit", "ward")
    below, above = found.plain_steps
    assert (below.n, above.n) == ((high(whole()) == 0).sum(), (high(whole()) == 1).sum())
    assert [month for month, _ in found.at] == [0, 3]
    for side, steps in enumerate(found.steps):
        own = whole().loc[high(whole()) == side, "death_months"]
        assert (steps.n, steps.time[-1] <= own.max()) == (len(own), True)
        assert steps.censored_time == ()
    assert last > 3


def test_the_search_again_is_of_those_who_were_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landscape, "RESAMPLES", 5)
    monkeypatch.setattr(landscape, "PERMUTATIONS", 20)
    found = stability(cohort(), replace(CHOSEN, scan_marker="crp"))
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events) == (len(known()), known()["death_event"].sum())
    assert len(found.found.best_cutoffs) == 5


def test_lifelines_agrees_where_values_are_missing() -> None:
    told = {one.quantity: one for one in lifelines_check(page())}
    assert len(told) == 2 + 3 + 1
    assert all(one.largest_difference < 1e-5 for one in told.values())
    assert all(one.n_compared > 0 for one in told.values())


# --- Other papers' ratios ---------------------------------------------------------------------------------------------

PAPERS = "One 2001=2.00 1.00 4.00,Two 2002=4.00 2.00 8.00"


BESIDE = replace(CHOSEN, published_ratios=PAPERS, scan_marker="crp")


def beside(settings: Settings = BESIDE, which: str = "alone") -> Beside:
    found = published_beside(cohort(), settings, which)  # type: ignore[arg-type]
    assert not isinstance(found, NotEstimable)
    return found


def test_ours_beside_two_papers_of_one_error() -> None:
    found = beside()
    row = next(row for row in page().rows if row.code == "crp")
    assert (found.label, found.noun, found.ours.ratio, found.ours.p_value) == (
        "CRP > 10 mg/L", "death", row.univariable, row.univariable_p,
    )  # fmt: skip
    assert beside(which="together").ours.ratio == row.multivariable
    assert found.odd == ()
    error = log(4) / (2 * 1.959964)  # of both; their mean is the root of 2 times 4, and they differ by log 2
    assert not isinstance(found.papers, NotEstimable)
    assert found.papers.n == 2
    assert found.papers.by_normal.value == pytest.approx(sqrt(8))
    between = max(log(2) ** 2 / 2 - error**2, 0)
    assert found.papers.tau_squared == pytest.approx(between, abs=1e-6)
    assert not isinstance(found.together, NotEstimable)
    assert found.together.n == 3
    ours, own_error = (
        log(value(row.univariable)),
        log(value_of(row.univariable, "upper") / value_of(row.univariable, "lower")),
    )
    gap, spread = ours - log(sqrt(8)), sqrt((own_error / (2 * 1.959964)) ** 2 + (error**2 + between) / 2 + between)
    assert value(found.apart.ratio) == pytest.approx(exp(gap), rel=1e-5)
    assert value_of(found.apart.ratio, "upper") == pytest.approx(exp(gap + 1.959964 * spread), rel=1e-4)


def value_of(one: object, name: str) -> float:
    assert isinstance(one, Estimate)
    return float(getattr(one, name))


def test_one_paper_is_not_put_together_and_a_misprint_is_odd() -> None:
    settings = replace(CHOSEN, published_ratios="One 2001=2.00 1.00 9.00", scan_marker="crp")
    found = beside(settings)
    assert found.odd == ("One 2001",)
    assert found.papers == NotEstimable("fewer than two ratios can be put together")
    assert found.apart.ratio == NotEstimable("the papers cannot be put together")
    assert not isinstance(found.together, NotEstimable)
    assert found.together.n == 2
    assert published_beside(cohort(), CHOSEN, "alone") == NONE_GIVEN
    strict = replace(settings, screening_p=0.01)
    out = published_beside(cohort(), strict, "together")
    assert out == NotEstimable("the screening left CRP > 10 mg/L out of the multivariable model")
    other = published_beside(cohort(), replace(settings, candidates="weight"), "alone")
    assert other == NotEstimable("CRP is no candidate of the model in use")
    assert page_of(strict).rows


# --- The current value ------------------------------------------------------------------------------------------------


def again_and_again() -> Cohort:
    """Eight responders; CRP on day 168 of all but H, on day 268 of four. A, B, C, D, E and F relapse."""
    ends = {"A": 300, "B": 350, "C": 400, "D": 450, "E": 500, "F": 550}
    visits = [(who, 0.0, 300.0, np.nan) for who in "ABCDEFGH"]
    visits += [(who, 168.0, 100.0, np.nan if who == "H" else 5.0 + 10 * (who in "ACE")) for who in "ABCDEFGH"]
    visits += [(who, 268.0, np.nan, 20.0 - 15 * (who in "BC")) for who in "ABCD"]
    visits += [(who, float(day), 300.0, np.nan) for who, day in ends.items()]
    patients = pd.DataFrame({"patient_id": list("ABCDEFGH"), "follow_up_days": 668.0,
                             "crp_mg_per_l": [30.0, 3, 30, 3, 30, 3, 30, np.nan]})  # fmt: skip
    frame = pd.DataFrame(visits, columns=["patient_id", "days", "cdai_points", "crp_mg_per_l"])
    return cohort_from_frames(patients, frame.sort_values("days"))


def level(span: float = 24.0) -> CurrentLevel:
    settings = Settings(scan_marker="crp", handles="crp").with_cutoff("crp", 10.0, ">")
    found = current_level(again_and_again(), settings, span)
    assert not isinstance(found, NotEstimable)
    return found


def test_how_much_of_the_time_the_current_value_is_known() -> None:
    found = level()
    days = {"A": 132, "B": 182, "C": 232, "D": 282, "E": 332, "F": 382, "G": 500, "H": 500}
    assert (found.n, found.n_events, found.known_events) == (8, 6, 6)
    assert found.known == pytest.approx(1 - days["H"] / sum(days.values()))  # H never had a value
    rows = {row.label: row for row in found.rows}
    now = rows["CRP > 10 mg/L, current"]
    assert (now.n, now.n_events) == (7, 6)
    spells = [("A", 0, 100, 0, 1), ("A", 100, 132, 1, 1), ("B", 0, 100, 0, 0), ("B", 100, 182, 1, 0), ("C", 0, 100, 0, 1),
              ("C", 100, 232, 1, 0), ("D", 0, 100, 0, 0), ("D", 100, 282, 1, 1), ("E", 0, 332, 1, 1), ("F", 0, 382, 1, 0),
              ("G", 0, 500, 0, 0)]  # fmt: skip
    who, start, stop, event, x = zip(*spells, strict=True)
    columns = pd.DataFrame({"x": np.array(x, float)})
    wanted = cox(np.array(stop) / MONTH, event, columns, entry=np.array(start) / MONTH, cluster=list(who))
    assert not isinstance(wanted, NotEstimable)
    wanted_ratio = wanted.terms[0].hazard_ratio
    assert isinstance(wanted_ratio, Estimate)
    assert isinstance(now.ratio.ratio, Estimate)
    assert now.ratio.ratio.numbers == pytest.approx(wanted_ratio.numbers, rel=1e-6)
    first = rows["CRP > 10 mg/L, at baseline"]
    assert (first.n, first.n_events) == (7, 6)  # H has no value at baseline
    both = {label for label in rows if label.endswith(("given baseline", "given current"))}
    assert both == {"CRP > 10 mg/L, current, given baseline", "CRP > 10 mg/L, at baseline, given current"}
    assert {(rows[label].n, rows[label].n_events) for label in both} == {(7, 6)}
    assert "CRP, current, per doubling" in rows


def test_a_row_counts_the_patients_and_events_of_its_model() -> None:
    cohort = again_and_again()
    lacking = replace(cohort, patients=cohort.patients.assign(crp_mg_per_l=[np.nan, 3, 30, 3, 30, 3, 30, np.nan]))
    settings = Settings(scan_marker="crp", handles="crp").with_cutoff("crp", 10.0, ">")
    found = current_level(lacking, settings, 24.0)
    assert not isinstance(found, NotEstimable)
    told = {row.label.removeprefix("CRP > 10 mg/L, "): (row.n, row.n_events) for row in found.rows}
    assert told["current"] == (7, 6)
    assert told["at baseline"] == told["current, given baseline"] == told["at baseline, given current"] == (6, 5)
    fewer = replace(cohort, patients=cohort.patients.assign(crp_mg_per_l=[np.nan, np.nan, 30, 3, 30, 3, 30, 2]))
    found = current_level(fewer, settings, 24.0)
    assert not isinstance(found, NotEstimable)
    first = next(row for row in found.rows if row.label.endswith("at baseline"))
    assert first.ratio.ratio == NotEstimable("robust errors need 5 events or more, and there are 4")


def test_a_value_counts_no_longer_than_its_span() -> None:
    found = level(2.0)
    span = 2 * MONTH
    # Of each at most two months from day 168 and, of A to D, from day 268 on.
    time = {"A": span + 32, "B": span + span, "C": span + span, "D": span + span, "E": span, "F": span, "G": span}
    every = 132 + 182 + 232 + 282 + 332 + 382 + 500 + 500
    assert found.known == pytest.approx(sum(time.values()) / every)
    assert found.known_events == 1  # of A; the others' values were older


def test_what_the_outcome_s_own_axis_needs() -> None:
    endpoint = endpoints.endpoint_of(cohort(), CHOSEN)
    assert not isinstance(endpoint, NotEstimable)
    found = current_level(cohort(), replace(CHOSEN, scan_marker="crp"), 24.0)
    assert isinstance(found, NotEstimable)
    assert "no day of therapy" in found.reason
