"""Tables, boxes and findings of a few patients counted by hand: Table 1, responders, states, endoscopies, timelines, the paper."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes.covariates import Covariate, Term
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Exclusion, NotEstimable, StatedOutcome
from cdanalysis.sections.baseline.analysis import MOST_LEVELS, Baseline, CategoryRow, NumberRow, baseline
from cdanalysis.sections.endoscopy.analysis import endoscopy
from cdanalysis.sections.flow.analysis import flow
from cdanalysis.sections.models.per_candidate import per_candidate
from cdanalysis.sections.models.predictor_rows import predictor_rows
from cdanalysis.sections.reproduction import study_findings as findings
from cdanalysis.sections.reproduction.any_paper import numbers
from cdanalysis.sections.reproduction.printed_sheet import Asked
from cdanalysis.sections.reproduction.study_numbers import StudyNumbers, _read
from cdanalysis.sections.response.analysis import induction
from cdanalysis.sections.response.states.analysis import ACTIVE, ENDED, NOT_SEEN, states
from cdanalysis.sections.response.timeline.analysis import timeline
from cdanalysis.sections.safety.analysis import safety
from cdanalysis.settings import Settings
from cdanalysis.statistics.time_axis import observed
from cdanalysis.units import DAYS_PER_MONTH

NAN, MONTH = float("nan"), DAYS_PER_MONTH


# --- Table 1 ----------------------------------------------------------------------------------------------------------


def table_1(group: str = "", **columns: Any) -> tuple[Baseline, dict[str, NumberRow | CategoryRow]]:
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame({"patient_id": [f"P{k}" for k in range(n)], **columns})
    cohort = cohort_from_frames(frame, extra_columns=tuple(columns))
    found = baseline(cohort, Settings(baseline_group=group).with_cutoff("crp", 10.0, ">"))
    assert not isinstance(found, NotEstimable)
    return found, {row.column: row for row in found.rows}


def test_what_is_described_as_a_number_and_what_as_a_category() -> None:
    n = MOST_LEVELS + 1
    texts = [f"t{k}" for k in range(n)]
    _, rows = table_1(
        few=[*texts[:-1], texts[0]], many=texts, number=np.arange(n) * 1.0, answer=[True] * (n - 1) + [False],
        nothing=[None] * n,
    )  # fmt: skip
    assert {name: type(row) for name, row in rows.items()} == {
        "few": CategoryRow, "number": NumberRow, "answer": CategoryRow,
    }  # fmt: skip
    answer = rows["answer"]
    assert isinstance(answer, CategoryRow)
    assert (answer.levels, answer.overall) == (("no", "yes"), (1, n - 1))


def test_a_number_and_a_category_by_two_groups_and_by_three() -> None:
    crp = [5.0, 8.0, 9.0, 20.0, 30.0, 40.0, NAN]
    weight = [50.0, 60.0, 70.0, 60.0, 70.0, 80.0, 99.0]
    found, rows = table_1("crp", crp_mg_per_l=crp, weight=weight, ward=["x", "x", "y", "y", "y", None, "x"])
    assert (found.sizes, found.n, found.excluded) == ((3, 3), 6, (Exclusion("CRP not known", 1),))
    heavy, ward = rows["weight"], rows["ward"]
    assert isinstance(heavy, NumberRow)
    assert [one.mean for one in heavy.by_group] == [60, 70]
    assert heavy.overall.mean == 65
    assert heavy.smd == pytest.approx(1.0)  # 10 in a standard deviation of 10
    assert heavy.test is not None
    assert isinstance(ward, CategoryRow)
    assert (ward.levels, ward.overall, ward.by_group) == (("x", "y"), (2, 3), ((2, 1), (0, 2)))
    assert ward.n_missing == (1, 0, 1)
    assert ward.test is not None
    three, rows = table_1("ward", weight=weight[:6], ward=list("aabbcc"))
    assert three.sizes == (2, 2, 2)
    assert np.isnan(rows["weight"].smd)
    assert rows["weight"].test is not None
    alone, rows = table_1(weight=weight)
    assert (alone.group_labels, alone.sizes) == (("",), (7,))
    assert rows["weight"].test is None
    assert np.isnan(rows["weight"].smd)


def test_a_group_that_nobody_is_known_in_has_no_table() -> None:
    frame = pd.DataFrame({"patient_id": list("AB"), "crp_mg_per_l": [NAN, NAN], "weight": [1.0, 2.0]})
    seen = pd.DataFrame({"patient_id": list("CC"), "days": [0.0, 200.0], "cdai_points": [300.0, 100.0]})
    cohort = cohort_from_frames(frame, seen, extra_columns=("weight",))
    assert isinstance(baseline(cohort, Settings(baseline_group="crp")), NotEstimable)


# --- Response ---------------------------------------------------------------------------------------------------------

COURSES = """
    patient | day | cdai | event
    A       |   0 |  300 |
    A       |  14 |  220 |
    A       |  56 |  100 |
    A       | 168 |  100 |
    B       |   0 |  310 |
    B       |  14 |  300 |
    B       |  56 |  200 |
    B       | 168 |  210 |
    C       |   0 |  320 |
    C       |  14 |  310 |
    C       | 100 |      | end
    D       |  56 |  100 |
