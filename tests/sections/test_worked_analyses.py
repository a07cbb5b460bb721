"""What the sections make of a few patients or a few numbers: printed digits, visits near a week, months, points, planned events."""

from __future__ import annotations

from dataclasses import replace
from math import inf, log
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

from cdanalysis.demo import demo_cohort
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.outcomes.covariates import Covariate, Term
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import Estimate, Exclusion, NotEstimable
from cdanalysis.sections.cutoffs.analysis import marker_data, on_its_scale
from cdanalysis.sections.endoscopy.analysis import Endoscopy, endoscopy
from cdanalysis.sections.flow.analysis import flow
from cdanalysis.sections.multiverse.specifications import with_most_frequent
from cdanalysis.sections.predictors.centres.analysis import _dummies
from cdanalysis.sections.predictors.few_events.analysis import _matters
from cdanalysis.sections.predictors.missing_values.analysis import _patterns, account
from cdanalysis.sections.predictors.power.analysis import PowerRow, _needs, _planned
from cdanalysis.sections.predictors.weighted.analysis import _at
from cdanalysis.sections.prognosis.analysis import _month, _risks
from cdanalysis.sections.reproduction.analysis import _as_p, as_printed, reproduction, rounded
from cdanalysis.sections.reproduction.printed_sheet import Asked
from cdanalysis.sections.reproduction.printed_text import MOST_LINES, parse_line, parse_lines
from cdanalysis.sections.reproduction.study_numbers import StudyNumbers
from cdanalysis.sections.response.analysis import at_weeks, followed_columns, induction
from cdanalysis.sections.response.over_time.analysis import MOST_LINES as MOST_DRAWN
from cdanalysis.sections.response.over_time.analysis import _group, over_time
from cdanalysis.sections.survival.analysis import MOST_TIMES, _years, chosen_months
from cdanalysis.settings import Settings
from cdanalysis.statistics.planning.schoenfeld import events_needed
from cdanalysis.statistics.time_axis import observed

NAN = float("nan")
COURSES = """
    patient | day | cdai | event
    A       |   0 |  300 |
    A       |  14 |  220 |
    A       |  56 |  140 |
    A       | 168 |  100 |
    B       |   0 |  300 |
    B       |  14 |  290 |
    B       |  84 |  225 |
    B       | 168 |  250 |
    C       |  14 |  100 |
"""


# --- Printed digits ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "like", "text"),
    [(2.345, "1.23", "2.35"), (2.344, "1.23", "2.34"), (2.5, "1", "3"), (0.0449999999999, "0.01", "0.05"),
     (-2.345, "1.23", "-2.35"),
     (NAN, "1", "not reached"), (inf, "1", "not reached"), (1e6, "1", "1000000"), (1.1e6, "1", "not reached"),
     (0.0, "0.0", "0.0")],
)  # fmt: skip
def test_a_value_with_the_printed_decimals(value: float, like: str, text: str) -> None:
    assert rounded(value, like) == text


def test_a_printed_text_with_other_numbers_in_it() -> None:
    assert as_printed("4.72 (1.19-18.75)", (1.0, 0.5, 2.0)) == "1.00 (0.50-2.00)"
    assert as_printed("22", (NAN,)) == "–"
    assert as_printed("4.7 (1.2-18.8)", (NAN, 0.5, NAN)) == "not reached (0.5-not reached)"
    assert as_printed("P=0.027", (0.0134,)) == "P=0.013"
    assert as_printed("P<0.05", (0.0099,)) == "P<0.01"
    assert as_printed("P<0.05", (0.01,)) == "P=0.01"
    assert as_printed("P=0.027", (0.00099,)) == "P<0.001"
    assert [_as_p(text) for text in ("0.027", "p < 0.001", "P = 0.03", "=0.2", ">0.5")] == [
        "P=0.027", "P<0.001", "P=0.03", "P=0.2", "P>0.5",
    ]  # fmt: skip


def test_a_line_of_a_sheet_is_named_by_its_result_else_by_what_was_asked() -> None:
    of_relapse = Asked("", "21", "events", outcome="relapse")
    asked = [
        Asked("Relapses", "22", "events", outcome="relapse"),
        of_relapse,
        Asked("", "85%", "event-free %", at="12", outcome="relapse"),
        replace(of_relapse, printed="85 86 87 88"),
    ]
    found = reproduction(demo_cohort(), Settings(), asked)
    assert [row.quantity for row in found.rows] == ["Relapses", "events", "event-free % at 12 months", "events"]
    assert [row.matches for row in found.rows] == [True, False, True, None]
    assert [row.id for row in found.rows] == ["row-1", "row-2", "row-3", "row-4"]
    assert (found.n_matching, found.n_absent, found.of_study) == (2, 1, False)
    assert found.rows[3].why == "'85 86 87 88' holds 4 numbers; events gives 1"


