"""Identifiers that are written in two ways: the same patient, or proposed as the same and asked about, never lost in silence.

`1` and `1.0`, blanks, full-width and zero-width characters are writing alone; capitals, leading zeros and the letters before
a number may be part of the name, so they are asked about, once per sheet.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from cdanalysis.reading.questions import Asking
from cdanalysis.reading.warned import warned
from cdanalysis.results import Fault

ID = "patient_id"
SAME, OTHERS = "the same patients", "other patients"
_UNSEEN = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_WHOLE = re.compile(r"(\d+)\.0+")
_LETTERED = re.compile(r"([^\W\d_]*[-_/.#]?)(\d+)")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


def spelled(identity: str) -> str:
    """An identifier without what is writing alone."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", identity))
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def loosened(identity: str) -> str:
    """An identifier without capitals and leading zeros either."""
    return _ZEROS.sub("", spelled(identity).casefold())


def numbers_of(identities: Iterable[str]) -> dict[str, str]:
    """Each identifier -> its number, where all have the same letters before it, as P001 has; none where they have not."""
    found = {one: _LETTERED.fullmatch(spelled(one)) for one in identities}
    before = {match[1].casefold() if match else None for match in found.values()}
    return {one: match[2].lstrip("0") or "0" for one, match in found.items() if match} if len(before) == 1 else {}


def translated(
    known: Iterable[str], others: Iterable[str], sheet: str, asking: Asking
) -> tuple[dict[str, str], list[Fault]]:
    """Of the ids of another sheet that are written otherwise: the known id of each, and what is said or asked of them."""
    ids, others = set(known), list(others)
    unknown = list(dict.fromkeys(one for one in others if one not in ids))
    same = _pairs(ids, unknown, spelled)
    faults = [_said(sheet, len(same))] if same else []
    alike = _pairs(ids, [one for one in unknown if one not in same], loosened)
    lettered = {} if ids & set(others) or same or alike else _by_number(ids, unknown)
    if alike or lettered:
        what = "capitals or leading zeros" if alike else "the letters before a number"
        alike = alike or lettered
        answer = asking.ask(
            "ids",
            sheet,
            "",
            f"{len(alike)} identifiers of {sheet} differ from those of the patients only in {what}. "
            "Are they the same patients?",
            (SAME, OTHERS),
            f"{len(alike)} of {len(unknown)} unknown identifiers",
        )
        same |= alike if answer == SAME else {}
    return same, faults


def one_writing(frames: Mapping[str, pd.DataFrame], asking: Asking) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames with the patients' ids as the patients sheet writes them, in every sheet."""
    known = frames["patients"][ID].dropna().unique()
    whole, faults = dict(frames), []
    for sheet, frame in frames.items():
        if sheet != "patients" and ID in frame:
            same, said = translated(known, frame[ID].dropna().unique(), sheet, asking)
            whole[sheet] = frame.assign(**{ID: frame[ID].map(partial(_as_known, same))}) if same else frame
            faults += said
    return whole, faults


def _as_known(same: Mapping[str, str], one: Any) -> Any:
    return same.get(one, one)


def _pairs(known: Iterable[str], others: Iterable[str], written: Callable[[str], str]) -> dict[str, str]:
    """Each of the others -> the one known id that is written alike; none where two are."""
    others = list(others)
    if not others:
        return {}
    by_key: dict[str, set[str]] = {}
    for one in known:
        by_key.setdefault(written(one), set()).add(one)
    return {one: next(iter(found)) for one in others if len(found := by_key.get(written(one), set())) == 1}


def _by_number(known: Iterable[str], others: Sequence[str]) -> dict[str, str]:
    """Of identifiers that no patient has: the known one of the same number."""
    mine, theirs = numbers_of(known), numbers_of(others)
    by_number = {number: one for one, number in mine.items()}
    if len(by_number) < len(mine) or len(set(theirs.values())) < len(theirs):
        return {}
    return {one: by_number[number] for one, number in theirs.items() if number in by_number}


def _said(sheet: str, n: int) -> Fault:
    said = f"{n} × an identifier that differs in blanks, unseen characters or a .0 only, read as the same patient"
    return warned(sheet, said, "the same writing in every sheet", column="patient_id")
