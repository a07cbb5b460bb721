"""The analyst's choices as one frozen, flat value: the session's state, the link and the cache key are all this.

Flat because Streamlit's cache loses the type of nested dataclasses; str, int, float and bool only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from cdanalysis.dictionary.markers import HANDLES, MARKERS, MOST_HANDLES, SIDES, Marker
from cdanalysis.settings import codes, cutoffs, earlier
from cdanalysis.settings.cutoffs import Cutoff
from cdanalysis.settings.specification import as_text, fault, from_text


def _handles(text: str) -> str:
    chosen = codes.split(text)
    if len(chosen) > MOST_HANDLES:
        raise ValueError(f"handles is {text[:40]!r}, expected at most {MOST_HANDLES} codes")
    return codes.joined(chosen)


def _first_side(code: str) -> str:
    return MARKERS[code].side if code in MARKERS else SIDES[1]


# Texts that can say one choice in several ways, and the one way they are kept in.
_CANONICAL = {
    "handles": _handles,
    "cutoffs": lambda text: cutoffs.as_text(cutoffs.from_text(text)),
    "second_cutoffs": lambda text: cutoffs.seconds_as_text(cutoffs.seconds_from_text(text)),
    "candidates": lambda text: codes.joined(codes.split(text)),
    "scan_adjust": lambda text: codes.joined(codes.split(text)),
}


@dataclass(frozen=True)
class Settings:
    """Every choice that decides a number or a picture; an impossible value raises ValueError naming field and range."""

    handles: str = ",".join(HANDLES)  # codes of the two markers under the handles (settings/codes.py)
    cutoffs: str = ""  # those that are not the dictionary's, as `crp>14,tgn>=260` (settings/cutoffs.py)
    second_cutoffs: str = ""  # `crp=20`: with the cut-off makes three groups where groups are shown
    remission_below_points: float = 150.0
    response_definition: str = "fall"
    response_fall_points: float = 70.0
    relapse_definition: str = "study"
    relapse_above_points: float = 150.0  # read only by the "custom" relapse definition, as is the next
    relapse_rise_points: float = 70.0
    relapse_reference: str = "landmark"
    boundary: str = "strict"
    clock: str = "landmark"
    landmark_week: int = 24
    visit_window_weeks: int = 4
    candidates: str = ""  # covariate codes (settings/codes.py); "" is the standard list
    screening_p: float = 0.2
    ties: str = "efron"
    km_interval: str = "log-log"
    curve: str = "survival"
    show_interval: bool = True
    horizon_months: float = 0.0  # 0: to the end of follow-up
    conf_level: float = 0.95
    png_dpi: int = 300
    png_width_mm: int = 174
    png_ground: str = "white"
    convention: str = "r"  # percentiles and the interval of a median; its preset also sets ties and km_interval
    reproduction_convention: str = "as-printed"
    outcome: str = "relapse"
    adverse_event_end: str = "combination-end"
    survival_group: str = ""  # a covariate code; "" is one curve
    at_months: str = "12,24,36,48,60"
    survival_stratum: str = ""  # a covariate code: the log-rank test is stratified by it too; "" is not
    pair_correction: str = "holm"
    competing_event: str = "surgery-or-death"
    baseline_group: str = ""  # a covariate code or "relapse"; "" is overall
    missing_visits: str = "non-response"
    cdeis_remission_below: float = 7.0
    scan_marker: str = ""  # a marker's code; "" is the first handle
    scan_least_percent: float = 10.0
    scan_least_events: int = 0
    scan_adjust: str = ""  # covariate codes; "model": those of the multivariable model
    multiverse_axes: str = "relapse,response,cutoff_1,cutoff_2,model"
    multiverse_cutoffs: str = "published"
    imputations: int = 20  # of missing covariates; read where they are imputed, and nowhere else
    imputation_seed: int = 1

    def __post_init__(self) -> None:
        for field in fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            wrong = fault(field.name, value, kind)
            if wrong:
                raise ValueError(wrong)
            # 8, 8.0 and numpy's 8.0 are one setting, one link and one cache key.
            object.__setattr__(self, field.name, kind(value))
        for name, canonical in _CANONICAL.items():
            object.__setattr__(self, name, canonical(getattr(self, name)))
        if self.scan_marker and self.scan_marker in self.handle_codes[:1]:
            object.__setattr__(self, "scan_marker", "")

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
        return replace(self, cutoffs=cutoffs.as_text({**cutoffs.from_text(self.cutoffs), code: chosen}))

    def without_cutoff(self, code: str) -> Settings:
        """The settings with a code's cut-off at the marker's own; its side too."""
        held = {other: cutoff for other, cutoff in cutoffs.from_text(self.cutoffs).items() if other != code}
        return replace(self, cutoffs=cutoffs.as_text(held))

    def second_cutoff(self, code: str) -> float | None:
        """A code's second cut-off, if there is one."""
        return cutoffs.seconds_from_text(self.second_cutoffs).get(code)

    def with_second_cutoff(self, code: str, value: float | None) -> Settings:
        """The settings with another second cut-off of a code; None takes it away."""
        held = cutoffs.seconds_from_text(self.second_cutoffs)
        kept = {other: second for other, second in {**held, code: value}.items() if second is not None}
        return replace(self, second_cutoffs=cutoffs.seconds_as_text(kept))

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
        for name, text in query.items():
            try:
                settings = earlier.translated(settings, name, text) or replace(
                    settings, **{name: from_text(text, known[name])}
                )
            except KeyError:
                dropped.append(f"the {source} names {name[:40]!r}, which is not a setting")
            except ValueError as error:
                dropped.append(f"the {source}'s {name} was dropped: {error}")
        return settings, tuple(dropped)


# Shown, never computed with: reset before a result is looked up, so that they never recompute one.
DISPLAY_FIELDS = {"curve", "show_interval", "png_dpi", "png_width_mm", "png_ground"}
RESULT_FIELDS = tuple(field.name for field in fields(Settings) if field.name not in DISPLAY_FIELDS)


def only(settings: Settings, names: tuple[str, ...]) -> Settings:
    """The settings with every field but `names` at its default: the narrowest key of a cached step."""
    return Settings(**{name: getattr(settings, name) for name in names})
