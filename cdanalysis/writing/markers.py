"""The markers of a cohort in words, by their codes: those under the handles first."""

from cdanalysis.cohort import Cohort
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import one_line


def marker_labels(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """Every marker of the cohort."""
    codes = dict.fromkeys((*cohort.handles(settings.handle_codes), *cohort.markers))
    return {code: one_line(cohort.marker(code).label) for code in codes}


def handle_labels(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """The markers under the handles."""
    return {code: one_line(cohort.marker(code).label) for code in cohort.handles(settings.handle_codes)}
