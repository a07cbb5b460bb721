"""Which columns make an outcome and what its codes mean, each rule at its edge."""

from __future__ import annotations

from dataclasses import replace
from math import isinf, isnan

import pytest

from cdanalysis.reading.cells.words import odd_among, rare_among
from cdanalysis.reading.headers.rows import BY_OUTCOME, CHOSEN, NOT_MATCHED, MatchRow
from cdanalysis.reading.outcomes.codes.event_column import texts_of
from cdanalysis.reading.outcomes.headers.claims import _claimed, _lone
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.pairs import Pair, Pairing, in_order, paired
from cdanalysis.reading.outcomes.stated import _codes_of_nothing, _time
from cdanalysis.reading.outcomes.times.ends import LAST, START, is_time_of_some, with_dates
from cdanalysis.reading.outcomes.unpaired import EVERYBODY, _of_some, completed
from cdanalysis.reading.questions import Asking

# --- Pairs ------------------------------------------------------------------------------------------------------------


def looked(headers: str, *, filled: float = 1.0) -> list[Looked]:
    """A column for each header, at its place: an event holds codes, a date dates, another column numbers."""
    return [
        Looked(place, header, said := said_by(header), said.role == "event", said.role == "date", filled)
        for place, header in enumerate(headers.split("|"))
    ]


def pairs(headers: str, *, ends: str = "", visits: bool = False, filled: float = 1.0) -> tuple[list[Pair], list[str]]:
    """The outcomes and the questions."""
    asking, columns = Asking(), looked(headers, filled=filled)
    events, times, dates = ([one for one in columns if one.said.role == role] for role in ("event", "months", "date"))
    known = Pairing(events, times, dates, {"follow_up_months": ends} if ends else {}, asking, visits)
    return paired(known), list(asking.asked)


def test_a_time_that_names_nothing_is_the_event_s_before_the_end_of_follow_up_is() -> None:
    for headers in ("relapse|time (months)|follow_up_months", "relapse|follow_up_months|time (months)"):
        (pair,), asked = pairs(headers)
        assert pair.time is not None
        assert (pair.time.header, asked) == ("time (months)", [])
    (pair,), asked = pairs("relapse|follow_up_months")
    assert pair.time is not None
    assert (pair.time.header, asked) == ("follow_up_months", [])
    assert pairs("relapse|observation (months)|follow_up_months") == ([], ["time:patients:relapse"])


def test_a_date_of_some_that_names_no_outcome_is_one_if_the_reader_says_so() -> None:
    assert pairs("date of biopsy", ends="follow up", filled=0.5) == ([], ["outcome:patients:date of biopsy"])
    assert pairs("date of biopsy", ends="follow up")[1] == []  # everybody has it
    assert pairs("date of biopsy", ends="follow up", filled=0.0)[1] == []
    assert pairs("date of biopsy", filled=0.5)[1] == []  # up to when the others are free of it is not known
    (relapse,), asked = pairs("relapse date", ends="follow up", filled=0.5)
    assert relapse.date is not None
    assert (relapse.code, relapse.event, relapse.date.header, asked) == ("relapse", None, "relapse date", [])
    assert pairs("relapse (months)", ends="follow up", filled=0.5)[0][0].time is not None
    assert pairs("on dialysis (months)", ends="follow up", filled=0.5) == ([], [])  # a time is asked about elsewhere


@pytest.mark.parametrize(
    ("answer", "found"), [("an outcome", [("biopsy", "biopsy")]), ("not an outcome", []), ("", [])]
)
def test_what_the_reader_says_of_a_date(answer: str, found: list[tuple[str, str]]) -> None:
    asking = Asking({"outcome:patients:date of biopsy": answer})
    known = Pairing([], [], looked("date of biopsy", filled=0.5), {"follow_up_months": "follow up"}, asking)
    assert [(pair.code, pair.label) for pair in paired(known)] == found


def test_an_event_without_a_time_is_that_of_the_visits_or_of_the_end_of_follow_up() -> None:
    (pair,), asked = pairs("relapse", visits=True)
    assert (pair.visits, pair.ends, asked) == (True, False, [])
    (pair,), asked = pairs("death", ends="follow up")
    assert (pair.visits, pair.ends, asked) == (False, True, [])  # a death ends the follow-up
    assert pairs("relapse", ends="follow up") == ([], ["time:patients:relapse"])  # a relapse does not
    assert pairs("event", ends="follow up")[0][0].ends
    (pair,), _ = pairs("event|Time to relapse (months)")
    assert (pair.code, pair.label) == ("relapse", "relapse")
    assert pairs("event|Time to relapse (months)|Time to surgery (months)")[0] == []