@pytest.mark.parametrize(
    ("line", "kind", "parts"),
    [
        ("22/98 (22.4%)", "percentage", ("22", "98", "22.4")),
        ("22 of 98, 22.4%", "percentage", ("22", "98", "22.4")),
        ("22.4%", "unreadable", ()),
        ("50% survived: 4.72 (1.19-18.75)", "ratio", ("4.72", "1.19", "18.75", "")),
        ("median 74.7 (39.6 to 109.9)", "median", ("74.7", "39.6", "109.9")),
        ("HR .5 (.2-.9) p>.05", "ratio", ("0.5", "0.2", "0.9", ">0.05")),
        ("HR 0.5 (0.2-0.9) p: 0.05", "ratio", ("0.5", "0.2", "0.9", "0.05")),
        ("(1.19-18.75)", "unreadable", ()),
        ("HR 1.5", "unreadable", ()),
    ],
)
def test_what_a_printed_line_says(line: str, kind: str, parts: tuple[str, ...]) -> None:
    found = parse_line(line)
    assert (found.kind, found.parts) == (kind, parts)
    assert bool(found.fault) is (kind == "unreadable")


def test_lines_without_a_text_are_passed_over_and_the_many_are_cut() -> None:
    assert [one.line for one in parse_lines("a\n\n  \nb")] == ["a", "b"]
    assert len(parse_lines("x\n" * (MOST_LINES + 5))) == MOST_LINES


def test_the_study_s_numbers_by_week_and_by_patient() -> None:
    numbers = StudyNumbers(draw_cohort(COURSES), Settings())
    assert numbers.status("remission", 24) == (pytest.approx(50),)
    assert numbers.status("response", 2) == (pytest.approx(50),)
    assert np.isnan(numbers.status("remission", 7)[0])
    assert numbers.flow("screened") == (pytest.approx(NAN, nan_ok=True),)
    assert np.isnan(numbers.n("sex", "male"))
    cohort = draw_cohort(COURSES)
    sexed = StudyNumbers(replace(cohort, patients=cohort.patients.assign(sex=["male", "female", None])), Settings())
    assert (sexed.n("sex", "male"), sexed.percentage("sex", "male")) == (1, (pytest.approx(100 / 3),))


# --- Visits near a week -----------------------------------------------------------------------------------------------


def test_a_patient_s_value_at_each_week() -> None:
    cohort = draw_cohort(COURSES)
    baseline, (two, eight) = at_weeks(cohort, "cdai_points", (2, 8), Settings())
    assert baseline.tolist() == pytest.approx([300, 300, NAN], nan_ok=True)
    assert two.tolist() == [220, 290, 100]
    assert eight.tolist() == pytest.approx([140, NAN, NAN], nan_ok=True)  # day 84 is 28 days away, the window 20.5
    carried = at_weeks(cohort, "cdai_points", (2, 8), Settings(missing_visits="last-observation"))[1][1]
    assert carried.tolist() == [140, 290, 100]
    between = draw_cohort("patient|day|cdai|event\nA|0|300|\nA|50|200|\nA|62|210|\nA|168|100|")
    assert at_weeks(between, "cdai_points", (8,), Settings())[1][0].tolist() == [200]  # both 6 days away: the earlier


def test_what_was_measured_after_the_start() -> None:
    assert list(followed_columns(draw_cohort(COURSES), Settings())) == ["cdai_points"]
    assert followed_columns(draw_cohort("patient|day|cdai|event\nA|0|300|\nA|56||"), Settings()) == {}
    assert list(followed_columns(draw_cohort("patient|day|cdai|event\nA|0|300|\nA|1|200|"), Settings())) == [
        "cdai_points"
    ]


