"""The time in a name of a visit: `week 8`, `W24`, `month_9`, `12 mo`, `V3 (week 8)`, `第8周`, `Woche 8`, `baseline`.

In a header it stands beside what was measured (`CRP W24 (mg/dL)`); a cell or an event's name is nothing else.
"""

import re
import unicodedata
from typing import NamedTuple

from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

_NUMBER = r"(\d{1,3}(?:\.\d{1,2})?)"
# Of each unit: its days, the words that stand before a number or behind it, the characters behind it.
_UNITS = (
    (DAYS_PER_WEEK, "weeks?|wks?|wk|w|wochen?|wo|semaines?|semanas?|sem|settiman[ae]|sett|weken", "个?周|星期"),
    (DAYS_PER_MONTH, "months?|mths?|mon|mo|m|monate?n?|mois|m[eê]s(?:es)?|mes[ei]|maand(?:en)?", "个月|月"),
    (1.0, "days?|d|tage?n?|jours?|d[ií]as?|giorn[oi]|dag(?:en)?", "天"),
    (12 * DAYS_PER_MONTH, "years?|yrs?|y|jahre?n?|ans?|a[nñ]os?|ann[oi]|jaar", "年"),
)
_BEFORE, _BEHIND = r"(?<![a-z0-9.])", r"(?![a-z0-9])"
_NOT_A_NAME = r"(?!\s*\d+(?!\d|\s*[^\W\d_]))"  # of `IL-6 week 12` the 6 is the name's; `2 weeks 3 days` are two times
_TIMES = tuple(
    (
        days,
        re.compile(
            rf"第?\s*(?<![\d.]){_NUMBER}\s*(?:{characters})|{_BEFORE}(?:{words})\s*(?:{_NUMBER}|(?<=\s)(-\d{{1,3}})){_BEHIND}"
            rf"|{_BEFORE}{_NUMBER}\s*(?:{words}){_BEHIND}{_NOT_A_NAME}",
            re.IGNORECASE,
        ),
    )
    for days, words, characters in _UNITS
)
_BASELINE = re.compile(
    r"(?<![a-z])(?:at )?(?:baseline|bl|base[ -]line|enrol+ment|inclusion|pre[ -]?treatment|before treatment|ausgangswert|"
    r"ausgangs|basiswert|basale?|basaal|lin[eé]a (?:de )?base|inclusi[oó]n|inclusione|inclusie|einschluss)(?![a-z])|"
    "基线期?|治疗前|入组时?|用药前",
    re.IGNORECASE,
)
_AT_BASELINE = re.compile(r"(?<![^\W_])(?:at[\s_])?(?:baseline|bl|inclusion)(?![^\W_])", re.IGNORECASE)
_GLUED_BASELINE = re.compile(r"^[Bb]aseline(?=[A-Z])|(?<=[A-Z])Baseline$")  # `baselineCRP`
_NUMBERED = re.compile(
    r"(?<![a-z])(?:visit|visite|v)\s*\d{1,2}(?![a-z0-9])|第?\s*\d{1,2}\s*次(?:随访|访视)", re.IGNORECASE
)
_ARM = re.compile(r"\s*(?:\(\s*arm\s*(\d+)\s*(?::[^)]*)?\)|(?<![a-z])arm\s*(\d+))\s*$", re.IGNORECASE)
_FILLING = re.compile(
    r"(?<![a-z])(?:visit|visite|follow[ -]?up|fu|study|post|after|treatment|therapy|start|since|from|at|of|the|nach|verlauf|"
    r"kontrolle|timepoint|time point|before|prior to|prior|vor|pre|to)(?![a-z])|前|随访|访视|复查|治疗|用药|开始|后|时|期",
    re.IGNORECASE,
)
_EARLIER = re.compile(r"(?<![a-z])(?:before|prior to|prior|vor|pre)(?![a-z])|前", re.IGNORECASE)
# What a visit is called beside its time; `CDAI visita sett. 8` measures the CDAI.
_VISIT = re.compile(
    r"(?<![^\W\d_])(?:visits?|visite|visita|besuch|bezoek|consulta|consultation|consult|controllo|contrôle|controle|control|"
    r"kontrolle|follow[ -]?up|fu|at)(?![^\W\d_])|随访|访视|复查",
    re.IGNORECASE,
)
FIRST_DAY = ("day 1", "d1", "第1天", "tag 1")  # as trials count: the day of the start
_AT = re.compile(
    r"\s(?:at|after|by|within|bis|in|on|bei|nach|a|à|zu|na|dopo|après|após|después de|tras)$", re.IGNORECASE
)
_DOTTED = re.compile(r"(?<=[^\W\d_])\.(?=\s?\d)|(?<=\d)\.(?=[^\W\d_])")  # `CDAI.8w`, `sett. 8`
_MARKS = re.compile(r"[\s_()\[\]（）,;:：/+\-–—.]+")


