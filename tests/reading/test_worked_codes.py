"""Codes of events, bounds of intervals, pairs of columns and a reader's corrections, each rule where it turns."""

from __future__ import annotations

from dataclasses import replace
from math import isnan

import pandas as pd
import pytest
from reading.test_worked_checks import event_column
from reading.test_worked_tables import sheet

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.text.text_form import TextForm
from cdanalysis.reading.headers import corrections, doubts
from cdanalysis.reading.headers.likeness import may_be, similar, turned
from cdanalysis.reading.headers.matching import Matching, SheetMatch, match_headers
from cdanalysis.reading.headers.rows import CHOSEN, DECIDE, LEFT_OUT, NOT_MATCHED, PROPOSED, MatchRow
from cdanalysis.reading.headers.units.stated_units import stated_unit, unanswered, with_unit
from cdanalysis.reading.outcomes.codes.code_questions import NOT_DECIDED
from cdanalysis.reading.outcomes.codes.codes import read_events
from cdanalysis.reading.outcomes.columns import looked_at, named_alike, of_role, partner
from cdanalysis.reading.outcomes.pairs import Pairing, in_order, offered, paired
from cdanalysis.reading.outcomes.stated import _codes_of_nothing
from cdanalysis.reading.outcomes.times.intervals import interval_among
from cdanalysis.reading.outcomes.times.times import unit_of
from cdanalysis.reading.outcomes.unpaired import completed
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.shape import RawSheet

NAN = float("nan")
COLUMNS_BY_NAME = {spec.name: spec for spec in COLUMNS["patients"]}


# --- What each patient had --------------------------------------------------------------------------------------------


def states(*cells: object, header: str = "relapse", answers: dict[str, str] | None = None) -> list[float | None]:
    asking = Asking({f"codes:patients:{key}": text for key, text in (answers or {}).items()})
    found = read_events(event_column(list(cells), header), asking)
    return [None if isnan(one) else one for one in found.states]


def test_the_states_of_codes() -> None:
    assert states(1, 0, None, 1) == [1, 0, None, 1]
    assert states("yes", "no", "no") == [1, 0, 0]
    assert states("s", "s", "n") == [1, 1, 0]
    assert states(1, 0, -9) == [1, 0, None]
    assert states(1, 0, 999, 999) == [1, 0, None, None]
    assert states(1, 2, 1) == [None] * 3
    assert states(1, 2, 1, answers={"relapse": "1 = censored, 2 = relapse"}) == [0, 1, 0]
    assert states(0, 1, 2, answers={"relapse": "2 = a competing event"})[:2] == [0, 1]


def test_what_a_header_says_of_its_codes() -> None:
    header = "relapse (0 = no, 1 = yes)"
    assert states(0, 1, header=header) == [0, 1]
    assert states(1, 2, 2, header="relapse (1 = no, 2 = yes)") == [0, 1, 1]
    assert states(1, 2, 2, header="relapse (1 = no)") == [0, 1, 1]
    assert states(1, 2, 2, header="relapse (2 = yes)") == [0, 1, 1]


def test_a_cell_that_is_no_code_is_a_fault() -> None:
    found = read_events(event_column([1, 0, 1.5, "something"]), Asking())
    assert [(one.row, one.found) for one in found.faults if one.row] == [(4, "1.5"), (5, "something")]
    assert len(found.codes) == 2
    twice = read_events(event_column([1, 0, "something", "something"]), Asking())
    assert not [one for one in twice.faults if one.row]
    assert any(one.meaning == NOT_DECIDED for one in twice.codes)


def test_missing_codes_are_said_with_their_count() -> None:
    found = read_events(event_column([1, 0, -9, -9]), Asking())
    assert [one.found for one in found.faults] == ["2 × the missing code -9"]
    assert sorted((one.value, one.n) for one in found.codes) == [("-9", 2), ("0", 1), ("1", 1)]


# --- Bounds of intervals ----------------------------------------------------------------------------------------------


def bounds(headers: str, *rows: str) -> tuple[str, str] | None:
    table = sheet(headers, *rows)
    found = interval_among(match_headers("patients", table.headers, flat=True), table)
    return None if found is None else (found.start.header, found.stop.header)


def test_two_columns_that_bound_each_row_s_time() -> None:
    assert bounds("id tstart tstop event", "A 0 5 0", "A 5 9 1", "B 0 3 0") == ("tstart", "tstop")
    assert bounds("id tstart tstop event", "A 0 5 0", "A 4 9 1", "B 0 3 0") is None
    assert bounds("id tstart tstop event", "A 0 5 0", "B 4 9 1", "C 0 3 0") == ("tstart", "tstop")
    assert bounds("id tstart tstop event", "A 0 5 0", "B 3 3 1") is None
    assert bounds("id tstart tstop event", "A 0 5 0", "B _ 3 1") is None
    assert bounds("id tstart tstop event", "A 0 5 0", "B _ _ 1") == ("tstart", "tstop")
    assert bounds("id tstart tstop event", "A 0 5 0", "B x 3 1") is None
    assert bounds("id tstart tstop event", "A _ _ 0") is None
    assert bounds("who tstart tstop event", "A 0 5 0") is None
    assert bounds("id tstart other event", "A 0 5 0") is None


