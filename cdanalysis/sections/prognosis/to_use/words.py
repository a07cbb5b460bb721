"""A model to use, in words: its risk groups, how a nomogram is read, what the calculator found."""

from collections.abc import Sequence

from cdanalysis.sections.prognosis.to_use.analysis import ToUse
from cdanalysis.sections.prognosis.to_use.scales import Scale
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import confidence, count, listed, percentage, percentage_with_interval
from cdanalysis.writing.within import within

NAMES = {1: ("All",), 2: ("Low", "High"), 3: ("Low", "Intermediate", "High")}
ABOUT_GROUPS = (
    "Thirds of these patients by the risk that the model predicts for them. It was made of the same patients, so the groups lie "
    "further apart than they will elsewhere."
)
ABOUT_NOMOGRAM = (
    "Read the points of each value straight up on the first line, add them, and read the risk under the total. For a value between "
    "two marks use the calculator."
)
ABOUT_CALCULATOR = (
    "What is given here stays on this page: it is in no link and no file. The risk is the model's, without an interval, for a "
    "patient like those it was made of; it is no advice."
)
VALUE_HELP = "From {lowest:.4g} to {highest:.4g} in the patients of the model."
LEVEL_HELP = "{counts} in the patients of the model."


def group_labels(found: ToUse) -> list[str]:
    """What the groups are called, with the predicted risks that they hold; plain."""
    last = len(found.groups) - 1
    return [
        f"{name} risk, {_span(place, last, one.lower, one.upper)}"
        for place, (name, one) in enumerate(zip(NAMES[last + 1], found.groups, strict=True))
    ]


def _span(place: int, last: int, lower: float, upper: float) -> str:
    if not last:
        return "one prediction for all"
    if not place:
        return f"up to {percentage(upper)}"
    return f"above {percentage(lower)}" if place == last else f"{percentage(lower)} to {percentage(upper)}"


def groups_sentence(found: ToUse, conf_level: float) -> str:
    """For the manuscript: what was observed in each group."""
    told = [
        f"{percentage_with_interval(one.observed)} of {count(one.n, 'patient')} of {name.lower()} predicted risk"
        for name, one in zip(NAMES[len(found.groups)], found.groups, strict=True)
    ]
    return escape_markdown(
        f"By {found.month:g} months {found.noun} was observed in {listed(told)} ({confidence(conf_level)})."
    )


def groups_alt(found: ToUse) -> str:
    """The alternative text of the curves; plain."""
    told = [
        f"{label}: {count(one.n_events, found.noun)} in {count(one.n, 'patient')}"
        for label, one in zip(group_labels(found), found.groups, strict=True)
    ]
    return f"Kaplan-Meier curves by predicted risk. {'; '.join(told)}."


def nomogram_alt(found: ToUse) -> str:
    """The alternative text of the nomogram; plain."""
    told = [f"{one.label} up to {found.points.of(one, [_strongest(one)])[0]:.0f} points" for one in found.points.scales]
    return f"Nomogram of {found.noun} by {found.month:g} months: {'; '.join(told)}."


def _strongest(scale: Scale) -> float:
    values = [*range(len(scale.levels))] if scale.levels else scale.values.tolist()
    return max(values, key=lambda value: scale.worth([value])[0])


def benefit_alt(found: ToUse) -> str:
    """The alternative text of the decision curve; plain."""
    return f"Decision curve of {found.noun} by {found.month:g} months: net benefit of the model, of everybody and of nobody."


def risk_sentence(found: ToUse, values: Sequence[float]) -> str:
    """What the calculator says of a patient; values: one of each scale, in their order."""
    scales, points = found.points.scales, found.points
    worth = [float(one.worth([value])[0]) for one, value in zip(scales, values, strict=True)]
    risk, total = found.risk(sum(worth)), (sum(worth) - points.lowest) * points.factor
    place = next((place for place, one in enumerate(found.groups) if risk <= one.upper), len(found.groups) - 1)
    group = "" if len(found.groups) == 1 else f", {NAMES[len(found.groups)][place].lower()} among these patients"
    given = listed([_given(one, value) for one, value in zip(scales, values, strict=True)])
    return (
        f"Predicted risk of {escape_markdown(found.noun)} by {found.month:g} months: **{percentage(risk)}**"
        f"{group} ({total:.0f} points). {escape_markdown(f'With {given}.')}"
    )


def outside(found: ToUse, values: Sequence[float]) -> str:
    """Which values lie beyond those of the patients; empty where none does."""
    beyond = [
        f"{within(one.label)} ({one.values[0]:.4g} to {one.values[-1]:.4g})"
        for one, value in zip(found.points.scales, values, strict=True)
        if not one.levels and not one.values[0] <= value <= one.values[-1]
    ]
    return f"Beyond the patients of the model, so a guess: {listed(beyond)}." if beyond else ""


def _given(scale: Scale, value: float) -> str:
    if scale.levels:
        level = scale.levels[int(value)].label
        says_itself = scale.label in [one.label for one in scale.levels]  # `female` or `Male sex`
        return within(level) if says_itself else f"{within(scale.label)} {level}"
    return f"{within(scale.label)} {value:.6g}{f' {scale.unit}' if scale.unit else ''}"


def about(scale: Scale) -> str:
    """What a value may be: the range or the counts of the levels; plain."""
    if scale.levels:
        return LEVEL_HELP.format(counts=listed([f"{one.label} {one.n:,}" for one in scale.levels]))
    return VALUE_HELP.format(lowest=scale.values[0], highest=scale.values[-1])
