"""Any paper's printed results: what the cohort has for each kind of printed number, in the order in which papers print it."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates
from cdanalysis.outcomes.selection import label_of, meeting, offered, selected, values_of
from cdanalysis.results import Estimate, NotEstimable, PredictorRow
from cdanalysis.sections.predictors.analysis import predictors
from cdanalysis.sections.reproduction.printed_sheet import Asked
from cdanalysis.sections.survival.analysis import Survival, survival
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text import conditions, cutoffs
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.statistics.describe.comparisons import quantiles

Numbers = tuple[float, ...]


def numbers(cohort: Cohort, settings: Settings, one: Asked) -> Numbers | NotEstimable:
    """What the cohort has for a line, in the order in which a paper prints it: the value, then its limits."""
    compute = QUANTITIES.get(one.quantity.lower())
    if compute is None:
        return NotEstimable(f"the quantity {one.quantity[:40]!r} is none of {', '.join(QUANTITIES)}")
    chosen = replace(
        settings, survival_group="", **({"outcome": one.outcome, "outcome_noun": ""} if one.outcome else {})
    )
    if one.outcome and one.outcome not in cohort.outcomes:
        return NotEstimable(
            f"the cohort has no outcome {one.outcome[:40]!r}; it has {', '.join(cohort.outcomes) or 'none'}"
        )
    return compute(selected(cohort, chosen), chosen, one)


def _of_survival(read: Callable[[Survival], Numbers]) -> Callable[[Cohort, Settings, Asked], Numbers | NotEstimable]:
    def compute(cohort: Cohort, settings: Settings, _: Asked) -> Numbers | NotEstimable:
        found = survival(cohort, settings)
        return found if isinstance(found, NotEstimable) else read(found)

    return compute


def _event_free(cohort: Cohort, settings: Settings, one: Asked) -> Numbers | NotEstimable:
    found = survival(cohort, replace(settings, at_months=one.at))
    if isinstance(found, NotEstimable):
        return found
    if not found.kaplan_meier.at:
        return NotEstimable(f"at is {one.at[:40]!r}, expected a number of months")
    return tuple(100 * value for value in found.kaplan_meier.at[0].survival.numbers)


def _ratio(read: Callable[[PredictorRow], object]) -> Callable[[Cohort, Settings, Asked], Numbers | NotEstimable]:
    def compute(cohort: Cohort, settings: Settings, one: Asked) -> Numbers | NotEstimable:
        row = _row(cohort, settings, one.of)
        value = row if isinstance(row, NotEstimable) else read(row)
        if value is None:
            return NotEstimable("the screening left it out of the multivariable model")
        if isinstance(value, NotEstimable):
            return value
        return value.numbers if isinstance(value, Estimate) else (float(value),)  # type: ignore[arg-type]

    return compute


def _row(cohort: Cohort, settings: Settings, of: str) -> PredictorRow | NotEstimable:
    """The line of a marker at a cut-off (`crp>10`) or of another candidate, by code or label."""
    if ">" in of:
        try:
            code, cut = cutoffs.one_from_text(of)
        except ValueError as fault:
            return NotEstimable(str(fault))
    else:
        code, cut = of, None
    named = {
        name.lower(): known
        for known in covariates.available(cohort)
        for name in (known, covariates.label_of(cohort, known))
    }
    code = named.get(code.lower(), "")
    if not code:
        return NotEstimable(
            f"the cohort has no candidate {of[:40]!r}; it has {', '.join(covariates.available(cohort))}"
        )
    if cohort.is_marker(code):
        settings = replace(settings, handles=joined(dict.fromkeys((code, *cohort.handles(settings.handle_codes)[:1]))))
        settings = settings.with_cutoff(code, *cut) if cut else settings
    found = predictors(cohort, settings)
    if isinstance(found, NotEstimable):
        return found
    return next(
        (row for row in found.rows if row.code == code), NotEstimable(f"{of} is no candidate of the model in use")
    )


def _described(
    read: Callable[[np.ndarray, Settings], Numbers],
) -> Callable[[Cohort, Settings, Asked], Numbers | NotEstimable]:
    def compute(cohort: Cohort, settings: Settings, one: Asked) -> Numbers | NotEstimable:
        values = values_of(cohort, _column(cohort, one.of))
        if values is None:
            return NotEstimable(f"the cohort has no column {one.of[:40]!r}")
        try:
            known = values.dropna().to_numpy(float)
        except (TypeError, ValueError):
            return NotEstimable(f"{one.of} holds no numbers")
        return read(known, settings) if len(known) else NotEstimable(f"{one.of} was not measured")

    return compute


def _column(cohort: Cohort, name: str) -> str:
    """A column by its name, or by what a marker or a sentence calls it."""
    labels = {label.lower(): column for column, label in offered(cohort).items()}
    marker = cohort.marker(name).column if cohort.is_marker(name) else ""
    return marker or (name if values_of(cohort, name) is not None else labels.get(name.lower(), name))


def _with(share: bool) -> Callable[[Cohort, Settings, Asked], Numbers | NotEstimable]:
    def compute(cohort: Cohort, _: Settings, one: Asked) -> Numbers | NotEstimable:
        try:
            (condition,) = conditions.from_text(one.of)
        except ValueError:
            return NotEstimable(f"of is {one.of[:40]!r}, expected one condition such as sex=male")
        values = values_of(cohort, _column(cohort, condition.column))
        if values is None:
            return NotEstimable(f"the cohort has no column {label_of(cohort, condition.column)}")
        meets, known = meeting(condition, values), int(values.notna().sum())
        n = float(meets.sum())
        return (100 * n / known,) if share and known else (n,)

    return compute


QUANTITIES: dict[str, Callable[[Cohort, Settings, Asked], Numbers | NotEstimable]] = {
    "patients": _of_survival(lambda found: (float(found.n),)),
    "events": _of_survival(lambda found: (float(found.n_events),)),
    "event-free %": _event_free,
    "median time": _of_survival(lambda found: found.quantiles[0][1].numbers),
    "follow-up": _of_survival(lambda found: found.follow_up.numbers),
    "hazard ratio": _ratio(lambda row: row.univariable),
    "hazard ratio p": _ratio(lambda row: row.univariable_p),
    "adjusted hazard ratio": _ratio(lambda row: row.multivariable),
    "adjusted hazard ratio p": _ratio(
        lambda row: row.multivariable if row.multivariable is None else row.multivariable_p
    ),
    "log-rank p": _ratio(lambda row: row.logrank_p),
    "median of": _described(lambda known, s: tuple(quantiles(known, (0.5, 0.25, 0.75), s.convention))),
    "mean of": _described(lambda known, _: (float(known.mean()), float(known.std(ddof=1)))),
    "number with": _with(share=False),
    "percentage with": _with(share=True),
}
