"""A second table with one row per patient -> further columns of the first, joined by the patients' ids; what differs is said."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import FLAT_OUTCOMES
from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.cells.cells import folded, shown
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.questions import Asking, question_id
from cdanalysis.reading.rows.no_patients.others import LEFT_OUT, OF_THE_COHORT
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.sheets.ids import loosened, translated
from cdanalysis.reading.sheets.kinds import Seen
from cdanalysis.reading.sheets.origins import numbered
from cdanalysis.reading.sheets.together import Key, keys
from cdanalysis.reading.warned import counted, warned
from cdanalysis.results import Fault

FOLLOWED = {spec.name for spec in FLAT_OUTCOMES} | {"follow_up_months", "follow_up_days", "last_follow_up_date"}
MOST_NAMED = 5


def joined(base: Seen, other: Seen, place: int, asking: Asking) -> Seen:
    """The base with the columns of the other sheet, the file's sheet at `place`, in the rows of the same patients."""
    name = other.table.name
    same, faults = translated((one for one in base.ids if one), (one for one in other.ids if one), name, asking)
    by_id = {same.get(one, one): row for one, (_, row) in zip(other.ids, other.table.rows, strict=True) if one}
    proposed = {loosened(one) for one in base.ids if one}  # asked about already
    unknown = [one for one in by_id if one not in set(base.ids) and loosened(one) not in proposed]
    if len(unknown) == len(by_id) and question_id("ids", name, "") in asking.asked:
        unknown = []
    kept = unknown if unknown and _are_of_the_cohort(base, other, len(unknown), asking) else []
    shared, added = _columns(base.table, other.table)
    table, differing = _filled(base, other, by_id, shared)
    rows = [
        (number, (*row[: len(base.table.headers)], *_cells(by_id.get(one), added), *row[len(base.table.headers) :]))
        for one, (number, row) in zip(base.ids, table.rows, strict=True)
    ]
    numbers = {same.get(one, one): number for one, (number, _) in zip(other.ids, other.table.rows, strict=True)}
    rows += [(numbered(numbers[one], place), _alone(by_id[one], base, other, shared, added)) for one in kept]
    headers = (*base.table.headers, *_names(base.table, [other.table.headers[at] for at in added], name))
    said = _said(base, other, differing, [len(set(by_id) & set(base.ids)), len(unknown), len(kept)])
    table = replace(
        base.table, headers=headers, rows=tuple(rows), faults=(*base.table.faults, *other.table.faults, *faults, *said)
    )
    return replace(base, table=table)


def _are_of_the_cohort(base: Seen, other: Seen, n: int, asking: Asking) -> bool:
    """Whether patients of the other sheet alone belong to the cohort: as answered, else if that sheet follows them up."""
    name = other.table.name
    columns = {row.column for row in match_headers("patients", other.table.headers, flat=True)}
    followed = bool(columns & FOLLOWED)
    until = "kept until then, because it holds their follow-up" if followed else "left out until then"
    text = f"{counted(n, 'patient')} of {name} not in {base.table.name}: of the cohort too?"
    evidence = f"{n} of {counted(len(other.ids), 'patient')} of {name}; {until}"
    answer = asking.ask("patients", name, "", text, (OF_THE_COHORT, LEFT_OUT), evidence)
    return followed if answer is None else answer == OF_THE_COHORT


def _columns(base: RawSheet, other: RawSheet) -> tuple[dict[int, int], list[int]]:
    """Of the other's columns: those that the base has too (place -> place in the base), and the places of the rest."""
    at: dict[Key, int] = {key: place for place, key in enumerate(keys("patients", base))}
    theirs = keys("patients", other)
    shared = {place: at[key] for place, key in enumerate(theirs) if key in at}
    return shared, [place for place in range(len(theirs)) if place not in shared and other.headers[place]]


def _filled(
    base: Seen, other: Seen, by_id: Mapping[str, Sequence[Cell]], shared: Mapping[int, int]
) -> tuple[RawSheet, dict[str, list[int]]]:
    """The base with its empty cells of shared columns filled, and the rows of each shared column that differ."""
    differing: dict[str, list[int]] = {}
    rows = []
    for one, (number, row) in zip(base.ids, base.table.rows, strict=True):
        cells, theirs = list(row), by_id.get(one, ())
        for place, at in shared.items() if theirs else ():
            if cells[at] is None:
                cells[at] = theirs[place]
            elif theirs[place] is not None and not _is_same(cells[at], theirs[place]) and place != other.id_place:
                differing.setdefault(base.table.headers[at], []).append(number)
        rows.append((number, tuple(cells)))
    return replace(base.table, rows=tuple(rows)), differing


def agreement(base: Seen, other: Seen) -> float:
    """The share of the cells, of the patients and columns that both have, that are the same; 1.0 where there is none."""
    shared, _ = _columns(base.table, other.table)
    theirs = {loosened(one): row for one, (_, row) in zip(other.ids, other.table.rows, strict=True) if one}
    pairs = [
        (row[at], theirs[loosened(one)][place])
        for one, (_, row) in zip(base.ids, base.table.rows, strict=True)
        if one and loosened(one) in theirs
        for place, at in shared.items()
        if place != other.id_place
    ]
    held = [_is_same(one, another) for one, another in pairs if one is not None and another is not None]
    return sum(held) / len(held) if held else 1.0


def _is_same(one: Cell, other: Cell) -> bool:
    if one == other or folded(shown(one)) == folded(shown(other)):
        return True
    try:
        return float(str(one)) == float(str(other))
    except ValueError:
        return False


def _cells(row: Sequence[Cell] | None, added: Sequence[int]) -> list[Cell]:
    return [None] * len(added) if row is None else [row[place] for place in added]


def _alone(
    row: Sequence[Cell], base: Seen, other: Seen, shared: Mapping[int, int], added: Sequence[int]
) -> tuple[Cell, ...]:
    """The row of a patient whom only the other sheet has."""
    mine: list[Cell] = [None] * len(base.table.headers)
    for place, at in shared.items():
        mine[at] = row[place]
    if base.id_place is not None and other.id_place is not None:
        mine[base.id_place] = row[other.id_place]
    return (*mine, *_cells(row, added))


def _names(base: RawSheet, headers: Sequence[str], name: str) -> list[str]:
    """The headers of the further columns, told apart from the base's own."""
    return [f"{header} ({name})" if header in base.headers else header for header in headers]


def _said(base: Seen, other: Seen, differing: Mapping[str, Sequence[int]], counts: Sequence[int]) -> list[Fault]:
    """counts: the patients of both sheets, those of the other alone, and how many of these are kept."""
    name, first = other.table.name, base.table.name
    both, unknown, kept = counts
    alone = len(set(base.ids) - {""}) - both
    told = (
        f"the columns of {name} joined to {first} by the patients' ids: {counted(both, 'patient')} in both, "
        f"{alone} in {first} only, {unknown} in {name} only"
    )
    faults = [warned("patients", told, "one row per patient in one sheet")]
    gone = len(set(other.ids) - {""}) - both - kept
    if gone:
        gone = f"{counted(gone, 'patient')} not in {first}, left out"
        faults.append(warned(name, gone, f"patients of {first}, or an answer", column="patient_id"))
    same = "the same value in both sheets"
    return faults + [
        warned(
            "patients",
            f"{len(rows)} × another value in {name}; that of {first} is used",
            same,
            column=header,
            row=rows[0],
        )
        for header, rows in differing.items()
    ]
