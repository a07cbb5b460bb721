"""What the columns of a sheet may be called: an index from words to columns, made once of the dictionary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import ALSO_AT_VISITS, COLUMNS, FLAT_OUTCOMES
from cdanalysis.reading.headers.units.stated_units import spelled
from cdanalysis.reading.headers.units.unit_words import DAYS_PER


def specs_of(sheet: str, *, flat: bool) -> tuple[ColumnSpec, ...]:
    """The columns a sheet may hold; a flat table of patients those of their outcomes and of visits too."""
    return flat_specs() if flat and sheet == "patients" else COLUMNS[sheet]


def flat_specs() -> tuple[ColumnSpec, ...]:
    """What a table with one row per patient, or one row per visit, may hold."""
    known = {spec.name for spec in COLUMNS["patients"]}
    return (*COLUMNS["patients"], *FLAT_OUTCOMES, *(spec for spec in COLUMNS["visits"] if spec.name not in known))


# What a column may be called where a unit of its own stands beside: `PCR` without one is a test for genes.
WITH_UNIT = {"crp_mg_per_l": ("pcr",), "calprotectin": ("fc", "calpro", "calp")}


@dataclass(frozen=True)
class Names:
    """What columns may be called: exactly, by a synonym, and a duration without its unit; spelled: all of each column."""

    exact: Mapping[str, Sequence[ColumnSpec]]
    synonyms: Mapping[str, Sequence[ColumnSpec]]
    stems: Mapping[str, Sequence[ColumnSpec]]
    spelled: Sequence[tuple[str, tuple[str, ...]]]

    @property
    def lasting(self) -> frozenset[str]:
        """The columns of durations and of dates, of which none is a state at the baseline."""
        every = (spec for specs in self.exact.values() for spec in specs)
        return frozenset(spec.name for spec in every if spec.kind == "date" or spec.unit in DAYS_PER)

    @property
    def names(self) -> frozenset[str]:
        """The columns' own names."""
        return frozenset(name for name, _ in self.spelled)


@cache
def names_of(sheet: str, flat: bool) -> Names:
    """The names of the columns that a sheet may hold."""
    return _names(specs_of(sheet, flat=flat))


def _names(specs: Sequence[ColumnSpec]) -> Names:
    found: tuple[dict[str, list[ColumnSpec]], ...] = ({}, {}, {})
    for spec in specs:
        name, *synonyms = spelled(spec)
        for names, words in zip(
            found, ([name], synonyms, [_stem(spec, name), *WITH_UNIT.get(spec.name, ())]), strict=True
        ):
            for word in filter(None, words):
                names.setdefault(word, []).append(spec)
    return Names(*found, [(spec.name, spelled(spec)) for spec in specs])


def _stem(spec: ColumnSpec, name: str) -> str:
    """The name of a duration without its unit: `follow up` of follow_up_months, to which another unit may be put."""
    return name.removeprefix(f"{spec.unit} ").removesuffix(f" {spec.unit}") if spec.unit in DAYS_PER else ""


MEASURED_AT_VISITS = _names(
    [
        spec
        for spec in COLUMNS["visits"]
        if spec.kind == "number" and spec.name not in ("week", "months", "days", *ALSO_AT_VISITS)
    ]
)
