"""What is seen over rows and sheets - contradictions, units that differ, totals, exports of REDCap - each at its edge."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from reading.test_outcomes import asked, table

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.reading.cells.tables import _counts_from_start
from cdanalysis.reading.checks import checks, contradictions, order, suspicions, twice_told
from cdanalysis.reading.dates.beside import EXCHANGED, before_birth, exchanged, from_dates
from cdanalysis.reading.headers.rows import CHOSEN, MatchRow
from cdanalysis.reading.outcomes.codes.code_questions import ask_codes, ask_count, ask_empty
from cdanalysis.reading.outcomes.codes.event_column import EventColumn
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.headers.nouns import is_plural
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.redcap import forms
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.results import Fault, StatedOutcome
from cdanalysis.units import DAYS_PER_MONTH

MONTH = DAYS_PER_MONTH
NAN = float("nan")
SPEC = {spec.name: spec for spec in COLUMNS["patients"]}


def rows_of(faults: list[Fault]) -> list[int | None]:
    return [one.row for one in faults]


# --- Order and contradictions -----------------------------------------------------------------------------------------


def test_a_time_beyond_the_follow_up_by_more_than_rounding() -> None:
    patients = pd.DataFrame(
        {"row": [2, 3, 4], "combination_end_days": [107.5, 107.6, NAN], "follow_up_days": [100.0] * 3}
    )
    found = order.of_patients(patients)
    assert [(one.row, one.found) for one in found] == [(3, "8 days after the end of follow-up")]
    known = pd.DataFrame({"patient_id": ["A"], "follow_up_days": [100.0]})

    def said(sheet: str, *days: float, unsure: float = 0.0) -> list[int | None]:
        frame = pd.DataFrame({"row": range(2, 2 + len(days)), "patient_id": "A", "days": days})
        return rows_of(order.of_sheet(sheet, frame, known.assign(follow_up_tolerance_days=unsure)))

    assert said("events", -1.0, 0.0, 100.0, 101.0) == [2, 5]
    assert said("events", 107.4, 107.6) == [3]
    assert said("events", 101.0, 105.0, 106.0, unsure=5.0) == [4]
    assert said("visits", -61.0, -60.0, 107.5, 108.0) == [2, 5]
    assert said("endoscopy", -500.0, 107.5, 108.0) == [4]


def test_second_rows_and_rows_without_an_identifier() -> None:
    frame = pd.DataFrame(
        {"patient_id": ["A", "B", "A", None, "C"], "row": [2, 3, 4, 5, 6], "follow_up_months": [1.0, 2, 3, 4, 5]}
    )
    kept, faults, excluded = checks.patients(frame, pd.Series([False, False, False, False, True]))
    assert kept["patient_id"].tolist() == ["A", "B"]
    assert [(one.row, one.found) for one in faults][:3] == [(5, "empty"), (2, "A"), (4, "A")]
    assert [(one.reason, one.n) for one in excluded] == [
        ("patient without an identifier", 1), ("second row of a patient", 1), ("identifier and nothing else", 1),
    ]  # fmt: skip


def test_the_two_ends_of_a_patient_from_months_or_dates() -> None:
    frame = pd.DataFrame(
        {
            "patient_id": list("ABCD"), "row": [2, 3, 4, 5], "start_date": [100.0, 100, 100, NAN],
            "follow_up_months": [1.0, NAN, NAN, -1.0], "last_follow_up_date": [400.0, 400.0, 90.0, NAN],
        }
    )  # fmt: skip
    kept, faults, _ = checks.patients(frame, pd.Series([False] * 4))
    assert kept["follow_up_days"].tolist() == pytest.approx([MONTH, 300, NAN, NAN], nan_ok=True)
    assert [(one.row, one.column, one.found) for one in faults if one.severity == "error"] == [
        (4, "last_follow_up_date", "10 days before the start"),
        (5, "last_follow_up_date", "30.4375 days before the start"),
    ]
    assert kept["combination_end_days"].isna().all()


def test_rows_of_a_sheet_that_cannot_be_placed() -> None:
    known = pd.DataFrame({"patient_id": ["A"], "row": [2], "follow_up_days": [1000.0]})
    frame = pd.DataFrame(
        {"row": [2, 3, 4, 5, 6], "patient_id": ["A", "X", "A", "A", "A"], "days": [1.0, 1.0, NAN, -366.0, -365.0]}
    )
    kept, faults, excluded = checks.timed("endoscopy", frame, known, pd.Series(dtype=float))
    assert kept is not None
    assert kept["days"].tolist() == [1, -365]
    assert [(one.reason, one.n, one.kind) for one in excluded] == [
        ("row left out: endoscopy of an unknown patient", 1, "row"),
        ("row left out: endoscopy without a time", 1, "row"),
        ("row left out: endoscopy long before the start", 1, "row"),
    ]
    assert sorted(rows_of([one for one in faults if one.severity == "error"])) == [3, 4, 5]  # type: ignore[type-var]


def test_a_value_that_is_not_that_of_the_visit_on_day_0() -> None:
    patients = pd.DataFrame({"patient_id": list("ABCD"), "row": [2, 3, 4, 5], "crp_mg_per_l": [100.0, 100.0, 5.0, 7.0]})
    visits = pd.DataFrame(
        {"patient_id": list("AABCD"), "days": [0.0, 1.0, 0, 0, 0], "crp_mg_per_l": [101.0, 500.0, 102.0, 7.0, 5.0]}
    )
    found = contradictions.at_start(visits, patients)
    assert rows_of(found) == [3, 4, 5]
    assert found[0].found == "100, and 102 at the visit of day 0"
    assert found[1].found == "5, and 7 at the visit of day 0, which is that of row 5: are their visits exchanged?"


def outcome_of(**columns: list[object]) -> tuple[pd.DataFrame, list[StatedOutcome]]:
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame({"patient_id": [f"P{k}" for k in range(n)], "row": range(2, n + 2), **columns})
    return frame, [StatedOutcome("relapse", "relapse", headers=("event", "months"))]


def test_times_of_0() -> None:
    def times(event: list[object], months: list[float], answer: str = "") -> tuple[list[float], int, list[str]]:
        frame, outcomes = outcome_of(
            relapse_event=event, relapse_months=months, follow_up_days=[10 * MONTH] * len(event)
        )
        asking = Asking({"zero:patients:months": answer} if answer else {})
        whole, faults = contradictions.times(frame, outcomes, asking)
        return whole["relapse_months"].tolist(), len(asking.questions), [one.found for one in faults]

    assert times([True, False], [0.0, 10.0])[1:] == (1, ["1 × a time of 0, 1 with relapse"])
    assert times([False, False, True], [0.0, 10.0, 5.0])[1] == 0
    assert times([False, False, True], [0.0, 0.0, 5.0])[1] == 1
    assert times([True, False, False], [0.0, 0.0, 10.0], "not known")[0] == pytest.approx([NAN, 10, 10], nan_ok=True)
    assert times([True, False, False], [0.0, 0.0, 10.0], "a time of 0")[0] == [0, 0, 10]
    assert times([True, False], [1.0, 10.0]) == ([1, 10], 0, [])


def test_censored_long_before_the_end_of_follow_up() -> None:
    def found(*months: float, end: float = 20 * MONTH) -> list[str]:
        frame, outcomes = outcome_of(
            relapse_event=[False] * len(months), relapse_months=list(months), follow_up_days=[end] * len(months)
        )
        return [one.found for one in contradictions.times(frame, outcomes, Asking())[1]]

    assert found(9.9, 20, 20) == ["censored 307 days before the end of follow-up"]
    assert found(10, 20, 20) == []
    assert found(3.0, 9.0, 9.0, end=9 * MONTH) == []  # 183 days at most
    assert found(9.9, 20) == ["censored 307 days before the end of follow-up"]
    assert found(9.9, 9.9, 20) == ["2 of 3 without the event are censored long before their end of follow-up"]


def test_an_outcome_after_death() -> None:
    frame, outcomes = outcome_of(
        relapse_event=[True, True, True, False], relapse_months=[5.0, 5.0, 5.0, 5.0], follow_up_days=[NAN] * 4,
        death_event=[True, True, False, True], death_months=[4.0, 4.8, 4.0, 4.0],
    )  # fmt: skip
    stated = [*outcomes, StatedOutcome("death", "death")]
    found = contradictions.times(frame, stated, Asking())[1]
    assert [(one.row, one.found) for one in found] == [(2, "30 days after death")]


def test_an_outcome_told_twice() -> None:
    def found(first: list[object], second: list[object]) -> list[tuple[int | None, str]]:
        frame = pd.DataFrame({"row": range(2, 2 + len(first)), "relapse_event": first, "relapse_2_event": second})
        stated = (StatedOutcome("relapse", "relapse"), StatedOutcome("relapse_2", "relapse", headers=("free",)))
        return [(one.row, one.found) for one in twice_told.outcomes(frame, stated)]

    assert found([True, False, True], [True, True, None]) == [(3, "no relapse, and one by free")]
    assert found([True, False], [False, False]) == [(2, "relapse, and none by free")]
    assert found([True, False, True], [False, True, True]) == []  # two of three are no slips
    assert found([True], [True]) == []


def test_an_event_of_a_patient_who_had_none_by_his_own_columns() -> None:
    patients = pd.DataFrame(
        {"patient_id": list("AB"), "row": [2, 3], "surgery_event": [False, True], "surgery_months": [10.0, 10.0]}
    )
    events = pd.DataFrame(
        {"row": range(2, 7), "patient_id": list("AAABA"), "days": [5.0, 10 * MONTH + 7, 10 * MONTH + 7.1, 5.0, 5.0],
         "event": ["surgery"] * 4 + ["fistula"]}
    )  # fmt: skip
    assert rows_of(twice_told.denied(events, patients)) == [2, 3]


def test_after_death_by_whatever_says_it() -> None:
    patients = pd.DataFrame(
        {
            "patient_id": list("ABC"),
            "row": [2, 3, 4],
            "death_event": pd.array([True, False, None], "boolean"),
            "death_months": [1.0, 2.0, 3.0],
        }
    )
    events = pd.DataFrame(
        {"patient_id": ["B", "B", "B"], "days": [90.0, 80.0, 10.0], "event": ["death", "death", "fistula"]}
    )
    died = twice_told.deaths(events, patients)
    assert died.to_dict() == pytest.approx({"A": MONTH, "B": 80.0})
    rows = pd.DataFrame({"row": [2, 3, 4, 5], "patient_id": ["B", "B", "A", "C"], "days": [87.0, 88.0, 10.0, 999.0]})
    assert [(one.row, one.found) for one in twice_told.after_death("visits", rows, "visit_date", died)] == [
        (3, "8 days after death")
    ]


def test_a_week_that_is_not_that_of_its_date() -> None:
    def found(*pairs: tuple[float, float]) -> list[str]:
        frame = pd.DataFrame(
            {"row": range(2, 2 + len(pairs)), "week": [week for week, _ in pairs], "days": [day for _, day in pairs]}
        )
        return [one.found for one in twice_told.weeks_and_dates(frame.assign(visit_date=1.0))]

    right = [(8.0, 56.0)] * 3
    assert found(*right, (8.0, 84.0)) == []
    assert found(*right, (8.0, 84.5)) == ["week 8, and week 12.1 by its date, which counts"]
    assert found(*right, (52.0, 364 + 54.5)) == []
    assert found(*right, (52.0, 364 - 55.0)) == ["week 52, and week 44.1 by its date, which counts"]
    assert found((8.0, 56.0), (8.0, 99.0)) == ["week 8, and week 14.1 by its date, which counts"]
    assert found((8.0, 99.0), (8.0, 99.0), (8.0, 56.0)) == ["2 × a week that is not that of its date: the date counts"]
    assert twice_told.weeks_and_dates(pd.DataFrame({"row": [2], "days": [1.0]})) == []


def test_two_patients_with_the_same_values() -> None:
    def found(n: int, columns: int, *, alike: int = 1, of: float = 1.0) -> list[tuple[int | None, str]]:
        frame = pd.DataFrame({f"x{k}": np.arange(n, dtype=float) + k for k in range(columns)})
        for place in range(alike):
            frame.iloc[n - 1 - place] = frame.iloc[0]
        whole = frame.assign(one=of, patient_id=[f"P{k}" for k in range(n)], row=range(2, n + 2))
        return [(one.row, one.found) for one in twice_told.same_patient(whole)]

    assert found(10, 5) == [(11, "the same values as in row 2, under another identifier")]
    assert found(10, 4) == []  # a column in which all are alike is none
    assert found(9, 5) == []
    assert found(20, 5, alike=2) == [(20, "the same values as in row 2, under another identifier"),
                                     (21, "the same values as in row 2, under another identifier")]  # fmt: skip
    assert found(19, 5, alike=2) == []


# --- Dates beside dates -----------------------------------------------------------------------------------------------


def test_durations_that_are_dates() -> None:
    spec = SPEC["follow_up_months"]
    columns = {"row": pd.Series([2, 3, 4]), "start_date": pd.Series([100.0, 100, NAN]),
               spec.name: pd.Series([100 + MONTH, 90.0, 500.0])}  # fmt: skip
    counted, faults = from_dates([spec], columns)
    assert counted[spec.name].tolist() == pytest.approx([1, NAN, NAN], nan_ok=True)
    assert [(one.row, one.found) for one in faults] == [(3, "-0.3285 months after the start")]
    counted, faults = from_dates([spec], {"row": columns["row"], spec.name: columns[spec.name]})
    assert counted[spec.name].isna().all()
    assert len(faults) == 1


def test_dates_before_birth_and_ends_before_the_start() -> None:
    columns: dict[object, pd.Series] = {"start_date": pd.Series([29221.0, 29220.0, NAN])}  # the second a day before
    found = before_birth(["1980-01-01"] * 3, columns, ["start_date"])
    assert columns["start_date"].tolist() == pytest.approx([29221, NAN, NAN], nan_ok=True)
    assert [one.found for one in found] == ["1 × a date before the patient's birth"]

    def turned(starts: list[float], ends: list[float], answer: str = "") -> tuple[list[float], int]:
        both: dict[object, pd.Series] = {"start_date": pd.Series(starts), "last_follow_up_date": pd.Series(ends)}
        asking = Asking({"exchanged:patients:last_follow_up_date": answer} if answer else {})
        exchanged(both, asking)
        return both["last_follow_up_date"].tolist(), len(asking.questions)

    three = [10.0, 10, 10, 10, 10], [5.0, 5, 5, 20, 20]
    assert turned(*three) == (pytest.approx([NAN, NAN, NAN, 20, 20], nan_ok=True), 1)
    assert turned(*three, EXCHANGED) == ([10] * 5, 0)
    assert turned(*three, "no, leave them") == (three[1], 0)
    assert turned([10.0, 10], [5.0, 5])[1] == 0
    assert turned([10.0] * 6, [5.0, 5, 5, 20, 20, 20])[1] == 0
    assert turned([10.0] * 3, [10.0] * 3)[1] == 0


# --- Units that differ between centres --------------------------------------------------------------------------------


def mixed(values: list[float], by: list[object], name: str = "x") -> list[str]:
    columns = {"centre": pd.Series(by), name: pd.Series(values, dtype=float)}
    return [one.found for one in suspicions.mixed(columns, {})]


def test_the_values_of_one_centre_lie_a_factor_apart() -> None:
    eight, spread = [*"aaaaaaaa", *"bbbbbbbb"], [1.0, 1, 1, 1, 1, 1, 1, 1]
    ten = [10.0] * 8
    assert mixed([*spread, *ten], eight) == ["values around 1 in a and around 10 in b of centre"]
    assert mixed([*spread[1:], *ten], eight[1:]) == []
    assert mixed([*spread, *[16.0] * 8], eight) == ["values around 1 in a and around 16 in b of centre"]
    assert mixed([*spread, *[16.1] * 8], eight) == []
    assert mixed([*spread, *[6.25] * 8], eight) == ["values around 1 in a and around 6.25 in b of centre"]
    assert mixed([*spread, *[6.2] * 8], eight) == []
    assert mixed([*[0.0] * 8, *ten], eight) == []
    assert mixed([*[1.0] * 5, *[10.0] * 3, *ten], eight) == []
    assert mixed([*spread, *ten], ["a"] * 16) == []


# --- REDCap -----------------------------------------------------------------------------------------------------------


def sheet(headers: str, *rows: str) -> RawSheet:
    cells = [tuple(None if cell == "_" else cell for cell in row.split()) for row in rows]
    return RawSheet("s", tuple(headers.split()), tuple(enumerate(cells, 2)))


def test_a_tick_in_any_row_of_a_patient_is_the_patients() -> None:
    found = forms(
        sheet(
            "record_id redcap_event_name drug___1 crp_complete", "A base 0 2", "A week 1 1", "B base 0 0", "B week _ 2"
        )
    )
    (one,) = found
    assert one.headers == ("record_id", "redcap_event_name", "drug___1")
    assert [row[2] for _, row in one.rows] == ["1", "1", "0", "0"]
    assert [fault.found for fault in one.faults] == ["1 column of REDCap's own, left out: crp_complete"]
    kept = forms(sheet("record_id redcap_event_name crp_complete", "A base 5"))[0]
    assert "crp_complete" in kept.headers
    other = sheet("record_id crp_complete", "A 2")
    assert forms(other) == [other]


def test_each_repeated_form_is_a_table() -> None:
    found = forms(
        sheet(
            "record_id redcap_repeat_instrument redcap_repeat_instance age crp",
            "A _ _ 30 _",
            "A labs 1 _ 5",
            "A labs 2 _ 6",
        )
    )
    assert [(one.name, one.headers, len(one.rows)) for one in found] == [
        ("s", ("record_id", "age"), 1),
        ("labs", ("record_id", "crp"), 2),
    ]
    events = forms(
        sheet(
            "record_id redcap_event_name redcap_repeat_instrument age crp",
            "A base _ 30 _",
            "A base labs _ 5",
            "A late labs _ 6",
        )
    )
    assert events[1].headers == ("record_id", "redcap_event_name", "crp")
    single = forms(
        sheet("record_id redcap_event_name redcap_repeat_instrument age crp", "A base _ 30 _", "A base labs _ 5")
    )
    assert single[1].headers == ("record_id", "crp")


# --- What a column of events leaves open ------------------------------------------------------------------------------


def event_column(cells: list[object], header: str = "relapse", dated: list[bool] | None = None) -> EventColumn:
    return EventColumn(header, said_by(header), header, "relapse", cells, list(range(2, 2 + len(cells))), {}, dated)  # type: ignore[arg-type]


def test_whole_numbers_may_say_how_often() -> None:
    def asked_of(header: str, **counts: int) -> bool:
        asking = Asking()
        ask_count(event_column([], header), {text.strip("n"): n for text, n in counts.items()}, asking)
        return bool(asking.questions)

    assert asked_of("relapses", n0=3, n1=2, n2=1)
    assert not asked_of("relapse", n0=3, n1=2, n2=1)
    assert asked_of("relapse", n0=3, n2=2, n3=1, n4=1)
    assert not asked_of("relapse", n0=3, n1=3, n2=2, n3=1)
    assert not asked_of("relapses", n0=3, n1=2)
    assert asked_of("relapses", n1=2, n2=2)
    assert not asked_of("relapses", n0=2, n2=2, x=1)
    asking = Asking({"count:patients:relapses": "a code each"})
    assert ask_count(event_column([], "relapses"), {"0": 1, "2": 1}, asking) is False
    assert ask_count(event_column([], "relapses"), {"0": 1, "2": 1}, Asking()) is None


def test_codes_are_asked_together_or_each() -> None:
    def options(*texts: str) -> list[tuple[str, ...]]:
        asking = Asking()
        ask_codes(event_column([]), dict.fromkeys(texts, ""), texts, dict.fromkeys(texts, 3), asking)
        return [one.options for one in asking.questions]

    assert options() == []
    assert [len(one) for one in options("a", "b")] == [2]
    assert [len(one) for one in options("a", "b", "c")] == [4, 4, 4]


def test_an_empty_cell_of_a_column_of_events() -> None:
    cells = ["yes", None, None]
    assert ask_empty(event_column(cells, dated=[True, False, False]), 1, Asking()) == "censored"
    asking = Asking()
    ask_empty(event_column(cells, dated=[True, True, False]), 1, asking)
    (question,) = asking.questions
    assert question.evidence == "1 patient have the relapse, 2 have an empty cell and nobody has a no."
    told = Asking({"empty:patients:relapse": "no relapse"})
    assert ask_empty(event_column(cells), 1, told) == "censored"


@pytest.mark.parametrize(
    ("stem", "several"), [("relapses", True), ("relapse", False), ("rezidive", True), ("s", False), ("", False)]
)
def test_the_plural_of_an_outcome(stem: str, several: bool) -> None:
    assert is_plural(stem) is several


def test_which_column_says_whether_it_happened() -> None:
    content = table("seen,gone,time_to_relapse_months", "1 0 1 0 1 0", "0 0 1 1 0 0", "5 6 7 8 9 10")
    (options,) = asked(content).values()
    assert options[:2] == ("seen", "gone")
    nothing = table("time_to_relapse_months", "_ _ _ _ _ _")
    assert asked(nothing) == {}


def test_which_columns_of_dates_are_counted_from_the_start() -> None:
    def counted(column: str, unit: str) -> bool:
        return _counts_from_start(SPEC, MatchRow("patients", "x", column, CHOSEN, unit=unit))

    assert counted("follow_up_months", "date")
    assert counted("follow_up_months", "day/month/year")
    assert not counted("follow_up_months", "months")
    assert not counted("start_date", "day/month/year")
    assert not counted("nothing", "date")
    assert not counted("relapse_months", "date")
