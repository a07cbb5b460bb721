"""Exports of survey and trial programs: their own columns beside the answers, further rows below the header, suffixes of events.

Qualtrics, SurveyMonkey, LimeSurvey and Microsoft Forms say when a form was begun, which is no start of a therapy; OpenClinica
ends each name with its event and its form, `CRP_E1_C1`, OpenSpecimen begins it with its form, `Participant#PPID`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from cdanalysis.dictionary.columns import PATIENT_ID
from cdanalysis.dictionary.outcomes import words_of
from cdanalysis.reading.headers.units.unit_words import normalised
from cdanalysis.reading.rows.header.row_names import id_place
from cdanalysis.reading.rows.shape import RawSheet, holds
from cdanalysis.reading.warned import counted, warned

# By what an export is known, all of them among its headers, and its own columns.
_PROGRAMS = (
    ("Qualtrics", words_of("responseid|recordeddate"), words_of(
        "startdate|enddate|status|ipaddress|progress|duration in seconds|finished|recordeddate|recipientlastname|"
        "recipientfirstname|recipientemail|externalreference|externaldatareference|locationlatitude|locationlongitude|"
        "distributionchannel|userlanguage")),
    ("SurveyMonkey", words_of("respondent id|collector id"), words_of(
        "collector id|start date|end date|ip address|email address|first name|last name|custom data 1|date created|date modified")),
    ("LimeSurvey", words_of("submitdate|lastpage"), words_of(
        "submitdate|lastpage|startlanguage|seed|startdate|datestamp|ipaddr|refurl|interviewtime|token")),
    ("LimeSurvey", words_of("date submitted|last page"), words_of(
        "date submitted|last page|start language|seed|date started|date last action|ip address|referrer url|total time")),
    ("Microsoft Forms", words_of("start time|completion time"), words_of(
        "start time|completion time|last modified time|email|name")),
)  # fmt: skip
_RESPONSES = ("responseid", "response id", "respondent id")  # a row each
_CODED = re.compile(r"^\w+\. (.+)$")  # `submitdate. Date submitted`
_UNDER_HEADER = words_of("response|open ended response")
_IMPORT_ID = '{"ImportId"'
_EVENT = re.compile(r"(.+?)_E(\d+)(?:_C\d+)?(?:_\d+)?")
_OF_A_FORM = re.compile(r"[^\W\d][^#:]*(?:#|::)\s*([^\W\d].*)")
LEAST_SUFFIXED = 2  # headers
MOSTLY = 0.5  # of the headers
MOST_BELOW = 2  # rows that are further headers
MOST_NAMED = 6


def unwrapped(table: RawSheet) -> RawSheet:
    """The table without what its exporter added, where it is one of those; said."""
    words = [_word(header) for header in table.headers]
    of_program = next((one for one in _PROGRAMS if one[1] <= {*words}), None)
    if of_program:
        own = [place for place, word in enumerate(words) if word in of_program[2]]
        table = _named_apart(without_own(_without_further_headers(table), own, of_program[0]))
    table = _without_forms(table) if any(map(_OF_A_FORM.fullmatch, table.headers)) else table
    return _without_events(table) if any(map(_EVENT.fullmatch, table.headers)) else table


def _without_forms(table: RawSheet) -> RawSheet:
    """OpenSpecimen's `Participant#Vital Status` without its form, where most headers have one and stay different."""
    found = [_OF_A_FORM.fullmatch(header) for header in table.headers]
    headers = tuple(one[1] if one else header for one, header in zip(found, table.headers, strict=True))
    if sum(map(bool, found)) < MOSTLY * len(headers) or len({*headers}) < len(headers):
        return table
    return replace(table, headers=headers)


def _word(header: str) -> str:
    found = _CODED.fullmatch(header)
    return normalised(found[1] if found else header)


def without_own(table: RawSheet, out: Sequence[int], program: str) -> RawSheet:
    """The table without an exporter's own columns, which stand at the places `out`; said."""
    names = ", ".join(table.headers[place] for place in out[:MOST_NAMED])
    said = f"{counted(len(out), 'column')} of {program}'s own, left out: {names}{' …' if len(out) > MOST_NAMED else ''}"
    kept = table.of_columns([place for place in range(len(table.headers)) if place not in out])
    return replace(kept, faults=(*table.faults, warned(table.name, said, "columns of patients")))


def _named_apart(table: RawSheet) -> RawSheet:
    """The table whose headers have no code before their name, where they stay different; a row's answer is its patient."""
    headers = tuple(_CODED.sub(r"\1", header) for header in table.headers)
    headers = table.headers if len({*headers}) < len(headers) else headers
    if id_place(headers) is None:
        headers = tuple(PATIENT_ID.name if _word(header) in _RESPONSES else header for header in headers)
    return replace(table, headers=headers)


def _without_further_headers(table: RawSheet) -> RawSheet:
    """Without the rows of questions and of the program's names that stand below the header."""
    last = -1
    for place, (_, row) in enumerate(table.rows[:MOST_BELOW]):
        held = [str(cell) for cell in row if holds(cell)]
        if (
            any(_IMPORT_ID in text for text in held)
            or sum(normalised(text) in _UNDER_HEADER for text in held) > len(held) / 2
        ):
            last = place
    return replace(table, rows=table.rows[last + 1 :])


def _without_events(table: RawSheet) -> RawSheet:
    """OpenClinica's names without their event and form; of what was asked at several events, with the visit's number."""
    found = [_EVENT.fullmatch(header) for header in table.headers]
    asked = Counter(one[1] for one in found if one)
    if asked.total() < LEAST_SUFFIXED:
        return table
    headers = tuple(
        header if one is None else f"{one[1]}_V{one[2]}" if asked[one[1]] > 1 else one[1]
        for header, one in zip(table.headers, found, strict=True)
    )
    if len({*headers}) < len(headers):
        return table
    said = f"{counted(asked.total(), 'header')} with the event and the form that OpenClinica adds, read without"
    return replace(table, headers=headers, faults=(*table.faults, warned(table.name, said, "a name alone")))
