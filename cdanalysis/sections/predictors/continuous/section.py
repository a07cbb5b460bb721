"""A marker continuous beside its cut."""

from collections.abc import Iterator

from cdanalysis.cohort import Cohort
from cdanalysis.results import NO_MARKER, Exclusion
from cdanalysis.sections.blocks import OF_PATIENTS, OF_VALUES, Excluded, Figure, Note, Quote, Table, drawn
from cdanalysis.sections.cutoffs.stamp_section import stamped_footer
from cdanalysis.sections.parts import Block, Choose, SideBySide, as_part
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.predictors.continuous import figures, words
from cdanalysis.sections.predictors.continuous.analysis import marker_form
from cdanalysis.sections.predictors.continuous.tables import forms_table
from cdanalysis.sections.recall import Recall, estimable, or_why
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_markdown, file_word
from cdanalysis.writing.markers import handle_labels

MARKER_HELP = "Which marker is shown as it was measured."


@as_part("Continuous or cut", "What the cut-off loses: the marker as it was measured beside it.")
def view(cohort: Cohort, settings: Settings, recall: Recall) -> Iterator[Block]:
    """The curve with the cut-off on it, the residuals, and the three forms compared, of a marker under a handle."""
    options = handle_labels(cohort, settings)
    if not options:
        yield NO_MARKER
        return

    def of_marker(code: str) -> Iterator[Block]:
        return _forms(cohort, settings, code, recall)

    yield Choose("check-marker", "Marker", MARKER_HELP, options, of_marker, looks="buttons", word=file_word)


@or_why
def _forms(cohort: Cohort, settings: Settings, code: str, recall: Recall) -> Iterator[Block]:
    model = estimable(recall(predictors, cohort, settings))
    found = estimable(recall(marker_form, cohort, settings, model, code))
    yield Quote(escape_markdown(words.form_sentences(found)))
    below, word = stamped_footer(cohort, settings, recall), file_word(code)
    spline = drawn(f"spline-{word}", figures.spline_figure(found, below), words.spline_alt(found), private=OF_VALUES)
    residuals = Figure(
        f"martingale-{word}", figures.martingale_figure(found, below), words.martingale_alt(found), private=OF_PATIENTS
    )
    yield SideBySide(((spline,), (residuals,)))
    title = f"A marker cut, straight and as a curve: {found.marker.label}"
    yield Table(f"forms-{word}", forms_table(found), title)
    if found.n_missing:
        yield Excluded((Exclusion(f"{found.marker.label} not measured", found.n_missing),), len(found.values))
    yield Note(words.ABOUT_FORMS)
