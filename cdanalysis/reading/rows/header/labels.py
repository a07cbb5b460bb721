"""Variable labels of SPSS, Stata and SAS: the label is the header where the variable's own name says less."""

from collections import Counter
from dataclasses import replace

from cdanalysis.reading.headers.matching import RANKS, MatchRow, match_headers
from cdanalysis.reading.rows.shape import RawSheet


def with_labels(table: RawSheet) -> RawSheet:
    """The table headed by its labels; `labels` are then the variables' names, empty where the name is the header itself.

    A name stays that is the dictionary's, or a synonym of it, where the label is not; and one that is the dictionary's own code
    of several words (`follow_up_months`), which says more than any label.
    """
    if not any(table.labels):
        return table
    by_name, by_label = (match_headers("patients", texts, flat=True) for texts in (table.headers, table.labels))
    often = Counter(table.labels)
    headers, names = [], []
    for name, label, mine, other in zip(table.headers, table.labels, by_name, by_label, strict=True):
        named = not label or _is_code(mine) or (_is_known(mine) and not _is_known(other)) or often[label] > 1
        headers.append(name if named else label)
        names.append("" if named else name)
    return replace(table, headers=tuple(headers), labels=tuple(names))


def _is_code(row: MatchRow) -> bool:
    return row.header == row.column and "_" in row.column


def _is_known(row: MatchRow) -> bool:
    return bool(row.column) and row.how in RANKS
