"""What each patient had and when, words of codes, digits of an end and the writing of identifiers, each where it turns."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from reading.test_worked_tables import sheet

from cdanalysis.dictionary.outcomes import ENTRY, column_of
from cdanalysis.reading.headers.matching import SheetMatch, match_headers
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.outcomes.codes.meanings import (
    CENSORED,
    COMPETING,
    HAPPENED,
    meaning_of,
    nouns_among,
    parted_code,
    says_free,
)
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.settling import settled
from cdanalysis.reading.outcomes.stated import Claim
from cdanalysis.reading.outcomes.times.ends import with_dates
from cdanalysis.reading.outcomes.times.precision import decimals, tolerances
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.sheets.ids import OTHERS, SAME, loosened, one_writing, spelled, translated
from cdanalysis.reading.sheets.joined import agreement, joined
from cdanalysis.reading.sheets.kinds import Seen
from cdanalysis.reading.sheets.patients import Patients, _overlap
from cdanalysis.results import OutcomeCode
from cdanalysis.units import DAYS_PER_MONTH

NAN, INF, MONTH = float("nan"), float("inf"), DAYS_PER_MONTH


# --- What each patient had --------------------------------------------------------------------------------------------


def outcome(claim: Claim, **columns: list[object]) -> tuple[list[float], list[object], list[str]]:
    """Months, whether it happened, and what is said."""
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame({"patient_id": [f"P{k}" for k in range(n)], "row": range(2, n + 2), **columns})
    found, _, faults = settled(frame, [claim])
    event = found["relapse_event"].tolist() if "relapse_event" in found else []
    return (
        found["relapse_months"].tolist(),
        [None if one is pd.NA else one for one in event],
        [one.found for one in faults],
    )


def claim(**told: object) -> Claim:
    return Claim("relapse", "relapse", ("relapse",), dated_as="relapse_date", **told)  # type: ignore[arg-type]


def days(*months: float) -> list[float]:
    return [one * MONTH for one in months]


def test_an_event_and_its_time() -> None:
    told = claim(event="e", months="m")
    months, event, said = outcome(told, e=[1.0, 0.0, NAN, 0.0], m=[5.0, 9.0, 4.0, NAN], follow_up_days=days(9, 9, 9, 8))
    assert months == pytest.approx([5, 9, 4, 8])
    assert event == [True, False, None, False]
    assert said == ["1 × without a time, taken as free of relapse up to the last follow-up"]
    months, _, said = outcome(told, e=[1.0, 0.0], m=[INF, 9.0], follow_up_days=days(9, 9))
    assert months == pytest.approx([NAN, 9], nan_ok=True)


def test_a_date_of_those_who_had_the_event_says_that_the_others_had_none() -> None:
    told = claim(date="d")
    months, event, _ = outcome(
        told, d=[100 + 5 * MONTH, NAN, NAN], start_date=[100.0] * 3, follow_up_days=days(9, 8, NAN)
    )
    assert months == pytest.approx([5, 8, NAN], nan_ok=True)
    assert event == [True, False, None]
    months, _, said = outcome(told, d=[50.0, NAN], start_date=[100.0] * 2, follow_up_days=days(9, 8))
    assert "-1.643 months after the start" in said
    assert np.isnan(months[0])
    bare, _, said = outcome(told, d=[50.0, 60.0], follow_up_days=days(9, 8))
    assert said[0] == "dates, and no start_date"


def test_an_event_denied_beside_a_date_of_it() -> None:
    told = claim(event="e", date="d")
    dates = [100 + 5 * MONTH, 100 + 6 * MONTH, NAN, NAN]
    _, event, said = outcome(
        told, e=[1.0, 0.0, 0.0, 0.0], d=dates, start_date=[100.0] * 4, follow_up_days=days(9, 9, 9, 9)
    )
    assert event == [True, None, False, False]
    assert "no relapse, and a date of it" in said
    most = [100 + 5 * MONTH, 100 + 6 * MONTH, 100 + 7 * MONTH, NAN]
    months, event, _ = outcome(
        told, e=[1.0, 0.0, 0.0, 0.0], d=most, start_date=[100.0] * 4, follow_up_days=days(9, 9, 9, 9)
    )
    assert event == [True, False, False, False]  # of two thirds: the date is that of the censoring
    assert months == pytest.approx([5, 6, 7, 9])


def test_an_outcome_whose_times_are_lost_is_none() -> None:
    told = claim(event="e", months="m")
    nobody = outcome(told, e=[1.0, 1.0, 0.0], m=[NAN, NAN, 9.0], follow_up_days=[NAN] * 3)
    assert nobody[1] == [None] * 3
    assert "no time of anybody with relapse is known" in nobody[2]
    one = outcome(told, e=[1.0, 0.0, 0.0], m=[NAN, 8.0, 9.0], follow_up_days=[NAN] * 3)
    assert one[1] == [True, False, False]
    free = outcome(told, e=[1.0, 0.0], m=[5.0, NAN], follow_up_days=[NAN] * 2)
    assert "no time of those without relapse, nor a last follow-up" in free[2]
    dated = claim(date="d")
    unread = outcome(dated, d=[INF, INF, 100 + 5 * MONTH], start_date=[100.0] * 3, follow_up_days=days(9, 9, 9))
    assert "the relapse of 2 patients cannot be read: only those with it would be left" in unread[2]


def test_the_end_of_follow_up_as_the_time_and_entry_after_time_zero() -> None:
    months, event, _ = outcome(claim(event="e", ends=True), e=[1.0, 0.0], follow_up_days=days(9, 8))
    assert (months, event) == (pytest.approx([9, 8]), [True, False])
    columns = {
        "e": [1.0, 0.0, 0.0],
        "m": [5.0, 9.0, 7.0],
        column_of("relapse", ENTRY): [2.0, 0.0, INF],
        "follow_up_days": days(9, 9, 9),
    }
    months, _, said = outcome(claim(event="e", months="m"), **columns)  # type: ignore[arg-type]
    assert months == pytest.approx([5, 9, NAN], nan_ok=True)
    assert "1 patient observed from an entry after time zero on (median 2.0 months): late entry" in said
    late = outcome(claim(event="e", months="m"), e=[1.0, 0.0], m=[9.0, 9.2], follow_up_days=days(9, 8))
    assert late[2] == ["37 days after the end of follow-up"]


def test_what_competes_is_called_by_its_code() -> None:
    codes = (OutcomeCode("1", HAPPENED, 1), OutcomeCode("2", COMPETING, 1))
    frame = pd.DataFrame({"patient_id": ["A"], "row": [2], "e": [1.0], "m": [3.0], "follow_up_days": [MONTH * 9]})
    _, (found,), _ = settled(frame, [claim(event="e", months="m", codes=codes)])
    assert found.competing == ("relapse 2",)


# --- Words of codes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "happened", "censored", "unknown"),
    [
        (
            "relapse",
            ["yes", "relapsed", "not censored", "uncensored", "yes (2019)", "1:recurred"],
            ["no", "no relapse", "in remission", "right censored", "lost to follow-up", "0:disease free"],
            ["maybe", "dead"],
        ),
        ("relapse-free", ["no"], ["yes"], ["maybe"]),
        ("censored", ["0"], ["1"], ["maybe"]),
        ("relapse (0 = yes, 1 = no)", ["0"], ["1"], ["maybe"]),
    ],
)
def test_what_a_text_means(header: str, happened: list[str], censored: list[str], unknown: list[str]) -> None:
    said = said_by(header)

    def meant(texts: list[str]) -> list[str]:
        return [meaning_of(text, said, said.noun) for text in texts]

    assert meant(happened) == [HAPPENED] * len(happened)
    assert meant(censored) == [CENSORED] * len(censored)
    assert meant(unknown) == [""] * len(unknown)


def test_codes_with_their_words() -> None:
    assert parted_code("1:DECEASED") == ("1", "DECEASED")
    assert parted_code("1") == ("", "1")
    assert parted_code("100: x") == ("", "100: x")
    assert [one.code for one in nouns_among(["dead", "alive", "no relapse"])] == ["death"]
    assert all(map(says_free, ("ongoing", "alive", "no relapse")))
    assert not any(map(says_free, ("5", 5, "relapse")))


# --- Digits and identifiers -------------------------------------------------------------------------------------------


def test_the_decimals_of_a_number() -> None:
    assert [decimals(number) for number in (1.0, 1.5, 1.25, 1e-7, 1e20)] == [0, 1, 2, 7, 0]


def test_how_precisely_an_end_is_known() -> None:
    def known(*cells: str) -> list[float]:
        table = sheet("id follow_up_months", *[f"P{k} {one}" for k, one in enumerate(cells)])
        rows = match_headers("patients", table.headers, flat=True)
        frame = pd.DataFrame({"follow_up_months": [None if one == "_" else 1.0 for one in cells]})
        found = tolerances(rows, table, frame)
        return found["follow_up_tolerance_days"].tolist() if found else []

    assert known("12", "13", "14") == pytest.approx([MONTH / 2] * 3)
    assert known("12.5", "13", "14.5") == pytest.approx([MONTH / 20] * 3)
    assert known("12.5", "13", "14") == pytest.approx([MONTH / 20, MONTH / 2, MONTH / 2])
    assert known("12.25", "13.5", "14.5") == pytest.approx([MONTH / 200, MONTH / 20, MONTH / 20])
    assert known("12", "_", "14") == pytest.approx([MONTH / 2, 0, MONTH / 2])
    assert known("12~weeks", "13") == pytest.approx([3.5, MONTH / 2])


def test_identifiers_that_are_written_otherwise() -> None:
    assert [spelled(one) for one in ("P 1", "Ｐ１", "7.0", "7.00", "7.5", "P\u200b1")] == [
        "P1",
        "P1",
        "7",
        "7",
        "7.5",
        "P1",
    ]
    assert [loosened(one) for one in ("P001", "p1", "010", "A0B00")] == ["p1", "p1", "10", "a0b0"]
    same, faults = translated(["P1", "P2"], ["P 1", "p2", "P3"], "visits", Asking())
    assert same == {"P 1": "P1"}
    assert len(faults) == 1
    assert translated(["P1", "P2"], ["p2"], "visits", Asking({"ids:visits": SAME}))[0] == {"p2": "P2"}
    assert translated(["P1", "P2"], ["p2"], "visits", Asking({"ids:visits": OTHERS}))[0] == {}
    assert translated(["P1", "p1"], ["P01"], "visits", Asking({"ids:visits": SAME}))[0] == {}
    frames = {"patients": pd.DataFrame({"patient_id": ["P1"]}), "visits": pd.DataFrame({"patient_id": ["P 1", "P9"]})}
    assert one_writing(frames, Asking())[0]["visits"]["patient_id"].tolist() == ["P1", "P9"]


# --- Sheets of patients -----------------------------------------------------------------------------------------------


def seen(name: str, headers: str, *rows: str) -> Seen:
    return Seen(sheet(headers, *rows, name=name), SheetMatch(name, "patients", "synonym"))


def test_a_second_sheet_of_the_same_patients_is_joined() -> None:
    base = seen("patients", "id age", "A 30", "B _", "C 50")
    other = seen("labs", "id age CRP", "A 30 5", "B 40 6", "D 60 7")
    found = joined(base, other, 1, Asking()).table
    assert found.headers == ("id", "age", "CRP")
    assert [row for _, row in found.rows] == [("A", 30, 5), ("B", 40, 6), ("C", 50, None)]
    kept = joined(base, other, 1, Asking({"patients:labs": "patients of the cohort"})).table
    assert kept.rows[-1][1] == ("D", 60, 7)
    followed = joined(base, seen("ends", "id follow_up_months", "A 5", "D 6"), 1, Asking()).table
    assert followed.rows[-1][1] == ("D", None, 6)
    differing = joined(base, seen("labs", "id age", "A 31", "C 50.0"), 1, Asking()).table
    assert any(one.found == "1 × another value in labs; that of patients is used" for one in differing.faults)
    assert agreement(base, seen("labs", "id age", "A 31", "C 50")) == 0.5
    assert agreement(base, seen("labs", "id CRP", "A 31")) == 1.0


def test_sheets_of_patients_below_each_other_or_left_out() -> None:
    def patients(*sheets: Seen, answers: dict[str, str] | None = None) -> tuple[list[object], dict[int, str], int]:
        asking = Asking(answers or {})
        found = Patients(list(enumerate(sheets)), asking)
        return (
            [row[0] for _, row in found.table.rows],
            {place: one.how for place, one in found.out.items()},
            len(asking.questions),
        )

    first = seen("patients", "id age sex", "A 30 m", "B 40 f")
    assert patients(first, seen("more", "id age sex", "C 30 m", "D 40 f"))[0] == ["A", "B", "C", "D"]
    same = seen("again", "id age sex", "A 30 m", "B 40 f")
    assert patients(first, same)[0] == ["A", "B"]
    other = seen("again", "id age sex", "A 50 f", "B 60 m")
    assert patients(first, other)[0] == ["A", "B"]
    assert patients(first, other)[2] == 1
    anew = patients(first, other, answers={"same:again": "other patients, numbered anew"})
    assert len(anew[0]) == 4
    excluded = seen("excluded", "id age sex", "C 30 m", "D 40 f")
    assert patients(first, excluded)[0] == ["A", "B"]
    assert patients(first, excluded, answers={"patients:excluded": "patients of the cohort"})[0] == ["A", "B", "C", "D"]
    several = seen("rows", "id CRP", "A 1", "A 2")
    assert list(patients(first, several)[1]) == [1]
    strangers = seen("others", "id CRP", "X 1", "Y 2")
    assert list(patients(first, strangers)[1]) == [1]
    weeks = patients(seen("week 0", "id CRP age", "A 1 30", "B 2 40"), seen("week 8", "id CRP age", "A 3 30", "B 4 40"))
    assert weeks[0] == ["A", "B", "A", "B"]


# --- From when to when a patient is observed --------------------------------------------------------------------------


def column_of_dates(place: int, header: str, filled: float = 1.0, dates: bool = True) -> Looked:
    return Looked(place, header, said_by(header), codes=False, dates=dates, filled=filled)


def free_rows(*headers: str) -> list[MatchRow]:
    return [MatchRow("patients", header, "", "not matched") for header in headers]


RELAPSE, OPERATION, ENROLLED, SEEN = "relapse date", "date of operation", "enrolled", "seen"


def asked_of(
    columns: list[Looked], rows: list[MatchRow], **answers: str
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The options of each question, and the columns that the rows are."""
    asking = Asking({f"dates:patients:{name}": answer for name, answer in answers.items()})
    found = with_dates(rows, columns, asking)
    return {one.column: one.options[:-1] for one in asking.asked.values()}, [row.column for row in found]


