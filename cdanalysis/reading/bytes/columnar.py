"""Parquet -> one sheet of cells, by pyarrow; runs in the child process.

A register's own format: a million patients take a few megabytes. How many rows and columns there are stands in the file's end
and is looked at before a cell is read; cells are then read and told some rows at a time.
"""

import os
from collections.abc import Iterator
from itertools import chain
from typing import Any

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.budget import check_table

ROWS_AT_ONCE = 4_096
DAMAGED = "This is a Parquet file that is damaged or of a kind that cannot be read."
NESTED = (
    "The column {name} of the Parquet file holds lists, records or bytes: keep columns of numbers, texts and dates."
)


def read_parquet(_kind: str, content: bytes) -> Iterator[tuple[dict[str, object], Iterator[tuple[int, list[object]]]]]:
    """One sheet: what is said of it, and its rows; the header is row 1, as where the table is saved as text."""
    os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"  # its own reserves more memory than the child may have
    import pyarrow
    from pyarrow.parquet import ParquetFile

    pyarrow.set_cpu_count(1)
    try:
        file = ParquetFile(pyarrow.BufferReader(content))
        names, kinds = file.schema_arrow.names, file.schema_arrow.types
    except (pyarrow.ArrowException, OSError) as error:
        raise CohortError(DAMAGED) from error
    check_table(file.metadata.num_rows, file.metadata.num_columns)
    for name, kind in zip(names, kinds, strict=True):
        if pyarrow.types.is_nested(kind) or "binary" in str(kind):
            raise CohortError(NESTED.format(name=name))
    about: dict[str, object] = {"name": "table", "visible": True, "merged": [], "lost": []}
    yield about, chain([(1, [*names])], _rows(file))


def _rows(file: Any) -> Iterator[tuple[int, list[object]]]:
    """Each row under its number, of a `ParquetFile`."""
    import pyarrow

    number = 1
    try:
        for batch in file.iter_batches(ROWS_AT_ONCE, use_threads=False):
            for row in zip(*map(_cells, batch.columns), strict=True):
                yield (number := number + 1), list(row)
    except (pyarrow.ArrowException, OSError) as error:
        raise CohortError(DAMAGED) from error


def _cells(column: Any) -> list[object]:
    """A column's cells as a spreadsheet would hold them: no NaN, no finer time than a microsecond, no time zone."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_float32(kind) or pyarrow.types.is_float16(kind):  # 0.1, not 0.10000000149
        texts = column.to_numpy(zero_copy_only=False).astype(str)
        return [None if text == "nan" else float(text) for text in texts.tolist()]
    if pyarrow.types.is_timestamp(kind):
        found = column.cast(pyarrow.timestamp("us", kind.tz), safe=False).to_pylist()
        return [None if value is None else value.replace(tzinfo=None) for value in found]
    if pyarrow.types.is_duration(kind):
        column = column.cast(pyarrow.duration("us"), safe=False)
    return [value if value == value else None for value in column.to_pylist()]
