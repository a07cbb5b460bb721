"""The parts of the Cut-offs page beyond its first view: both markers, stability, two cut-offs of one marker, all of them."""

from collections.abc import Iterator
from functools import partial

from cdanalysis.cohort import Cohort
from cdanalysis.sections.blocks import OF_VALUES, Excluded, Figure, Looked, Sentence, Table
from cdanalysis.sections.cutoffs.analysis import searched
from cdanalysis.sections.cutoffs.landscape import figures, words
from cdanalysis.sections.cutoffs.landscape.analysis import Surface, ThreeGroups, stability, surface, three_groups
from cdanalysis.sections.cutoffs.tables import scan_table
from cdanalysis.sections.parts import Block, Choose, LookCloser, Part, SideBySide, as_part, lazily
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.sections.survival.figures import curves
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.conventions import convention_note, logrank, model
from cdanalysis.writing.escapes import file_word
from cdanalysis.writing.figure_text import curves_title, survival_alt
from cdanalysis.writing.footers import footer
from cdanalysis.writing.numbers import p_phrase
from cdanalysis.writing.within import within

ABOUT_BOTH = "What every pair of cut-offs gives; a click adopts one."
ABOUT_AGAIN = "Which cut-off other samples of these patients would have chosen."
COLOUR_HELP = "What the colour of each pair of cut-offs stands for."
RESAMPLED = 1_000  # patients: beyond it a thousand resamples take long


def landscape(cohort: Cohort, settings: Settings, recall: Recall) -> LookCloser:
    """Every part."""
    given = cohort, settings, recall
    again, two = ({"slow_beyond": RESAMPLED, "long_run": (run, cohort, settings)} for run in (stability, three_groups))
    parts = (
        Part("Both markers together", ABOUT_BOTH, lazily(_surface, *given), once=True),
        Part("Would it be found again?", ABOUT_AGAIN, lazily(_stability, *given), **again),
        Part("Two cut-offs", "Whether three groups tell more than two.", lazily(_three_groups, *given), **two),
        _every_cutoff(*given),
    )
    return LookCloser("landscape-view", parts)


@or_why
def _surface(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(surface, cohort, settings))
    search = f"Every pair of cut-offs of {' and '.join(within(one.label) for one in found.markers)}"
    yield Looked(cohort, settings, search=search, n=found.grid.log_likelihood.size, page="Cut-offs", cut=())
    labels, coloured = words.surface_labels(found.markers), partial(_coloured, cohort, settings, found)
    yield Choose("surface-shows", "Colour shows", COLOUR_HELP, labels, coloured, looks="circles", word=file_word)
    if found.grid.n_dropped:
        yield Excluded(found.excluded, found.grid.n_patients)


def _coloured(cohort: Cohort, settings: Settings, found: Surface, shows: str) -> Iterator[Block]:
    def both(now: Settings, pair: list[float]) -> Settings:
        for marker, value in zip(found.markers, pair, strict=True):
            now = now.with_cutoff(marker.code, float(value))
        return now

    yield Sentence(words.surface_sentence(found))
    below = footer(cohort, settings, "cutoffs")
    figure = figures.surface_figure(found, shows, settings.conf_level, below, settings.marker_axis)
    yield Figure(f"surface-{file_word(shows)}", figure, words.surface_alt(found, shows), pick=both, private=OF_VALUES)


@or_why
def _stability(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(stability, cohort, settings, waiting="Resampling the cohort…"))
    yield Sentence(words.stability_sentence(found, settings.conf_level))
    figure = figures.stability_figure(found, footer(cohort, settings, "cutoffs"))
    yield Figure(f"stability-{file_word(found.marker.code)}", figure, words.stability_alt(found), private=OF_VALUES)


@or_why
def _three_groups(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(recall(three_groups, cohort, settings, waiting="Shuffling the marker…"))
    search = f"Every two cut-offs of {within(found.marker.label)}"
    yield Looked(cohort, settings, search=search, n=len(found.pairs.lower), page="Cut-offs", cut=())
    yield Sentence(words.three_groups_sentence(found))
    below, word = footer(cohort, settings, "cutoffs"), file_word(found.marker.code)
    pairs = Figure(
        f"two-cutoffs-{word}",
        figures.pairs_figure(found, below, settings.marker_axis),
        words.PAIRS_ALT,
        private=OF_VALUES,
    )
    yield SideBySide(((pairs,), (_best_pair(found, settings, below),)))


def _best_pair(found: ThreeGroups, settings: Settings, below: str) -> Figure:
    cumulative, label, noun = settings.curve == "cumulative", found.marker.label, found.endpoint.noun
    title = curves_title(label, cumulative, outcome=noun)
    look = {"cumulative": cumulative, "show_interval": settings.show_interval, "footer": below}
    figure = curves(found, title, beside=f"corrected for the search {p_phrase(found.pairs.p_corrected)}", **look)
    return Figure(
        f"three-groups-{file_word(found.marker.code)}", figure, survival_alt(found.kaplan_meier, label, outcome=noun)
    )


@as_part("Every cut-off", "The numbers behind the figure.")
@or_why
def _every_cutoff(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    found = estimable(searched(cohort, settings, recall))
    rules = convention_note(settings, logrank, model)
    shown = scan_table(found, settings.conf_level)
    yield Table("cutoffs", shown, "Every admissible cut-off", convention=rules, private=OF_VALUES)