def test_a_second_outcome_of_one_name_is_numbered() -> None:
    (one,) = looked("relapse")
    three = in_order([replace(Pair("relapse", "relapse"), event=replace(one, place=place)) for place in (2, 0, 1)])
    assert [(pair.code, pair.label, pair.event and pair.event.place) for pair in three] == [
        ("relapse", "relapse", 0), ("relapse_2", "relapse (2)", 1), ("relapse_3", "relapse (3)", 2),
    ]  # fmt: skip


# --- A time without an event, an event without a name -----------------------------------------------------------------


def complete(
    headers: str, *, answer: str = "", ends: bool = False, filled: float = 1.0
) -> tuple[list[Pair], list[str]]:
    """The outcomes that the reader's answer to the one question completes, and what is asked."""
    columns = looked(headers, filled=filled)
    first = Asking()
    events, times, dates = ([one for one in columns if one.said.role == role] for role in ("event", "months", "date"))
    given = {"follow_up_months": "follow up"} if ends else {}

    def found(asking: Asking) -> list[Pair]:
        known = Pairing([one for one in events if one.codes], times, dates, given, asking)
        return completed(paired(known), columns, known, alone=True)

    pairs = found(first)
    if answer:
        first = Asking(dict.fromkeys(first.asked, answer))
        pairs = found(first)
    return pairs, list(first.asked)


def test_the_event_of_a_time_is_asked_for() -> None:
    headers = "relapse (months)"
    assert complete(headers) == ([], ["event:patients:relapse (months)"])
    (pair,), _ = complete(headers, answer=EVERYBODY)
    assert pair.time is not None
    assert (pair.code, pair.event, pair.time.header) == ("relapse", None, headers)
    assert complete(headers, answer="not an outcome") == ([], [])
    assert complete(headers, filled=0.0) == ([], [])
    assert complete("date of relapse", filled=1.0)[1] == ["event:patients:date of relapse"]


def test_dates_of_some_are_asked_about_one_by_one_up_to_two_and_of_more_which_is_one() -> None:
    assert complete("date of biopsy", filled=0.5)[1] == ["outcome:patients:date of biopsy"]
    assert complete("date of biopsy", filled=1.0)[1] == []
    assert complete("date of biopsy|stoma date", filled=0.5)[1] == []  # two, and no end of follow-up


def some_dates(headers: str, answer: str = "") -> tuple[list[str], list[str]]:
    """What the dates of some patients, that no pair takes, are made of and asked about."""
    asking = Asking({"outcome:patients:": answer, "outcome:patients": answer} if answer else {})
    known = Pairing([], [], [], {"follow_up_months": "follow up"}, asking)
    found = _of_some(looked(headers, filled=0.5), known)
    return [pair.code for pair in found], list(asking.asked)


def test_of_more_than_two_dates_of_some_it_is_asked_which_is_of_an_outcome() -> None:
    two = ["outcome:patients:date of biopsy", "outcome:patients:stoma date"]
    assert some_dates("date of biopsy|stoma date") == ([], two)
    three = "date of biopsy|stoma date|sepsis date"
    assert len(some_dates(three)[1]) == 1
    assert some_dates(three, "stoma date") == (["stoma"], [])
    assert some_dates(three, "none of these") == ([], [])


def test_a_minus_is_a_code_beside_a_plus_and_nothing_elsewhere() -> None:
    assert texts_of(["+", "-", None]) == ["+", "-", ""]
    assert texts_of(["1", "-", 1.0]) == ["1", "", "1"]
    assert texts_of(["+", "yes", "+"]) == ["+", "yes", "+"]
    assert texts_of(["+", "n/a", "+"]) == ["+", "", "+"]


# --- Between which days -----------------------------------------------------------------------------------------------


def rows_of(headers: str, **columns: str) -> list[MatchRow]:
    names = {header: column for column, header in columns.items()}
    return [MatchRow("patients", header, names.get(header, ""), "proposed") for header in headers.split("|")]


def dated(headers: str, *, filled: float = 1.0, **known: str) -> dict[str, tuple[str, ...]]:
    """What is asked, with its options."""
    asking, columns = Asking(), looked(headers, filled=filled)
    with_dates(rows_of(headers, **known), columns, asking)
    return {one.id.split(":")[-1]: one.options for one in asking.asked.values()}


def test_from_and_up_to_which_date_is_asked_where_dates_of_outcomes_need_it() -> None:
    none = "none of these"
    assert dated("relapse date|date of biopsy", filled=0.5) == {
        START: ("date of biopsy", none), LAST: ("date of biopsy", none),
    }  # fmt: skip
    assert dated("relapse date|date of biopsy", filled=1.0) == {START: ("relapse date", "date of biopsy", none)}
    assert dated("relapse date") == {}  # the one date of the table has nothing to be counted to
    assert dated("relapse date", filled=0.5) == {}  # no other date to offer
    assert list(dated("relapse date|date of biopsy|start", filled=0.5, start_date="start")) == [LAST]
    assert list(dated("relapse date|date of biopsy|end", filled=0.5, follow_up_months="end")) == [START]
    assert dated("date of biopsy|stoma date", filled=0.5) == {}  # neither is of an outcome


