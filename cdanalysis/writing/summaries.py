"""What a marker is that was measured again and again: which value of each patient, and of when; plain."""

from cdanalysis.dictionary.summaries import named, parted, row_of
from cdanalysis.settings import Settings

NO_LATER = "Values measured later are not used."


def value_words(code: str, settings: Settings) -> str:
    """What the summary of a code is, to stand after "is"; empty of a marker at baseline."""
    found, weeks = parted(code), settings.visit_window_weeks
    if found is None:
        return ""
    window = f"{weeks:g} {'week' if weeks == 1 else 'weeks'}" if weeks else "a day"
    return found[1].about.format(window=window, when=f"week {settings.landmark_week:g}")


def label_without_cohort(code: str) -> str:
    """The name of a summary where its cohort is not at hand; of another code the code itself."""
    found, row = parted(code), row_of(code)
    if row is not None:
        return row.label
    return named(found[1], found[0]) if found else code
