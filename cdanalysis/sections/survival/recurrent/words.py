"""Events that come again, in words: how many, in whom, what the markers do to them."""

from math import isnan

from cdanalysis.results import Estimate, NotEstimable, p_of
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.survival.recurrent.analysis import ByVariable, RecurrentEvents, RecurrentRatio
from cdanalysis.settings import Settings
from cdanalysis.writing.escapes import escape_figure_text, escape_markdown
from cdanalysis.writing.nouns import plural
from cdanalysis.writing.numbers import EVERYONE, NOT_OBSERVED, confidence, count, limits, p_phrase, with_limits
from cdanalysis.writing.within import within

ABOUT_RECURRENT = (
    "The mean number of events per patient by a month (Nelson's estimate); its interval and the test hold whether or not a "
    "patient's events depend on each other (Lawless and Nadeau). A death ends the observation as if more could have come, so "
    "where many die the mean is too high."
)
ABOUT_RATIOS = (
    "Andersen-Gill: ratio of the rates of all events. PWP gap time: ratio of the hazards of the next event since the one before, "
    "patients compared with those who had as many; later events are those of few patients. Both with errors by patient, markers "
    "as they were at baseline. First event: the Cox model of that alone."
)


def recurrent_title(found: RecurrentEvents, one: ByVariable) -> str:
    """The figure's title, as plotly text."""
    by = f" by {within(one.label)}" if one.label else ""
    return escape_figure_text(f"Mean number of {plural(found.endpoint.noun)} per patient{by}")


def mean(estimate: Estimate | None) -> str:
    """`0.33 (0.20-0.54)`."""
    return NOT_OBSERVED if estimate is None else with_limits(estimate, 2)


def p_of_means(one: ByVariable) -> float | NotEstimable | None:
    """The P of the robust test, None for one group."""
    test = None if isinstance(one.curves, NotEstimable) else one.curves.test
    return None if test is None else p_of(test)


def test_of(one: ByVariable) -> str:
    """What is tested; plain."""
    return f"equal means by {within(one.label)}"


def test_note(one: ByVariable) -> str:
    """The robust test, written into the figure; plain, empty for one group."""
    p = p_of_means(one)
    return "" if p is None else f"robust test of equal means {p_phrase(p)}"


def recurrent_sentence(found: RecurrentEvents, settings: Settings) -> str:
    """For the manuscript: events, in whom, the mean at the last month, and the test of each variable."""
    (whole,) = found.whole.groups
    noun = found.endpoint.noun
    told = (
        f"{count(whole.n_events, noun)} in {whole.n_with} of {count(whole.n, 'patient')}, {whole.n_several} of whom had several; "
        f"{whole.rate.value:.1f} per 100 patient-years"
    )
    if not isnan(whole.rate.lower):
        told += f" ({confidence(settings.conf_level)} by patient {limits(whole.rate)})"
    shown = [(month, one) for month, one in zip(found.months, whole.means, strict=True) if one is not None]
    if shown:
        told += f". The mean number by {shown[-1][0]:g} months was {mean(shown[-1][1])}"
    tests = "".join(f" {one.label}: {test_note(one)}." for one in found.by_variable[1:] if test_note(one))
    return escape_markdown(f"{told}.{tests}")


def ratios_sentence(found: RecurrentEvents) -> str:
    """For the manuscript: both ratios of each term."""
    told = "; ".join(_ratio(row) for row in found.ratios)
    return escape_markdown(f"{told}.") if told else ""


def _ratio(row: RecurrentRatio) -> str:
    all_events = ratio_with_p(row.andersen_gill)
    gap = ratio_with_p(row.pwp_gap)
    return f"{row.label}: rate ratio {all_events} (Andersen-Gill), gap-time hazard ratio {gap}"


def notes(found: RecurrentEvents) -> str:
    """What counts as another event, what is left out, and the limits."""
    told = [found.endpoint.rule] if found.endpoint.rule else []
    if found.endpoint.n_outside:
        told.append(f"{count(found.endpoint.n_outside, 'further event')} outside the time observed not counted.")
    if found.n_same_day:
        told.append(
            f"In the ratios {count(found.n_same_day, 'event')} on a day with another of the same patient not counted."
        )
    return escape_markdown(" ".join([*told, ABOUT_RECURRENT]))


def recurrent_alt(found: RecurrentEvents, one: ByVariable) -> str:
    """The alternative text of the figure; plain."""
    lines = [
        f"{group.name or EVERYONE}: {count(group.n_events, 'event')} in {count(group.n, 'patient')}, "
        + ", ".join(
            f"{mean(value)} by {month:g} months" for month, value in zip(found.months, group.means, strict=True)
        )
        + "."
        for group in one.groups
    ]
    return " ".join([f"Mean number of {plural(found.endpoint.noun)} per patient.", *lines])
