"""Outcomes as files have them: what is paired, what is asked, in which direction codes are read, what contradicts itself."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from reading.test_read_cohort import workbook

import cdanalysis as cd
from cdanalysis.reading.outcomes.headers.headers import said_by

IDS = "ABCDEF"


def table(header: str, *columns: str) -> bytes:
    """A CSV of six patients; each column a text of six cells, `_` an empty one."""
    rows = zip(IDS, *(column.split() for column in columns), strict=True)
    return "\n".join([f"id,{header}", *(",".join(row).replace("_", "") for row in rows)]).encode()


def counts(content: bytes, answers: dict[str, str] | None = None) -> dict[str, tuple[int, int]]:
    """Patients and events of each outcome, with these answers."""
    study = cd.open_cohort(content).study.answered(answers or {})
    return {code: (one.n, one.n_events) for code, one in cd.read_cohort(content, study=study).outcomes.items()}


def asked(content: bytes) -> dict[str, tuple[str, ...]]:
    return {one.id: one.options for one in cd.open_cohort(content).questions}


TIMES, EVENTS = "5 6 7 8 9 10", "1 0 0 1 0 0"


@pytest.mark.parametrize(
    ("header", "code", "label"),
    [
        ("recurrence,time_days", "recurrence", "recurrence"),
        ("event,time_months", "event", "event"),
        ("os_status,os_months", "os", "death"),
        ("relapse_event,relapse_months", "relapse", "relapse"),
        ("PFS status,PFS (weeks)", "pfs", "progression or death"),
        ("ileostomy,ileostomy_days", "ileostomy", "ileostomy"),
        ("death,days_to_death", "death", "death"),
        ("event,Time to relapse (months)", "relapse", "relapse"),
        ("status,follow_up_months", "event", "event"),
        ("death,follow_up_months", "death", "death"),
        ("是否复发,复发时间(月)", "relapse", "relapse"),
        ("stopped,follow_up_months,time_to_stopped_months", "discontinuation", "discontinuation"),
    ],
)
def test_an_event_is_paired_with_its_time_and_named(header: str, code: str, label: str) -> None:
    content = table(header, EVENTS, TIMES, *([TIMES] if header.count(",") == 2 else []))
    cohort = cd.read_cohort(content)
    assert cohort.questions == ()
    assert [(one.code, one.label, one.n, one.n_events) for one in cohort.outcomes.values()] == [(code, label, 6, 2)]
    assert not set(cohort.extra_columns) & set(header.split(","))


def test_two_outcomes_each_with_its_own_time_and_several_with_one() -> None:
    two = table("relapse,relapse_months,death,death_months", EVENTS, TIMES, "0 0 0 0 0 1", "9 9 9 9 9 9")
    assert counts(two) == {"relapse": (6, 2), "death": (6, 1)}
    one = table("time_days,event_death,event_death_or_tx", TIMES, "0 0 0 0 0 1", EVENTS)
    assert counts(one) == {"death": (6, 1), "death_or_tx": (6, 2)}


def test_what_may_belong_together_is_asked_once_an_event() -> None:
    content = table("rtime,recur,dtime,death", TIMES, EVENTS, "9 9 9 9 9 9", "0 0 0 0 0 1")
    assert asked(content) == dict.fromkeys(
        ("time:patients:recur", "time:patients:death"), ("rtime", "dtime", "none of these")
    )
    answers = {"time:patients:recur": "rtime", "time:patients:death": "dtime"}
    units = {"unit:patients:rtime": "days", "unit:patients:dtime": "days"}
    assert counts(content, answers) == {"recurrence": (0, 0), "death": (0, 0)}
    assert counts(content, answers | units) == {"recurrence": (6, 2), "death": (6, 1)}
    none = {"time:patients:recur": "none of these", "time:patients:death": "none of these"}
    assert counts(content, none) == {}


@pytest.mark.parametrize(
    "header", ["n_relapses", "prior relapse", "history of relapse", "relapse score", "marital status"]
)
def test_a_count_a_history_and_another_status_are_no_outcome(header: str) -> None:
    assert counts(table(f"{header},time_months,event", EVENTS, TIMES, EVENTS)) == {"event": (6, 2)}


def test_a_time_without_a_unit_is_asked_about_and_left_out() -> None:
    content = table("time,status", "100 200 300 400 548 90", EVENTS)
    question = cd.open_cohort(content).questions[0]
    assert (question.id, question.options) == (
        "unit:patients:time",
        ("days", "weeks", "months", "years", "hours", "quarters", "another unit"),
    )
    assert (
        question.evidence
        == "6 values, longest 548: 18 months as days, 11 years as weeks, 46 years as months, 548 years as years; "
        "left out until then"
    )
    assert counts(content) == {"event": (0, 0)}
    days = cd.read_cohort(content, study=cd.Study().answered({question.id: "days"}))
    assert days.patients["event_months"].tolist() == pytest.approx(
        [one / 30.4375 for one in (100, 200, 300, 400, 548, 90)]
    )


DIRECTIONS = {
    "relapse": ("1.0 0.0", "+ -", "pos neg", "Checked Unchecked", "ja nein", "oui non", "复发 未复发", "TRUE FALSE",
                "relapse censored",
                "relapsed no-relapse", "relapse relapse-free", "wahr falsch", "VRAI FAUX", "pos. neg."),
    "status": ("Dead Alive", "event censored", "relapse censored", "(+) (-)"),
    "event indicator (1 = event observed)": ("1 0",),
    "patient relapsed": ("1 0",),
    "relapse (1 no 2 yes)": ("2 1",),
    "censored": ("0 1", "no yes"),
    "relapse-free": ("0 1", "no yes"),
    "no relapse": ("0 1",),
    "os_status": ("1:DECEASED 0:LIVING", "1 0"),
    '"relapse (0=yes, 1=no)"': ("0 1",),
    '"relapse (1=censored, 2=relapse)"': ("2 1",),
    '"relapse-free (0=yes, 1=no)"': ("1 0",),
    "relapse (0=yes)": ("0 1",),
    "relapse (2 = relapse)": ("2 1",),
}  # fmt: skip


@pytest.mark.parametrize(("header", "pair"), [(header, pair) for header, pairs in DIRECTIONS.items() for pair in pairs])
def test_the_direction_of_a_code_is_read_from_its_words_and_its_header(header: str, pair: str) -> None:
    yes, no = pair.split()
    cells = " ".join([yes, no, no, yes, no, no])
    cohort = cd.read_cohort(
        table(f"{header},time_months", cells.replace("no-relapse", "no relapse"), TIMES)
        if "no-relapse" not in cells
        else table(f"{header},time_months", cells, TIMES)
    )
    assert cohort.questions == ()
    (outcome,) = cohort.stated
    patients = cohort.patients
    assert patients.loc[patients[f"{outcome.code}_event"], "patient_id"].tolist() == ["A", "D"]
    assert patients[f"{outcome.code}_event"].notna().all()


def test_dead_beside_alive_is_called_death() -> None:
    cohort = cd.read_cohort(table("status,time_months", "Dead Alive Alive Dead Alive Alive", TIMES))
    assert [(one.code, one.label) for one in cohort.outcomes.values()] == [("death", "death")]


@pytest.mark.parametrize(
    ("header", "codes"), [("status", "1 2 2 1 2 2"), ("relapse", "1 2 2 1 2 2"), ("cens", "0 1 1 0 1 1")]
)
def test_two_codes_that_may_be_either_way_are_asked_and_nobody_has_the_outcome_before(header: str, codes: str) -> None:
    content = table(f"{header},time_months", codes, TIMES)
    first, second = codes.split()[:2]
    noun = "relapse" if header == "relapse" else "event"
    low, high = sorted((first, second))
    answers = {
        f"{low} = {noun}, {high} = censored": int(codes.split().count(low)),
        f"{low} = censored, {high} = {noun}": int(codes.split().count(high)),
    }
    ((question, options),) = asked(content).items()
    assert question == f"codes:patients:{header}"
    assert set(options) == set(answers)
    assert list(counts(content).values()) == [(0, 0)]
    for answer, n_events in answers.items():
        assert list(counts(content, {question: answer}).values()) == [(6, n_events)]


def test_a_third_code_is_asked_and_no_patient_vanishes() -> None:
    content = table("status,time_months", "0 1 2 2 0 1", TIMES)
    ((question, options),) = asked(content).items()
    assert cd.open_cohort(content).questions[0].evidence == "0: 2 patients; 1: 2 patients; 2: 2 patients"
    assert "1 = event, 2 = a competing event" in options
    assert counts(content, {question: "1 = event, 2 = a competing event"}) == {"event": (6, 2), "status 2": (6, 2)}
    assert counts(content, {question: "1 = event, 2 = event"}) == {"event": (6, 4)}
    assert counts(content, {question: "1 = not known, 2 = event"}) == {"event": (4, 2)}
    cohort = cd.read_cohort(content, study=cd.Study().answered({question: "1 = a competing event, 2 = event"}))
    assert cohort.patients["event_state"].tolist() == [0, 2, 1, 1, 0, 2]
    assert [(one.value, one.meaning, one.n) for one in cohort.outcomes["event"].codes] == [
        ("0", "censored", 2),
        ("1", "a competing event", 2),
        ("2", "event", 2),
    ]


def test_where_the_header_says_relapse_only_the_further_code_is_asked() -> None:
    content = table("relapse_event,relapse_months", "0 1 2 0 1 0", TIMES)
    ((question, options),) = asked(content).items()
    assert counts(content) == {"relapse": (5, 2)}
    assert options[0] == "2 = relapse"
    assert counts(content, {question: "2 = a competing event"}) == {"relapse": (6, 2), "relapse_event 2": (6, 1)}


def test_a_header_that_explains_one_of_three_codes_leaves_the_others_open() -> None:
    """With `0 = yes` a 1 is not the event, whatever it is elsewhere."""
    content = table("relapse (0=yes),relapse_months", "0 1 2 0 1 0", TIMES)
    assert counts(content) == {"relapse": (0, 0)}
    assert [*asked(content)] == [f"codes:patients:relapse (0=yes) = {code}" for code in (1, 2)]


def test_two_outcomes_that_a_header_names_behind_the_codes_are_asked_about() -> None:
    """Either may be the event, and the other compete with it."""
    content = table('"status (0=alive, 1=dead, 2=transplanted)",time_months', "0 1 2 0 1 0", TIMES)
    ((_, options),) = asked(content).items()
    assert "1 = event, 2 = a competing event" in options
    assert cd.open_cohort(content).questions[0].evidence == (
        "0 (alive): 3 patients; 1 (dead): 2 patients; 2 (transplanted): 1 patient"
    )
    assert counts(content) == {"event": (0, 0)}


def test_nobody_has_the_outcome_while_no_code_is_known_to_be_its_absence() -> None:
    """Those with the event alone would be a curve that falls to 0."""
    assert counts(table("Outcome,time_months", "relapsed fine fine relapsed fine fine", TIMES)) == {"relapse": (0, 0)}


def test_many_codes_are_a_question_each() -> None:
    content = table("status,time_months", "0 1 2 3 4 0", TIMES)
    assert list(asked(content)) == [f"codes:patients:status = {code}" for code in "1234"]
    answers = {
        f"codes:patients:status = {code}": f"{code} = {what}"
        for code, what in zip("1234", ("event", "censored", "a competing event", "a competing event"), strict=True)
    }
    study = cd.Study().answered(answers)
    assert cd.read_cohort(content, study=study).patients["event_state"].tolist() == [0, 1, 0, 2, 3, 0]


@pytest.mark.parametrize("tick", ["1", "x", "yes"])
def test_only_a_tick_and_empty_cells_are_asked_about(tick: str) -> None:
    content = table("relapse,time_months", f"{tick} _ _ {tick} _ _", TIMES)
    assert asked(content) == {"empty:patients:relapse": ("no relapse", "not known")}
    assert counts(content) == {"relapse": (0, 0)}
    assert counts(content, {"empty:patients:relapse": "no relapse"}) == {"relapse": (6, 2)}
    assert counts(content, {"empty:patients:relapse": "not known"}) == {"relapse": (2, 2)}


def test_an_empty_cell_is_no_event_where_the_dates_say_the_same() -> None:
    content = table("relapse,relapse_date,start_date,last_follow_up_date", "x _ _ x _ _",
                    "2020-03-01 _ _ 2020-05-01 _ _", " ".join(["2020-01-01"] * 6), " ".join(["2021-01-01"] * 6))  # fmt: skip
    assert asked(content) == {}
    assert counts(content) == {"relapse": (6, 2)}


START = date(2020, 1, 1)


def dated(*headers: str, rows: list[list[object]]) -> bytes:
    return workbook(
        patients=[["id", "start_date", *headers], *([one, START, *row] for one, row in zip(IDS, rows, strict=False))]
    )


def day(number: int | None) -> date | None:
    return None if number is None else START + timedelta(number)


def months(cohort: object, code: str) -> list[float]:
    return (cohort.patients[f"{code}_months"] * 30.4375).round(6).tolist()


def test_a_date_of_those_who_had_it_and_a_last_follow_up_of_all() -> None:
    rows = [[1, day(30), day(300)], [0, None, day(400)], [0, None, day(500)]]
    cohort = cd.read_cohort(dated("colectomy", "colectomy_date", "last_follow_up_date", rows=rows))
    assert months(cohort, "colectomy") == [30, 400, 500]
    assert cohort.patients["colectomy_event"].tolist() == [True, False, False]
    alone = cd.read_cohort(dated("colectomy_date", "last_follow_up_date", rows=[row[1:] for row in rows]))
    assert months(alone, "colectomy") == [30, 400, 500]
    assert alone.patients["colectomy_event"].tolist() == [True, False, False]
    assert any("2 × without a time" in fault.found for fault in alone.faults)


def test_a_time_of_those_who_had_it_and_a_follow_up_of_all() -> None:
    content = table("relapse,relapse_months,follow_up_months", EVENTS, "3 _ _ 4 _ _", "12 13 14 15 16 17")
    cohort = cd.read_cohort(content)
    assert cohort.patients["relapse_months"].tolist() == [3, 13, 14, 4, 16, 17]
    assert counts(content) == {"relapse": (6, 2)}
    without = table("relapse_months,follow_up_months", "3 _ _ 4 _ _", "12 13 14 15 16 17")
    assert counts(without) == {"relapse": (6, 2)}


def test_one_date_and_a_status() -> None:
    rows = [["relapse", day(30)], ["censored", day(400)], ["relapse", day(50)]]
    cohort = cd.read_cohort(dated("status", "date of event or censoring", rows=rows))
    assert months(cohort, "relapse") == [30, 400, 50]
    last = cd.read_cohort(dated("death", "last_follow_up_date", rows=[[1, day(30)], [0, day(400)]]))
    assert months(last, "death") == [30, 400]


def test_whether_the_last_follow_up_is_the_day_of_a_relapse_is_asked() -> None:
    content = dated("relapse", "last_follow_up_date", rows=[[1, day(30)], [0, day(400)]])
    assert asked(content) == {"time:patients:relapse": ("last_follow_up_date", "none of these")}
    assert counts(content, {"time:patients:relapse": "last_follow_up_date"}) == {"relapse": (2, 1)}


def test_a_date_of_an_unknown_event_is_asked_about() -> None:
    rows = [[day(30), day(300)], [None, day(400)], [None, day(500)]]
    content = dated("ileostomy_date", "last_follow_up_date", rows=rows)
    assert asked(content) == {"outcome:patients:ileostomy_date": ("an outcome", "not an outcome")}
    assert counts(content) == {}
    assert counts(content, {"outcome:patients:ileostomy_date": "an outcome"}) == {"ileostomy": (3, 1)}


def test_without_a_last_follow_up_dates_alone_are_no_curve_that_falls_to_nothing() -> None:
    content = dated("relapse", "relapse_date", rows=[[1, day(30)], [0, None], [0, None]])
    assert counts(content) == {"relapse": (0, 0)}
    assert any("no time of those without relapse" in fault.found for fault in cd.read_cohort(content).faults)


def test_an_event_denied_beside_its_date_is_a_contradiction_named_by_its_row() -> None:
    rows = [[1, day(30), day(300)], [0, day(40), day(400)], [0, None, day(500)], [0, None, day(600)]]
    cohort = cd.read_cohort(dated("colectomy", "colectomy_date", "last_follow_up_date", rows=rows))
    assert [(f.row, f.found) for f in cohort.faults if f.severity == "error"] == [(3, "no colectomy, and a date of it")]
    assert cohort.patients["colectomy_event"].isna().tolist() == [False, True, False, False]
    found = cd.analyses.survival(cohort, cd.Settings(outcome="colectomy"))
    assert [(one.reason, one.n) for one in found.excluded] == [("no time or event of colectomy", 1)]


def test_a_time_that_cannot_be_read_is_not_replaced_by_the_follow_up() -> None:
    cohort = cd.read_cohort(
        table("relapse,relapse_months,follow_up_months", EVENTS, "3 -1 soon 4 _ 5", "12 13 14 15 16 17")
    )
    assert cohort.patients["relapse_months"].isna().tolist() == [False, True, True, False, False, False]


def test_a_study_file_reads_the_next_export_unasked_and_alike() -> None:
    content = table("rtime,recur,cens,time", TIMES, EVENTS, EVENTS, TIMES)
    study = cd.open_cohort(content).study
    while questions := cd.open_cohort(content, study=study).questions:
        study = study.answered({one.id: one.options[0] for one in questions})
    first = cd.read_cohort(content, study=study)
    again = cd.open_cohort(content, study=cd.Study.from_json(first.study.to_json()))
    assert again.questions == ()
    pd.testing.assert_frame_equal(again.cohort.patients, first.patients)
    assert {code: (one.label, one.n, one.n_events) for code, one in again.cohort.outcomes.items()} == {
        code: (one.label, one.n, one.n_events) for code, one in first.outcomes.items()
    }


def test_an_outcome_in_the_patients_sheet_of_a_workbook() -> None:
    content = workbook(
        patients=[["patient_id", "death", "time_months"], ["A", 1, 5], ["B", 0, 6]],
        visits=[["patient_id", "week", "crp"], ["A", 0, 5], ["B", 0, 7]],
    )
    assert counts(content) == {"death": (2, 1)}


@pytest.mark.parametrize(
    "told",
    ["Time to relapse (months)|months|relapse", "OS.time|months|os", "futime|months|fu", "fustat|event|fu", "sex||sex",
     "date of death|date|death", "复发日期|date|复发", "age_years|months|age", "statin||statin"],
)  # fmt: skip
def test_the_role_of_a_header(told: str) -> None:
    header, role, stem = told.split("|")
    assert (said_by(header).role, said_by(header).stem) == (role, stem)


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("time to loss of response (months)", "loss of response"),
        ("Loss of response (0=no, 1=yes)", "loss of response"),
        ("Months to discontinuation of infliximab", "discontinuation of infliximab"),
        ("date of return to work", "return to work"),
        ("time_to_colonic_dysplasia_days", "colonic dysplasia"),
        ("time to relapse", "relapse"),
    ],
)
def test_a_sentence_calls_an_outcome_as_its_header_does(header: str, label: str) -> None:
    assert said_by(header).label == label