class Timed(NamedTuple):
    """What is left of a text without the time in it, the week it says, and how it says it."""

    rest: str
    week: float
    said: str


def _spaced(text: str) -> str:
    """Full-width forms folded, underscores and points beside a number as blanks."""
    return " ".join(_DOTTED.sub(" ", unicodedata.normalize("NFKC", text).replace("_", " ")).split())


def timed(text: str, *, baseline: bool = True) -> Timed | None:
    """The one time in a text; None where there is none, or two. baseline: whether the word alone is week 0."""
    folded = _spaced(text)
    found = [(days, match) for days, form in _TIMES for match in form.finditer(folded)]
    if len(found) == 1:
        days, match = found[0]
        number = float(next(group for group in match.groups() if group))
        rest = _tidy(_NUMBERED.sub(" ", folded[: match.start()] + " " + folded[match.end() :]))
        sign = -1 if _EARLIER.search(rest) else 1
        return Timed(rest, sign * number * days / DAYS_PER_WEEK, match[0].strip().casefold())
    at_start = _BASELINE.search(folded) if baseline and not found else None
    if at_start:
        return Timed(_tidy(folded[: at_start.start()] + " " + folded[at_start.end() :]), 0.0, at_start[0].casefold())
    return None


def without_visit(text: str) -> str:
    """What is left of a text without the word for a visit."""
    return _tidy(_VISIT.sub(" ", text))


def without_baseline(header: str) -> str:
    """`CRP` of `CRP at baseline`; empty where the header says no baseline."""
    form = _AT_BASELINE if _AT_BASELINE.search(header) else _GLUED_BASELINE
    return " ".join(form.sub(" ", header).split()) if form.search(header) else ""


def visit_note(found: Timed) -> str:
    """How a time was taken: `week 8`, or `12 mo: week 52.18`."""
    told = f"week {found.week:.4g}"
    return told if found.said == told else f"{found.said}: {told}"


def week_of(name: str) -> float | None:
    """The week that a visit's or an event's name says, if it says nothing else."""
    bare, _ = arm_of(name)
    found = timed(bare)
    if found is None or _MARKS.sub("", _FILLING.sub("", found.rest)):
        return None
    return 0.0 if found.said in FIRST_DAY else found.week


def arm_of(name: str) -> tuple[str, str]:
    """A REDCap event's name without its arm, and the arm's number: `week_8_arm_1`, `Week 8 (Arm 1: Drug)`."""
    folded = _spaced(name)
    found = _ARM.search(folded)
    return (folded[: found.start()], found[1] or found[2]) if found else (folded, "")


def _tidy(text: str) -> str:
    """Without the brackets that are now empty and marks at the ends."""
    text = re.sub(r"[(\[（][\s,;:/+-]*[)\]）]", " ", text)
    return _AT.sub("", " ".join(text.split()).strip(" ,;:/+@-"))
