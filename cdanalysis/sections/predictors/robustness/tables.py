"""The patients a hazard ratio leans on most, and its interval by drawing patients again."""

import pandas as pd

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.predictors.robustness.analysis import LeftOut, Robustness
from cdanalysis.statistics.checks.influence import Bootstrap
from cdanalysis.statistics.cox.cox_result import CoxTerm
from cdanalysis.writing.numbers import NOT_DEFINED, confidence, not_estimable, ratio

MOST_SHOWN = 6


def left_out_table(found: Robustness) -> pd.DataFrame:
    """The patients whose leaving out moves the ratio most, by dfbeta."""
    lines = () if isinstance(found.left_out, NotEstimable) else found.left_out
    most = sorted(lines, key=lambda one: -abs(one.shift))[:MOST_SHOWN]
    columns = ["Patient", "Followed (months)", "Ended by", "HR without", "Shift (SE)"]
    return pd.DataFrame([_line(one, found.noun) for one in most], columns=columns)


def bootstrap_table(found: Bootstrap, term: CoxTerm, conf_level: float) -> pd.DataFrame:
    """The model's interval beside the two of the bootstrap."""
    rows = (
        ("Wald, of the model", term.hazard_ratio),
        ("Bootstrap, percentile", found.percentile),
        ("Bootstrap, BCa", found.bca),
    )
    lines = [(name, *_span(estimate)) for name, estimate in rows]
    return pd.DataFrame(lines, columns=[f"Interval ({confidence(conf_level)})", "Lower", "Upper"])


def _line(one: LeftOut, noun: str) -> tuple[str, ...]:
    ended = noun if one.event else "censoring"
    return one.patient_id, f"{one.months:.1f}", ended, ratio(one.ratio), f"{one.shift:+.2f}"


def _span(estimate: Estimate | NotEstimable) -> tuple[str, str]:
    if isinstance(estimate, NotEstimable):
        return not_estimable(estimate), ""
    limits = (estimate.lower, estimate.upper)
    lower, upper = ("not bounded" if ratio(end) == NOT_DEFINED else ratio(end) for end in limits)
    return lower, upper
