"""The hazard ratios of other papers beside the cohort's own, line by line."""

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.reproduction.beside.analysis import Beside
from cdanalysis.sections.reproduction.beside.words import OURS
from cdanalysis.statistics.pooling.meta_analysis import Pooled
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio, p_beside, p_value, percentage


def beside_table(found: Beside) -> pd.DataFrame:
    """A line a ratio with its weight, then all together, then the papers alone."""
    together = found.together
    weights = (
        [NOTHING] * len(found.published)
        if isinstance(together, NotEstimable)
        else [percentage(float(weight)) for weight in together.weights[1:]]
    )
    own = NOTHING if isinstance(together, NotEstimable) else percentage(float(together.weights[0]))
    lines = [(OURS, hazard_ratio(found.ours.ratio), p_beside(found.ours.ratio, found.ours.p_value), own)]
    papers = zip(found.published, found.published_p, strict=True)
    printed = ((one.label, f"{one.ratio} ({one.lower}-{one.upper})", p_value(p)) for one, p in papers)
    lines += [(*one, weight) for one, weight in zip(printed, weights, strict=True)]
    lines += [*_pooled(together, "All together"), *_pooled(found.papers, "The papers alone")]
    level = confidence(found.conf_level)
    return pd.DataFrame(
        lines, columns=["Paper", f"HR ({level}; papers as printed)", "P (papers: from the interval)", "Weight (random)"]
    )


def beside_numbers(found: Beside) -> pd.DataFrame:
    """The same as numbers."""
    lines = [
        (OURS, *found.ours.numbers),
        *((one.label, *one.numbers, p) for one, p in zip(found.published, found.published_p, strict=True)),
    ]
    for pooled, name in ((found.together, "all together"), (found.papers, "papers alone")):
        if not isinstance(pooled, NotEstimable):
            lines += [
                (f"{name}, one effect", *pooled.fixed.numbers, pooled.fixed_p),
                (f"{name}, random effects", *pooled.random.numbers, pooled.random_p),
                (f"{name}, expected", *pooled.prediction.numbers, None),
                (f"{name}, variance between studies", pooled.tau_squared, None, None, None),
            ]
    return pd.DataFrame(lines, columns=["paper", "ratio", "lower", "upper", "p"])


def _pooled(pooled: Pooled | NotEstimable, name: str) -> list[tuple[str, str, str, str]]:
    if isinstance(pooled, NotEstimable):
        return []
    return [
        (f"{name}, one effect", hazard_ratio(pooled.fixed), p_value(pooled.fixed_p), ""),
        (f"{name}, random effects", hazard_ratio(pooled.random), p_value(pooled.random_p), ""),
        (f"{name}: expected in another study", hazard_ratio(pooled.prediction), "", ""),
    ]
