"""The tables of a file -> a cohort: sheets and headers matched, cells read, every fault collected, days counted from day 0.

A cell that cannot be read becomes missing, a row that cannot be used is left out and counted, and nothing of either is
silent. The only exception is CohortError.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.columns import COLUMNS, DATE_OF, TIME_COLUMNS
from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.files import RawFile, RawSheet
from cdanalysis.reading.bytes.text.text_form import TextForm
from cdanalysis.reading.cells import tables
from cdanalysis.reading.checks import (
    checks,
    contradictions,
    index_totals,
    marked_out,
    rounded_ends,
    twice_told,
    two_clocks,
    units_of_centres,
    week_unit,
)
from cdanalysis.reading.checks.frames import complete_patients, complete_sheet, dated
from cdanalysis.reading.checks.suspicions import mixed, suspicions
from cdanalysis.reading.headers.evidence.pseudonyms import pseudonymous
from cdanalysis.reading.headers.layouts import flat_sheets
from cdanalysis.reading.headers.matching import NOT_MATCHED, Matching, MatchRow
from cdanalysis.reading.headers.sheet_names import match_sheet
from cdanalysis.reading.headers.understanding import Understood
from cdanalysis.reading.naming import label_of
from cdanalysis.reading.outcomes.settling import settled
from cdanalysis.reading.outcomes.stated import Claim, read_claims
from cdanalysis.reading.outcomes.times.precision import tolerances
from cdanalysis.reading.questions import Asking, question_id
from cdanalysis.reading.rows.unidentified import ID, identified
from cdanalysis.reading.sheets.arranging import Arranged
from cdanalysis.reading.sheets.ids import one_writing
from cdanalysis.reading.sheets.origins import placed
from cdanalysis.reading.sheets.together import identifiers_alone
from cdanalysis.reading.sources import Named, name_of
from cdanalysis.reading.study import Study
from cdanalysis.results import Fault

MOST_NAMED = 12
SYNTHETIC = "SYNTHETIC: these patients do not exist."


def assembled(
    file: RawFile, sheets: Arranged, found: Understood, files: Sequence[Named], given: Study, asking: Asking
) -> Cohort:
    """The cohort of understood files whose sheets are arranged; given: how they are to be read. CohortError for none."""
    named = any(one.sheet == "patients" and one.how != NOT_MATCHED for one in found.sheets)
    if not named and any(match_sheet(table.name) == "patients" for table in file.sheets if not table.rows):
        raise CohortError("The patients sheet holds no row below its headers.")
    faults = [*file.faults, *sheets.faults]
    frames: dict[str, pd.DataFrame] = {}
    for sheet, table in found.tables.items():
        frames[sheet], more = tables.typed(sheet, table, found.rows[sheet], asking, flat=True)
        faults += [*table.faults, *more, *suspicions(sheet, table, found.rows[sheet], flat=True)]
    claims, more = read_outcomes(found, frames, asking)
    faults += more
    frames, more = identified(frames, found.rows.get("patients", ()), asking)
    faults += more
    frames, more = pseudonymous(frames, found.matching)
    faults += more
    matching = replace(found.matching, text=file.text.choice if file.text else None)
    if "patients" in frames:
        frames, more = flat_sheets(frames, asking)
        faults += more
    frames, more = _complete(frames, found, asking)
    frames, alike = contradictions.in_one_writing(frames, asking)
    frames, other = one_writing(frames, asking)
    alone = identifiers_alone(found.tables["patients"])
    cohort = _cohort(frames, alone, claims, [*faults, *more, *alike, *other], matching, asking)
    content = b"".join(content for _, content in files)
    return replace(
        cohort,
        file_name=name_of(files),
        label=label_of(name_of(files)),
        synthetic=_is_synthetic(file.sheets),
        faults=placed(cohort.faults, sheets.names),
        text=file.text,
        study=Study(matching, given.answers),
        questions=asking.questions,
        fingerprint=fingerprint_of(content, matching, file.text, given.answers),
        content_sha256=hashlib.sha256(content).hexdigest(),
    )


def _complete(
    frames: dict[str, pd.DataFrame], found: Understood, asking: Asking
) -> tuple[dict[str, pd.DataFrame], list[Fault]]:
    """The frames that have what they need; another than the patients' is left out and said, with its headers."""
    if "patients" not in frames:
        raise CohortError("No sheet of patients was found: name it `patients`, with one row per patient.")
    missing = {sheet: _missing(sheet, frame, found.rows.get(sheet, ())) for sheet, frame in frames.items()}
    what = "Rename the header of the column, or say which it is."
    if missing["patients"]:
        asked = asking.waits_for("ids") or question_id("header", "patients", ID) in asking.asked
        told = " ".join(missing["patients"])
        if asked:
            raise CohortError(
                f"It is not clear what tells the patients apart: answer that, and the file is read. {told}"
            )
        raise CohortError(f"Columns are missing. {told} {what}")
    kept = {sheet: frame for sheet, frame in frames.items() if not missing[sheet]}
    return kept, [Fault(sheet, None, "", f"left out: {told[0]}", what) for sheet, told in missing.items() if told]


