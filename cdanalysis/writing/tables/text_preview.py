"""The first rows of a text file as a form reads them."""

import pandas as pd

from cdanalysis.reading.bytes.text_preview import TextPreview


def preview_table(preview: TextPreview) -> pd.DataFrame:
    """One line per row, a column a header; headers that stand there twice are told apart by their place."""
    names = [
        header if header and preview.headers.count(header) == 1 else f"{header} (column {place})".strip()
        for place, header in enumerate(preview.headers, 1)
    ]
    return pd.DataFrame(list(preview.rows), columns=names, dtype=object)
