"""A Parquet file is read as the same table saved as text is, in the child process, under the same limits."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import cdanalysis as cd
from cdanalysis.reading.bytes.files import Cell, read_file

N = 5_000  # more rows than are read at once


def parquet(**columns: object) -> bytes:
    """A file of these columns."""
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def test_it_is_the_cohort_of_the_same_table_as_text() -> None:
    dice = np.random.default_rng(4)
    crp, months = dice.uniform(0.5, 60, N).round(1), dice.uniform(0.5, 60, N).round(1)
    sexes, relapsed = np.array(["male", "female"])[dice.integers(0, 2, N)], dice.integers(0, 2, N)
    columns = {
        "patient_id": [f"P{place}" for place in range(N)],
        "sex": pa.array(sexes).dictionary_encode(),
        "crp_mg_per_l": pa.array(crp, pa.float32(), mask=np.arange(N) == 7),
        "relapse_months": [Decimal(f"{one:.1f}") for one in months],
        "relapse_event": relapsed.astype(bool),
    }
    lines = [
        f"P{place},{sexes[place]},{'' if place == 7 else crp[place]},{months[place]},{str(bool(relapsed[place])).lower()}"
        for place in range(N)
    ]
    text = cd.read_cohort("\n".join([",".join(columns), *lines]).encode(), file_name="register.csv")
    binary = cd.read_cohort(parquet(**columns), file_name="register.parquet")
    assert len(binary.patients) == N
    assert binary.patients.equals(text.patients)
    assert binary.outcomes.keys() == text.outcomes.keys()
    assert [fault.found for fault in binary.faults] == [fault.found for fault in text.faults]


def cells(*values: object, kind: pa.DataType | None = None) -> list[Cell]:
    """What a column of these values is read as."""
    (sheet,) = read_file(
        parquet(patient_id=[f"P{place}" for place in range(len(values))], x=pa.array(values, kind))
    ).sheets
    assert [number for number, _ in sheet.rows] == [*range(2, len(values) + 2)]
    return [row[1] for _, row in sheet.rows]


def test_every_kind_of_cell_is_what_a_spreadsheet_would_hold() -> None:
    evening = datetime(2024, 3, 31, 23, 30)
    assert cells(0.1, float("nan"), None, kind=pa.float32()) == [0.1, None, None]
    assert cells(0.1, float("nan")) == [0.1, None]
    assert cells(True, None) == [True, None]
    assert cells("007", "") == ["007", None]
    assert cells(evening, kind=pa.timestamp("ns")) == [evening]
    # The day at the place where it was written, whatever day that was in Greenwich.
    there = evening.replace(tzinfo=ZoneInfo("America/New_York"))
    assert cells(there, kind=pa.timestamp("us", "America/New_York")) == [evening]
    assert cells(evening.date()) == [evening.date()]
    assert cells(timedelta(days=3), kind=pa.duration("ns")) == [timedelta(days=3)]


@pytest.mark.parametrize("column", [[[1, 2]], [{"a": 1}], [b"x"]])
def test_a_column_that_is_no_column_of_cells_is_named(column: list[object]) -> None:
    with pytest.raises(cd.CohortError, match="The column labs of the Parquet file holds lists, records or bytes"):
        read_file(parquet(patient_id=["P1"], labs=column))


def test_too_many_columns_are_refused_by_what_the_files_end_says() -> None:
    wide = parquet(**{f"c{place}": [1] for place in range(703)})
    with pytest.raises(cd.CohortError, match="1 rows and 703 columns"):
        read_file(wide)


@pytest.mark.parametrize("cut", [4, 60, -200])
def test_a_damaged_file_is_a_sentence(cut: int) -> None:
    with pytest.raises(cd.CohortError, match="Parquet file that is damaged"):
        read_file(parquet(patient_id=["P1", "P2"], crp=[1, 2])[:cut])


def test_a_text_that_is_repeated_a_million_times_is_refused() -> None:
    """A dictionary holds it once, and a file of a few kilobytes would fill the memory of the server."""
    text = pa.DictionaryArray.from_arrays(np.zeros(20_000, "int32"), ["x" * 30_000])
    with pytest.raises(cd.CohortError, match=r"more than 100 MB of text|ran out of memory"):
        read_file(parquet(patient_id=[f"P{place}" for place in range(20_000)], note=text))