@pytest.mark.parametrize(
    ("header", "filled", "numbers", "is_one"),
    [
        ("relapse (months)", 0.5, True, True), ("relapse (months)", 0.5, False, False), ("relapse (months)", 0.0, True, False),
        ("relapse (months)", 1.0, True, False), ("timepoint", 0.5, True, True), ("weight", 0.5, True, False),
        ("follow_up_months", 0.5, True, False), ("time (months)", 0.5, True, False), ("time status", 0.5, True, False),
    ],
)  # fmt: skip
def test_a_time_of_some(header: str, filled: float, numbers: bool, is_one: bool) -> None:
    (one,) = looked(header, filled=filled)
    assert is_time_of_some(replace(one, numbers=numbers)) == is_one


# --- Which headers an outcome takes -----------------------------------------------------------------------------------


def test_the_row_of_a_column_that_an_outcome_takes_or_leaves() -> None:
    further = MatchRow("patients", "x", "", NOT_MATCHED, choices=("a",), factor=30.0)
    taken = _claimed(further, "relapse_months")
    assert (taken.column, taken.how, taken.factor, taken.choices) == ("relapse_months", BY_OUTCOME, 1.0, ())
    assert taken.note == "its time or that of censoring"
    assert _claimed(replace(further, how=CHOSEN), "relapse_event").how == CHOSEN
    assert _claimed(further, "") == further
    known = MatchRow("patients", "y", "relapse_months", "exact name", factor=30.0, unit="days")
    assert _claimed(known, "relapse_months") == known  # named so already
    left = _claimed(known, "")
    assert (left.column, left.how, left.factor, left.unit) == ("", NOT_MATCHED, 1.0, "")
    assert left.note == "kept as a further column"
    other = MatchRow("patients", "z", "age_years", "exact name")
    assert _claimed(other, "") == other


def test_a_column_of_an_outcome_without_a_partner_is_kept_where_its_name_is_sure() -> None:
    (months,), (noun,) = looked("relapse (months)"), looked("relapse")
    lone = _lone(months, MatchRow("patients", "x", "relapse_months", "exact name"))
    assert lone is not None
    assert (lone.code, lone.lone, lone.time, lone.event) == ("relapse", True, months, None)
    assert (
        _lone(months, MatchRow("patients", "x", "relapse_months", "proposed")) is not None
    )  # it has a word of its role
    assert _lone(noun, MatchRow("patients", "x", "relapse_event", "proposed")) is None  # the noun alone
    assert _lone(noun, MatchRow("patients", "x", "relapse_event", CHOSEN)) is not None
    assert _lone(months, MatchRow("patients", "x", "age_years", "exact name")) is None


# --- Cells of times and of codes --------------------------------------------------------------------------------------


def test_a_time_that_is_there_and_not_known_is_not_one_that_is_missing() -> None:
    assert _time("5", 5.0, set()) == 5.0
    assert isnan(_time(None, None, set()))
    assert isnan(_time("999", None, {999.0}))
    assert isinf(_time("999", None, set()))
    assert isinf(_time("soon", None, {999.0}))
    assert {-8.0} <= _codes_of_nothing([-8, -8, -8, 5])
    assert _codes_of_nothing([-8, -8, 0, 0, 0, 5]) == _codes_of_nothing([])


def test_texts_that_stand_now_and_then_beside_yes_and_no() -> None:
    assert rare_among({"yes": 30, "no": 30, "x": 3}) == {"x"}
    assert rare_among({"yes": 30, "no": 27, "x": 3}) == {"x"}  # 5 % of 60
    assert rare_among({"yes": 30, "no": 26, "x": 3}) == set()
    assert rare_among({"yes": 3, "no": 3, "x": 1}) == {"x"}  # a single one may always be a slip
    assert rare_among({"yes": 3, "no": 3, "x": 2}) == set()
    assert rare_among({"yes": 60, "x": 1}) == set()  # no other answer beside it
    assert rare_among({"no": 60, "x": 1}) == set()
    assert odd_among({"yes": 30, "no": 30, "x": 1}) == {"x"}
    assert odd_among({"yes": 30, "no": 30, "y": 1}) == set()  # the first letter of yes
    assert odd_among({"yes": 30, "no": 30, "1": 1}) == set()
    assert odd_among({"yes": 30, "no": 30, "?": 1}) == set()
    assert odd_among({"yes": 30, "no": 30, "ja": 1}) == set()