def test_dates_of_an_outcome_need_a_start_and_those_of_some_a_last_follow_up() -> None:
    headers = (RELAPSE, ENROLLED, SEEN)
    columns = [column_of_dates(0, RELAPSE, 0.4), column_of_dates(1, ENROLLED), column_of_dates(2, SEEN, 0.9)]
    asked, named = asked_of(columns, free_rows(*headers))
    assert asked == {"start_date": (ENROLLED, SEEN), "last_follow_up_date": (ENROLLED, SEEN)}
    assert named == ["", "", ""]
    asked, named = asked_of(columns, free_rows(*headers), start_date=ENROLLED)
    assert asked == {"last_follow_up_date": (SEEN,)}
    assert named == ["", "start_date", ""]
    assert asked_of(columns, free_rows(*headers), start_date=ENROLLED, last_follow_up_date=SEEN) == (
        {}, ["", "start_date", "last_follow_up_date"],
    )  # fmt: skip


def test_an_outcome_of_everybody_or_of_nobody_needs_no_last_follow_up() -> None:
    for filled in (0.0, 1.0):
        columns = [column_of_dates(0, RELAPSE, filled), column_of_dates(1, ENROLLED)]
        asked, _ = asked_of(columns, free_rows(RELAPSE, ENROLLED))
        assert asked == {"start_date": ((RELAPSE, ENROLLED) if filled else (ENROLLED,))}