# --- Columns that belong together -------------------------------------------------------------------------------------


def outcomes(
    headers: str, *rows: str, ends: dict[str, str] | None = None, visits: bool = False
) -> tuple[list[tuple], list[str]]:
    """Code, event, time and date of each outcome, whether it ends with the follow-up, and what was asked."""
    table, asking = sheet(headers, *rows), Asking()
    columns = named_alike(looked_at(match_headers("patients", table.headers, flat=True), table, one_row=True))
    known = offered(columns, ends or {}, asking, visits=visits)
    pairs = in_order(completed(paired(known), columns, known, alone=True))
    told = [
        (pair.code, *(one and one.header for one in (pair.event, pair.time, pair.date)), pair.ends) for pair in pairs
    ]
    return told, [one.id for one in asking.questions]


def test_an_event_and_its_time() -> None:
    rows = "A 1 5", "B 0 6", "C 1 7", "D 0 8"
    assert outcomes("id relapse relapse_months", *rows) == ([("relapse", "relapse", "relapse_months", None, False)], [])
    assert outcomes("id event time_months", *rows) == ([("event", "event", "time_months", None, False)], [])
    assert outcomes("id death os_months", *rows)[0][0][1:3] == ("death", "os_months")
    both = outcomes("id relapse death relapse_months death_months", "A 1 0 5 9", "B 0 1 6 8", "C 1 0 7 9", "D 0 1 8 9")
    assert [one[:3] for one in both[0]] == [
        ("relapse", "relapse", "relapse_months"),
        ("death", "death", "death_months"),
    ]
    headers = "id relapse relapse_months recurrence recurrence_months"
    twice = outcomes(headers, "A 1 5 0 5", "B 0 6 1 6", "C 1 7 0 7", "D 0 8 1 8")
    assert len(twice[0]) == 2


def test_a_time_without_an_event_and_an_event_without_a_time_are_asked_about() -> None:
    assert outcomes("id ward relapse_months", "A x 5", "B y 6", "C x 7", "D y 8")[1] == [
        "event:patients:relapse_months"
    ]
    assert outcomes("id relapse weight", "A 1 5.5", "B 0 6.5", "C 1 7.5", "D 0 8.5")[1] == ["time:patients:relapse"]
    assert outcomes("id ward weight", "A x 5.5", "B y 6.5", "C z 7.5") == ([], [])


def test_a_partner_is_the_one_column_of_the_same_name() -> None:
    table = sheet("id relapse relapse_months death_months", "A 1 5 6", "B 0 6 7", "C 1 7 8")
    columns = looked_at(match_headers("patients", table.headers, flat=True), table, one_row=True)
    (event,), times = of_role(columns, "event"), of_role(columns, "months")
    found = partner(event, times)
    assert found is not None
    assert found.header == "relapse_months"
    assert partner(event, [one for one in times if one.header != "relapse_months"]) is None
    assert partner(event, [found, replace(found, place=9)]) is None


# --- Typing errors ----------------------------------------------------------------------------------------------------


def test_what_may_be_a_typing_error() -> None:
    assert may_be("haemoglobine", "haemoglobin")
    assert may_be("albumine", "albumin")
    assert not may_be("cdai 1", "cdai 2")
    assert not may_be("no smoker", "smoker")
    assert not may_be("aza", "ada")
    assert not may_be("relapse", "delapse")
    assert not may_be("albumin low", "albumin")
    assert may_be("abcde", "abcdf")
    assert not may_be("abcd", "abce")
    assert turned("smoker") == frozenset()
    assert turned("non smoker") == {"non"}
    assert turned("unsmoked eventfree") == {"un", "free"}


def test_what_is_similar_enough() -> None:
    names = [("alb", ["albumin"]), ("hb", ["haemoglobin"])]
    assert similar("albumine", names) == ["alb"]
    assert similar("albu", names) == []
    assert similar("ferritin", names) == []
    assert similar("albumine", []) == []
    close = [("a", ["albuminex"]), ("b", ["albuminez"])]
    assert similar("albumine", close) == ["b", "a"]


# --- A reader's corrections -------------------------------------------------------------------------------------------


def row(header: str, column: str = "", how: str = NOT_MATCHED, **told: object) -> MatchRow:
    return MatchRow("patients", header, column, how, **told)  # type: ignore[arg-type]


