"""A file, or several -> a cohort: opened, read, and with what is open; the only exception is CohortError."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from cdanalysis.cohort import Cohort
from cdanalysis.errors import CohortError
from cdanalysis.reading.assembling import assembled
from cdanalysis.reading.bytes.text.text_form import TextForm, merged
from cdanalysis.reading.headers.matching import Matching
from cdanalysis.reading.headers.understanding import FileLook, look_of, understand
from cdanalysis.reading.questions import Asking, Question
from cdanalysis.reading.sheets.arranging import arranged
from cdanalysis.reading.sources import Named, Source, contents, read_sources
from cdanalysis.reading.study import Study, as_study


@dataclass(frozen=True, eq=False)
class Opened:
    """A file that was opened: its cohort or why it has none, what is open, and how it was understood.

    questions: each answered by `study.answered({question.id: option})`, with which it is opened again; answered: those that
    were, and how. study: how the file was read, to read the next export alike. look: its columns with a few values, where
    it could be read.
    """

    cohort: Cohort | None
    refusal: str
    look: FileLook | None
    questions: tuple[Question, ...] = ()
    study: Study = field(default_factory=Study)
    answered: tuple[tuple[Question, str], ...] = ()


def read_cohort(
    source: Source, *, file_name: str = "", study: Study | None = None, matching: Matching | None = None,
    encoding: str | None = None, delimiter: str | None = None, decimal: str | None = None,
) -> Cohort:  # fmt: skip
    """Read a cohort from a path or from bytes; what is certain is used, and `Cohort.questions` say what is left open.

    source: also a sequence of paths, or of (name, bytes) pairs: their tables are joined by the patients' ids.
    study: how the file is to be read, with the answers to its questions; a matching alone decides headers and sheets.
    encoding, delimiter and decimal are for a text file and replace what the study says or what would be decided
    (`Cohort.text` says how it was read).
    Raises CohortError, and nothing else, for a file that cannot be analysed.
    """
    given = as_study(study if study is not None else matching)
    files = contents(source, file_name)
    asking = Asking(dict(given.answers))
    with _with_what_to_answer(asking), _structure_understood():
        file = read_sources(files, _form(TextForm(encoding, delimiter, decimal), given.matching))
        sheets = arranged(file.sheets, given.matching, asking)
        found = understand(sheets, given.matching, asking)
        return assembled(file, sheets, found, files, given, asking)


def open_cohort(source: Source, file_name: str = "", study: Study | None = None) -> Opened:
    """Open a cohort as `read_cohort` does: the cohort or a refusal in a sentence, its questions, its study. Raises nothing."""
    try:
        files = contents(source, file_name)
    except CohortError as refusal:
        return Opened(None, str(refusal), None)
    return open_files(files, study=study)


def open_file(
    content: bytes, *, file_name: str, study: Study | Matching | None = None, form: TextForm | None = None
) -> Opened:
    """As `open_cohort`, from bytes; form: how a text file is to be read."""
    return open_files(contents(content, file_name), study=study, form=form)


def open_files(
    files: Sequence[Named], *, study: Study | Matching | None = None, form: TextForm | None = None
) -> Opened:
    """As `open_file`, from the names and bytes of several files that belong together."""
    given, look = as_study(study), None
    asking = Asking(dict(given.answers))
    try:
        with _structure_understood():
            file = read_sources(files, _form(form, given.matching))
            sheets = arranged(file.sheets, given.matching, asking)
            found = understand(sheets, given.matching, asking)
            look = replace(look_of(found), text=file.text)
            cohort = assembled(file, sheets, found, files, given, asking)
            return Opened(cohort, "", look, asking.questions, cohort.study, asking.answered)
    except CohortError as refusal:
        study = replace(given, matching=look.matching) if look else given
        return Opened(None, str(refusal), look, asking.questions, study, asking.answered)


@contextmanager
def _with_what_to_answer(asking: Asking) -> Iterator[None]:
    """A refusal tells who calls the library which questions are open, what each accepts, and how it is answered."""
    try:
        yield
    except CohortError as refusal:
        if not asking.questions:
            raise
        asked = "; ".join(f"{one.id!r}: {' | '.join(map(repr, one.options))}" for one in asking.questions)
        how = (
            "answer with opened = open_cohort(file); read_cohort(file, study=opened.study.answered({question: answer}))"
        )
        raise CohortError(f"{refusal} Open questions, {how}: {asked}.") from refusal


@contextmanager
def _structure_understood() -> Iterator[None]:
    """Whatever a file makes go wrong is a CohortError."""
    try:
        yield
    except (
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        ArithmeticError,
        RecursionError,
        UnicodeError,
        MemoryError,
    ) as bug:
        raise CohortError("The file has a structure that could not be understood.") from bug


def _form(given: TextForm | None, matching: Matching | None) -> TextForm:
    """How a text file is to be read: as given, else as the matching says, else as it is found."""
    return merged(given, matching.text if matching else None)
