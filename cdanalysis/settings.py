"""The analyst's choices as one frozen, flat value: the session's state, the link and the cache key are all this.

Flat because Streamlit's cache loses the type of nested dataclasses; str, int, float and bool only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from cdanalysis.markers import MARKERS, SIDES

CHOICES: dict[str, tuple[str, ...]] = {
    "crp_side": SIDES,
    "tgn_side": SIDES,
    "response_definition": ("fall", "fall-100", "without-remission"),
    "relapse_definition": ("study", "rise-100", "above-220", "objective", "cdai", "custom"),
    "relapse_reference": ("landmark", "lowest", "previous"),
    "boundary": ("strict", "inclusive"),
    "clock": ("landmark", "late-entry", "naive"),
    "ties": ("efron", "breslow"),
    "km_interval": ("log-log", "log", "plain"),
    "curve": ("survival", "cumulative"),
    "png_ground": ("white", "theme"),
    "convention": ("r", "spss"),
    "reproduction_convention": ("as-printed", "r", "spss"),
    "outcome": ("relapse", "hospitalization", "surgery", "adverse_event"),
    "adverse_event_end": ("combination-end", "last-follow-up"),
    "missing_visits": ("non-response", "last-observation", "observed"),
    "scan_marker": ("crp", "tgn"),
}

BOUNDS: dict[str, tuple[float, float]] = {
    **{f"{code}_cutoff": (marker.lowest, marker.highest) for code, marker in MARKERS.items()},
    "remission_below_points": (50.0, 300.0),
    "response_fall_points": (20.0, 200.0),
    "relapse_above_points": (50.0, 450.0),
    "relapse_rise_points": (0.0, 200.0),
    "landmark_week": (4.0, 104.0),
    "visit_window_weeks": (0.0, 12.0),
    "screening_p": (0.01, 1.0),
    "horizon_months": (0.0, 600.0),
    "conf_level": (0.5, 0.999),
    "cdeis_remission_below": (1.0, 20.0),
    "scan_least_percent": (1.0, 45.0),
    "png_dpi": (72.0, 600.0),
    "png_width_mm": (60.0, 300.0),
}

NOUNS = {bool: "0 or 1", int: "a whole number", float: "a number", str: "a text"}


@dataclass(frozen=True)
class Settings:
    """Every choice that decides a number or a picture; an impossible value raises ValueError naming field and range."""

    crp_cutoff: float = MARKERS["crp"].cutoff
    crp_side: str = MARKERS["crp"].side
    tgn_cutoff: float = MARKERS["tgn"].cutoff
    tgn_side: str = MARKERS["tgn"].side
    esr_cutoff: float = MARKERS["esr"].cutoff
    wbc_cutoff: float = MARKERS["wbc"].cutoff
    age_cutoff: float = MARKERS["age"].cutoff
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
    candidates: str = ""  # comma-joined covariate codes; "" is the standard list
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
    baseline_group: str = ""  # a covariate code or "relapse"; "" is overall
    missing_visits: str = "non-response"
    cdeis_remission_below: float = 7.0
    scan_marker: str = "crp"
    scan_least_percent: float = 10.0
    scan_adjusted: bool = False

    def __post_init__(self) -> None:
        for field in fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            fault = _fault(field.name, value, kind)
            if fault:
                raise ValueError(fault)
            # 8, 8.0 and numpy's 8.0 are one setting, one link and one cache key.
            object.__setattr__(self, field.name, kind(value))

    def to_query(self) -> dict[str, str]:
        """The fields that differ from the default, as the text of a link."""
        return {
            field.name: _as_text(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
        """The settings a link asks for, and a sentence for each part of it that was dropped."""
        settings, dropped = cls(), []
        known = {field.name: type(field.default) for field in fields(cls)}
        for name, text in query.items():
            try:
                settings = replace(settings, **{name: _from_text(text, known[name])})
            except KeyError:
                dropped.append(f"the link names {name[:40]!r}, which is not a setting")
            except ValueError as error:
                dropped.append(f"the link's {name} was dropped: {error}")
        return settings, tuple(dropped)


def only(settings: Settings, names: tuple[str, ...]) -> Settings:
    """The settings with every field but `names` at its default: the narrowest key of a cached step."""
    return Settings(**{name: getattr(settings, name) for name in names})


def _fault(name: str, value: Any, kind: type) -> str:
    """What is wrong with a field's value, or an empty string."""
    if not _is_a(value, kind):
        return f"{name} is {_shown(value)}, expected {NOUNS[kind]}"
    if name in CHOICES and value not in CHOICES[name]:
        return f"{name} is {_shown(value)}, expected one of {', '.join(CHOICES[name])}"
    if name in BOUNDS:
        lowest, highest = BOUNDS[name]
        if not lowest <= value <= highest:  # False for NaN too
            return f"{name} is {_shown(value)}, expected {lowest:g} to {highest:g}"
    return ""


def _is_a(value: Any, kind: type) -> bool:
    """Whether a value has a field's type; a whole number is a number, but True is not 1."""
    if kind is bool or isinstance(value, bool):
        return kind is bool and isinstance(value, bool)
    return isinstance(value, kind) or (kind is float and isinstance(value, int))


def _shown(value: Any) -> str:
    text = f"{value:g}" if isinstance(value, float) else repr(value)
    return text if len(text) <= 40 else f"{text[:39]}…"


def _as_text(value: Any) -> str:
    """The shortest text that reads back as the same value."""
    if isinstance(value, bool):
        return str(int(value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _from_text(text: str, kind: type) -> Any:
    if kind is bool:
        if text not in ("0", "1"):
            raise ValueError(f"found {_shown(text)}, expected {NOUNS[kind]}")
        return text == "1"
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"found {_shown(text)}, expected {NOUNS[kind]}") from None
