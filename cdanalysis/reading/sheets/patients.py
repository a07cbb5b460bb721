"""All sheets of patients -> one table: those with the same columns below each other, the others joined by the ids.

The same ids with other values in two sheets are the same patients seen twice or other patients numbered anew: asked.
"""

from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.reading.headers.matching import NOT_MATCHED, SheetMatch
from cdanalysis.reading.headers.sheet_names import match_sheet
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.rows.no_patients.others import LEFT_OUT, OF_THE_COHORT, are_of_others
from cdanalysis.reading.rows.shape import RawSheet
from cdanalysis.reading.rows.visit_names import week_of
from cdanalysis.reading.rows.visit_rows import WEEK
from cdanalysis.reading.sheets.ids import loosened, numbers_of
from cdanalysis.reading.sheets.joined import agreement, joined
from cdanalysis.reading.sheets.kinds import Seen
from cdanalysis.reading.sheets.together import are_alike, are_groups, below_each_other, n_shared
from cdanalysis.reading.warned import warned

LEAST_SHARED = 2  # columns, the ids among them, of a sheet that may hold more patients
MANY = 0.5  # of the ids of the smaller sheet: then two sheets hold the same ids
NEARLY_ALL = 0.8  # of the other sheet's ids, where these differ in the letters before a number
LEAST_AGREEING = 0.8  # of the cells that both sheets have of a patient
SAME, OTHERS = "the same patients", "other patients, numbered anew"
Numbered = tuple[int, Seen]


class Patients:
    """The patients of a file: `table`, and `out`: the match of each sheet that is left out."""

    def __init__(self, sheets: Sequence[Numbered], asking: Asking) -> None:
        self.asking = asking
        self.out: dict[int, SheetMatch] = {}
        (first, base), *others = sorted(sheets, key=lambda one: _comes_later(one[1]))
        if others and _are_visits([base, *(other for _, other in others)]):
            self.table = below_each_other("patients", [(place, _of_week(one)) for place, one in sheets])
            return
        more = [(place, other) for place, other in others if self._is_more(base, other)]
        if more:
            base = self._below_each_other([(first, base), *more])
        for place, other in others:
            if (place, other) not in more:
                base = self._joined(base, place, other)
        self.table = base.table

    def _is_more(self, base: Seen, other: Seen) -> bool:
        """Whether a sheet holds more patients of the same cohort: the same columns and other ids, or other patients' ids."""
        if not are_alike(base.table, other.table):
            return self._is_more_by_answer(base, other)
        others = _overlap(base, other) < MANY or (self._differs(base, other) and self._answer(base, other) == OTHERS)
        return others and self._is_of_the_cohort(other.table.name)

    def _is_more_by_answer(self, base: Seen, other: Seen) -> bool:
        """Whether a sheet of other ids, with some of the columns, holds more patients: as the reader says."""
        shared = n_shared(base.table, other.table)
        known = _overlap(base, other) >= MANY or _overlap_of_numbers(base, other) >= NEARLY_ALL
        if not other.is_by_patient or known or shared < LEAST_SHARED:
            return False
        name, first, n = other.table.name, base.table.name, len(other.table.rows)
        text = (
            f"The {n} rows of {name} have other ids than {first}, and {shared} of its columns. Are they of the cohort?"
        )
        evidence = "left out until then"
        return self.asking.ask("patients", name, "", text, (OF_THE_COHORT, LEFT_OUT), evidence) == OF_THE_COHORT

    def _is_of_the_cohort(self, name: str) -> bool:
        """Whether a sheet named `excluded` or `controls` holds patients of the cohort: as answered."""
        if not are_of_others(name):
            return True
        text, options = f"Are the patients of the sheet {name} of the cohort?", (OF_THE_COHORT, LEFT_OUT)
        return self.asking.ask("patients", name, "", text, options, "left out until then") == OF_THE_COHORT

    def _joined(self, base: Seen, place: int, other: Seen) -> Seen:
        if not other.is_by_patient:
            return self._left_out(base, place, other, "several rows per patient and no time")
        if _overlap(base, other) < MANY and _overlap_of_numbers(base, other) < NEARLY_ALL:
            return self._left_out(base, place, other, f"its ids are not those of {base.table.name}")
        if self._differs(base, other) and self._answer(base, other) != SAME:
            return self._left_out(base, place, other, f"the ids of {base.table.name} with other values")
        return joined(base, other, place, self.asking)

    def _differs(self, base: Seen, other: Seen) -> bool:
        return agreement(base, other) < LEAST_AGREEING

    def _answer(self, base: Seen, other: Seen) -> str | None:
        name, first = other.table.name, base.table.name
        return self.asking.ask(
            "same",
            name,
            "",
            f"{first} and {name} have the same ids with other values. Are they the same patients?",
            (SAME, OTHERS),
            f"of the values that both have, {agreement(base, other):.0%} are the same",
        )

    def _left_out(self, base: Seen, place: int, other: Seen, why: str) -> Seen:
        self.out[place] = SheetMatch(other.match.name, "", NOT_MATCHED, why)
        return base

    def _below_each_other(self, sheets: Sequence[Numbered]) -> Seen:
        seen = [one for _, one in sheets]
        if any(_overlap(seen[0], one) >= MANY for one in seen[1:]):
            seen = [_numbered_anew(one) for one in seen]
        tables = [(place, one.table) for (place, _), one in zip(sheets, seen, strict=True)]
        table = below_each_other("patients", tables, named=are_groups([one.table for one in seen]))
        return replace(seen[0], table=table)