"""


def test_status_by_week_and_the_weeks_to_each_state() -> None:
    found = induction(draw_cohort(COURSES), Settings())
    assert not isinstance(found, NotEstimable)
    told = {one.week: (one.n, one.n_missing, one.n_response, one.n_remission) for one in found.weeks}
    assert told == {2: (3, 0, 1, 0), 8: (3, 0, 2, 1), 24: (3, 0, 2, 1)}
    assert [one.response.value for one in found.weeks] == pytest.approx([1 / 3, 2 / 3, 2 / 3])
    assert found.excluded == (Exclusion("no CDAI at baseline", 1),)
    response, remission = found.response, found.remission
    assert (response.n, response.n_reached, response.lower_quartile, response.median, response.upper_quartile) == (
        2, 2, 3.5, 5, 6.5,
    )  # fmt: skip
    assert (remission.n, remission.n_reached, remission.median) == (2, 1, 8)
    assert response.curve.n == 3
    cdai = found.activity[0]
    assert (cdai.label, cdai.weeks) == ("CDAI", (2, 8, 24))
    assert cdai.baseline.tolist() == pytest.approx([300, 310, 320, NAN], nan_ok=True)
    seen = induction(draw_cohort(COURSES), Settings(missing_visits="observed"))
    assert not isinstance(seen, NotEstimable)
    assert {one.week: (one.n, one.n_missing) for one in seen.weeks} == {2: (3, 0), 8: (2, 1), 24: (2, 1)}


def test_who_is_in_another_class_by_the_chosen_definition() -> None:
    found = induction(draw_cohort(COURSES), Settings(missing_visits="observed"))
    assert not isinstance(found, NotEstimable)
    moved = {(one.week, one.before, one.after): one.patient_ids for one in found.reclassified}
    assert moved == {(8, "no response", "no visit"): ("C",), (24, "no response", "no visit"): ("C",)}


def test_states_at_a_later_year_that_a_third_of_the_followed_was_seen_in() -> None:
    year = "A | 364 | 100 |\n"
    rest = "".join(f"{who} | 0 | 300 |\n{who} | 168 | 100 |\n" for who in "ABC")
    head = "patient | day | cdai | event\n"
    found = states(draw_cohort(f"{head}{rest}{year}"), Settings())
    assert not isinstance(found, NotEstimable)
    assert found.weeks == (0, 24, 52)  # one of three
    assert found.counts[-1] == {"remission": 1, NOT_SEEN: 2}
    four = states(draw_cohort(f"{head}{rest}D | 0 | 300 |\nD | 168 | 100 |\n{year}"), Settings())
    assert not isinstance(four, NotEstimable)
    assert four.weeks == (0, 24)
    # Follow-up that ended before the window of week 52 begins: on day 336 - 1; within it he was not seen.
    for day, state in ((335, ENDED), (336, NOT_SEEN)):
        found = states(draw_cohort(f"{head}{rest}{year}C | {day} | | end\n"), Settings())
        assert not isinstance(found, NotEstimable)
        assert found.counts[-1][state] == (1 if state == ENDED else 2)
    assert found.counts[0] == {ACTIVE: 3}
    assert found.moves[0] == {(ACTIVE, "remission"): 3}


# --- Timelines, endoscopies, adverse events, the flow -----------------------------------------------------------------


def test_the_baseline_stands_on_day_0_where_no_visit_has_one() -> None:
    cohort = draw_cohort("patient|day|cdai|event\nA|14|200|\nA|168|100|\nB|0|280|\nB|168|90|")
    cohort = replace(cohort, patients=cohort.patients.assign(cdai_points=[300.0, 280.0], follow_up_days=[NAN, 900.0]))
    first, second = (timeline(cohort, Settings(), who) for who in "AB")
    assert not isinstance(first, NotEstimable)
    assert not isinstance(second, NotEstimable)
    assert [(one.days, one.values) for one in first.measured] == [((0, 14, 168), (300, 200, 100))]
    assert [(one.days, one.values) for one in second.measured] == [((0, 168), (280, 90))]
    assert (first.follow_up_end, second.follow_up_end) == (168, 900)
    assert np.isnan(first.therapy_end)
    assert [one.told for one in first.entries][:1] == ["CDAI 200 points"]


def test_shares_of_endoscopies_and_of_healed_mucosa() -> None:
    seen = pd.DataFrame({
        "patient_id": list("AABBCCC"), "days": [0.0, 100, 0, 100, 0, 100, 200], "cdeis_points": [9.0, 6.9, 9, 7, 9, NAN, 9],
        "ulceration": pd.array([True, False, True, True, True, None, True], "boolean"),
    })  # fmt: skip
    found = endoscopy(cohort_from_frames(pd.DataFrame({"patient_id": list("ABCD")}), endoscopy=seen), Settings())
    assert not isinstance(found, NotEstimable)
    assert [(one.label, one.k, one.n) for one in found.shares] == [
        ("Endoscopic remission", 1, 3),
        ("Mucosal healing", 1, 3),
    ]
    assert [(one.before.tolist(), one.after.tolist()) for one in found.scores] == [([9, 9, 9], [6.9, 7, 9])]
    assert found.excluded == (Exclusion("no endoscopy before and after", 1),)
    none = endoscopy(cohort_from_frames(pd.DataFrame({"patient_id": ["A"]}), endoscopy=seen[:1]), Settings())
    assert none == NotEstimable("no patient has an endoscopy both before and after the start of therapy")


def test_rates_by_patient_and_whoever_stopped() -> None:
    year = 12 * MONTH
    patients = pd.DataFrame({"patient_id": list("ABC"), "follow_up_days": [2 * year, year, year],
                             "combination_end_days": [2 * year, year, year]})  # fmt: skip
    rows = [("A", 10.0, "rash", "stopped_aza"), ("A", 20.0, "rash", "none"), ("B", 30.0, "nausea", "stopped_both")]
    events = pd.DataFrame(rows, columns=["patient_id", "days", "term", "action"])
    found = safety(cohort_from_frames(patients, adverse_events=events), Settings())
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.patient_years, found.n_outside) == (3, pytest.approx(4), 0)
    rash, nausea = found.terms
    assert (rash.n_events, rash.n_patients, rash.per_100_years.value) == (2, 1, pytest.approx(50))
    assert rash.by_patient is not None
    assert rash.by_patient.value == pytest.approx(50)
    assert (nausea.by_patient, nausea.share.value) == (None, pytest.approx(1 / 3))
    assert (found.stopped, found.n_stopped) == ({"stopped_aza": 1, "stopped_thalidomide": 0, "stopped_both": 1}, 2)
    nobody = safety(cohort_from_frames(patients, adverse_events=events.assign(days=-1.0)), Settings())
    assert not isinstance(nobody, NotEstimable)
    assert (nobody.any_event, nobody.n_outside) == (None, 3)
    assert nobody.models == NotEstimable("no adverse event was observed")


def test_the_box_of_the_selected_and_that_of_the_outcome() -> None:
    frame = pd.DataFrame({"patient_id": list("ABCD"), "sex": ["male", "female", "male", "male"],
                          "death_months": [1.0, 2, NAN, 4], "death_event": [1, 0, 1, 1]})  # fmt: skip
    cohort = replace(cohort_from_frames(frame), stated=(StatedOutcome("death", "death"),))
    found = flow(cohort, Settings(outcome="death", patients="sex=male"))
    assert [(one.label, one.n, [each.n for each in one.left]) for one in found.steps] == [
        ("Patients in the file", 4, []), ("Selected: sex = male", 3, [1]), ("Followed for death", 2, [1]),
    ]  # fmt: skip
    none = flow(cohort_from_frames(frame[["patient_id", "sex"]]), Settings())
    assert [one.n for one in none.steps] == [4]
    assert none.notes[-1].startswith("No analysis of an outcome: ")


# --- Lines of the predictors ------------------------------------------------------------------------------------------


def test_who_stands_in_a_line_and_in_its_reference() -> None:
    levels = Covariate("w", "w", "levels", (Term("w b", "w a"), Term("w c", "w a")),
                       np.array([[1.0, 0], [0, 0], [0, 1], [NAN, NAN], [1, 0]]), np.array(list("baxcb"), object), 1)  # fmt: skip
    number = Covariate("n", "n", "number", (Term("n", ""),), np.array([[1.0], [0], [NAN], [2], [3]]), None, 1)
    why = NotEstimable("x")
    event = np.array([1, 1, 0, 1, 0], bool)
    rows = predictor_rows(event, [levels, number], [why, 0.3], [why, why], why, [number])
    assert [(row.n, row.n_events, row.n_reference, row.n_events_reference) for row in rows] == [
        (2, 1, 1, 1), (1, 0, 1, 1), (4, 3, None, None),
    ]  # fmt: skip
    assert [row.multivariable for row in rows] == [None, None, why]
    assert [np.isnan(row.multivariable_p) for row in rows] == [True] * 3


def test_what_is_kept_of_a_candidate_is_of_the_same_times_events_entries_and_choices() -> None:
    one, other = (Covariate(code, code, "number", (Term(code, ""),), np.zeros((3, 1)), None, 0) for code in "ab")
    asked: list[str] = []

    def compute(some: Any) -> list[str]:
        asked.append("".join(each.code for each in some))
        return [f"{each.code}{len(asked)}" for each in some]

    memory: dict[Any, Any] = {}
    data = observed([1, 2, 3], [1, 0, 1])

    def told(
        *candidates: Covariate, of: Any = data, choices: tuple[str, ...] = ("efron",), what: str = "x"
    ) -> tuple[str, ...]:
        return per_candidate(memory, what, of, choices, candidates, compute)

    assert told(one) == ("a1",)
    assert told(one, other) == ("a1", "b2")
    assert told(one, other) == ("a1", "b2")
    assert asked == ["a", "b"]
    assert told(one, choices=("breslow",)) == ("a3",)
    assert told(one, of=observed([1, 2, 4], [1, 0, 1])) == ("a4",)
    assert told(one, of=observed([1, 2, 4], [1, 1, 1])) == ("a5",)
    assert told(one, of=observed([1, 2, 4], [1, 1, 1], [0, 1, 0])) == ("a6",)
    assert told(one, of=observed([1, 2, 4], [1, 1, 1], [0, 1, 0]), what="y") == ("a7",)
    assert told() == ()
    assert per_candidate(None, "x", data, (), [], compute) == ()


# --- What the paper says ----------------------------------------------------------------------------------------------


def study(cohort: Cohort | None = None) -> StudyNumbers:
    return StudyNumbers(cohort or draw_cohort(COURSES), Settings())


def test_the_smallest_p_or_those_below_the_level() -> None:
    assert findings._least([], "no", "x") == findings.NOTHING
    assert findings._least([(0.05, "a"), (0.06, "b")], "no factor with", "2 terms") == (
        "no factor with P < 0.05 (smallest: a, P = 0.050; 2 terms)"
    )
    assert findings._least([(0.049, "a"), (0.06, "b"), (0.001, "c")], "no", "x") == "a, P = 0.049; c, P = 0.001"


def test_6_tgn_of_the_maintained_by_the_printed_cut_off_and_after_the_landmark() -> None:
    cohort = draw_cohort(COURSES)
    visits = pd.DataFrame({"patient_id": list("AAABC"), "days": [168.0, 200.0, 300.0, 198.4375, 250.0],
                           "tgn_pmol_per_8e8_rbc": [1.0, 200.0, 300.0, 240.0, 9.0]})  # fmt: skip
    cohort = replace(
        cohort, visits=pd.concat([cohort.visits, visits], ignore_index=True),
        patients=cohort.patients.assign(tgn_pmol_per_8e8_rbc=[235.0, 234.9, 100.0, 500.0]),
    )  # fmt: skip
    told = study(cohort)
    assert told.maintained == ("A", "B")
    assert (findings.tgn_side(told, True), findings.tgn_side(told, False)) == ((1.0,), (1.0,))
    assert told.first_tgn["tgn_pmol_per_8e8_rbc"].to_dict() == {"A": 200.0, "B": 240.0}
    assert findings.months_to_tgn(told).tolist() == pytest.approx([32 / MONTH, 1])
    assert findings.low_tgn(told).tolist() == [False, True, False, False]
    assert findings.low_tgn(study()).isna().all()


def test_kinds_among_some_patients() -> None:
    cohort = draw_cohort(COURSES)
    cohort = replace(cohort, patients=cohort.patients.assign(
        upper_gi=pd.array([True, True, None, False], "boolean"), gi_surgery=pd.array([True, None, True, True], "boolean"),
        why=["Leukopenia", None, "leukopenia, rash", "leukopenia"],
    ))  # fmt: skip
    told = study(cohort)
    assert findings.operated(told) == (1.0,)
    among = pd.Series([True, True, False, None], dtype="boolean")
    assert findings.kind(told, "why", "leukopenia", among) == (1.0,)
    assert np.isnan(findings.kind(told, "elsewhere", "x", among)[0])
    assert np.isnan(findings.kind(told, "why", "x", pd.Series([None] * 4, dtype="boolean"))[0])
    assert np.isnan(findings.operated(study())[0])
    assert findings.upper_gi(told).tolist() == [True, True, False, False]


def test_the_study_s_numbers_of_curves_and_of_the_screening() -> None:
    cohort = draw_cohort(COURSES, follow_up_days=168 + 24 * MONTH)
    screening = pd.DataFrame({"step": ["Referred", "excluded: steroids", "Enrolled"], "n": [9.0, 5.0, 4.0]})
    events = pd.DataFrame({"patient_id": ["A"], "days": [168 + 7 * MONTH], "event": ["surgery"]})
    told = study(replace(cohort, screening=screening, events=events))
    assert told.flow("review", "referred") == (9,)
    assert told.flow("steroid") == (5,)
    assert np.isnan(told.flow("endoscopic")[0])
    assert told.excluded() == (5,)
    assert told.share_of_events("surgery") == (50,)
    assert (told.free("surgery", 6), told.free("surgery", 12), told.had("surgery", 12)) == ((100,), (50,), (50,))
    assert told.median("surgery")[0] == pytest.approx(7)
    assert told.quarters("surgery")[1] == pytest.approx(7)
    # The end of everybody's follow-up but C's (day 100), from the start of therapy.
    end = (168 + 24 * MONTH) / MONTH
    assert told.follow_up(maintained=True) == pytest.approx((end, end, end))
    assert told.follow_up(maintained=False)[1] == pytest.approx(100 / MONTH + 0.75 * (end - 100 / MONTH))
    assert told.time_to("response") == (5, 3.5, 6.5)
    assert told.quartiles(np.array([1.0, 2, 3, 4, NAN])) == (2.5, 1.75, 3.25)
    assert _read(SimpleNamespace(), lambda found: found.nothing, 3)[2:] == pytest.approx((NAN,), nan_ok=True)
    assert _read(NotEstimable("x"), lambda _: (1.0,), 1) == pytest.approx((NAN,), nan_ok=True)


def test_quantities_of_any_paper() -> None:
    n = 8
    frame = pd.DataFrame({"patient_id": [f"P{k}" for k in range(n)], "death_months": np.arange(1.0, n + 1),
                          "death_event": [1, 1, 0, 1, 1, 0, 1, 0], "crp_mg_per_l": [20.0, 5, 15, 3, 40, 30, 2, 9]})  # fmt: skip
    cohort = replace(cohort_from_frames(frame), stated=(StatedOutcome("death", "death"),))

    def told(quantity: str, of: str = "", at: str = "") -> Any:
        return numbers(cohort, Settings(), Asked("", "1", quantity, of, at, "death"))

    assert (told("Patients"), told("events")) == ((8,), (5,))
    assert told("event-free %", at="2")[0] == pytest.approx(75)
    assert told("median time")[0] == 5  # 7/8, 6/8, then of 5 and of 4: 3/5 and 9/20
    assert told("follow-up")[0] == pytest.approx(8)
    assert told("log-rank P", "crp>10") != told("log-rank P", "crp>4")
    assert told("hazard ratio", "crp>10")[1] < told("hazard ratio", "crp>10")[0] < told("hazard ratio", "crp>10")[2]
    assert told("hazard ratio", "CRP>10") == told("hazard ratio", "crp>10")
    assert isinstance(told("hazard ratio", "ferritin"), NotEstimable)
    assert isinstance(told("event-free %"), NotEstimable)
    other = numbers(cohort, Settings(), Asked("", "1", "events", outcome="surgery"))
    assert other == NotEstimable("the cohort has no outcome 'surgery'; it has death")
