"""A marker's ratio across centres as tables: the ways of allowing for them, and each centre's own."""

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.models.ratio_of import RatioOf, numbers_beside
from cdanalysis.sections.models.words import ratio_with_p
from cdanalysis.sections.predictors.centres.analysis import Centres
from cdanalysis.sections.predictors.centres.words import WAY_NAMES
from cdanalysis.sections.predictors.subgroups.tables import subgroup_cells
from cdanalysis.writing.nouns import plural
from cdanalysis.writing.numbers import NOTHING, confidence, hazard_ratio, p_value, percentage


def ways_table(found: Centres, conf_level: float) -> pd.DataFrame:
    """One line per way of allowing for the centres: the marker alone, and with the other covariates."""
    level = confidence(conf_level)
    lines = [
        (WAY_NAMES[one.way], ratio_with_p(one.alone), NOTHING if one.beside is None else ratio_with_p(one.beside))
        for one in found.ways
    ]
    return pd.DataFrame(
        lines, columns=["Centres", f"Alone: HR ({level}), P", f"With the other covariates: HR ({level}), P"]
    )


def ways_numbers(found: Centres) -> pd.DataFrame:
    """The same as numbers."""
    nothing = RatioOf(NotEstimable("no other covariate"), float("nan"))
    lines = [((WAY_NAMES[one.way],), (one.alone, one.beside or nothing)) for one in found.ways]
    return numbers_beside(lines, ("centres",), ("alone", "adjusted"))


def centres_table(found: Centres, conf_level: float) -> pd.DataFrame:
    """A line a centre: patients and events above and below, its ratio, its weight; then the ratios put together."""
    pooled = found.pooled
    weights = (
        {} if isinstance(pooled, NotEstimable) else dict(zip(found.estimated, pooled.weights.tolist(), strict=True))
    )
    lines = [
        (one.level, *subgroup_cells(one), percentage(weights[one.level]) if one.level in weights else NOTHING)
        for one in found.comparison.subgroups
    ]
    if not isinstance(pooled, NotEstimable):
        lines += [
            ("Put together, one effect", "", "", hazard_ratio(pooled.fixed), p_value(pooled.fixed_p), ""),
            ("Put together, random effects", "", "", hazard_ratio(pooled.random), p_value(pooled.random_p), ""),
            ("Expected in another centre", "", "", hazard_ratio(pooled.prediction), "", ""),
        ]
    n = f"n ({plural(found.noun)})"
    columns = [found.column, f"Above, {n}", f"Below, {n}", f"HR ({confidence(conf_level)})", "P", "Weight (random)"]
    return pd.DataFrame(lines, columns=columns)


def centres_numbers(found: Centres) -> pd.DataFrame:
    """The same as numbers, the variance between centres with them; empty where there is no ratio."""
    sizes = [(one.level, one.n_marked, one.n_events_marked, one.n, one.n_events) for one in found.comparison.subgroups]
    ratios = (RatioOf(one.hazard_ratio, one.p_value).numbers for one in found.comparison.subgroups)
    lines: list[tuple[object, ...]] = [(*size, *ratio) for size, ratio in zip(sizes, ratios, strict=True)]
    if not isinstance(pooled := found.pooled, NotEstimable):
        whole = (("one effect", pooled.fixed, pooled.fixed_p), ("random effects", pooled.random, pooled.random_p))
        lines += [(name, None, None, found.n, found.n_events, *RatioOf(ratio, p).numbers) for name, ratio, p in whole]
        lines.append(("variance between centres", None, None, None, None, pooled.tau_squared, None, None, None))
    columns = ["centre", "n_above", "n_events_above", "n", "n_events", "ratio", "lower", "upper", "p"]
    return pd.DataFrame(lines, columns=columns)
