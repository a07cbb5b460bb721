"""The markers of a cohort in words: by their codes, those under the handles first; which value of each patient one is."""

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.dictionary.summaries import named, parted, row_of
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import one_line

NO_LATER = "Values measured later are not used."


def marker_labels(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """Every marker of the cohort."""
    codes = dict.fromkeys((*cohort.handles(settings.handle_codes), *cohort.markers))
    return {code: one_line(cohort.marker(code).label) for code in codes}


def handle_labels(cohort: Cohort, settings: Settings) -> dict[str, str]:
    """The markers under the handles."""
    return {code: one_line(cohort.marker(code).label) for code in cohort.handles(settings.handle_codes)}


def value_words(code: str, settings: Settings) -> str:
    """What the summary of a code is, to stand after "is"; empty of a marker at baseline."""
    found, weeks = parted(code), settings.visit_window_weeks
    if found is None:
        return ""
    window = f"{weeks:g} {'week' if weeks == 1 else 'weeks'}" if weeks else "a day"
    return found[1].about.format(window=window, when=f"week {settings.landmark_week:g}")


def per_step(marker: Marker) -> str:
    """What the hazard ratio of a marker kept continuous is per: `per 10 mg/L`, `per doubling`."""
    return f"per {marker.amount(marker.continuous_step)}" if marker.continuous_step else "per doubling"


def label_without_cohort(code: str) -> str:
    """The name of a summary where its cohort is not at hand; of another code the code itself."""
    found, row = parted(code), row_of(code)
    if row is not None:
        return row.label
    return named(found[1], found[0]) if found else code