def test_a_column_is_what_the_reader_says() -> None:
    assert corrections.chosen(row("x"), corrections.FURTHER).column == ""
    assert corrections.chosen(row("x"), corrections.LEAVE_OUT).how == LEFT_OUT
    unit = corrections.chosen(row("x"), "crp_mg_per_l", "mg/dL")
    assert (unit.column, unit.factor, unit.unit, unit.how) == ("crp_mg_per_l", 10, "mg/dL", CHOSEN)
    assert corrections.chosen(row("CRP (mg/dL)"), "crp_mg_per_l").factor == 10
    assert corrections.chosen(row("x"), "cdai_points", "", 8.0).week == 8
    for column, told in (("nothing", ""), ("crp_mg_per_l", "kg"), ("cdai_points", "date")):
        with pytest.raises(CohortError):
            corrections.chosen(row("x"), column, told)
    assert corrections.chosen(row("x"), "follow_up_months", "date").unit == "date"
    with pytest.raises(CohortError):
        corrections.chosen(row("x"), "follow_up_months", "date", 8.0)


def test_what_is_kept_for_the_same_file_in_another_form() -> None:
    rows = (row("a", "age_years", CHOSEN), row("b", how=LEFT_OUT, note=corrections.BY_READER), row("c", how=LEFT_OUT, note="other"),
            row("d", "sex", "exact name"))  # fmt: skip
    sheets = SheetMatch("s", "patients", CHOSEN), SheetMatch("t", "visits", "synonym")
    matching = Matching(rows, sheets, None)  # type: ignore[arg-type]
    form = TextForm.__new__(TextForm)
    kept = corrections.in_form(matching, form)
    assert [one.header for one in kept.rows] == ["a", "b"]
    assert [one.name for one in kept.sheets] == ["s"]
    assert [corrections.choice_of(one) for one in rows] == [
        "age_years",
        corrections.LEAVE_OUT,
        corrections.LEAVE_OUT,
        "sex",
    ]
    assert corrections.choice_of(row("x")) == corrections.FURTHER


def test_a_saved_matching_comes_back_and_nothing_else_does() -> None:
    rows = (row("a", "age_years", CHOSEN, unit="months", factor=1 / 12), row("b"), row("c", how=DECIDE), row("", "sex", CHOSEN),
            row("d", "cdai_points", CHOSEN, week=8.0))  # fmt: skip
    sheets = SheetMatch("s", "patients", CHOSEN), SheetMatch("t", "", "not matched")
    text = corrections.to_json(Matching(rows, sheets, None))  # type: ignore[arg-type]
    back = corrections.from_json(text)
    told = [(one.header, one.column, one.week) for one in back.rows]
    assert told == [("a", "age_years", None), ("b", "", None), ("d", "cdai_points", 8.0)]
    assert [one.name for one in back.sheets] == ["s"]
    for strange in ("", "[]", "{}", text.replace('"version": 1', '"version": 2'), text.replace('"format"', '"other"'),
                    text.replace("patients", "nothing"), text.replace("8.0", "-1"), text.replace("8.0", "2601"),
                    text.replace("8.0", "true"), text.replace('"a"', "3")):  # fmt: skip
        with pytest.raises(CohortError):
            corrections.from_json(strange)
    assert corrections.from_json(text.replace("8.0", "2600")).rows[-1].week == 2600
    assert corrections.from_json(text.replace("8.0", "0")).rows[-1].week == 0


def test_the_unit_that_a_header_states() -> None:
    crp = corrections._KNOWN["patients"]["crp_mg_per_l"]
    months = corrections._KNOWN["patients"]["follow_up_months"]
    assert stated_unit("CRP (mg/dL)", crp)[0] == "mg/dL"
    assert stated_unit("crp_mg_per_l", crp) == ("", True)
    assert stated_unit("CRP (IU/mL)", crp)[0] == "IU/mL"
    assert stated_unit("CRP", crp)[0] == ""
    plain = row("x", "crp_mg_per_l", "synonym")
    assert with_unit(plain, crp, "mg/dL").how == "unit in the header"
    assert with_unit(plain, crp, "") == plain
    assert with_unit(plain, crp, "IU/mL").open_unit
    assert with_unit(row("x", "follow_up_months"), months, "").open_unit
    assert not with_unit(row("x", "follow_up_months"), months, "", names_unit=True).open_unit
    answered = row("CRP (mg/dL)", "crp_mg_per_l", CHOSEN, unit="g/L", factor=1000.0, answered="unit")
    assert (unanswered(answered, crp).factor, unanswered(answered, crp).answered) == (10, "")
    assert unanswered(replace(answered, header="CRP"), crp).factor == 1.0


