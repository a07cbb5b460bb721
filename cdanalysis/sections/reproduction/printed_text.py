"""Printed statistics out of pasted text, a line each: a ratio with its interval and P, n/N and %, a median with its interval.

Tolerant of dashes, brackets, `to`, decimal commas, full-width characters and a missing leading zero. Never raises.
"""

import re
import unicodedata
from dataclasses import dataclass

MOST_CHARACTERS, MOST_LINES = 10_000, 50
NUMBER = r"(\d+(?:\.\d+)?|\.\d+)"
BETWEEN = r"\s?(?:-|to|,|;)\s?"
INTERVAL = re.compile(rf"{NUMBER}{BETWEEN}{NUMBER}")
P_VALUE = re.compile(rf"\bp[\s-]?(?:value)?\s?([=<>:]?)\s?{NUMBER}", re.IGNORECASE)
LEVEL = re.compile(r"\d+(?:\.\d+)?\s?%\s?(?:ci|confidence interval)\b[:,=]?", re.IGNORECASE)
FRACTION = re.compile(r"(\d+)\s?(?:/|of|out of)\s?(\d+)")
PERCENT = re.compile(rf"{NUMBER}\s?%")
FIRST = re.compile(NUMBER)
ACCEPTED = "accepted: `HR 4.72 (1.19-18.75), P = 0.027`, `22/98 (22.4%)`, `median 74.7 (39.6-109.9)`"


@dataclass(frozen=True)
class Printed:
    """What a line says: kind is ratio, percentage, median or unreadable; parts are the printed texts; fault says why not."""

    line: str
    kind: str
    parts: tuple[str, ...] = ()
    fault: str = ""


def parse_lines(text: str) -> tuple[Printed, ...]:
    """Every line that is not empty."""
    lines = [line.strip() for line in text[:MOST_CHARACTERS].splitlines() if line.strip()]
    return tuple(parse_line(line) for line in lines[:MOST_LINES])


def parse_line(line: str) -> Printed:
    """One printed result."""
    plain = _plain(line)
    fraction, percent = FRACTION.search(plain), PERCENT.search(LEVEL.sub(" ", plain))
    if percent and not INTERVAL.search(FRACTION.sub(" ", LEVEL.sub(" ", plain)).replace(percent.group(), " ")):
        count, total = _counts(plain, fraction)
        if total:
            return Printed(line, "percentage", (count, total, _zero(percent.group(1))))
    return _estimate(line, LEVEL.sub(" ", plain))


def _estimate(line: str, plain: str) -> Printed:
    p = P_VALUE.search(plain)
    rest = P_VALUE.sub(" ", plain)
    interval = INTERVAL.search(rest)
    # The estimate stands before its interval: "4.72 (1.19-18.75)".
    before = FIRST.findall(rest[: interval.start()]) if interval else []
    if not interval or not before:
        return Printed(
            line, "unreadable", (), f"no estimate with an interval, and no n/N with a percentage; {ACCEPTED}"
        )
    values = tuple(map(_zero, (before[-1], *interval.groups())))
    if "median" in plain.lower():
        return Printed(line, "median", values)
    sign = p.group(1) if p and p.group(1) in "<>" else ""
    return Printed(line, "ratio", (*values, f"{sign}{_zero(p.group(2))}" if p else ""))


def _counts(plain: str, fraction: re.Match[str] | None) -> tuple[str, str]:
    """k and N of a percentage; k is empty where only `22.4% of 98` is said."""
    alone = re.search(r"%\)?\s?(?:of|out of)\s?(\d+)", plain)
    named = re.search(r"\bn\s?=\s?(\d+)", plain, re.IGNORECASE)
    if alone:
        return (named.group(1) if named else ""), alone.group(1)
    return (fraction.group(1), fraction.group(2)) if fraction else ("", "")


def _plain(line: str) -> str:
    """ASCII digits and signs, one kind of dash, decimal points."""
    text = unicodedata.normalize("NFKC", line)
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text)
    text = re.sub(r"(?<=\d),(?=\d{1,3}(?!\d))", ".", text) if _has_decimal_commas(text) else text
    return re.sub(r"\s+", " ", text)


def _has_decimal_commas(text: str) -> bool:
    return "." not in text and re.search(r"\d,\d", text) is not None


def _zero(number: str) -> str:
    return f"0{number}" if number.startswith(".") else number
