"""Rows and sheets that become a table of patients: which row is none, which rows are one patient's, which sheets are alike."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cdanalysis.reading.headers.layouts import _with_baseline
from cdanalysis.reading.headers.rows import SheetMatch
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows import several_tables
from cdanalysis.reading.rows.header.row_names import are_numbered, as_ids, lacks_first
from cdanalysis.reading.rows.no_patients.arithmetic import LAST_ROWS, is_arithmetic
from cdanalysis.reading.rows.no_patients.others import below_others
from cdanalysis.reading.rows.no_patients.strangers import without_strangers
from cdanalysis.reading.rows.one_row_each import _DAYS, _at_start, changing, put_together, without_times
from cdanalysis.reading.rows.several_rows import one_row
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.unidentified import _tells_apart
from cdanalysis.reading.rows.visit_names import arm_of, week_of
from cdanalysis.reading.rows.visit_rows import with_weeks
from cdanalysis.reading.sheets.arranging import _holds_ids, _with_patients
from cdanalysis.reading.sheets.kinds import Seen
from cdanalysis.reading.sheets.together import are_alike, are_groups, below_each_other, identifiers_alone, n_shared
from cdanalysis.reading.sheets.upright import known_names, upright
from cdanalysis.units import DAYS_PER_MONTH

NAN = float("nan")


def cell(text: str) -> object:
    if text == "_":
        return None
    return float(text) if text.replace(".", "").replace("-", "").isdigit() else text.replace("~", " ")


def sheet(headers: str, *rows: str, name: str = "s") -> RawSheet:
    """Words are cells; `_` an empty one, `~` a blank in one."""
    cells = [tuple(map(cell, row.split())) for row in rows]
    return RawSheet(name, tuple(word.replace("~", " ") for word in headers.split()), tuple(enumerate(cells, 2)))  # type: ignore[arg-type]


# --- Rows that are no patients ----------------------------------------------------------------------------------------

FIVE = ("P1 1 10", "P2 2 20", "P3 3 30", "P4 4 40", "P5 5 50")


def left(*below: str, above: tuple[str, ...] = FIVE, answers: dict[str, str] | None = None) -> tuple[list[object], int]:
    """The first cells that stay, and how many questions were asked."""
    asking = Asking(answers or {})
    table = without_strangers(sheet("id a b", *above, *below), asking)
    return [row[0] for _, row in table.rows[len(above) :]], len(asking.questions)


@pytest.mark.parametrize(
    "row",
    ["Mean 3 30", "Mean~±~SD 3 30", "Total~(n=5) 15 150", "n=5 5 5", "∑ 15 150", "SD 1.58 15.8", "--- --- ---", "id a b",
     "*~of~the~first _ _", "P~=~patient _ _", "values~of~all~patients _ _", "measured: _ _", "Note:~x _ _"],
)  # fmt: skip
def test_a_row_that_is_no_patient_s(row: str) -> None:
    assert left(row) == ([], 0)


def test_a_row_that_may_be_one_is_asked_about() -> None:
    assert left("mean~girl 9 9") == ([], 1)
    assert left("mean~girl 9 9", answers={"rows:s": "a patient each"}) == (["mean girl"], 0)
    assert left("Total yes 9") == ([], 1)
    assert left("XY 9 9") == ([], 1)  # among codes one without a digit
    assert left("XY 9 9", above=FIVE[:3]) == (["XY"], 0)
    assert left("P6 9 9") == (["P6"], 0)


def test_a_statistic_of_the_columns_above_whatever_it_is_called() -> None:
    rows = [(k, (f"P{k}", float(k), 10.0 * k)) for k in range(1, 6)]

    def says(*numbers: float, above: list[tuple[int, tuple[object, ...]]] = rows, after: int = 0) -> bool:  # type: ignore[assignment]
        table = [*above, (99, ("x", *numbers)), *[(100, ("P9", 1.0, 2.0))] * after]
        return is_arithmetic(table, len(above), {})  # type: ignore[arg-type]

    assert says(3, 30)
    assert says(15, 150)
    assert says(1.58, 15.8)
    assert not says(1.57, 15.8)
    assert not says(3, 31)
    assert not says(3, 150)
    assert not says(3)
    assert not says(2.5, 25, above=rows[:4])
    assert says(3, 30, after=LAST_ROWS - 1)
    assert not says(3, 30, after=LAST_ROWS)
    alike = [(k, ("P", float(k), 7.0)) for k in range(1, 6)]
    assert not says(3, 7, above=alike)  # type: ignore[arg-type]
    assert is_arithmetic([*rows, (6, ("P6", 9.0, 9.0)), (99, ("x", 3.0, 30.0))], 6, {"note": [5]})


def test_patients_below_a_heading_of_others() -> None:
    rows: list[tuple[int, tuple[object, ...]]] = [
        (2, ("P1", 1)), (3, ("excluded:", None)), (4, ("P2", 1)), (5, ("P3", None)), (6, ("women", None)), (7, ("P4", 1)),
    ]  # fmt: skip

    def out(answer: str = "", headings: tuple[int, ...] = (1, 4)) -> list[int]:
        asking = Asking({"below:s:excluded": answer} if answer else {})
        return below_others(rows, headings, "s", asking)  # type: ignore[arg-type]

    assert out() == [2]
    assert out("patients of the cohort") == []
    assert out("not of the cohort: left out") == [2]
    assert out(headings=(1,)) == [2, 5]
    assert out(headings=(4,)) == []


# --- A column without a name ------------------------------------------------------------------------------------------


def test_names_of_rows() -> None:
    assert are_numbered([["1"], [2], [" 5"]])
    assert are_numbered([["1"], ["3"], ["2"]])
    assert not are_numbered([["1"], ["1"]])
    assert not are_numbered([["1"], ["x"]])
    assert lacks_first(["a", "b"], [["1", 3, 4], ["2", 3, 4]])
    assert lacks_first(["a", "b"], [["x", 3, 4], ["y", 3, 4]])
    assert not lacks_first(["a", "b"], [["x", 3, 4], ["x", 3, 4]])
    assert not lacks_first(["a", "b"], [["x", 3, None], ["y", 3, None]])
    assert not lacks_first(["a", "b"], [["x", 3], ["y", 3]])
    assert not lacks_first(["a", ""], [["1", 3, 4]])
    assert not lacks_first([], [])
    assert lacks_first(["id", "b"], [["1", "P1", 4], ["2", "P2", 4]])
    assert lacks_first(["id", "b"], [["1", 7, 4], ["2", 7, 4], ["3", 8, 4]])
    assert not lacks_first(["id", "b"], [["1", 7.5, 4], ["2", 8.5, 4]])
    assert not lacks_first(["id", "b"], [["1", 7, 4], ["2", 8, 4], ["3", 7, 4]])
    assert as_ids(["", "b"], [["x", 1], ["y", 2]])
    assert not as_ids(["", "b"], [["x", 1], ["x", 2]])
    assert not as_ids(["", "b"], [[1, 1], [2, 2]])
    assert not as_ids(["", "id"], [["x", 1], ["y", 2]])
    assert not as_ids(["a", "b"], [["x", 1], ["y", 2]])


def test_what_tells_patients_apart() -> None:
    assert _tells_apart(pd.Series(["a", "b"]))
    assert not _tells_apart(pd.Series(["a", "a"]))
    assert not _tells_apart(pd.Series(["a", None]))
    assert _tells_apart(pd.Series([1.0, 2.0]))
    assert not _tells_apart(pd.Series([1.5, 2.0]))
    assert not _tells_apart(pd.Series([1.0, NAN]))


def test_a_table_on_its_side() -> None:
    lying = sheet("name P1 P2 P3", "age 30 40 50", "sex m f m", "CRP 1 2 3")
    turned = upright(lying)
    assert turned.headers == ("patient_id", "age", "sex", "CRP")
    assert [(number, row) for number, row in turned.rows] == [
        (2, ("P1", 30, "m", 1)),
        (3, ("P2", 40, "f", 2)),
        (4, ("P3", 50, "m", 3)),
    ]
    assert upright(sheet("id P1 P2 P3", "age 30 40 50", "sex m f m", "CRP 1 2 3")).headers[0] == "id"
    few_known = sheet("name P1 P2 P3", "age 30 40 50", "sex m f m", "x 1 2 3")
    narrow = sheet("name P1 P2", "age 3 4", "sex m f", "CRP 1 2")
    headed = sheet("name age sex P3", "age 30 40 50", "sex m f m", "CRP 1 2 3")
    for other in (few_known, narrow, headed):
        assert upright(other) == other
    one_known = sheet("name age P2 P3", "age 30 40 50", "sex m f m", "CRP 1 2 3")
    assert upright(one_known).headers[0] == "patient_id"
    assert known_names(["age", "", "sex", "nothing of the kind"]) == 2


# --- Visits by name ---------------------------------------------------------------------------------------------------


def test_the_week_of_a_visit_s_name() -> None:
    assert [week_of(name) for name in ("week 8", "baseline", "month 3", "day 14", "W8", "visit", "week 8 bloods")] == [
        8, 0, pytest.approx(3 * DAYS_PER_MONTH / 7), 2, 8, None, None,
    ]  # fmt: skip
    assert arm_of("week_8_arm_1")[1] == "1"
    assert arm_of("week 8")[1] == ""


def test_names_of_visits_become_weeks() -> None:
    found = with_weeks(sheet("id visit CRP", "A baseline 1", "A week~8 2", "B baseline 3"), Asking())
    assert found.headers == ("id", "week", "CRP")
    assert [row[1] for _, row in found.rows] == [0, 8, 0]
    timed = sheet("id visit week CRP", "A first 0 1")
    assert with_weeks(timed, Asking()) == timed
    nameless = sheet("visit CRP", "baseline 1")
    assert with_weeks(nameless, Asking()) == nameless

    def asked(*rows: str, headers: str = "id visit CRP") -> int:
        asking = Asking()
        with_weeks(sheet(headers, *rows), asking)
        return len(asking.questions)

    assert asked("A first 1", "A second 2", "B first 3") == 1
    assert asked("A first 1", "B first 3") == 0
    assert asked("A first 1", "A first 2") == 0
    assert asked("A first x", "A second y", headers="id visit remark") == 0
    assert asked(*[f"A v{chr(97 + k)} {k}" for k in range(12)]) == 1
    assert asked(*[f"A v{chr(97 + k)} {k}" for k in range(13)]) == 0
    told = with_weeks(sheet("id visit CRP", "A first 1", "A second 2"), Asking({"visits:s:first, second": "0, 8"}))
    assert [row[1] for _, row in told.rows] == [0, 8]


# --- Several rows of a patient ----------------------------------------------------------------------------------------


def test_rows_of_a_patient_by_their_time() -> None:
    table = pd.DataFrame(
        {
            "patient_id": ["A", "A", "A", "B", "B"], "row": [2, 3, 4, 5, 6], "week": [8.0, 0.0, -2.0, 0.0, 8.0],
            "crp_mg_per_l": [3.0, 10.0, 20.0, NAN, 5.0], "age_years": [NAN, 30.0, 30.0, 40.0, 40.0],
            "weight": [60.0, 61.0, 62.0, 70.0, 71.0], "follow_up_months": [1.0, 12.0, 2.0, 6.0, NAN],
        }
    )  # fmt: skip
    found, faults = put_together(table, ["week"])
    by_id = found.set_index("patient_id")
    assert by_id["crp_mg_per_l"].to_dict() == pytest.approx({"A": 10.0, "B": NAN}, nan_ok=True)
    assert by_id["age_years"].to_dict() == {"A": 30, "B": 40}
    assert by_id["weight"].to_dict() == {"A": 61, "B": 70}
    assert by_id["follow_up_months"].to_dict() == {"A": 12, "B": 6}
    assert [one.column for one in faults] == ["weight"]
    assert changing(table, ["age_years", "weight"]) == {"weight"}


def test_the_baseline_is_within_four_weeks_or_the_first_row_where_none_is_before_the_start() -> None:
    early = pd.DataFrame({"patient_id": ["A", "A"], "row": [2, 3], "days": [-28.0, 5.0], "weight": [60.0, 61.0]})
    assert put_together(early, ["days"])[0]["weight"].tolist() == [60]
    assert np.isnan(put_together(early.assign(days=[-29.0, 5.0]), ["days"])[0]["weight"]).all()
    assert put_together(early.assign(days=[9.0, 5.0]), ["days"])[0]["weight"].tolist() == [61]


def test_an_outcome_in_the_rows_of_a_patient() -> None:
    table = pd.DataFrame(
        {
            "patient_id": ["A", "A", "A", "B", "B"], "row": [2, 3, 4, 5, 6], "months": [0.0, 6.0, 12.0, 0.0, 6.0],
            "relapse_event": [0.0, 1.0, 1.0, 0.0, NAN],
        }
    )  # fmt: skip
    found = put_together(table, ["months"])[0].set_index("patient_id")
    assert found["relapse_event"].to_dict() == {"A": 1, "B": 0}
    assert found["relapse_months"].to_dict() == {"A": 6, "B": 0}  # B was not judged at 6 months
    stated = table.assign(relapse_months=[12.0, 5.0, 11.0, 3.0, 6.0])
    found = put_together(stated, ["months"])[0].set_index("patient_id")
    assert found["relapse_months"].to_dict() == {"A": 5, "B": 6}


def test_rows_that_complete_each_other() -> None:
    table = pd.DataFrame(
        {"patient_id": ["A", "A", "B"], "row": [2, 3, 4], "age": [30.0, NAN, 40.0], "sex": [None, "m", "f"]}
    )
    found, faults = without_times(table)
    assert found[["patient_id", "age", "sex"]].to_numpy().tolist() == [["A", 30, "m"], ["B", 40, "f"]]
    assert [one.found for one in faults] == ["rows of one patient put together: 3 rows of 2 patients"]
    other = table.assign(age=[30.0, 31.0, 40.0])
    assert without_times(other)[0] is other
    twice = table.assign(age=[30.0, 30.0, 40.0], sex=["m", "m", "f"])
    assert without_times(twice)[0] is twice


def test_what_a_row_is_where_many_patients_have_several() -> None:
    table = pd.DataFrame(
        {"patient_id": list("AABBCC"), "row": range(2, 8), "x": np.arange(1.0, 7), "y": [1.0, 1, 2, 2, 3, 3]}
    )

    def values(answer: str) -> list[list[object]]:
        found, _ = one_row(table, Asking({"repeated:patients": answer} if answer else {}))
        return found[["patient_id", "x"]].to_numpy().tolist()

    assert values("the first row of each patient counts") == [["A", 1], ["B", 3], ["C", 5]]
    assert values("the last row of each patient counts") == [["A", 2], ["B", 4], ["C", 6]]
    assert values("each row is a patient of its own")[:4] == [["A (1)", 1], ["A (2)", 2], ["B (1)", 3], ["B (2)", 4]]
    left_out, faults = one_row(table, Asking())
    assert left_out["x"].isna().all()
    assert left_out["y"].tolist() == [1, 2, 3]
    assert len(faults) == 1


# --- Sheets of one kind -----------------------------------------------------------------------------------------------


def test_sheets_that_have_the_same_columns_but_for_a_few() -> None:
    base = sheet("id age sex CRP ward")
    assert are_alike(base, sheet("ward CRP sex age id"))
    assert are_alike(base, sheet("id age sex CRP other"))
    assert not are_alike(base, sheet("id age sex other further"))
    assert are_alike(sheet("id age"), base)
    assert not are_alike(sheet("id"), base)
    assert are_alike(sheet("id CRP~(mg/L)"), sheet("id CRP~(mg/dL)"))
    assert n_shared(base, sheet("id age nothing")) == 2


def test_the_rows_of_several_sheets_below_each_other() -> None:
    first, second = sheet("id age CRP~(mg/L)", "A 30 5", name="one"), sheet("CRP~(mg/dL) id", "2 B", name="two")
    found = below_each_other("patients", [(0, first), (1, second)], named=True)
    assert found.headers == ("id", "age", "CRP (mg/L)", "sheet")
    assert [row for _, row in found.rows] == [("A", 30, 5, "one"), ("B", None, "2.0 mg/dL", "two")]
    assert found.faults[-1].found == "rows of several sheets put together: 1 of one and 1 of two"
    years = below_each_other(
        "patients", [(0, sheet("id", "A", name="2019")), (1, sheet("id", "B", name="2020"))], named=True
    )
    assert [row[-1] for _, row in years.rows] == ["sheet 2019", "sheet 2020"]
    assert identifiers_alone(years) == {number for number, _ in years.rows}
    assert identifiers_alone(sheet("id age", "A 1", "B _")) == {3}


def test_whether_the_names_of_sheets_tell_groups() -> None:
    def groups(*names: str) -> bool:
        return are_groups([sheet("id", name=name) for name in names])

    assert groups("women", "men")
    assert not groups("patients", "patients (2)")
    assert not groups("Sheet1", "Sheet2")
    assert groups("Sheet1", "men")
    assert not groups("men", "Men copy")


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        ({"A": [-29, -28, -1, 0, 1], "B": [1, 2]}, [("A", -28), ("A", -1), ("A", 0)]),
        (
            {"A": [3, 1, 1], "B": [2, 5]},
            [("A", 1), ("A", 1), ("B", 2)],
        ),  # nobody has a row up to day 0: each one's first
        ({"A": [0.5, 1], "B": [0.25]}, [("A", 0.5), ("B", 0.25)]),
        ({"A": [0, 0.5], "B": [1]}, [("A", 0)]),
    ],
)
def test_the_rows_of_the_baseline(rows: dict[str, list[float]], kept: list[tuple[str, float]]) -> None:
    table = pd.DataFrame([(one, day) for one, days in rows.items() for day in days], columns=["patient_id", _DAYS])
    assert list(_at_start(table.astype({_DAYS: float})).itertuples(index=False, name=None)) == kept


def test_a_row_without_a_time_is_of_the_baseline_and_comes_before_the_others() -> None:
    table = pd.DataFrame({"patient_id": ["A", "A", "A"], _DAYS: [-3.0, 9.0, np.nan], "row": [1, 2, 3]})
    assert _at_start(table)["row"].tolist() == [3, 1]


# --- Visits and the patients they tell of -----------------------------------------------------------------------------


def test_what_was_measured_at_week_0_is_the_patients_own_where_no_column_says_it() -> None:
    wide = [("crp", 0.0), ("crp", 1.0), ("esr", 0.0), ("esr", 8.0), ("cdai", 1.0)]
    table = pd.DataFrame([[f"P{n}", 5.0, *(10.0 * n + k for k in range(5))] for n in range(2)])
    table.columns = pd.Index(["patient_id", "esr", *wide], tupleize_cols=False)
    found = _with_baseline(table, wide)
    assert found["crp"].tolist() == [0, 10]
    assert found["esr"].tolist() == [5, 5]  # its own column
    assert "cdai" not in found


def test_the_sheet_of_visits_tells_who_the_patients_are_where_no_other_does() -> None:
    def sheets(*kinds: str) -> list[str]:
        table = RawSheet("x", ("id",), ((2, ("P1",)),))
        found = [Seen(table, SheetMatch(kind, kind, "exact name")) for kind in kinds]
        return [one.match.sheet for one in _with_patients(found)]

    assert sheets("visits", "events") == ["patients", "events"]
    assert sheets("events", "visits", "visits") == ["events", "patients", "patients"]
    assert sheets("visits", "patients") == ["visits", "patients"]
    assert sheets("events") == ["events"]


def test_initials_that_are_a_statistic_s_letters_are_asked_about() -> None:
    initials = ("AB 1 10", "CD 2 20", "EF 3 30", "GH 4 40")
    assert left("SD 9 9", above=initials) == ([], 1)
    assert left("SD 9 9", above=initials, answers={"rows:s": "a patient each"}) == (["SD"], 0)
    assert left("SD 1.58 15.8") == ([], 0)  # among codes it is none


def test_columns_beside_the_table_are_named_as_far_as_there_is_room() -> None:
    wide = RawSheet("s", ("id", *"abcdefg"), ())
    names = several_tables.MOST_NAMED
    assert several_tables._said(wide, range(1, 1 + names)).found.endswith("left out: " + ", ".join("abcdefg"[:names]))
    assert several_tables._said(wide, range(1, 2 + names)).found.endswith(", ".join("abcdefg"[:names]) + " …")


@pytest.mark.parametrize(
    ("first", "are"), [("P1 P2 x y", True), ("P1 x y z", False), ("P1 _ _ P2", True), ("_ _", False)]
)
def test_a_sheet_holds_ids_where_half_of_its_first_cells_are(first: str, are: bool) -> None:
    table = sheet("what", *first.split())
    assert _holds_ids(table, {"P1", "P2", "P3"}) is are


def test_a_name_is_known_as_often_as_is_asked() -> None:
    assert known_names(["age", "sex", "crp"], 2) == 2
    assert known_names(["age", "nothing"], 2) == 1
    wide = sheet("x1 x2 x3 x4", *(f"{name} 1 2 3" for name in ("age", "sex", "crp")), "zzz 1 2 3")
    assert upright(wide).headers == ("patient_id", "age", "sex", "crp", "zzz")
    assert (
        upright(sheet("x1 x2 x3 x4", "age 1 2 3", "sex 1 2 3", *(f"z{k} 1 2 3" for k in range(5)))).headers[0] == "x1"
    )
