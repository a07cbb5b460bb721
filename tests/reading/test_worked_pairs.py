"""What a header says in further fields, which columns belong together by it, and what stays asked."""

from __future__ import annotations

from datetime import date

import pytest
from corpus.builders import table
from corpus.right_numbers import DAYS, EVENTS, IDS, MONTHS

import cdanalysis as cd
from cdanalysis.reading.cells.cells import folded
from cdanalysis.reading.cells.numbers.fractions import with_decimals
from cdanalysis.reading.cells.timed_words import timed_words
from cdanalysis.reading.cells.words import answers_among
from cdanalysis.reading.dates.forms import is_about, month_of, plain, said_date
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.reading.outcomes.headers.nouns import or_death
from cdanalysis.reading.rows.access import with_yes_and_no
from cdanalysis.reading.rows.shape import RawSheet

N = 12


def opened(*columns: tuple[str, list]) -> cd.Opened:
    rows = zip(*(cells for _, cells in columns), strict=True)
    return cd.open_cohort(table([[name for name, _ in columns], *map(list, rows)]), "x.csv")


def asked(found: cd.Opened) -> list[str]:
    return [one.id for one in found.questions]


@pytest.mark.parametrize(
    ("header", "role", "code", "unit"),
    [
        ("Relapse Free Status (Months)", "months", "relapse", "months"),
        ("Relapse Free Status", "event", "relapse", ""),
        ("Years in situ", "months", "", "years"),
        ("Months on dialysis", "months", "", "months"),
        ("OS (m)", "months", "os", "months"),
        ("Time to relapse [M]", "months", "relapse", "months"),
        ("Height (m)", "", "", ""),
        ("Any event", "event", "event", ""),
        ("last status", "event", "event", ""),
        ("alive", "event", "death", ""),
        ("date last seen alive", "date", "", ""),
        ("AIDS or death", "event", "aids_or_death", ""),
        ("Heart attack", "event", "myocardial_infarction", ""),
        ("OS_ind", "event", "os", ""),
        ("perte du greffon", "event", "graft_failure", ""),
        ("Time to failure/last control (months)", "months", "failure", "months"),
        ("Tiempo hasta muerte o último contacto (días)", "months", "death", "days"),
    ],
)  # fmt: skip
def test_what_a_header_says(header: str, role: str, code: str, unit: str) -> None:
    said = said_by(header)
    assert (said.role, said.unit) == (role, unit)
    assert (said.noun.code if said.noun else "") == code or (not code and (said.noun is None or said.generic))


@pytest.mark.parametrize(
    ("header", "negated"), [("alive", True), ("still alive", True), ("lebt", True), ("dead", False)]
)
def test_who_lives_has_not_died(header: str, negated: bool) -> None:
    said = said_by(header)
    assert said.noun is not None
    assert (said.noun.code, said.negated) == ("death", negated)


def test_or_death() -> None:
    noun = or_death(["relapse", "or", "death"])
    assert noun is not None
    assert (noun.code, noun.label, noun.ends, noun.plain) == ("relapse_or_death", "relapse or death", True, True)
    assert or_death(["death", "or", "relapse"]) is None
    assert or_death(["or", "death"]) is None
    assert or_death(["relapse", "death"]) is None


ROWS = tuple((n + 2, (f"P{n}", -(n % 2), "0" if n % 3 else "-1", n)) for n in range(6))
SHEET = RawSheet("s", ("id", "dead", "diabetes", "age"), ROWS)


def test_yes_and_no_of_access() -> None:
    found = with_yes_and_no(SHEET)
    assert [row[1] for _, row in found.rows] == [0, 1, 0, 1, 0, 1]
    assert [row[2] for _, row in found.rows] == [1, "0", "0", 1, "0", "0"]
    assert [row[3] for _, row in found.rows] == [0, 1, 2, 3, 4, 5]
    assert [one.found for one in found.faults] == [
        "2 columns of -1 and 0, as Access writes yes and no, read as 1 and 0: dead, diabetes"
    ]


def test_one_such_column_alone_may_hold_a_code() -> None:
    alone = SHEET.of_columns([0, 1, 3])
    assert with_yes_and_no(alone) is alone


