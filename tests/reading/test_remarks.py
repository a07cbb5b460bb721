"""A yes or a no with a remark is its first word where the remark takes nothing back; the remark is kept."""

from __future__ import annotations

import pytest
from corpus.builders import table

import cdanalysis as cd
from cdanalysis.reading.bytes.files import RawSheet
from cdanalysis.reading.cells.remarks import apart

PLAIN = ["yes", "no", "yes", "no"]


def column(*cells: object) -> RawSheet:
    rows = tuple((n, (f"P{n}", cell)) for n, cell in enumerate(cells, 2))
    return apart(RawSheet("patients", ("id", "perianal"), rows))


@pytest.mark.parametrize(
    ("cell", "word", "remark"),
    [
        ("yes - flare", "yes", "flare"),
        ("No (lost)", "No", "lost"),
        ("Yes, 2019-03", "Yes", "2019-03"),
        ("ja; Fistel", "ja", "Fistel"),
        ("nein – verzogen", "nein", "verzogen"),
        ("是，重度", "是", "重度"),
        ("oui: grave", "oui", "grave"),
    ],
)
def test_the_first_word_decides_and_the_remark_stands_beside_it(cell: str, word: str, remark: str) -> None:
    found = column(*PLAIN, cell)
    assert found.headers == ("id", "perianal", "perianal, remark")
    assert found.rows[-1][1] == ("P6", word, remark)
    assert found.rows[0][1] == ("P2", "yes", None)
    assert len(found.faults) == 1


@pytest.mark.parametrize(
    "cell",
    [
        "no - relapse",
        "yes - unclear",
        "no, but later yes",
        "yes (?)",
        "no data",
        "non-smoker",
        "no - unknown",
        "y - x",
        "never",
    ],
)
def test_a_remark_that_may_take_the_word_back_leaves_the_cell_as_it_stands(cell: str) -> None:
    assert column(*PLAIN, cell).headers == ("id", "perianal")


def test_a_column_of_sentences_is_none_of_yes_and_no() -> None:
    assert column("yes - a", "fever", "cough", "pain").headers == ("id", "perianal")


def test_the_years_behind_a_yes_are_kept_and_not_said() -> None:
    found = column(*PLAIN, "yes (2019)")
    assert found.rows[-1][1] == ("P6", "yes", "2019")
    assert found.faults == ()


def test_a_remark_is_no_outcome() -> None:
    rows = [["id", "time_months", "relapse"], *([f"P{n}", n, "yes - flare" if n % 2 else "no"] for n in range(1, 9))]
    cohort = cd.read_cohort(table(rows), file_name="x.csv")
    assert list(cohort.outcomes) == ["relapse"]
    assert cohort.outcomes["relapse"].n_events == 4
    assert "relapse, remark" in cohort.patients


@pytest.mark.parametrize(("n", "parted"), [(296, True), (297, False)])
def test_a_column_of_more_than_300_texts_is_none_of_yes_and_no(n: int, parted: bool) -> None:
    found = column("yes", "no", "", None, *(f"yes - {place}x" for place in range(n)))
    assert (len(found.headers) == 3) is parted


@pytest.mark.parametrize(
    ("others", "parted"), [(["fever"], True), (["fever", "cough"], False), ([None, "", "-"], True)]
)
def test_half_of_the_cells_that_hold_something_must_say_yes_or_no(others: list[object], parted: bool) -> None:
    assert (len(column("yes - flare", *others).headers) == 3) is parted


DATED = ["yes, {}", "relapse ({})", "yes {}", "{} (yes)", "{} relapse"]


@pytest.mark.parametrize("form", DATED)
def test_the_date_beside_an_event_is_its_date(form: str) -> None:
    rows = [["id", "start date", "last follow-up date", "Relapse"]]
    rows += [
        [f"P{n}", "2015-02-01", "2018-02-01", form.format(f"2016-02-{n:02}") if n % 2 else "no"] for n in range(10, 20)
    ]
    cohort = cd.read_cohort(table(rows, delimiter=";"), file_name="x.csv")
    assert cohort.outcomes["relapse"].n_events == 5
    assert not cohort.questions
    days = (cohort.patients["relapse_months"] * 30.4375).round().tolist()
    assert days[:4] == [1096, 375, 1096, 377]
    assert sum("read as the event and its date" in fault.found for fault in cohort.faults) == 1


def test_a_date_of_the_outcome_in_a_column_of_its_own_stands() -> None:
    rows = [["id", "start date", "last follow-up date", "Relapse", "relapse date"]]
    rows += [[f"P{n}", "2015-02-01", "2018-02-01", "yes, 2017-05-05", "2016-02-02"] for n in range(3)]
    rows += [[f"Q{n}", "2015-02-01", "2018-02-01", "no", ""] for n in range(3)]
    cohort = cd.read_cohort(table(rows, delimiter=";"), file_name="x.csv")
    assert "Relapse, remark" in cohort.patients
    assert cohort.patients["relapse_months"].round(1).tolist()[:4] == [12.0, 12.0, 12.0, 36.0]


def test_an_operation_may_have_been_before_the_start() -> None:
    rows = tuple((n, (f"P{n}", "yes, 2009-03-01" if n % 2 else "no")) for n in range(8))
    assert apart(RawSheet("patients", ("id", "Surgery"), rows)).headers[-1] == "Surgery, remark"
