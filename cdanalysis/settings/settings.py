"""The analyst's choices as one frozen, flat value: the session's state, the link and the cache key are all this.

Flat because Streamlit's cache loses the type of nested dataclasses; str, int, float and bool only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from cdanalysis.settings.as_text import earlier
from cdanalysis.settings.display import OfDisplay
from cdanalysis.settings.endpoint import OfEndpoint
from cdanalysis.settings.model import OfModel
from cdanalysis.settings.of_index import LEVELS, OfIndex
from cdanalysis.settings.of_markers import OfMarkers
from cdanalysis.settings.pages import OfPages
from cdanalysis.settings.rows import Row, as_text, from_text, kept, row_of

MOST_DROPPED = 20  # sentences about one link


@dataclass(frozen=True)
class Settings(OfDisplay, OfPages, OfModel, OfEndpoint, OfIndex, OfMarkers):
    """Every choice that decides a number or a picture, as one value that does not change; `replace` makes another.

    Each field is a text, a number or a bool with a default; `settings.ROWS` says of each what it is called, what it accepts
    and what it decides. An impossible value raises ValueError naming field and range.
    """

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not field.default:  # a multiverse makes thousands, each of a few fields
                object.__setattr__(self, field.name, kept(field, value))
        if self.scan_marker and self.scan_marker in self.handle_codes[:1]:
            object.__setattr__(self, "scan_marker", "")
        wrong = self.fault_of_index()
        if wrong:
            raise ValueError(wrong)

    def to_query(self) -> dict[str, str]:
        """The fields that differ from the default, as the text of a link."""
        return {
            field.name: as_text(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_query(cls, query: Mapping[str, str], source: str = "link") -> tuple[Settings, tuple[str, ...]]:
        """The settings a link (or file) asks for, and a sentence for each part of it that was dropped."""
        settings, dropped = cls(), []
        known = {field.name: type(field.default) for field in fields(cls)}
        for name, given in sorted(query.items(), key=lambda one: one[0] != "index"):  # its bounds are in its points
            try:
                settings = earlier.translated(settings, name, given) or replace(
                    settings, **{name: from_text(given, known[name])}
                )
            except KeyError:
                dropped.append(f"the {source} names {name[:40]!r}, which is not a setting")
            except ValueError as error:
                dropped.append(f"the {source}'s {name} was dropped: {error}")
        if len(dropped) > MOST_DROPPED:
            dropped[MOST_DROPPED:] = [f"{len(dropped) - MOST_DROPPED:,} more parts of the {source} were dropped"]
        return settings, tuple(dropped)


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
