"""What a table states only in part - a time without an event, dates without a start - is asked, never passed over."""

from __future__ import annotations

import pytest
from reading.test_outcomes import EVENTS, TIMES, asked, counts, table

import cdanalysis as cd

STARTS = " ".join(["2020-01-01"] * 6)
ENDS = " ".join(["2021-01-01"] * 6)
DATES = "2020-03-01 _ _ 2020-05-01 _ _"


@pytest.mark.parametrize("header", ["sustained remission", "fail", "alive without relapse"])
def test_a_time_to_relapse_beside_an_event_of_another_name_is_asked_about(header: str) -> None:
    content = table(f"{header},time_to_relapse_months", EVENTS, TIMES)
    question = "event:patients:time_to_relapse_months"
    assert asked(content) == {question: (header, "it happened to everybody", "not an outcome")}
    meaning = {f"codes:patients:{header}": "0 = censored, 1 = relapse"}
    assert counts(content, {question: header}) == {"relapse": (0, 0)}
    assert counts(content, {question: header} | meaning) == {"relapse": (6, 2)}
    assert counts(content, {question: "it happened to everybody"}) == {"relapse": (6, 6)}
    assert counts(content, {question: "not an outcome"}) == {}


def test_a_table_that_names_no_outcome_is_asked_for_its_event_and_its_time() -> None:
    content = table("obs,delta,ward", TIMES, EVENTS, "A B A B A B")
    assert asked(content) == {"outcome:patients": ("delta", "none of these")}
    told = {"outcome:patients": "delta"}
    study = cd.open_cohort(content).study.answered(told)
    assert [one.id for one in cd.read_cohort(content, study=study).questions] == ["time:patients:delta"]
    told |= {
        "time:patients:delta": "obs",
        "unit:patients:obs": "days",
        "codes:patients:delta": "0 = censored, 1 = event",
    }
    assert counts(content, told) == {"event": (6, 2)}


def test_a_table_without_a_yes_and_a_no_is_not_asked_for_an_outcome() -> None:
    assert asked(table("follow_up_months,ward", TIMES, "A B A B A B")) == {}


def test_the_start_of_time_is_asked_where_no_header_names_it() -> None:
    content = table("date of inclusion,relapse_date,last_follow_up_date", STARTS, DATES, ENDS)
    assert asked(content) == {"dates:patients:start_date": ("date of inclusion", "none of these")}
    assert counts(content, {"dates:patients:start_date": "date of inclusion"}) == {"relapse": (6, 2)}


def test_the_last_follow_up_of_the_others_is_asked_where_no_header_names_it() -> None:
    content = table("start_date,relapse_date,checked on", STARTS, DATES, ENDS)
    question = "dates:patients:last_follow_up_date"
    assert asked(content) == {question: ("checked on", "none of these")}
    assert counts(content) == {}
    assert counts(content, {question: "checked on"}) == {"relapse": (6, 2)}


@pytest.mark.parametrize("none", ["no", "0", "00/00/0000"])
def test_a_date_that_says_no_is_no_date(none: str) -> None:
    content = table("start_date,relapse_date,last_follow_up_date", STARTS, DATES.replace("_", none), ENDS)
    assert asked(content) == {}
    assert counts(content) == {"relapse": (6, 2)}


@pytest.mark.parametrize("none", ["1900-01-01", "31/12/9999", "2098-01-01"])
def test_a_placeholder_among_the_dates_of_an_event_is_asked_about(none: str) -> None:
    content = table("start_date,relapse_date,last_follow_up_date", STARTS, DATES.replace("_", none), ENDS)
    question = "placeholder:patients:relapse_date"
    assert asked(content) == {question: ("no relapse", "a date that is not known")}
    assert counts(content) == {"relapse": (0, 0)}  # those with it alone would be a false curve
    assert counts(content, {question: "no relapse"}) == {"relapse": (6, 2)}
    assert counts(content, {question: "a date that is not known"}) == {"relapse": (0, 0)}


def test_texts_that_name_the_outcome_are_its_event_whatever_the_header() -> None:
    content = table("time_months,state", TIMES, "relapse alive lost relapse alive lost")
    assert counts(content) == {"relapse": (6, 2)}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Schub,Zeit bis Schub (Monate)", "ja nein"),
        ("rezidivfrei,Zeit bis Rezidiv (Monate)", "nein ja"),
        ("复发情况,复发时间(月)", "复发 未复发"),
        ("Rezidiv,Rezidiv am,Therapiebeginn,letzter Kontakt", "ja nein"),
    ],
)
def test_outcomes_in_other_languages(header: str, cells: str) -> None:
    yes, no = cells.split()
    events = EVENTS.replace("1", yes).replace("0", no)
    rest = [DATES, STARTS, ENDS] if "am" in header else [TIMES]
    assert list(counts(table(header, events, *rest)).values()) == [(6, 2)]
    assert asked(table(header, events, *rest)) == {}