def test_response_by_week_and_who_is_in_another_class_by_other_bounds() -> None:
    found = induction(draw_cohort(COURSES), Settings())
    assert not isinstance(found, NotEstimable)
    assert [(one.week, one.n, one.n_missing, one.n_response, one.n_remission) for one in found.weeks][-1] == (
        24,
        2,
        0,
        1,
        1,
    )
    assert (found.response.n, found.response.n_reached, found.response.median) == (1, 1, 2)
    assert (found.remission.n_reached, found.remission.median) == (1, 8)
    # Of remission B is censored at its last visit, in week 24.
    assert [(one.curve.time.tolist(), one.curve.n_at_risk.tolist()) for one in (found.response, found.remission)] == [
        ([2, 12], [2, 1]), ([8, 24], [2, 1]),
    ]  # fmt: skip
    assert found.reclassified == ()
    assert [(one.reason, one.n) for one in found.excluded] == [("no CDAI at baseline", 1)]
    stricter = induction(draw_cohort(COURSES), Settings(response_definition="without-remission"))
    assert not isinstance(stricter, NotEstimable)
    assert [one.n_response for one in stricter.weeks][-1] == 0
    nobody = induction(draw_cohort("patient|day|cdai|event\nA|0|300|"), Settings())
    assert isinstance(nobody, NotEstimable)