@pytest.mark.parametrize("other", [-1, "-1"])
def test_beside_another_column_with_minus_1_it_may_be_a_code(other: object) -> None:
    rows = (*ROWS, (8, ("P6", 0, 0, other)))
    table_ = RawSheet("s", SHEET.headers, rows)
    assert with_yes_and_no(table_) is table_


@pytest.mark.parametrize(
    "cells",
    [
        [-1, 0, 1, 0, -1, 0],
        [0] * 6,
        [-1] * 6,
        [True, False] * 3,
        [-1, 0, None, None, None, None],
        [-1.5, 0, -1, 0, -1, 0],
    ],
)
def test_other_columns_are_none_of_access(cells: list) -> None:
    table_ = RawSheet("s", ("x",), tuple((n + 2, (cell,)) for n, cell in enumerate(cells)))
    assert with_yes_and_no(table_) is table_


def test_two_follow_ups_that_differ_are_asked_about() -> None:
    years = [round(one / 365.25, 2) for one in DAYS]
    found = opened(
        ("id", IDS), ("Death", EVENTS), ("FU (months)", MONTHS), ("FU (years)", [*years[:-1], years[-1] + 1])
    )
    assert "header:patients:follow_up_months" in asked(found)


def test_one_measurement_in_two_units_is_read_once() -> None:
    crp = [3.0 + 7 * n for n in range(N)]
    columns = (("CRP mg/dL", [one / 10 for one in crp]), ("CRP mg/L", crp))
    found = opened(("id", IDS), ("Death", EVENTS), ("OS days", DAYS), *columns)
    assert asked(found) == []
    assert found.cohort is not None
    assert found.cohort.patients["crp_mg_per_l"].tolist() == crp


def test_a_word_and_its_denial_are_the_event_and_its_absence() -> None:
    found = opened(("id", IDS), ("Vitrectomy", ["no need" if not one else "need" for one in EVENTS]),
                   ("Time to vitrectomy (days)", DAYS))  # fmt: skip
    assert asked(found) == []
    assert found.cohort is not None
    (outcome,) = found.cohort.outcomes.values()
    assert (outcome.n, outcome.n_events) == (N, sum(EVENTS))


def test_two_other_words_are_asked_about() -> None:
    found = opened(("id", IDS), ("Vitrectomy", ["early" if one else "late" for one in EVENTS]),
                   ("Time to vitrectomy (days)", DAYS))  # fmt: skip
    assert asked(found) == ["codes:patients:Vitrectomy"]


def test_a_competing_code_is_called_as_its_header_says() -> None:
    codes = [happened * (1 + n % 2) for n, happened in enumerate(EVENTS)]
    columns = (("id", IDS), ("Outcome (0=alive; 1=death; 2=liver transplant)", codes), ("Time (months)", MONTHS))
    found = opened(*columns)
    (one,) = found.questions
    whole = cd.open_cohort(
        table([[name for name, _ in columns], *map(list, zip(*(cells for _, cells in columns), strict=True))]),
        "x.csv", found.study.answered({one.id: "2 = a competing event"}),
    )  # fmt: skip
    assert whole.cohort is not None
    assert [(one.label, one.n, one.n_events) for one in whole.cohort.outcomes.values()] == [
        ("event", N, codes.count(1)),
        ("liver transplant", N, codes.count(2)),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-02-25?", date(2017, 2, 25)),
        ("ca. 2017-02-25", date(2017, 2, 25)),
        ("~25 Feb 2017", date(2017, 2, 25)),
        ("2017-02-25 (approx.)", date(2017, 2, 25)),
        ("about 25 Feb 2017", date(2017, 2, 25)),
    ],
)
def test_a_day_that_is_not_sure(text: str, day: date) -> None:
    assert said_date(plain(text)) == day
    assert is_about(text)


def test_a_day_that_is_not_known_is_none_that_is_not_sure() -> None:
    assert month_of(plain("2017-02-??")) == (2017, 2)
    assert not is_about("2017-02-25")
    assert month_of(plain("ca. 2017-08")) == (2017, 8)


