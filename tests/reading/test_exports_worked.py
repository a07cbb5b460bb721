"""What an exporter added, and remarks behind a yes or a no: each bound at its very value."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.remarks import MOST_TEXTS, apart
from cdanalysis.reading.rows.exporters import unwrapped, without_own
from cdanalysis.reading.rows.shape import RawSheet

FORMS = ("Start time", "Completion time", "Email", "Name")


def sheet(headers: Sequence[str], *rows: tuple[Cell, ...], labels: tuple[str, ...] = ()) -> RawSheet:
    return RawSheet("patients", tuple(headers), tuple(enumerate(rows, 2)), labels=labels)


def found(table: RawSheet) -> list[str]:
    return [fault.found for fault in table.faults]


def test_a_program_is_known_by_all_of_its_headers() -> None:
    table = sheet((*FORMS, "CRP"), ("1 May", "2 May", "a@b", "Ann", 5))
    assert unwrapped(table).headers == ("CRP",)
    assert unwrapped(table).rows == ((2, (5,)),)
    assert found(unwrapped(table)) == [
        "4 columns of Microsoft Forms's own, left out: Start time, Completion time, Email, Name"
    ]
    half = sheet(("Start time", "Email", "CRP"), ("1 May", "a@b", 5))
    assert unwrapped(half) is half


@pytest.mark.parametrize(("n", "told"), [(1, "c0"), (6, "c0, c1, c2, c3, c4, c5"), (7, "c0, c1, c2, c3, c4, c5 …")])
def test_six_of_its_columns_are_named(n: int, told: str) -> None:
    table = sheet([*(f"c{at}" for at in range(n)), "CRP"], (*range(n), 9))
    left = without_own(table, range(n), "Someone")
    assert left.headers == ("CRP",)
    assert left.rows == ((2, (9,)),)
    assert found(left) == [f"{n} column{'' if n == 1 else 's'} of Someone's own, left out: {told}"]


QUALTRICS = ("ResponseId", "RecordedDate", "CRP")


def test_of_the_rows_below_a_header_two_at_most_are_further_headers() -> None:
    ids = ('{"ImportId":"_recordId"}', '{"ImportId":"recordedDate"}', '{"ImportId":"QID1"}')
    question, answer = ("Response ID", "Recorded Date", "CRP?"), ("R_1", "2020-01-01", 5)
    for below, n in (
        ((ids, answer), 1),  # the first row is one, the second not
        ((question, ids, answer), 1),  # what stands above one is one
        ((answer, answer, ids), 3),  # a third is looked at no more
        ((answer,), 1),
    ):
        table = unwrapped(sheet(QUALTRICS, *below))
        assert table.headers == ("patient_id", "CRP")
        assert len(table.rows) == n
        assert table.rows[0][1] == ("R_1", 5)


@pytest.mark.parametrize(
    ("row", "n"),
    [
        (("Response", "Response", "Open-Ended Response", None), 1),  # all that it holds
        (("Response", "Response", "x", None), 1),
        (("Response", "x", None, None), 2),  # half is not most
        (("Response", "x", "y", None), 2),
        ((None, None, None, None), 2),
    ],
)
def test_a_row_of_survey_monkeys_words_is_a_header(row: tuple[Cell, ...], n: int) -> None:
    headers = ("Respondent ID", "Collector ID", "CRP", "Relapse")
    table = unwrapped(sheet(headers, row, (11, 12, 5, "yes")))
    assert len(table.rows) == n
    assert table.rows[-1][1] == (11, 5, "yes")
    assert table.headers == ("patient_id", "CRP", "Relapse")


def test_codes_before_a_name_go_where_names_stay_different() -> None:
    own = ("submitdate. Date submitted", "lastpage. Last page")
    table = unwrapped(sheet((*own, "id. Response ID", "G1Q1. CRP"), (1, 2, 3, 4)))
    assert table.headers == ("patient_id", "CRP")
    table = unwrapped(sheet((*own, "G1Q1. CRP", "G2Q1. CRP"), (1, 2, 3, 4)))
    assert table.headers == ("G1Q1. CRP", "G2Q1. CRP")
    table = unwrapped(sheet((*own, "patient_id", "id. Response ID"), (1, 2, 3, 4)))
    assert table.headers == ("patient_id", "Response ID")  # it names its patients itself


@pytest.mark.parametrize(
    ("headers", "names", "said"),
    [
        (("CRP_E1_C1", "Age_E1_C1"), ("CRP", "Age"), "2 headers with"),
        (("CRP_E1_C1", "CRP_E2_C1", "Age_E1_C1"), ("CRP_V1", "CRP_V2", "Age"), "3 headers with"),
        (("CRP_E1_C1_2", "Age_E10"), ("CRP", "Age"), "2 headers with"),
        (("CRP_E1_C1", "Age"), ("CRP_E1_C1", "Age"), ""),  # one may be its own name
        (("CRP_E1_C1", "Age_E1_C1", "CRP"), ("CRP_E1_C1", "Age_E1_C1", "CRP"), ""),  # it would stand twice
        (("CRP_E1_C1", "CRP_E1_C2"), ("CRP_E1_C1", "CRP_E1_C2"), ""),
    ],
)
def test_openclinicas_event_and_form_behind_a_name(headers: Sequence[str], names: Sequence[str], said: str) -> None:
    table = unwrapped(sheet(headers, tuple(range(len(headers)))))
    assert table.headers == tuple(names)
    assert len(table.faults) == bool(said)
    assert not said or found(table)[0].startswith(said)


def remarked(*cells: Cell, header: str = "perianal", further: Sequence[str] = ()) -> RawSheet:
    rows = [(f"P{n}", cell, *("x" for _ in further)) for n, cell in enumerate(cells)]
    return apart(sheet(("id", header, *further), *rows))


@pytest.mark.parametrize(("n", "width"), [(MOST_TEXTS, 3), (MOST_TEXTS + 1, 2)])
def test_a_column_of_more_than_300_texts_holds_no_yes_and_no(n: int, width: int) -> None:
    assert MOST_TEXTS == 300
    assert len(remarked(*(f"yes - remark {'x' * at}" for at in range(n))).headers) == width


def test_half_of_its_cells_are_a_yes_or_a_no() -> None:
    assert remarked("yes - a", "fever").headers == ("id", "perianal", "perianal, remark")
    assert remarked("yes - a").headers == ("id", "perianal", "perianal, remark")
    assert remarked("yes - a", "fever", None, "").headers == ("id", "perianal", "perianal, remark")
    assert remarked("yes - a", "fever", "cough").headers == ("id", "perianal")
    assert remarked("yes - a", "yes - a", "fever", "cough", 3).headers == ("id", "perianal")
    assert remarked("yes", "no").headers == ("id", "perianal")


def test_a_label_and_what_lies_beyond_the_headers_keep_their_places() -> None:
    rows = ((2, ("A", "yes - a", 5, "beyond")), (3, ("B", "no", 6)))
    table = apart(RawSheet("patients", ("id", "perianal", "CRP"), rows, labels=("", "fistula", "")))
    assert table.headers == ("id", "perianal", "CRP", "perianal, remark")
    assert table.rows == ((2, ("A", "yes", 5, "a", "beyond")), (3, ("B", "no", 6, None)))
    assert table.labels == ("", "fistula", "", "")
    assert found(table) == [
        "1 × a yes or a no with a remark, such as 'yes - a': read as its first word, the remark kept beside it"
    ]


DATED = ("relapse (03/2017)", "none", "relapse (04/2018)")


@pytest.mark.parametrize(
    ("header", "further", "name"),
    [
        ("relapse", (), "relapse date"),
        ("relapse", ("surgery date",), "relapse date"),
        ("relapse", ("relapse date",), "relapse, remark"),
        ("relapse", ("relapse_months",), "relapse, remark"),
        ("perianal", (), "perianal, remark"),
    ],
)
def test_remarks_of_an_outcome_are_its_dates_where_it_has_no_others(
    header: str, further: tuple[str, ...], name: str
) -> None:
    table = remarked(*DATED, header=header, further=further)
    assert table.headers == ("id", header, *further, name)
    assert [row[-1] for _, row in table.rows] == ["03/2017", None, "04/2018"]
    assert [row[1] for _, row in table.rows] == ["relapse", "none", "relapse"]
    dated = name.endswith("date")
    assert found(table)[0].startswith(f"2 × a yes or a no with a {'date' if dated else 'remark'}, such as ")


def test_years_are_dates_and_change_no_yes() -> None:
    table = remarked("yes (2019)", "no", "yes (2020)", header="relapse")
    assert table.headers[-1] == "relapse date"
    assert not table.faults
    mixed = remarked("yes (2019)", "no", "yes (severe)", header="relapse")
    assert mixed.headers[-1] == "relapse, remark"
    assert len(mixed.faults) == 1


@pytest.mark.parametrize(
    ("cell", "word", "day"),
    [
        ("yes 2017-03-05", "yes", "2017-03-05"),
        ("05.03.2017 (yes)", "yes", "05.03.2017"),
        ("relapse on 05.03.2017", "relapse", "05.03.2017"),
        ("ja am 05.03.2017", "ja", "05.03.2017"),
        ("relapse [03/2017]", "relapse", "03/2017"),
    ],
)
def test_a_day_stands_before_or_behind_its_word(cell: str, word: str, day: str) -> None:
    table = remarked(cell, "no", header="relapse")
    assert [row[1:] for _, row in table.rows] == [(word, day), ("no", None)]


@pytest.mark.parametrize("cell", ["fever 2017-03-05", "2017-03-05 fever", "yes 5", "05.03.2017"])
def test_another_word_beside_a_day_is_no_yes(cell: str) -> None:
    assert remarked(cell, "no", "yes", header="relapse").headers == ("id", "relapse")