def test_courses_by_response_and_how_many_are_drawn() -> None:
    found = over_time(draw_cohort(COURSES), Settings())
    assert not isinstance(found, NotEstimable)
    assert [(one.label, len(one.values)) for one in found.groups] == [
        ("Response at week 24", 1), ("No response at week 24", 1), ("Not seen at week 24", 1),
    ]  # fmt: skip
    values = np.array([[1.0, NAN], [3.0, 4.0], [5.0, 6.0]])
    group = _group("x", values, np.array(["A", "B", "C"]), 2, 0.95)
    assert group.patient_ids == ("A", "C")
    assert (group.drawn.tolist(), group.n, [one.value for one in group.means]) == ([0, 2], (3, 2), [3, 5])
    for n, drawn in ((MOST_DRAWN, MOST_DRAWN), (MOST_DRAWN + 1, MOST_DRAWN // 2 + 1)):
        many = draw_cohort("patient|day|cdai|event\n" + "\n".join(f"P{k}|0|300|\nP{k}|168|100|" for k in range(n)))
        told = over_time(many, Settings())
        assert not isinstance(told, NotEstimable)
        assert sum(len(one.drawn) for one in told.groups) == drawn


# --- Months and years -------------------------------------------------------------------------------------------------


def test_the_months_of_a_setting() -> None:
    assert chosen_months("12, 6;x, 601, 600, 0, -1, 6") == (0, 6, 12, 600)
    assert chosen_months("") == ()
    assert chosen_months(",".join(map(str, range(20)))) == tuple(range(MOST_TIMES))


def test_patient_years() -> None:
    assert _years(observed([12, 24, 6], [1, 0, 0])) == 3.5
    assert _years(observed([12, 24, 6], [1, 0, 0], [0, 12, 3])) == 2.25


def test_the_month_that_a_model_predicts_for() -> None:
    data = observed(np.arange(1.0, 21), [1] * 20)
    assert _month(data, (0.0, 6.0, 11.0, 12.0)) == 11  # ten are left at 11
    assert _month(data, (12.0, 15.0)) == 12
    assert _month(data, (0.5, 20.0)) is None
    assert _month(data, (1.0,)) == 1
    assert _month(data, ()) is None


def test_risks_by_a_month() -> None:
    data = observed([1, 2, 3, 4], [1, 0, 1, 0])
    risk, baseline = _risks(data, np.zeros(4), 2.0, "breslow")
    assert (baseline, risk.tolist()) == (pytest.approx(np.exp(-1 / 4)), pytest.approx([1 - np.exp(-1 / 4)] * 4))
    risk, baseline = _risks(data, np.zeros(4), 3.0, "breslow")
    assert baseline == pytest.approx(np.exp(-3 / 4))
    assert _risks(data, np.zeros(4), 0.5, "breslow")[1] == 1.0


# --- Markers and candidates -------------------------------------------------------------------------------------------


def test_a_marker_on_the_scale_of_its_models() -> None:
    doubling = next(one for one in MARKERS.values() if not one.continuous_step)
    step = next(one for one in MARKERS.values() if one.continuous_step)
    zero = on_its_scale(np.array([0.0, 2, 4]), doubling)
    assert zero.tolist() == [0, 1, 2]  # 0 counts as half of 2
    assert on_its_scale(np.array([0.0, 0.5]), doubling).tolist() == [-2, -1]
    assert np.isnan(on_its_scale(np.array([0.0, 0.0]), doubling)).all()
    assert on_its_scale(np.array([0.0, NAN, 4.0]), doubling).tolist() == pytest.approx([1, NAN, 2], nan_ok=True)
    assert on_its_scale(np.array([step.continuous_step, 0.0]), step).tolist() == [1, 0]


def test_who_was_measured() -> None:
    found = marker_data(demo_cohort(), Settings(), "crp")
    assert not isinstance(found, NotEstimable)
    assert found.known.tolist() == (~np.isnan(found.values)).tolist()
    late = marker_data(demo_cohort(), Settings(clock="late-entry"), "crp")
    assert isinstance(late, NotEstimable)


def planned(ratio: Estimate | NotEstimable) -> list[tuple[float, str]]:
    row = PowerRow("x", 10, 5, 4, ratio, 0.5, 2.0, None, 0.5, 0.25)
    return [(one.ratio, one.of) for one in _planned(row, 0.5)]


def test_the_ratios_that_are_planned_for() -> None:
    usual = [(1.5, "planned"), (2.0, "planned"), (3.0, "planned")]
    assert planned(NotEstimable("x")) == usual
    assert planned(Estimate(4.0, 1.5, 9.0)) == [*usual, (4.0, "found here"), (1.5, "its limit nearer to 1")]
    assert planned(Estimate(4.0, 0.5, 9.0)) == [*usual, (4.0, "found here")]
    assert planned(Estimate(0.4, 0.1, 0.8)) == [*usual, (0.4, "found here"), (0.8, "its limit nearer to 1")]
    assert planned(Estimate(0.4, 0.1, 1.2)) == [*usual, (0.4, "found here")]
    row = PowerRow("x", 10, 5, 4, NotEstimable("x"), 0.5, 2.0, None, 0.5, 0.25)
    found = _needs(row, 2.0, "planned", 0.5)
    assert found.events == pytest.approx([events_needed(2.0, 0.25, power=0.8), events_needed(2.0, 0.25, power=0.9)])
    assert found.patients == pytest.approx([2 * found.events[0], 2 * found.events[1]])
    assert _needs(row, 2.0, "planned", 0.0).patients == (inf, inf)
    assert log(_needs(row, 2.0, "planned", NAN).patients[0]) == inf


def test_the_dummies_of_centres_are_against_the_one_with_most_events() -> None:
    data = observed([1, 2, 3, 4, 5], [1, 1, 1, 0, 1])
    assert _dummies(data, np.array([0, 1, 1, 2, 2])).tolist() == [[1, 0], [0, 0], [0, 0], [0, 1], [0, 1]]
    assert _dummies(data, np.zeros(5, int)).tolist() == [[0]] * 5


def test_a_missing_covariate_is_filled_with_the_most_frequent() -> None:
    def filled(*values: float) -> list[float]:
        names = np.array([None if value != value else str(value) for value in values], dtype=object)
        missing = sum(value != value for value in values)
        one = Covariate("x", "x", "binary", (Term("x", ""),), np.array(values)[:, None], names, missing)
        return with_most_frequent(one).columns[:, 0].tolist()

    assert filled(1.0, 1.0, 0.0, NAN) == [1, 1, 0, 1]
    assert filled(0.0, 0.0, 1.0, NAN) == [0, 0, 1, 0]
    assert filled(0.0, 1.0) == [0, 1]
    number = Covariate("n", "n", "number", (Term("n", ""),), np.array([[1.0], [2], [9], [NAN], [NAN]]), None, 2)
    median = with_most_frequent(number)
    assert (median.columns.tolist(), median.n_missing) == ([[1], [2], [9], [2], [2]], 0)
    nobody = Covariate("n", "n", "number", (Term("n", ""),), np.full((2, 1), NAN), None, 2)
    assert with_most_frequent(nobody) is nobody


def test_a_weighted_curve_at_a_month() -> None:
    survival, lower, upper = np.array([0.8, 0.5]), np.array([0.7, 0.4]), np.array([0.9, 0.6])
    curve = SimpleNamespace(time=np.array([1.0, 3.0]), survival=survival, lower=lower, upper=upper)
    assert _at(curve, 0.9) == Estimate(1, 1, 1)  # type: ignore[arg-type]
    assert _at(curve, 1.0) == _at(curve, 2.9) == Estimate(0.8, 0.7, 0.9)  # type: ignore[arg-type]
    assert _at(curve, 3.0) == Estimate(0.5, 0.4, 0.6)  # type: ignore[arg-type]


def test_few_events_matter_and_so_does_a_term_without_an_estimate() -> None:
    def matters(events: float, ratio: Estimate | NotEstimable) -> bool:
        model = SimpleNamespace(terms=[SimpleNamespace(hazard_ratio=ratio)], events_per_parameter=events)
        return _matters(SimpleNamespace(model=model))  # type: ignore[arg-type]

    assert not matters(10, Estimate(1, 1, 1))
    assert matters(9.9, Estimate(1, 1, 1))
    assert matters(10, NotEstimable("x"))


def test_a_flow_without_a_number_of_a_step() -> None:
    screening = pd.DataFrame({"step": ["screened", "asked", "excluded"], "n": [9.0, NAN, 2]})
    found = flow(replace(draw_cohort(COURSES), screening=screening), Settings())
    assert [(one.label, one.n, [(each.reason, each.n) for each in one.left]) for one in found.steps][:2] == [
        ("Screened", 9, []), ("Patients in the file", 3, [("excluded", 2)]),
    ]  # fmt: skip
    equal = pd.DataFrame({"step": ["screened", "treated", "later"], "n": [9.0, 3, 4]})
    found = flow(replace(draw_cohort(COURSES), screening=equal), Settings())
    assert [one.label for one in found.steps][:2] == ["Screened", "Patients in the file"]


# --- Endoscopies and gaps ---------------------------------------------------------------------------------------------


def examined(*rows: tuple[str, float, float]) -> Endoscopy:
    """The endoscopies of patients, each with a day and its CDEIS."""
    table = pd.DataFrame(rows, columns=["patient_id", "days", "cdeis_points"])
    patients = pd.DataFrame({"patient_id": sorted(set(table["patient_id"])), "follow_up_days": 3000.0})
    found = endoscopy(cohort_from_frames(patients, endoscopy=table), Settings())
    assert not isinstance(found, NotEstimable)
    return found


def test_an_endoscopy_up_to_four_weeks_after_the_start_is_one_before() -> None:
    found = examined(("A", 0, 9), ("A", 28, 8), ("A", 365, 3), ("A", 731, 2), ("B", -10, 6), ("B", 29, 5), ("C", 0, 4))
    assert (found.n, found.patient_ids, found.excluded) == (
        2,
        ("A", "B"),
        (Exclusion("no endoscopy before and after", 1),),
    )
    assert [(one.before.tolist(), one.after.tolist()) for one in found.scores] == [([8, 6], [2, 5])]


def test_the_yearly_course_is_of_patients_with_two_endoscopies_after_baseline() -> None:
    once = examined(("A", 0, 9), ("A", 365, 3))
    assert (once.n, once.n_serial, once.years, once.excluded) == (1, 0, (), ())
    found = examined(("A", 0, 9), ("A", 28, 8), ("A", 365, 3), ("A", 731, 2), ("B", 0, 6), ("B", 200, 5), ("B", 400, 4))
    assert [(one.year, one.values.tolist()) for one in found.years] == [(0, [9, 6]), (1, [3, 4]), (2, [2])]
    assert (found.n_serial, [sorted(one.against) for one in found.years]) == (2, [[], [0], [0, 1]])


def gaps(code: str, *values: float) -> Covariate:
    missing = sum(value != value for value in values)
    return Covariate(code, code, "number", (Term(code, ""),), np.array(values)[:, None], np.array([]), missing)


def test_patterns_are_the_complete_one_then_the_commonest() -> None:
    a = gaps("a", 1, NAN, NAN, NAN, 2, NAN, NAN)
    b = gaps("b", 1, NAN, NAN, NAN, 2, 3, 3)
    c = gaps("c", 1, 2, 2, 2, NAN, 3, NAN)
    found = _patterns(SimpleNamespace(candidates=(a, b, c)))  # type: ignore[arg-type]
    assert [(one.missing, one.n) for one in found] == [
        ((False, False, False), 1), ((True, True, False), 3),
        ((False, False, True), 1), ((True, False, False), 1), ((True, False, True), 1),
    ]  # fmt: skip
    assert _patterns(SimpleNamespace(candidates=())) == ()  # type: ignore[arg-type]
    told = account("model", [a, b, c], np.array([1, 1, 0, 0, 1, 1, 0], bool))
    assert (told.n, told.n_events, told.n_used, told.n_events_used) == (7, 4, 1, 1)
    assert [(one.label, one.n_missing, one.n_only) for one in told.lost] == [("a", 5, 1), ("b", 3, 0), ("c", 2, 1)]
    assert account("model", [gaps("a", 1, 2)], np.array([True, False])).lost == ()
