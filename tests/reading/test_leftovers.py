"""Slips of many files, each at the function that decides it: ids, nouns, codes, times."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.bytes.text.text_table import _of_lines
from cdanalysis.reading.cells.censored_times import are_marked, bare_time, mark_among
from cdanalysis.reading.cells.further import read_further
from cdanalysis.reading.cells.numbers.odd_times import (
    A_TIME,
    DECIMALS,
    HOURS_AND_MINUTES,
    OF_DAY,
    OF_THE_CALENDAR,
    YEARS_AND_MONTHS,
)
from cdanalysis.reading.cells.numbers.quantities import duration, is_lasting
from cdanalysis.reading.cells.remarks import _word_and_remark
from cdanalysis.reading.cells.timed_words import timed_words
from cdanalysis.reading.cells.values import read_column
from cdanalysis.reading.checks.contradictions import ONE, TWO, in_one_writing
from cdanalysis.reading.headers.evidence.suspects import looks_like
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.over_time.repeated import one_row_each
from cdanalysis.reading.headers.units.unit_words import LASTING
from cdanalysis.reading.outcomes.codes.code_questions import ask_codes
from cdanalysis.reading.outcomes.codes.event_column import EventColumn
from cdanalysis.reading.outcomes.codes.meanings import HAPPENED, meaning_of, of_life
from cdanalysis.reading.outcomes.common_stem import with_common_stem
from cdanalysis.reading.outcomes.contents import by_content
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.headers.nouns import is_plural
from cdanalysis.reading.outcomes.looked import Looked
from cdanalysis.reading.outcomes.times.times import _doubt
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.exporters import unwrapped
from cdanalysis.reading.rows.header.below_header import _with_unit
from cdanalysis.reading.rows.several_tables import _repeated
from cdanalysis.reading.rows.shape import RawSheet


def opened(columns: dict[str, list[object]], answers: dict[str, str] | None = None) -> cd.Opened:
    """A table of text, a column each, as it is opened."""
    lines = [",".join(columns), *(",".join(map(str, row)) for row in zip(*columns.values(), strict=True))]
    return cd.open_cohort("\n".join(lines).encode(), "a.csv", study=cd.Study().answered(answers or {}))


@pytest.mark.parametrize(
    "header",
    ["Recipient number", "Case no", "Subject", "Probandennummer", "numéro de dossier", "N° d'inclusion", "Número de caso",
     "numero paziente", "Patientnummer", "Randomisation number", "Chart No.", "Fall-Nr."],
)  # fmt: skip
def test_what_clinics_call_the_number_of_a_patient(header: str) -> None:
    (row,) = match_headers("patients", [header])
    assert row.column == "patient_id"


def test_a_number_that_tells_the_rows_apart_is_no_marker() -> None:
    n, ev = range(12), [0, 1] * 6
    crp, months = [3, 14, 15, 9, 26, 5, 35, 8, 97, 93, 23, 84], [12.5, 9.1] * 6
    further = {"age": [41 + one for one in n], "crp (mg/L)": crp, "relapse": ev, "time (months)": months}
    one = opened({"rownames": [*range(1, 13)], "id": [f"P{at}" for at in n], **further}).cohort
    other = opened({"Registry key": [700 + 3 * at for at in n], **further}).cohort
    assert one is not None
    assert other is not None
    assert [*one.markers] == [*other.markers] == ["crp", "age"]
    assert one.patients["rownames"].tolist()[:2] == ["1", "2"]
    assert other.patients["patient_id"].tolist()[:2] == ["700", "703"]


@pytest.mark.parametrize(
    ("header", "label"),
    [("Graft failure", "graft failure"), ("treatment_failure", "treatment failure"), ("Device failure", "device failure"),
     ("Graft loss", "graft loss"), ("Échec du traitement", "échec du traitement"), ("failure", "failure"), ("failed", "failure")],
)  # fmt: skip
def test_a_failure_keeps_the_word_of_what_failed(header: str, label: str) -> None:
    said = said_by(header)
    assert (said.role, said.label) == ("event", label)
    assert meaning_of("failed", said, said.noun) == meaning_of("graft failure", said, said.noun) == HAPPENED


def test_a_code_beside_a_known_event_is_asked_about_by_itself() -> None:
    def options(known: dict[str, str]) -> list[int]:
        counts = dict.fromkeys(known, 4)
        column = EventColumn("status", said_by("status"), "status", "event", [], [])
        asking = Asking()
        ask_codes(column, known, [text for text, meaning in known.items() if not meaning], counts, asking)
        return [len(one.options) for one in asking.questions]

    assert options({"0": "censored", "1": HAPPENED, "3": "", "4": ""}) == [4, 4]
    assert options({"0": "censored", "1": "", "2": ""}) == [7]


def test_how_many_lines_a_mark_divides() -> None:
    assert [_of_lines(*one) for one in ((1, 1), (11, 11), (9, 11))] == [
        "the only line",
        "all 11 lines looked at",
        "9 of the first 11 lines",
    ]


MONTHS = ColumnSpec("t", "patients", "number", "", "months", 0, 600)


def read(cells: list[object], unit: str = "months", **answers: str) -> tuple[list[object], list[str], list[str]]:
    """The values of a column of times, what it asks, and what is said of it."""
    asking = Asking({f"{kind.replace('_', ' ')}:patients:t": answer for kind, answer in answers.items()})
    factor = LASTING[unit] / LASTING[MONTHS.unit]
    values, faults = read_column(
        MONTHS, cells, range(2, 2 + len(cells)), factor=factor, about=asking.about("patients", "t")
    )
    return values, [*asking.asked], [one.found for one in faults]


@pytest.mark.parametrize("cells", [["2009", "2015", "2011"], [2009.0, 2015.0, None, 2011.5], [*range(1990, 2020), 60]])
@pytest.mark.parametrize("unit", ["days", "months", "years"])
def test_years_of_the_calendar_are_no_times_unasked(cells: list[object], unit: str) -> None:
    values, asked, said = read(cells, unit)
    assert {*values} == {None}
    assert asked == ["calendar years:patients:t"]
    assert said == []
    assert {*read(cells, unit, calendar_years=OF_THE_CALENDAR)[0]} == {None}


def test_times_around_two_thousand_days_may_be_times() -> None:
    assert read([1960, 2004, 2013], "days", calendar_years=A_TIME)[0] == pytest.approx(
        [64.394, 65.840, 66.136], abs=1e-3
    )
    assert read([300, 1960, 2004, 2013, 1712], "days")[1] == []
    assert looks_like(MONTHS, np.array([2009.0, 2015, 2011] * 9)) == ""


@pytest.mark.parametrize(
    ("cells", "hours"),
    [
        (["10:30", "8:15", "23:00"], [10.5, 8.25, 23]),
        (["130:30", "8:15:00", "9h45"], [130.5, 8.25, 9.75]),
        ([time(10, 30), timedelta(days=2, minutes=30), "7:00 h"], [10.5, 48.5, 7]),
    ],
)
def test_hours_and_minutes(cells: list[object], hours: list[float]) -> None:
    assert read(cells, "days")[:2] == ([None] * 3, ["clock:patients:t"])
    assert read(cells, "days", clock=OF_DAY)[0] == [None] * 3
    by_answer, by_unit = read(cells, "days", clock=HOURS_AND_MINUTES), read(cells, "hours")
    assert by_answer[0] == by_unit[0] == pytest.approx([one / (24 * 30.4375) for one in hours])
    assert by_unit[1] == []
    assert read(["10", "12", "10:30", "14"], "days")[1] == []  # one cell is typed wrong


@pytest.mark.parametrize(
    ("cells", "unit"), [([-43500, 700, 43890], "days"), ([-1429.2, 23, 1441], "months"), ([-119, 2, 120.2], "years")]
)
def test_a_date_minus_an_empty_cell_is_named_as_that(cells: list[object], unit: str) -> None:
    values, asked, said = read(cells, unit)
    assert (values[0], values[2], asked) == (None, None, [])
    assert said == ["2 × a time of a century, as a date minus an empty cell gives (rows 2, 4)"]
    assert looks_like(MONTHS, np.array([-1429.2, *range(1, 40), 1440, 1460, 1461])) == ""
    assert "century" not in read([-5000, 7, 9], "days")[2][0]


def test_years_and_months_parted_by_a_point() -> None:
    cells: list[object] = ["2.11", "1.3", "4.10", "0.7", "3.10", "2.1", "5.11", "1.9", "6.2"]
    assert read(cells, "years")[:2] == ([None] * 9, ["years and months:patients:t"])
    months = [35, 15, 58, 7, 46, 25, 71, 21, 74]
    assert read(cells, "years", years_and_months=YEARS_AND_MONTHS)[0] == pytest.approx(months)
    assert read(cells, "years", years_and_months=DECIMALS)[0][0] == pytest.approx(2.11 * 12)
    assert read([*cells, "3.25"], "years")[1] == []  # no month
    assert read(cells[:-2], "years")[1] == []  # too few to tell
    assert read(cells, "months")[1] == []
    values, _, said = read([*map(float, ["2.11", "1.3", "4.11", "0.7", "3.1", "2.1", "5.11", "1.9"])], "years",
                           years_and_months=YEARS_AND_MONTHS)  # fmt: skip
    assert values == pytest.approx([35, 15, 59, 7, None, None, 71, 21], nan_ok=True)
    assert said[0].startswith("2 × a number such as 2.1, which is 1 month, or 10")


@pytest.mark.parametrize(
    "cell", ["12.3+", ">12.3", "12.3c", "12.3 (C)", "12.3 cens.", "12.3, censored", "12.3 (zensiert)"]
)
def test_a_time_that_says_that_it_is_of_a_censoring(cell: str) -> None:
    assert bare_time(cell) == "12.3"
    assert are_marked(["7", cell, "31"])
    assert mark_among(["7", cell]) in ("", "c", "C")
    assert not are_marked([cell])  # and none that is of an event


@pytest.mark.parametrize(
    ("held", "mark"),
    [
        (["7*", "12.3"], "*"),
        (["45a", 12.3], "a"),
        (["7 (†)", "12.3"], "†"),
        (["7a", "12.3"], ""),  # seven years
        (["7*", "12†"], ""),
        (["7*", "8*"], ""),
        (["7*", "soon"], ""),
        (["7d", "12"], ""),
        (["7 mo", "12"], ""),
    ],
)
def test_a_mark_that_may_say_so_is_told_from_a_unit(held: list[object], mark: str) -> None:
    assert mark_among(held) == mark


def test_what_a_mark_at_a_time_says_is_asked_where_nothing_else_says_whether_it_happened() -> None:
    times = ["45*", "7", "12*", "31", "9", "23*", "8", "51"]
    columns: dict[str, list[object]] = {"id": [f"P{at}" for at in range(8)], "time to death (months)": [*times]}
    (question,) = opened(columns).questions
    assert question.options[:2] == ("the mark * at some: censored", "the mark * at some: the event came")
    for option, n_events in zip(question.options[:2], (5, 3), strict=True):
        cohort = opened(columns, {question.id: option}).cohort
        assert cohort is not None
        assert (cohort.outcomes["death"].n, cohort.outcomes["death"].n_events) == (8, n_events)
        assert cohort.patients["death_months"].tolist() == [45, 7, 12, 31, 9, 23, 8, 51]
    beside = opened({**columns, "death": [0, 1, 1, 0, 0, 1, 0, 1]})
    assert beside.questions == ()
    assert beside.cohort is not None
    assert beside.cohort.outcomes["death"].n_events == 4


def test_one_patient_in_two_capitals_is_asked_about_with_what_it_decides() -> None:
    patients = pd.DataFrame({"row": [2, 3, 4, 5], "patient_id": ["p01", "P2", "P01", "p3"]})
    visits = pd.DataFrame({"row": [2, 3], "patient_id": ["P01", "P2"]})
    frames = {"patients": patients, "visits": visits}

    def asked(answer: str = "") -> tuple[Asking, list[str], list[str], list[int | None]]:
        asking = Asking({"capitals:patients:patient_id": answer} if answer else {})
        told, faults = in_one_writing(frames, asking)
        return asking, [*told["patients"]["patient_id"]], [*told["visits"]["patient_id"]], [one.row for one in faults]

    asking, ids, seen, rows = asked()
    (question,) = asking.questions
    assert question.text == "p01 and P01 differ in capitals, blanks or zeros only. One patient or two?"
    assert question.evidence == "1 of 4 patients; counted as others until then"
    assert (ids, seen, rows) == (["p01", "P2", "P01", "p3"], ["P01", "P2"], [2, 4])
    assert asked(ONE)[1:] == (["p01", "P2", "p01", "p3"], ["p01", "P2"], [])
    assert asked(TWO)[1:] == (["p01", "P2", "P01", "p3"], ["P01", "P2"], [])
    assert in_one_writing({"patients": patients[1:]}, asking := Asking())[1] == []
    assert asking.questions == ()


def looked(**columns: str) -> list[Looked]:
    """Columns of an outcome by their headers, with their cells as words."""
    return [
        by_content(Looked(place, header, said_by(header), False, False, 0.0), [*map(float, cells.split())])
        for place, (header, cells) in enumerate(columns.items())
    ]


def test_an_event_and_its_time_share_a_stem() -> None:
    yes, time_to = "0 1 0 1 0 0 1 1", "712 88 3100 45 2999 1043 560 77"
    columns = looked(PREVCHD=yes, ANYCHD=yes, TIMECHD=time_to, DEATH=yes, TIMEDTH=time_to, STROKE=yes, TIMESTRK=time_to,
                     HOSPMI=yes, TIMEMI=time_to, ANGINA=yes, TIMEAP=time_to, mi_fchd=yes, TIMEMIFC=time_to)  # fmt: skip
    asking = Asking()
    told = {one.header: (one.said.role, one.said.label) for one in with_common_stem(columns, asking)}
    assert told["ANYCHD"] == ("event", "CHD")
    assert told["TIMECHD"] == ("months", "CHD")
    assert told["TIMEDTH"] == ("months", "death")
    assert {told[one][0] for one in ("PREVCHD", "HOSPMI", "TIMEMI", "ANGINA", "TIMEAP", "TIMESTRK")} == {""}
    assert {one.column: one.options[:-1] for one in asking.questions} == {
        "STROKE": ("TIMESTRK",), "HOSPMI": ("TIMEMI",), "mi_fchd": ("TIMEMIFC", "TIMEMI"),
    }  # fmt: skip
    answered = with_common_stem(
        columns, Asking({"time:patients:STROKE": "TIMESTRK", "time:patients:HOSPMI": "none of these"})
    )
    told = {one.header: (one.said.role, one.said.label) for one in answered}
    assert told["TIMESTRK"] == ("months", "stroke")
    assert told["TIMEMI"][0] == ""


@pytest.mark.parametrize(
    ("header", "unit", "told"),
    [
        ("CRP (mg/L)", "mg/dL", "CRP (mg/L or mg/dL)"),
        ("CRP mg/L", "mg/dL", "crp (mg/L or mg/dL)"),
        ("CRP (mg/L)", "mg/l", "CRP (mg/L)"),
        ("CRP (baseline)", "mg/dL", "CRP (baseline) (mg/dL)"),
        ("CRP", "mg/dL", "CRP (mg/dL)"),
        ("time (months)", "days", "time (months or days)"),
        ("Haemoglobin (g/dL)", "U/L", "Haemoglobin (g/dL)"),
    ],
)
def test_a_unit_under_a_header_that_states_another(header: str, unit: str, told: str) -> None:
    assert _with_unit(header, unit) == told


def test_two_units_of_one_column_are_asked_about() -> None:
    table = "id,CRP (mg/L),relapse,time (months)\n,mg/dL,0/1,days\n" + "".join(
        f"P{at},{at % 7 + 0.3},{at % 2},{20 * at + 3}\n" for at in range(9)
    )
    found = cd.open_cohort(table.encode(), "a.csv")
    assert [one.text for one in found.questions] == [
        "CRP (mg/L or mg/dL): the header and the row under it state two units, mg/L and mg/dL. In which unit is it?",
        "time (months or days): the header and the row under it state two units, months and days. In which unit is it?",
    ]


@pytest.mark.parametrize(
    "header",
    ["proteinuria at three months (mg/g)", "eGFR at 3 months", "creatinine after 6 months", "Kreatinin drei Monate",
     "protéinurie à trois mois", "mortality at 1 year", "30-day mortality", "Survival at five years", "LVEF 12 months (%)"],
)  # fmt: skip
def test_what_was_measured_or_seen_at_a_moment_is_no_time(header: str) -> None:
    assert said_by(header).role == ""


@pytest.mark.parametrize(
    ("header", "unit"),
    [("time from 3 months (days)", "days"), ("months to relapse", "months"), ("OS months", "months"),
     ("time to 2nd relapse (weeks)", "weeks"),
     ("follow-up time after 6 months (months)", "months")],
)  # fmt: skip
def test_a_time_that_begins_at_a_moment_is_one(header: str, unit: str) -> None:
    said = said_by(header)
    assert (said.role, said.unit) == ("months", unit)


def test_the_german_article_is_no_death() -> None:
    assert _word_and_remark("nein - hat die Therapie beendet") == ("nein", "hat die Therapie beendet")
    assert _word_and_remark("no - died") is None


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("dead of disease", HAPPENED), ("Alive with disease", "censored"), ("DOD", HAPPENED), ("1: DOC", HAPPENED),
     ("NED", "censored"),
     ("dead (suspected)", ""), ("alive or lost", ""), ("recurred", ""), ("ned stark", "")],
)  # fmt: skip
def test_what_a_status_says_of_a_death_of_any_cause(text: str, meaning: str) -> None:
    assert of_life(text) == meaning


def test_a_status_beside_a_time_to_death_is_of_that_death_and_beside_another_asked_about() -> None:
    status = ["Alive NED", "Dead of disease", "Alive with disease", "Dead of other cause"] * 3
    columns: dict[str, list[object]] = {"id": [f"P{at}" for at in range(12)], "Status at last follow-up": [*status]}
    months: list[object] = [*range(5, 17)]
    found = opened({**columns, "OS (months)": months})
    assert found.questions == ()
    assert found.cohort is not None
    assert found.cohort.outcomes["os"].n_events == 6
    assert len(opened({**columns, "PFS (months)": months}).questions) == 4


@pytest.mark.parametrize(
    ("header", "label"),
    [
        ("Vital status at last contact", "death"),
        ("Alive at last follow-up (y/n)", "death"),
        ("Relapse at end of study", "relapse"),
    ],
)
def test_a_state_at_the_last_contact_is_that_state(header: str, label: str) -> None:
    said = said_by(header)
    assert (said.role, said.noun and said.noun.label) == ("event", label)


def test_openspecimen_begins_a_header_with_its_form() -> None:
    table = RawSheet("t", ("Participant#PPID", "Participant#Vital Status", "CRP"), ((2, ("a", "Dead", 3)),))
    assert unwrapped(table).headers == ("PPID", "Vital Status", "CRP")
    twins = replace(table, headers=("Participant#PPID", "Visit#PPID", "Visit#CRP"))
    assert unwrapped(twins).headers == twins.headers
    few = replace(table, headers=("Sample#No", "age", "CRP"))
    assert unwrapped(few).headers == few.headers


def test_a_time_before_its_word() -> None:
    cells = ["12.3 months (dead)", "7 mo, alive", "31 months (alive)"]
    name, parted = timed_words("Survival", cells, [])
    assert name == "death"
    assert parted["12.3 months (dead)"] == ("dead", "12.3 months")
    assert parted["7 mo, alive"] == ("alive", "7 mo")


@pytest.mark.parametrize(
    ("unit", "longest", "doubt"),
    [("weeks", 2400, "its values reach 2400 weeks"), ("weeks", 900, ""), ("years", 74.2, "its values reach 74.2 years"),
     ("years", 30, ""), ("quarters", 130, "its values reach 130 quarters"), ("hours", 9000, ""), ("days", 9000, "")],
)  # fmt: skip
def test_a_stated_unit_that_nobody_is_followed_in_for_so_long(unit: str, longest: float, doubt: str) -> None:
    assert _doubt(MONTHS, unit, np.array([longest, 12.0, 31.0])) == doubt


def test_a_time_of_0_of_everybody_without_the_event_is_none() -> None:
    event: list[object] = [0, 1, 0, 1, 0, 1]
    columns: dict[str, list[object]] = {
        "id": [*"abcdef"],
        "relapse": event,
        "relapse_time (months)": [0, 5, 0, 9, 0, 12],
    }
    cohort = opened(columns).cohort
    assert cohort is not None
    assert cohort.outcomes["relapse"].n == 0
    assert any("the time of all without relapse is 0" in one.found for one in cohort.faults)
    one = opened({**columns, "relapse_time (months)": [0, 5, 0, 9, 7, 12]}).cohort
    assert one is not None
    assert one.outcomes["relapse"].n == 6


def test_two_blocks_of_the_same_headers_are_one_table() -> None:
    assert _repeated(("id", "age", "time", "ID ", "Age", "Time")) == [(0, 3), (3, 6)]
    assert _repeated(("id", "age", "time", "id.1", "age.1", "time.1", "id.2", "age.2", "time.2")) == [
        (0, 3),
        (3, 6),
        (6, 9),
    ]
    assert (
        _repeated(("id", "age", "time", "id", "age", "crp"))
        == _repeated(("a", "b", "a", "b"))
        == _repeated(("id", "x"))
        == []
    )


def test_never_and_exitus_letalis() -> None:
    said = said_by("Relapse")
    assert meaning_of("never", said, said.noun) == "censored"
    assert meaning_of("exitus letalis", said_by("Status"), None) == HAPPENED
    assert (said_by("studytime").role, said_by("studytime").generic) == ("months", True)


def test_a_unit_behind_some_numbers_far_from_the_others_is_asked_about() -> None:
    cells: list[object] = ["165 lb", "180 lb", "201 lb", 75, 81, 66, 90]

    def read_them(*answer: str) -> tuple[list[object], list[str]]:
        asking = Asking(dict.fromkeys(["one unit:patients:Weight"][: len(answer)], "".join(answer)))
        return read_further("patients", "Weight", cells, range(7), asking.about("patients", "Weight"))[0], [
            *asking.asked
        ]

    assert read_them() == ([None] * 3 + [75, 81, 66, 90], ["one unit:patients:Weight"])
    assert read_them("all are in it")[0] == [165, 180, 201, 75, 81, 66, 90]
    assert read_them("only those with it: left out")[0][:3] == [None] * 3
    cells = ["65 kg", "80 kg", "71 kg", 75, 81, 66, 90]
    assert read_them() == ([65, 80, 71, 75, 81, 66, 90], [])


def test_a_survival_that_is_a_yes_or_a_no_says_not_which_is_which() -> None:
    assert said_by("Survival status").censoring == said_by("survstat").censoring == "unsure"
    assert said_by("OS status").censoring == said_by("status").censoring == said_by("Relapse status").censoring == ""
    (column,) = looked(Survival="1 0 0 1 1 0")
    assert (column.said.role, column.said.censoring) == ("event", "unsure")
    (column,) = looked(Survival="12 31 7 40 22 9 71 3 55")
    assert (column.said.role, column.said.censoring) == ("months", "")


def test_a_few_patients_with_two_rows_are_typed_twice() -> None:
    rows = match_headers("patients", ["id", "time (months)", "relapse"], flat=True)

    def each(n: int, twice: int, *, but_few: bool = True) -> bool:
        ids = [*range(n), *range(twice)]
        table = RawSheet(
            "t", ("id", "time (months)", "relapse"), tuple((at, (one, 5, 0)) for at, one in enumerate(ids))
        )
        return one_row_each(rows, table, but_few=but_few)

    assert [each(40, twice) for twice in (0, 3, 8, 9)] == [True, True, True, False]
    assert not each(200, 12)
    assert not each(40, 3, but_few=False)


def test_a_patient_typed_twice_is_said_and_no_visit() -> None:
    columns: dict[str, list[object]] = {
        "id": [*range(20), 3], "time (months)": [*range(5, 25), 30], "relapse": [at % 2 for at in range(20)] + [0],
    }  # fmt: skip
    cohort = opened(columns).cohort
    assert cohort is not None
    assert (cohort.outcomes["relapse"].n, cohort.outcomes["relapse"].n_events) == (20, 10)
    assert [one.row for one in cohort.faults if "the first is kept" in one.accepted] == [5, 22]


@pytest.mark.parametrize(
    ("header", "role", "unit", "code"),
    [("rezidivfreie Zeit (Monate)", "months", "months", "recurrence"),
     ("recidiefvrije overleving (maanden)", "months", "months", "recurrence"),
     ("Tid til tilbakefall (mnd)", "months", "months", "relapse"), ("Doba do relapsu (měsíce)", "months", "months", "relapse"),
     ("t_relapse (days)", "months", "days", "relapse")],
)  # fmt: skip
def test_times_of_further_languages(header: str, role: str, unit: str, code: str) -> None:
    said = said_by(header)
    assert (said.role, said.unit, said.noun and said.noun.code) == (role, unit, code)


def test_a_duration_in_letters_and_what_has_not_ended() -> None:
    assert [*map(is_lasting, ["12w3d", "P450D", "2 yrs 3 mths", "460 days", "12", "soon", 12])] == [True] * 4 + [
        False
    ] * 3
    assert duration("12w3d", "months") == pytest.approx(87 / 30.4375)
    columns: dict[str, list[object]] = {
        "id": [*"abcdef"], "Time to relapse (months)": [5, "ongoing", 9, "ongoing", "no relapse", 12],
        "Last follow-up (months)": [20, 31, 15, 8, 9, 14],
    }  # fmt: skip
    found = opened(columns)
    assert found.questions == ()
    assert found.cohort is not None
    assert found.cohort.patients["relapse_months"].tolist() == [5, 31, 9, 8, 9, 12]
    assert found.cohort.outcomes["relapse"].n_events == 3
    assert is_plural("relapses")
    assert not is_plural("relapse")
