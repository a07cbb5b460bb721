"""What is derived from the settings' rows: choices, bounds, and which settings decide what."""

from dataclasses import fields

from cdanalysis.settings.of_index import LEVELS
from cdanalysis.settings.rows import Row, row_of
from cdanalysis.settings.settings import Settings

ROWS: dict[str, Row] = {field.name: row_of(field) for field in fields(Settings)}
CHOICES: dict[str, tuple[str, ...]] = {name: tuple(row.choices) for name, row in ROWS.items() if row.choices}
BOUNDS: dict[str, tuple[float, float]] = {name: row.bounds for name, row in ROWS.items() if row.bounds} | {
    name: Settings().bounds_of(name)[1:] for name in LEVELS
}  # those of the index are narrower, here the first index's


def that_decide(*what: str) -> tuple[str, ...]:
    """The settings that decide any of these (rows.DECIDES): the key under which such a result is remembered."""
    return tuple(name for name, row in ROWS.items() if set(what) & set(row.decides))


def only(settings: Settings, names: tuple[str, ...]) -> Settings:
    """The settings with every field but `names` at its default: the narrowest key of a cached step."""
    return Settings(**{name: getattr(settings, name) for name in names})


# Shown, never computed with: reset before a result is looked up, so that they never recompute one.
DISPLAY_FIELDS = frozenset(that_decide("display"))
RESULT_FIELDS = tuple(name for name in ROWS if name not in DISPLAY_FIELDS)