def settle(table: RawSheet, *rows: MatchRow, **answers: str) -> tuple[list[str], list[str]]:
    """Columns that the rows get, and what is asked."""
    asking = Asking(
        {f"{kind}:patients:{name}": text for kind, told in answers.items() for name, text in [told.split("|")]}
    )
    found = doubts.settled(rows, table, corrections._KNOWN["patients"], asking)
    return [one.column for one in found], [one.id for one in asking.questions]


def test_two_headers_that_fit_one_column_and_one_that_may_be_several() -> None:
    table = sheet("CRP hsCRP", "1 2", "3 4", "5 6", "7 8")
    twins = [row(name, how=DECIDE, choices=("crp_mg_per_l",)) for name in ("CRP", "hsCRP")]
    assert settle(table, *twins) == (["", ""], ["header:patients:crp_mg_per_l"])
    assert settle(table, *twins, header="crp_mg_per_l|hsCRP") == (["", "crp_mg_per_l"], [])
    assert settle(table, *twins, header="crp_mg_per_l|none of these") == (["", ""], [])
    alike = sheet("CRP CRP", "1 2", "3 4")
    same = [row("CRP", how=DECIDE, choices=("crp_mg_per_l",)) for _ in range(2)]
    assert settle(alike, *same, header="crp_mg_per_l|CRP (column 2 of that name)")[0] == ["", "crp_mg_per_l"]
    proposed = row("CPR", how=PROPOSED, choices=("crp_mg_per_l", "sex"))
    one = sheet("CPR", "1", "2", "3")
    assert settle(one, proposed) == ([""], ["column:patients:CPR"])
    assert settle(one, proposed, column="CPR|crp_mg_per_l") == (["crp_mg_per_l"], [])
    assert settle(one, proposed, column="CPR|a further column") == ([""], [])
    assert settle(sheet("CPR", "yes", "no"), proposed) == ([""], [])


def test_a_unit_that_is_asked_for() -> None:
    table = sheet("age", *[str(k) for k in range(300, 330)])
    plain = row("age", "age_years", "synonym")
    assert settle(table, plain) == (["age_years"], ["unit:patients:age"])
    assert settle(table, plain, unit="age|another unit") == ([""], [])
    assert settle(table, plain, unit="age|months") == (["age_years"], [])
    assert settle(table, replace(plain, how="exact name")) == (["age_years"], [])
    assert settle(table, replace(plain, unit="months")) == (["age_years"], [])
    young = sheet("age", *[str(k) for k in range(30, 60)])
    assert settle(young, plain) == (["age_years"], [])
    assert settle(young, replace(plain, open_unit=True, stated="foo"))[1] == ["unit:patients:age"]


def test_looked_at_columns_need_a_header_and_no_other_meaning() -> None:
    table = sheet("id relapse age", "A 1 30", "B 0 40", "C 1 50")
    found = looked_at([row("id", "patient_id"), row("relapse"), row("age", "age_years", CHOSEN)], table, one_row=True)
    assert [one.header for one in found] == ["relapse"]
    assert looked_at([row("id", "patient_id"), row("relapse", how=LEFT_OUT), row("")], table, one_row=True) == []
    assert isinstance(offered(found, {}, Asking(), visits=False), Pairing)
    assert pd.Series([one.filled for one in found]).tolist() == [1.0]


def test_a_number_of_two_digits_among_codes_is_no_code_where_it_stands_once() -> None:
    assert states(1, 0, 12, 1, 0) == [1, 0, None, 1, 0]
    found = read_events(event_column([1, 0, 12, 1, 0], "relapse"), Asking({}))
    assert [fault.found for fault in found.faults] == ["12"]
    assert states(1, 0, 7, 1, 0, answers={"relapse": "7 = a competing event"})[2] not in (0, 1)


def test_a_negative_time_that_stands_there_again_and_again_is_a_code_for_none() -> None:
    assert -5.0 in _codes_of_nothing([-5, -5, -5, 1, 2])
    assert -5.0 not in _codes_of_nothing([-5, -5, 1, 2])
    assert 5.0 not in _codes_of_nothing([5, 5, 5, 5])
    assert {-9.0, 999.0} <= _codes_of_nothing([])


@pytest.mark.parametrize(
    ("header", "unit"), [("days", "days"), ("weeks", "weeks"), ("mo", ""), ("wks", ""), ("月", "months")]
)
def test_a_header_of_three_letters_says_no_unit_and_a_longer_word_does(header: str, unit: str) -> None:
    asking = Asking({})
    spec = COLUMNS_BY_NAME["follow_up_months"]
    assert unit_of(spec, header, "", [1.0, 2.0, 30.0], asking, decimal_comma=False) == unit
    assert len(asking.questions) == (unit == "")
