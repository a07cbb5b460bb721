"""What a setting is beside its default: what it accepts, how it is called, what it decides and where it is named.

A field of `Settings` carries its row; widgets, links, cache keys, footers and the ledger are derived from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field
from typing import Any

# What a setting may decide. Beside these every setting that is not one of display decides the results of the pages it is for.
DECIDES = (
    "endpoint",  # who has which time and event
    "model",  # the Predictors page's model; with the endpoint it makes another specification
    "handle",  # with the endpoint: the curves that follow a handle
    "imputation",  # with the endpoint: how missing covariates are drawn
    "display",  # how a result is shown, and no number
)
# Where a setting stands in a figure's footer: wherever it is changed, on the pages it is for, or nowhere.
CHANGED, OWN, NEVER = "changed", "own", "never"
NOUNS = {bool: "0 or 1", int: "a whole number", float: "a number", str: "a text"}
MOST_CODES = 100  # in a list: what a page can show, and a model can be asked for
ROW = "row"


@dataclass(frozen=True)
class Row:
    """One setting. choices: every allowed value in words, empty where any of its kind is allowed; bounds of a number.

    decides: of DECIDES. footer: CHANGED, OWN or NEVER. longest: characters of a text. canonical: of a text that lists codes,
    the one way in which equal lists are kept, and most: how many codes it may list.
    """

    label: str
    help: str
    choices: Mapping[str, str] = field(default_factory=dict)
    bounds: tuple[float, float] | None = None
    step: float = 1.0
    decides: tuple[str, ...] = ()
    footer: str = CHANGED
    longest: int = 0
    canonical: Callable[[str], str] | None = None
    most: int = MOST_CODES


def choice(
    default: str, label: str, about: str, choices: Mapping[str, str], *decides: str, footer: str = CHANGED
) -> Any:
    """A field that is one of a few words."""
    return _field(default, Row(label, about, choices, decides=decides, footer=footer))


def number(
    default: float, label: str, about: str, bounds: tuple[float, float], step: float, *decides: str, footer: str = CHANGED
) -> Any:  # fmt: skip
    """A field that is a number within bounds."""
    return _field(default, Row(label, about, bounds=bounds, step=step, decides=decides, footer=footer))


def switch(default: bool, label: str, about: str, *decides: str, footer: str = CHANGED) -> Any:
    """A field that is on or off."""
    return _field(default, Row(label, about, decides=decides, footer=footer))


def text(default: str, label: str, about: str, *decides: str, longest: int = 1_000) -> Any:
    """A field of any words."""
    return _field(default, Row(label, about, decides=decides, footer=OWN, longest=longest))


def listing(
    default: str,
    label: str,
    about: str,
    canonical: Callable[[str], str],
    *decides: str,
    footer: str = OWN,
    most: int = MOST_CODES,
) -> Any:
    """A field that lists codes (settings/as_text/codes.py), or cut-offs by code (settings/as_text/cutoffs.py)."""
    row = Row(label, about, decides=decides, footer=footer, longest=20_000, canonical=canonical, most=most)
    return _field(default, row)


def _field(default: Any, row: Row) -> Any:
    assert set(row.decides) <= set(DECIDES)
    return field(default=default, metadata={ROW: row})


def row_of(one: Field[Any]) -> Row:
    """The row of a field of `Settings`."""
    return one.metadata[ROW]


def fault(one: Field[Any], value: Any) -> str:
    """What is wrong with a field's value, or an empty string."""
    kind, row = type(one.default), row_of(one)
    if not _is_a(value, kind):
        return f"{one.name} is {shown(value)}, expected {NOUNS[kind]}"
    if row.choices and value not in row.choices:
        return f"{one.name} is {shown(value)}, expected one of {', '.join(row.choices)}"
    if row.bounds and not row.bounds[0] <= value <= row.bounds[1]:  # not within for NaN too
        return f"{one.name} is {shown(value)}, expected {row.bounds[0]:g} to {row.bounds[1]:g}"
    if row.longest and len(value) > row.longest:
        return f"{one.name} is {shown(value)}, expected at most {row.longest:,} characters"
    return ""


def kept(one: Field[Any], value: Any) -> Any:
    """A value as its field keeps it, so that equal choices are one value; raises ValueError saying what is wrong with it."""
    wrong = fault(one, value)
    if wrong:
        raise ValueError(wrong)
    row = row_of(one)
    if row.canonical is None:
        return type(one.default)(value)  # 8, 8.0 and numpy's 8.0 are one setting, one link and one cache key
    listed = row.canonical(value)
    if listed.count(",") >= row.most:
        raise ValueError(f"{one.name} is {shown(value)}, expected at most {row.most} codes")
    return listed


def _is_a(value: Any, kind: type) -> bool:
    """Whether a value has a field's type; a whole number is a number, but True is not 1."""
    if kind is bool or isinstance(value, bool):
        return kind is bool and isinstance(value, bool)
    return isinstance(value, kind) or (kind is float and isinstance(value, int))


def shown(value: Any) -> str:
    """A value as a sentence quotes it: briefly."""
    quoted = f"{value:g}" if isinstance(value, float) else repr(value)
    return quoted if len(quoted) <= 40 else f"{quoted[:39]}…"


def as_text(value: Any) -> str:
    """The shortest text that reads back as the same value."""
    if isinstance(value, bool):
        return str(int(value))
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def from_text(given: str, kind: type) -> Any:
    """The value that a text in a link stands for; raises ValueError saying what was expected."""
    if kind is bool:
        if given not in ("0", "1"):
            raise ValueError(f"found {shown(given)}, expected {NOUNS[kind]}")
        return given == "1"
    try:
        return kind(given)
    except ValueError:
        raise ValueError(f"found {shown(given)}, expected {NOUNS[kind]}") from None