def test_what_is_known_is_not_asked_again() -> None:
    columns = [column_of_dates(0, RELAPSE, 0.4), column_of_dates(1, ENROLLED)]
    start, last = (MatchRow("patients", "x", name, "exact name") for name in ("start_date", "follow_up_months"))
    assert asked_of(columns, [*free_rows(RELAPSE, ENROLLED), start, last])[0] == {}
    assert set(asked_of(columns, [*free_rows(RELAPSE, ENROLLED), last])[0]) == {"start_date"}
    assert set(asked_of(columns, [*free_rows(RELAPSE, ENROLLED), start])[0]) == {"last_follow_up_date"}


def test_dates_of_no_outcome_are_counted_only_where_the_last_follow_up_is_one() -> None:
    columns = [column_of_dates(0, ENROLLED), column_of_dates(1, SEEN)]
    assert asked_of(columns, free_rows(ENROLLED, SEEN))[0] == {}
    last = MatchRow("patients", SEEN, "last_follow_up_date", "synonym")
    assert asked_of(columns, [*free_rows(ENROLLED), last])[0] == {"start_date": (ENROLLED,)}
    nothing = [column_of_dates(0, ENROLLED, dates=False), column_of_dates(1, SEEN)]
    assert asked_of(nothing, [*free_rows(ENROLLED), last])[0] == {}


def test_the_share_of_the_ids_that_two_sheets_have_in_common() -> None:
    def overlap(one: str, other: str) -> float:
        return _overlap(SimpleNamespace(ids=one.split(",")), SimpleNamespace(ids=other.split(",")))  # type: ignore[arg-type]

    assert overlap("P1", "P1") == 1
    assert overlap("P1", "p1,P2") == 1
    assert overlap("P1,P2,P3", "P2,P9") == 0.5
    assert overlap("P1,P2", "P3") == 0
    assert overlap("P1,P1,,P2", "P1,P2,P3,P4") == 1
    assert overlap("", "P1") == 0