def _comes_later(one: Seen) -> tuple[bool, bool, bool]:
    """The order in which sheets may be the one that the others are put to: by their names, whoever decided what they are."""
    name = one.table.name
    return normalised(name) != "patients", match_sheet(name) != "patients", are_of_others(name)


def _overlap(one: Seen, other: Seen) -> float:
    """The share of the ids of the smaller sheet that the other has, however they are written."""
    mine, theirs = ({loosened(identity) for identity in seen.ids if identity} for seen in (one, other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _overlap_of_numbers(one: Seen, other: Seen) -> float:
    """As `_overlap`, of the numbers of ids that differ in the letters before them, but for a sheet named as one of others."""
    if are_of_others(other.table.name):
        return 0.0
    mine, theirs = (set(numbers_of(filter(None, seen.ids)).values()) for seen in (one, other))
    return len(mine & theirs) / max(1, len(theirs))


def _are_visits(sheets: Sequence[Seen]) -> bool:
    """Whether the sheets are named by visits and hold the same patients with the same columns."""
    first, *others = sheets
    if any(week_of(one.table.name) is None for one in sheets):
        return False
    return all(are_alike(first.table, one.table) and _overlap(first, one) >= MANY for one in others)


def _of_week(one: Seen) -> RawSheet:
    """The table with the week that its name says as a column."""
    week, width = week_of(one.table.name), len(one.table.headers)
    rows = tuple((number, (*row[:width], week, *row[width:])) for number, row in one.table.rows)
    said = warned(one.table.name, f"the name of the sheet read as week {week:.4g}", "a week, a month or a date")
    return replace(
        one.table, headers=(*one.table.headers, WEEK), rows=rows, faults=(*one.table.faults, said), labels=()
    )


def _numbered_anew(one: Seen) -> Seen:
    """The sheet with its name before each id, which is another patient in another sheet."""
    name, place = one.table.name, one.id_place
    ids = tuple(identity and f"{name} {identity}" for identity in one.ids)
    rows = tuple(
        (number, tuple(new or None if at == place else cell for at, cell in enumerate(row)))
        for new, (number, row) in zip(ids, one.table.rows, strict=True)
    )
    return replace(one, table=replace(one.table, rows=rows))
