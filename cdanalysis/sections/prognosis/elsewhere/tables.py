"""How a model from elsewhere does in these patients, line by line."""

from math import nan

import pandas as pd

from cdanalysis.results import NotEstimable, numbers_of
from cdanalysis.sections.prognosis.elsewhere.analysis import Elsewhere
from cdanalysis.sections.prognosis.elsewhere.words import number
from cdanalysis.writing.numbers import confidence, not_estimable, p_value, percentage, percentage_with_interval


def validation_table(found: Elsewhere, conf_level: float) -> pd.DataFrame:
    """A line a measure."""
    own, level, at = found.found, confidence(conf_level), f"by {found.model.months:g} months"
    lines = [
        (f"C ({level})", number(own.concordance)),
        (f"Calibration slope ({level})", number(own.slope)),
        ("P of a slope of 1", p_value(own.slope_p)),
        (f"Calibration intercept, log hazard ({level})", number(own.intercept)),
        (f"Predicted {at}, mean", percentage(own.predicted)),
        (f"Observed {at} ({level})", percentage_with_interval(own.observed)),
        (f"Observed to predicted {at} ({level})", number(own.ratio)),
        *_scores(found),
        ("SD of the linear predictor here", f"{found.spread:.2f}"),
    ]
    return pd.DataFrame(lines, columns=["Measure", "These patients"])


def validation_numbers(found: Elsewhere) -> pd.DataFrame:
    """The same as numbers; empty where there is none."""
    own = found.found
    pairs = (("c", own.concordance), ("slope", own.slope), ("intercept", own.intercept), ("observed", own.observed),
             ("observed_to_predicted", own.ratio))  # fmt: skip
    lines = [(name, *numbers_of(one)) for name, one in pairs]
    single = [("predicted", own.predicted), ("slope_p", own.slope_p), ("spread", found.spread)]
    if not isinstance(own.scores, NotEstimable):
        auc = own.scores.auc if isinstance(own.scores.auc, float) else nan
        single += [("auc", auc), ("brier", own.scores.brier), ("brier_null", own.scores.brier_null)]
    lines += [(name, value, nan, nan) for name, value in single]
    return pd.DataFrame(lines, columns=["measure", "value", "lower", "upper"])


def _scores(found: Elsewhere) -> list[tuple[str, str]]:
    scores, at = found.found.scores, f"at {found.model.months:g} months"
    if isinstance(scores, NotEstimable):
        return [(f"AUC and Brier score {at}", not_estimable(scores))]
    auc = not_estimable(scores.auc) if isinstance(scores.auc, NotEstimable) else f"{scores.auc:.3f}"
    return [
        (f"AUC {at}", auc),
        (f"Brier score {at}", f"{scores.brier:.3f}"),
        ("Brier score of the same risk for all", f"{scores.brier_null:.3f}"),
    ]