def _missing(sheet: str, frame: pd.DataFrame, rows: Sequence[MatchRow]) -> list[str]:
    """What a sheet lacks, in a sentence that names its own headers."""
    needed = [
        f"{spec.name} (or {', '.join(spec.synonyms[:4])})"
        for spec in COLUMNS[sheet]
        if spec.required and spec.name not in frame.columns
    ]
    times = TIME_COLUMNS.get(sheet, ())
    needed += [f"one of {', '.join(times)}"] if times and not set(times) & set(frame.columns) else []
    headers = [row.header for row in rows if row.header]
    more = f" and {len(headers) - MOST_NAMED} more" if len(headers) > MOST_NAMED else ""
    told = ", ".join(headers[:MOST_NAMED]) + more if headers else "none"
    return [f"The sheet {sheet} needs {' and '.join(needed)}; its headers are {told}."] if needed else []


def _is_synthetic(raw: list[RawSheet]) -> bool:
    """Whether the file bears the bundled cohort's own mark, in its own sheet; a word in a cell is none."""
    marks = (str(row[0]) for table in raw if table.name == "about" for _, row in table.rows if row)
    return SYNTHETIC in marks


def read_outcomes(
    found: Understood, frames: dict[str, pd.DataFrame], asking: Asking
) -> tuple[list[Claim], list[Fault]]:
    """The outcomes that the patients' table states; their columns are added to its frame."""
    if "patients" not in frames:
        return [], []
    rows, table = found.rows["patients"], found.tables["patients"]
    columns, claims, faults = read_claims(found.pairs, rows, table, asking)
    for name, values in (columns | tolerances(rows, table, frames["patients"])).items():
        frames["patients"][name] = values
    return claims, faults


def _cohort(
    frames: dict[str, pd.DataFrame],
    alone: frozenset[int],
    claims: list[Claim],
    faults: list[Fault],
    matching: Matching,
    asking: Asking,
) -> Cohort:
    frames, marked = marked_out.without_marked(frames, asking)
    whole, apart = two_clocks.of_one_clock(frames["patients"], matching.rows, asking)
    patients, found, excluded = checks.patients(whole, checks.bare_rows(frames, alone))
    patients, stated, more = settled(patients, claims)
    patients, other = contradictions.times(patients, stated, asking)
    frames, last = week_unit.checked(frames, patients, asking)
    frames = frames | {sheet: dated(sheet, frames[sheet], patients) for sheet in DATE_OF if sheet in frames}
    patients, cut = rounded_ends.checked(frames, patients, stated)
    found += apart + more + other + last + cut + twice_told.outcomes(patients, stated)
    found += two_clocks.too_old(patients, stated)
    died = twice_told.deaths(frames.get("events"), patients)
    sheets = {}
    for sheet in DATE_OF:
        frame, more, left_out = checks.timed(sheet, frames.get(sheet), patients, died)
        sheets[sheet] = complete_sheet(sheet, frame)
        found, excluded = found + more, excluded + left_out
    sheets["visits"], more = index_totals.with_totals(sheets["visits"], patients)
    found += more
    patients, more = units_of_centres.in_one_unit(patients, matching.rows, asking)
    found += more
    found += mixed({str(name): patients[name] for name in patients}, {spec.name: spec for spec in COLUMNS["patients"]})
    patients = complete_patients(patients.drop(columns="row"))
    further = tables.further_names([row for row in matching if row.sheet == "patients"])
    extra = tuple(name for name in further if name in patients)
    screening = frames["screening"].drop(columns="row") if "screening" in frames else None
    found += checks.whole(patients, sheets["visits"], sheets["events"])
    return Cohort(
        patients=patients, **sheets, screening=complete_sheet("screening", screening), extra_columns=extra,
        faults=tuple(faults + found), excluded=(*marked, *excluded), matching=matching, fingerprint="", file_name="", stated=stated,
    )  # fmt: skip


def fingerprint_of(
    content: bytes, matching: Matching, form: TextForm | None, answers: tuple[tuple[str, str], ...] = ()
) -> str:
    """What decides the cohort: the bytes, and how they were read."""
    how = (matching.rows, matching.sheets, form.parts if form else None, answers)
    return hashlib.sha256(content + repr(how).encode("utf-8", "backslashreplace")).hexdigest()