def test_an_outcome_of_two_words_with_times() -> None:
    cells = ["relapse at 5 mo", "death at 7 mo", "none at 20 mo"]
    name, parted = timed_words("Outcome", cells, [])
    assert name == "event"
    assert {folded(word): time for word, time in parted.values()} == {
        "relapse": "5 mo",
        "death": "7 mo",
        "none": "20 mo",
    }


def test_months_of_a_death_are_dates_and_shares_are_not() -> None:
    dates = opened(("id", IDS), ("start", ["03/2017"] * N), ("death", [f"{1 + n}/2019" if n % 2 else "" for n in range(N)]),
                   ("last contact", ["03/2021"] * N))  # fmt: skip
    assert asked(dates) == ["days:patients:start", "days:patients:last contact", "days:patients:death"]
    shares = opened(("id", IDS), ("death", EVENTS), ("OS days", DAYS), ("nodes", [f"{n}/12" for n in range(N)]))
    assert asked(shares) == []


@pytest.mark.parametrize(
    ("text", "decimals"),
    [
        ("1 1/2", "1.500000"),
        ("12½", "12.500000"),
        ("3 ¾", "3.750000"),
        ("2 2/3", "2.666667"),
        ("1/2", "1/2"),
        ("3 3/2", "3 3/2"),
        ("12", "12"),
        ("11/2", "11/2"),
    ],
)
def test_a_fraction_behind_a_whole_number(text: str, decimals: str) -> None:
    assert with_decimals(text) == decimals


@pytest.mark.parametrize(
    ("header", "letters", "female"),
    [
        ("Sexo", "HM", "M"),
        ("Geslacht", "MV", "V"),
        ("Płeć", "MK", "K"),
        ("Kön", "MK", "K"),
        ("Cinsiyet", "EK", "K"),
        ("Sexe", "HF", "F"),
    ],
)
def test_a_letter_is_the_sex_in_the_language_of_its_header(header: str, letters: str, female: str) -> None:
    cells = [letters[n % 2] for n in range(N)]
    found = opened(("id", IDS), (header, cells), ("Death", EVENTS), ("OS days", DAYS))
    assert asked(found) == []
    assert found.cohort is not None
    assert found.cohort.patients["sex"].tolist() == ["female" if cell == female else "male" for cell in cells]


def test_letters_of_another_language_are_asked_about() -> None:
    found = opened(("id", IDS), ("Sex", ["HM"[n % 2] for n in range(N)]), ("Death", EVENTS), ("OS days", DAYS))
    assert asked(found) == ["codes:patients:Sex"]


def test_answers_that_are_such_beside_each_other_only() -> None:
    assert answers_among(["ne", "ano"]) == {"ano": "yes", "ne": "no"}
    assert answers_among(["da", "nu"]) == {"da": "yes", "nu": "no"}
    assert answers_among(["ne", "yes"]) == answers_among(["ne"]) == answers_among(["ano", "ne", "x"]) == {}


def test_a_yes_and_a_no_of_a_column_of_the_dictionary_in_czech() -> None:
    cells = ["ano" if n % 3 else "ne" for n in range(N)]
    found = opened(("id", IDS), ("perianal", cells), ("Death", EVENTS), ("OS days", DAYS))
    assert asked(found) == []
    assert found.cohort is not None
    assert found.cohort.patients["perianal"].tolist() == [cell == "ano" for cell in cells]


def test_a_category_with_what_nobody_sees_is_the_same() -> None:
    cells = ["A\u200b" if n % 5 == 0 else "AB"[n % 2] for n in range(N)]
    found = opened(("id", IDS), ("Arm", cells), ("Death", EVENTS), ("OS days", DAYS))
    assert asked(found) == []
    assert found.cohort is not None
    assert set(found.cohort.patients["Arm"]) == {"A", "B"}


def test_a_table_of_patients_is_not_turned() -> None:
    found = opened(
        ("id", ["Death", "OS days", "CRP (mg/L)", *IDS[3:]]), *((name, [n + 1] * N) for n, name in enumerate(IDS[:10]))
    )
    assert found.cohort is None or len(found.cohort.patients) == N
