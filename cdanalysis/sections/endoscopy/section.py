"""Endoscopy: CDEIS and Rutgeerts before and after, remission, healing, the yearly course, who was examined."""

from collections.abc import Iterator
from dataclasses import replace

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import ENDOSCOPIC_SETTINGS
from cdanalysis.results import NotEstimable
from cdanalysis.sections.baseline.analysis import baseline
from cdanalysis.sections.baseline.section import table_one
from cdanalysis.sections.blocks import OF_PATIENTS, Excluded, Figure, Heading, KeyFigures, Looked, Quote, Table
from cdanalysis.sections.endoscopy import figures, tables, words
from cdanalysis.sections.endoscopy.analysis import Endoscopy, Score, endoscopy
from cdanalysis.sections.parts import Block, SideBySide
from cdanalysis.sections.recall import Recall, direct, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, exact, paired
from cdanalysis.writing.footers import footer


@or_why
def section(cohort: Cohort, settings: Settings, recall: Recall = direct) -> Iterator[Block]:
    """The blocks of the Endoscopy page."""
    found = estimable(recall(endoscopy, cohort, settings))
    tested = tuple((one.label, one.test.t_p) for one in found.scores if not isinstance(one.test, NotEstimable))
    yield Looked(cohort, settings, page="Endoscopy", names=ENDOSCOPIC_SETTINGS, cut=(), tested=tested)
    below = footer(cohort, settings, "endoscopy")
    yield KeyFigures(words.key_figures(found))
    yield Quote(words.endoscopy_sentence(found))
    yield from _before_and_after(found, cohort, settings, below)
    if found.years:
        yield Heading("Year by year")
        code = found.yearly.label.lower()
        course = figures.yearly_course(found, below)
        yield Figure(f"{code}-by-year", course, words.yearly_alt(found), private=OF_PATIENTS)
        shown, rules = tables.endoscopy_years(found), convention_note(settings, paired)
        title = f"{found.yearly.label} year by year"
        yield Table(f"{code}-years", shown, title, footnote=words.YEARS, convention=rules)
    yield Heading("Who was examined")
    compared = recall(baseline, cohort, replace(settings, baseline_group="endoscopy"))
    if isinstance(compared, NotEstimable):
        yield compared
    else:
        yield table_one("examined", "Patients with and without a follow-up endoscopy", compared, settings)
    yield Excluded(found.excluded, found.n)


def _before_and_after(found: Endoscopy, cohort: Cohort, settings: Settings, below: str) -> Iterator[Block]:
    yield SideBySide(tuple((_pairs(one, below),) for one in found.scores))
    scores, rules = tables.endoscopy_scores(found.scores), convention_note(settings, paired)
    title = "Endoscopic scores before and after"
    yield Table("endoscopy-scores", scores, title, footnote=words.BEFORE_AFTER, convention=rules)
    note = words.footnote(cohort, settings)
    shares, rules = tables.endoscopy_shares(found.shares, settings.conf_level), convention_note(settings, exact)
    title = "Endoscopic remission and mucosal healing"
    yield Table("endoscopy-outcomes", shares, title, footnote=note, convention=rules)


def _pairs(one: Score, below: str) -> Figure:
    name, figure = f"{one.label.lower()}-before-after", figures.before_and_after(one, below)
    return Figure(name, figure, words.before_after_alt(one), private=OF_PATIENTS)


def paper(found: Endoscopy, settings: Settings) -> Iterator[Table]:
    """The tables of a paper."""
    if found.scores:
        yield Table("scores", tables.endoscopy_scores(found.scores), "Endoscopic scores before and after therapy")
    shares = tables.endoscopy_shares(found.shares, settings.conf_level).rename(columns={"": "Outcome"})
    yield Table("shares", shares, "Endoscopic remission and healing")
