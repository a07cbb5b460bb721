"""What was read of a file, as tables: its first rows, and how each column was understood, to be corrected."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.reading.bytes.text.text_preview import TextPreview
from cdanalysis.reading.headers.understanding import ColumnLook

HEADER, VALUES, HOLDS, COLUMN, UNIT, WEEK, HOW, NOTE = (
    "Header in the file", "Values", "Holds", "Understood as", "Unit in the file", "Week", "How", "Note",
)  # fmt: skip
EDITED = (COLUMN, UNIT, WEEK)


def columns_to_correct(looks: Sequence[ColumnLook], chosen: Sequence[str]) -> pd.DataFrame:
    """One line per column of a sheet: its header, a few values and what they are, and how it was understood."""
    lines = []
    for look, choice in zip(looks, chosen, strict=True):
        own = look.match
        lines.append((own.header, look.values, look.holds, choice, own.unit, own.week, own.how, own.note))
    frame = pd.DataFrame(lines, columns=[HEADER, VALUES, HOLDS, COLUMN, UNIT, WEEK, HOW, NOTE], dtype=object)
    return frame.astype({WEEK: float})


def preview_table(preview: TextPreview) -> pd.DataFrame:
    """One line per row, a column a header; headers that stand there twice are told apart by their place."""
    names = [
        header if header and preview.headers.count(header) == 1 else f"{header} (column {place})".strip()
        for place, header in enumerate(preview.headers, 1)
    ]
    return pd.DataFrame(list(preview.rows), columns=names, dtype=object)
