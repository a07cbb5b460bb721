"""Patients whom a column excludes, and marks that a program writes around cells and headers."""

from __future__ import annotations

import pytest
from corpus.builders import table, workbook
from corpus.right_numbers import DAYS, EVENTS, IDS, MONTHS

import cdanalysis as cd
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.written_marks import without_marks

N = 12
OUT = [n in (1, 3) for n in range(N)]
KEPT_EVENTS = sum(happened for happened, out in zip(EVENTS, OUT, strict=True) if not out)
KEPT_MONTHS = sum(one for one, out in zip(MONTHS, OUT, strict=True) if not out)


def content(*columns: tuple[str, list]) -> bytes:
    return table([[name for name, _ in columns], *map(list, zip(*(cells for _, cells in columns), strict=True))])


def sums(cohort: cd.Cohort | None) -> tuple[int, int, float]:
    assert cohort is not None
    rows = cd.analyses.survival(cohort, cd.Settings()).endpoint.patients
    return len(rows), int(rows["event"].sum()), float(rows["time_months"].sum())


STD = (("id", IDS), ("Death", EVENTS), ("OS days", DAYS))


@pytest.mark.parametrize(
    ("header", "out", "kept"),
    [("Excluded", "yes", "no"), ("excluded", 1, 0), ("Excluded from analysis", "x", ""), ("ausgeschlossen", "ja", "nein"),
     ("Included", "no", "yes"), ("include", 0, 1)],
)  # fmt: skip
def test_patients_whom_a_column_excludes_are_asked_about(header: str, out: object, kept: object) -> None:
    file = content(*STD, (header, [out if one else kept for one in OUT]))
    found = cd.open_cohort(file, "x.csv")
    (asked,) = found.questions
    assert asked.text == f"{header}: by it 2 patients of 12 are excluded. Are they of the cohort?"
    assert sums(found.cohort) == (N - 2, KEPT_EVENTS, pytest.approx(KEPT_MONTHS))
    assert found.cohort is not None
    assert [(one.reason, one.n) for one in found.cohort.excluded] == [(f"excluded by {header}", 2)]
    kept_all = cd.open_cohort(file, "x.csv", found.study.answered({asked.id: "of the cohort: kept"}))
    assert kept_all.questions == ()
    assert sums(kept_all.cohort) == (N, sum(EVENTS), pytest.approx(sum(MONTHS)))


@pytest.mark.parametrize("cells", [["no"] * N, ["yes"] * N, ["yes", "no", "perhaps", *["no"] * 9]])
def test_a_column_that_excludes_nobody_or_everybody_asks_nothing(cells: list) -> None:
    found = cd.open_cohort(content(*STD, ("Excluded", cells)), "x.csv")
    assert found.questions == ()
    assert sums(found.cohort)[0] == N


def test_the_visits_of_the_excluded_are_no_visits_of_unknown_patients() -> None:
    patients = [["id", "Death", "OS days", "Excluded"],
                *map(list, zip(IDS, EVENTS, DAYS, ["yes" if one else "no" for one in OUT], strict=True))]  # fmt: skip
    visits = [["id", "week", "CDAI"], *([one, week, 150 + week] for one in IDS for week in (0, 8))]
    cohort = cd.read_cohort(workbook({"patients": patients, "visits": visits}))
    assert len(cohort.patients) == N - 2
    assert len(cohort.visits) == 2 * (N - 2)
    assert not any("a patient of the patients sheet" in one.accepted for one in cohort.faults)


@pytest.mark.parametrize("mark", ["'{}", '="{}"', "'{}'"])
def test_marks_around_every_cell(mark: str) -> None:
    rows = [
        ["id", "Death", "OS days"],
        *([mark.format(cell) for cell in row] for row in zip(IDS, EVENTS, DAYS, strict=True)),
    ]
    found = cd.open_cohort("\n".join(";".join(row) for row in rows).encode(), "x.csv")
    assert found.questions == ()
    assert sums(found.cohort) == (N, sum(EVENTS), pytest.approx(sum(MONTHS)))
    assert found.cohort is not None
    assert found.cohort.patients["patient_id"].tolist() == IDS
    assert any(one.found.startswith("3 columns with ' or") for one in found.cohort.faults)


def raw(headers: tuple[str, ...], *rows: tuple[object, ...]) -> RawSheet:
    return RawSheet("s", headers, tuple((n + 2, row) for n, row in enumerate(rows)))


def test_a_column_of_which_one_cell_has_none_keeps_its_marks() -> None:
    sheet = raw(("a", "b"), ("'1", "'2"), ("'3", "4"), (None, "'--"))
    found = without_marks(sheet)
    assert [row for _, row in found.rows] == [("1", "'2"), ("3", "4"), (None, "'--")]


def test_the_missing_code_of_a_database_is_no_mark() -> None:
    sheet = raw(("a",), ("'--",), ("'--",))
    assert without_marks(sheet) is sheet


def test_numbers_of_questions_before_headers() -> None:
    file = content(("Q1. Patient number", IDS), ("Q2. Has the patient relapsed?", ["yes" if one else "no" for one in EVENTS]),
                   ("Q3. Time to relapse or last follow-up (months)", MONTHS))  # fmt: skip
    found = cd.open_cohort(file, "x.csv")
    assert found.questions == ()
    assert sums(found.cohort) == (N, sum(EVENTS), pytest.approx(sum(MONTHS)))


@pytest.mark.parametrize(
    "headers",
    [("1. visit", "2. visit", "3. visit"), ("id", "2. CRP", "sex", "age"), ("3. a", "2. b", "1. c"), ("1. a", "2. b")],
)
def test_other_numbers_before_headers_stay(headers: tuple[str, ...]) -> None:
    sheet = raw(headers, tuple(range(len(headers))))
    assert without_marks(sheet).headers == headers


@pytest.mark.parametrize("text", ['{"id": 1, "relapse": 0}\n{"id": 2}', '[{"id": 1}, {"id": 2}]', ' [ {\n "a" : 1}]'])
def test_json_is_refused_by_its_name(text: str) -> None:
    found = cd.open_cohort(text.encode(), "x.csv")
    assert found.cohort is None
    assert "The file is JSON" in found.refusal
