"""What each setting accepts: the choices of a text, the bounds of a number, and how a value is written in a link.

Sliders, links and validation all read these; a marker's slider is its own (dictionary/markers.py).
"""

from __future__ import annotations

from typing import Any

CHOICES: dict[str, tuple[str, ...]] = {
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
    "multiverse_cutoffs": ("published", "deciles"),
    "pair_correction": ("holm", "bh", "none"),
    "competing_event": ("surgery-or-death", "surgery", "death", "surgery-death-or-stop"),
}

BOUNDS: dict[str, tuple[float, float]] = {
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
    "scan_least_events": (0.0, 50.0),
    "imputations": (2.0, 100.0),
    "imputation_seed": (0.0, 9_999.0),
    "png_dpi": (72.0, 600.0),
    "png_width_mm": (60.0, 300.0),
}

NOUNS = {bool: "0 or 1", int: "a whole number", float: "a number", str: "a text"}


def fault(name: str, value: Any, kind: type) -> str:
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


def as_text(value: Any) -> str:
    """The shortest text that reads back as the same value."""
    if isinstance(value, bool):
        return str(int(value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def from_text(text: str, kind: type) -> Any:
    if kind is bool:
        if text not in ("0", "1"):
            raise ValueError(f"found {_shown(text)}, expected {NOUNS[kind]}")
        return text == "1"
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"found {_shown(text)}, expected {NOUNS[kind]}") from None
