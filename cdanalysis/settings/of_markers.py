"""The settings' methods about markers: which are under the handles, and where each is cut, looked up by code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from cdanalysis.dictionary.markers import HANDLES, Marker
from cdanalysis.dictionary.summaries import row_of
from cdanalysis.results import SIDES
from cdanalysis.settings.as_text import codes, cutoffs
from cdanalysis.settings.as_text.cutoffs import Cutoff, canonical, canonical_seconds
from cdanalysis.settings.rows import listing

if TYPE_CHECKING:
    from cdanalysis.settings.settings import Settings


@dataclass(frozen=True)
class OfMarkers:
    """Three texts about markers, and what is told and changed of them."""

    handles: str = listing(
        ",".join(HANDLES),
        "Markers with a slider",
        "Which columns of numbers a slider cuts in two.",
        codes.handles,
        "model",
        "imputation",
    )
    cutoffs: str = listing("", "Cut-offs", "Cut-offs other than the program's own.", canonical, "model")
    second_cutoffs: str = listing(
        "",
        "Second cut-offs",
        "Makes three groups instead of two on Survival and Baseline; empty is none.",
        canonical_seconds,
    )

    @property
    def handle_codes(self) -> tuple[str, ...]:
        """Codes of the markers chosen for the handles."""
        return codes.split(self.handles)

    def cutoff(self, code: str) -> Cutoff:
        """The cut-off chosen for a code, else the dictionary's; KeyError where only the cohort can tell it."""
        found = self.chosen_cutoff(code) or cutoffs.known(code)
        if found is None:
            raise KeyError(f"no cut-off of {code!r} was chosen: until one is, it is the cohort's median")
        return found

    def chosen_cutoff(self, code: str) -> Cutoff | None:
        """The cut-off chosen for a code; None where it is the marker's own."""
        return cutoffs.from_text(self.cutoffs).get(code)

    def cutoff_of(self, marker: Marker) -> Cutoff:
        """The cut-off in use of a marker of the cohort."""
        return self.chosen_cutoff(marker.code) or cutoffs.default_of(marker)

    def with_cutoff(self, code: str, value: float, side: str | None = None) -> Settings:
        """The settings with another cut-off of a code; its side stays where none is given."""
        held = self.chosen_cutoff(code) or cutoffs.known(code)
        chosen = Cutoff(float(value), side or (held.side if held else _first_side(code)))
        return self._with(cutoffs=cutoffs.as_text({**cutoffs.from_text(self.cutoffs), code: chosen}))

    def without_cutoff(self, code: str) -> Settings:
        """The settings with a code's cut-off at the marker's own; its side too."""
        held = {other: cutoff for other, cutoff in cutoffs.from_text(self.cutoffs).items() if other != code}
        return self._with(cutoffs=cutoffs.as_text(held))

    def second_cutoff(self, code: str) -> float | None:
        """A code's second cut-off, if there is one."""
        return cutoffs.seconds_from_text(self.second_cutoffs).get(code)

    def with_second_cutoff(self, code: str, value: float | None) -> Settings:
        """The settings with another second cut-off of a code; None takes it away."""
        held = cutoffs.seconds_from_text(self.second_cutoffs)
        kept = {other: second for other, second in {**held, code: value}.items() if second is not None}
        return self._with(second_cutoffs=cutoffs.seconds_as_text(kept))

    def _with(self, **changed: str) -> Settings:
        """The settings with other texts."""
        return replace(cast("Any", self), **changed)


def _first_side(code: str) -> str:
    row = row_of(code)
    return row.side if row else SIDES[1]
