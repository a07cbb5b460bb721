"""The pages' own counts on a few patients: endoscopies by year, adverse events by action, the flow, Table 1, the models' parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cdanalysis import analyses
from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.outcomes import endpoints
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, NotEstimable, StatedOutcome
from cdanalysis.sections.baseline.analysis import CategoryRow, NumberRow, baseline
from cdanalysis.sections.blocks import Looked
from cdanalysis.sections.cutoffs.analysis import scan
from cdanalysis.sections.cutoffs.landscape.analysis import stability, three_groups
from cdanalysis.sections.endoscopy.analysis import endoscopy
from cdanalysis.sections.flow.analysis import Step, _notes, flow
from cdanalysis.sections.multiverse.analysis import multiverse_test
from cdanalysis.sections.multiverse.specifications import EVERY, n_specifications, offered_axes, specifications
from cdanalysis.sections.predictors.cross_check.analysis import lifelines_check
from cdanalysis.sections.predictors.few_events.analysis import sparse_data
from cdanalysis.sections.predictors.robustness.analysis import bootstrap_ratio
from cdanalysis.sections.predictors.subgroups.adjusted import adjusted
from cdanalysis.sections.predictors.subgroups.analysis import subgroups
from cdanalysis.sections.prognosis.analysis import in_other_patients
from cdanalysis.sections.prognosis.model_terms import CUT, columns_of
from cdanalysis.sections.safety.analysis import safety
from cdanalysis.sections.survival.competing.analysis import competing
from cdanalysis.sections.survival.competing.ratios import competing_ratios
from cdanalysis.sections.survival.usable import BETWEEN_VISITS, COMPETING, DEFINITIONS, TIME_ZERO, unusable
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import SavedTerm
from cdanalysis.units import DAYS_PER_MONTH

NAN = float("nan")
YEAR = 12 * DAYS_PER_MONTH


def test_endoscopies_before_and_after_and_by_year() -> None:
    rows = [
        ("A", 0.0, 12), ("A", 0.9 * YEAR, 6), ("A", 1.2 * YEAR, 20), ("A", 2.0 * YEAR, 4),  # of year 1 the nearer one
        ("B", 28.0, 10), ("B", 1.0 * YEAR, 9), ("B", 2.4 * YEAR, 8),  # day 28 is still before
        ("C", 0.0, 11), ("C", 1.0 * YEAR, 7),  # one after: not serially examined
        ("D", 29.0, 9),  # none before
    ]  # fmt: skip
    seen = pd.DataFrame(rows, columns=["patient_id", "days", "cdeis_points"])
    found = endoscopy(cohort_from_frames(pd.DataFrame({"patient_id": list("ABCD")}), endoscopy=seen), Settings())
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_serial, found.patient_ids) == (3, 2, ("A", "B", "C"))
    assert [(one.reason, one.n) for one in found.excluded] == [("no endoscopy before and after", 1)]
    score = found.scores[0]
    assert (score.before.tolist(), score.after.tolist()) == ([12, 10, 11], [4, 8, 7])
    share = found.shares[0]
    assert (share.label, share.k, share.n) == ("Endoscopic remission", 1, 3)  # A below 7
    assert [(one.year, sorted(one.values.tolist())) for one in found.years] == [(0, [10, 12]), (1, [6, 9]), (2, [4, 8])]
    assert [sorted(one.against) for one in found.years] == [[], [0], [0, 1]]


def test_adverse_events_within_the_patient_years_by_term_and_action() -> None:
    patients = pd.DataFrame({"patient_id": list("ABCD"), "combination_end_days": [YEAR, YEAR, 2 * YEAR, NAN]})
    rows = [
        ("A", 10.0, "leukopenia", "stopped_aza"), ("A", 20.0, "leukopenia", "none"), ("A", YEAR + 1, "leukopenia", "none"),
        ("B", 0.0, "rash", "stopped_both"), ("C", -1.0, "rash", "none"), ("C", 2 * YEAR, "leukopenia", "stopped_aza"),
    ]  # fmt: skip
    events = pd.DataFrame(rows, columns=["patient_id", "days", "term", "action"])
    found = safety(
        cohort_from_frames(patients.assign(follow_up_days=[NAN, NAN, NAN, NAN]), adverse_events=events), Settings()
    )
    assert not isinstance(found, NotEstimable)
    assert found.n_outside == 2
    assert found.any_event is not None
    by_term = {row.term: row for row in (*found.terms, found.any_event)}
    assert [row.term for row in found.terms] == ["leukopenia", "rash"]
    one = by_term["leukopenia"]
    by_action = dict(zip(found.actions, one.by_action, strict=True))
    assert (one.n_events, one.n_patients, by_action["none"], by_action["stopped_aza"]) == (3, 2, 1, 2)
    assert one.by_patient is not None
    assert by_term["rash"].by_patient is None
    assert one.per_100_years.value == pytest.approx(100 * 3 / found.patient_years)
    assert one.share.value == pytest.approx(2 / found.n)
    assert found.patient_years >= 4.0
    assert found.stopped["stopped_aza"] == 2
    assert found.n_stopped == 3


def test_the_boxes_of_the_flow_and_where_they_do_not_add_up() -> None:
    screening = pd.DataFrame(
        {
            "step": ["screened", "excluded: no consent", "eligible", "excluded pregnancy", "analysed"],
            "n": [9.0, 2, 7, 1, 3],
        }
    )
    patients = pd.DataFrame({"patient_id": list("ABC"), "death_months": [1.0, 2, 3], "death_event": [1, 0, 1]})
    cohort = replace(cohort_from_frames(patients, screening=screening), stated=(StatedOutcome("death", "death"),))
    found = flow(cohort, Settings(outcome="death"))
    told = [(step.label, step.n, [(one.reason, one.n) for one in step.left]) for step in found.steps]
    assert told == [
        ("Screened", 9, []),
        ("Eligible", 7, [("no consent", 2)]),
        ("Patients in the file", 3, [("pregnancy", 1)]),
        ("Followed for death", 3, []),
    ]
    assert found.notes == ("From 'Eligible' (7) to 'Patients in the file' (3) 4 are missing; the reasons add up to 1.",)
    assert _notes([Step("a", 9), Step("b", 7)]) == []  # no reason is told: nothing to add up


def test_table_1_counts_levels_and_what_is_missing() -> None:
    frame = pd.DataFrame(
        {"patient_id": list("ABCDE"), "sex": ["female", "male", "female", None, "male"],
         "smoker": pd.array([True, False, None, True, True], "boolean"), "site": ["x", "y", "x", "y", "x"],
         "age": [30.0, 40, 50, NAN, 20]}
    )  # fmt: skip
    found = baseline(cohort_from_frames(frame, extra_columns=("site", "age", "smoker")), Settings())
    assert not isinstance(found, NotEstimable)
    rows = {row.column: row for row in found.rows}
    assert found.n == 5
    sex, smoker, site, age = rows["sex"], rows["smoker"], rows["site"], rows["age"]
    assert isinstance(sex, CategoryRow)
    assert (dict(zip(sex.levels, sex.overall, strict=True)), sex.n_missing) == ({"female": 2, "male": 2}, (1, 1))
    assert isinstance(smoker, CategoryRow)
    assert dict(zip(smoker.levels, smoker.overall, strict=True)) == {"yes": 3, "no": 1}
    assert isinstance(site, CategoryRow)
    assert site.overall == (3, 2)
    assert isinstance(age, NumberRow)
    assert (age.overall.n, age.test) == (4, None)
    by_sex = baseline(
        cohort_from_frames(frame, extra_columns=("site", "age", "smoker")), Settings(baseline_group="sex")
    )
    assert not isinstance(by_sex, NotEstimable)
    assert (sum(by_sex.sizes), by_sex.n, [one.n for one in by_sex.excluded]) == (4, 4, [1])
    parted = next(row for row in by_sex.rows if row.column == "site")
    assert isinstance(parted, CategoryRow)
    assert sorted(parted.by_group) == [(1, 1), (2, 0)]
    assert parted.smd > 1
    assert parted.test is not None


# --- Predictors -------------------------------------------------------------------------------------------------------


def separated() -> Cohort:
    """Twelve patients: nobody with `apart` has died; age and sex tell little."""
    n = 12
    frame = pd.DataFrame(
        {"patient_id": [f"P{i}" for i in range(n)], "death_months": np.arange(n) + 1.0, "death_event": [1, 1, 0] * 4,
         "apart": pd.array([i % 3 == 2 for i in range(n)], "boolean"), "crp_mg_per_l": [3.0, 30, 8, 20, 4, 15, 9, 40, 11, 2, 25, 6]}
    )  # fmt: skip
    cohort = cohort_from_frames(frame, extra_columns=("apart",))
    return replace(cohort, stated=(StatedOutcome("death", "death"),))


def test_a_group_without_an_event_has_firths_estimate() -> None:
    settings = Settings(outcome="death", candidates="apart,crp", screening_p=1.0)
    found = analyses.predictors(separated(), settings)
    assert not isinstance(found, NotEstimable)
    told = sparse_data(found, settings)
    assert [one.label for one in told.separated] == ["apart"]
    firth = told.separated[0].firth
    assert not isinstance(firth, NotEstimable)
    assert isinstance(firth.terms[0].hazard_ratio, Estimate)
    assert firth.terms[0].hazard_ratio.value < 1
    assert not isinstance(told.firth, NotEstimable | None)


def test_enough_events_for_each_covariate_need_no_penalty() -> None:
    rng = np.random.default_rng(5)
    frame = pd.DataFrame(
        {"patient_id": [f"P{i}" for i in range(60)], "death_months": rng.exponential(9, 60) + 0.1, "death_event": True,
         "crp_mg_per_l": rng.uniform(1, 40, 60)}
    )  # fmt: skip
    cohort = replace(cohort_from_frames(frame), stated=(StatedOutcome("death", "death"),))
    settings = Settings(outcome="death", candidates="crp", screening_p=1.0)
    found = analyses.predictors(cohort, settings)
    assert not isinstance(found, NotEstimable)
    told = sparse_data(found, settings)
    assert (told.firth, told.separated) == (None, ())


def test_lifelines_gives_the_page_s_numbers_again() -> None:
    found = analyses.predictors(demo_cohort(), Settings())
    assert not isinstance(found, NotEstimable)
    told = lifelines_check(found)

    assert len(told) == 2 * len(found.handles) + sum(not isinstance(one, NotEstimable) for one in found.univariable) + 1


def test_everybody_s_ratio_is_that_of_the_predictors_and_levels_add_up() -> None:
    cohort, settings = demo_cohort(), Settings()
    found, page = subgroups(cohort, settings), analyses.predictors(cohort, settings)
    assert not isinstance(found, NotEstimable)
    assert not isinstance(page, NotEstimable)
    row = next(one for one in page.rows if one.code == found.marker.code)
    overall = found.overall.hazard_ratio
    assert isinstance(overall, Estimate)
    assert isinstance(row.univariable, Estimate)
    assert overall.value == pytest.approx(row.univariable.value)
    assert found.marker.label not in [one.label for one in found.factors]
    assert len(found.interaction_p) <= len(found.factors)
    assert {one.label for one in found.differing} == {
        one.label
        for one in found.factors
        if not isinstance(one.comparison.interaction, NotEstimable) and one.comparison.interaction.p_value < 0.05
    }


# --- Multiverse, Prognosis, Survival --------------------------------------------------------------------------------------


def test_a_model_of_every_candidate_screens_none_and_the_others_screen_as_chosen() -> None:
    settings = Settings(multiverse_axes="model, ties", screening_p=0.2)
    chosen = specifications(demo_cohort(), settings)
    assert len(chosen) == n_specifications(demo_cohort(), settings) == 6
    assert {(one.model, one.settings.screening_p) for one in chosen} == {
        ("alone", 0.2),
        ("screened", 0.2),
        (EVERY, 1.0),
    }
    assert {one.settings.ties for one in chosen} == {"efron", "breslow"}
    assert {one.missing for one in chosen} == {"complete cases"}
    assert "relapse" not in offered_axes(demo_cohort(), Settings(outcome="adverse_event"))
    assert "clock" not in offered_axes(demo_cohort(), Settings(outcome="adverse_event"))
    assert "relapse" in offered_axes(demo_cohort(), Settings())


def test_a_saved_term_needs_its_column_in_its_kind() -> None:
    cohort = separated()
    ids = tuple(cohort.patients["patient_id"])

    def term(code: str, kind: str, value: str = "") -> SavedTerm:
        return SavedTerm(code, code, kind, value, (), ())

    cut = columns_of(cohort, ids, term("crp", CUT, ">9.0"))
    assert not isinstance(cut, NotEstimable)
    assert cut[:, 0].tolist() == [0, 1, 0, 1, 0, 1, 0, 1, 1, 0, 1, 0]
    straight = columns_of(cohort, ids, term("crp", "number"))
    assert not isinstance(straight, NotEstimable)
    assert straight[:3, 0].tolist() == [3, 30, 8]
    yes = columns_of(cohort, ids, term("apart", "binary"))
    assert not isinstance(yes, NotEstimable)
    assert yes[:3, 0].tolist() == [0, 0, 1]
    for wrong in (
        term("apart", CUT, ">9.0"),
        term("apart", "number"),
        term("crp", "binary"),
        term("nothing", "number"),
    ):
        assert isinstance(columns_of(cohort, ids, wrong), NotEstimable), wrong


def test_what_an_outcome_cannot_use() -> None:
    def titles(cohort: Cohort, **choices: str) -> set[str]:
        settings = Settings(**choices)
        found = endpoints.endpoint_of(cohort, settings)
        assert not isinstance(found, NotEstimable)
        return set(unusable(cohort, found, settings))

    assert titles(demo_cohort()) == set()
    assert titles(demo_cohort(), outcome="adverse_event") >= {TIME_ZERO, BETWEEN_VISITS}
    assert titles(separated(), outcome="death") == {COMPETING, TIME_ZERO, DEFINITIONS, BETWEEN_VISITS}


def test_a_marker_of_baseline_alone_has_no_current_level_and_one_of_the_day_after_has() -> None:
    def at(day: float) -> object:
        courses = [(who, when, 300.0 if when == 0 else 100.0) for who in "AB" for when in (0.0, 168.0)]
        visits = pd.DataFrame([*courses, ("A", 300.0, 300.0)], columns=["patient_id", "days", "cdai_points"])
        visits = pd.concat([visits, pd.DataFrame({"patient_id": list("AB"), "days": day, "crp_mg_per_l": [5.0, 20.0]})])
        patients = pd.DataFrame({"patient_id": list("AB"), "follow_up_days": 600.0, "crp_mg_per_l": [5.0, 20.0]})
        return analyses.current_level(cohort_from_frames(patients, visits), Settings(scan_marker="crp"), 24.0)

    found = at(0.0)
    assert isinstance(found, NotEstimable)
    assert "at no visit after the start of therapy" in found.reason
    after = at(0.5)
    assert not isinstance(after, NotEstimable) or "at no visit after" not in after.reason


def test_an_outcome_that_never_came_first_has_no_competing_ratios() -> None:
    frame = pd.DataFrame(
        {"patient_id": list("ABCD"), "death_months": [1.0, 2, 3, 4], "death_event": False, "death_state": [0, 2, 0, 2],
         "crp_mg_per_l": [1.0, 20, 3, 40]}
    )  # fmt: skip
    cohort = cohort_from_frames(frame)
    cohort = replace(cohort, stated=(StatedOutcome("death", "death", competing=("transplant",)),))
    found = competing_ratios(cohort, Settings(outcome="death"))
    assert isinstance(found, NotEstimable)
    assert found.reason == "no death came first in any of these patients"
    curves = competing(cohort, Settings(outcome="death"))
    assert isinstance(curves, NotEstimable)
    assert curves.reason == "no death was observed in these patients"


# --- What is drawn ----------------------------------------------------------------------------------------------------


class DrawnError(Exception):
    """Where the drawing would begin."""


@pytest.mark.parametrize(
    ("pipeline", "name", "times", "seed"),
    [
        (lambda: in_other_patients(demo_cohort(), Settings()), "prognosis.analysis.optimism", 200, 0),
        (lambda: bootstrap_ratio(demo_cohort(), Settings(), "CRP > 10 mg/L"), "predictors.robustness.analysis.bootstrap",
         2000, 20201106),
        (lambda: adjusted(demo_cohort(), Settings()), "predictors.subgroups.adjusted.adjusted_curves", 1000, 0),
        (lambda: scan(demo_cohort(), Settings()), "cutoffs.analysis.cutoff_scan", 2000, 20201106),
        (lambda: stability(demo_cohort(), Settings()), "cutoffs.landscape.analysis.cutoff_scan", 2000, 20201106),
        (lambda: three_groups(demo_cohort(), Settings()), "cutoffs.landscape.analysis.two_cutoffs", 2000, 20201106),
        (lambda: multiverse_test(demo_cohort(), Settings(multiverse_axes="model")), "multiverse.analysis.curve_test",
         200, 20201106),
    ],
)  # fmt: skip
def test_whoever_draws_again_draws_the_same(
    pipeline: Callable[[], object], name: str, times: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The numbers on the page hang on how often and from which seed is drawn: another one is another version of the results."""

    def drawn(*_: object, **given: object) -> None:
        raise DrawnError(given.get("resamples", given.get("permutations")), given["seed"])

    monkeypatch.setattr(f"cdanalysis.sections.{name}", drawn)
    with pytest.raises(DrawnError) as found:
        pipeline()
    assert found.value.args == (times, seed)


def test_results_count_as_those_of_one_specification_where_no_search_is_named() -> None:
    one = Looked(demo_cohort(), Settings())
    assert (one.n, one.search, one.page, one.names, one.cut, one.tested) == (0, "", "Predictors", (), None, ())
