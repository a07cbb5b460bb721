"""Ratios put together, in words; plain."""

from cdanalysis.results import Caution
from cdanalysis.statistics.pooling.meta_analysis import Pooled
from cdanalysis.writing.numbers import count, hazard_ratio_with_p, interval, p_phrase, percentage

BETWEEN_NAMES = {"reml": "REML", "dl": "DerSimonian-Laird"}


def pooled_phrase(pooled: Pooled, of: str) -> str:
    """Fixed and random effect, Q, I² and τ² of so many ratios."""
    return (
        f"{pooled.n} {of} put together: {hazard_ratio_with_p(pooled.fixed, pooled.fixed_p)} (one effect), "
        f"{hazard_ratio_with_p(pooled.random, pooled.random_p)} (random effects); Q = {pooled.test.statistic:.1f} with "
        f"{count(pooled.test.df, 'degree')} of freedom, {p_phrase(pooled.test.p_value)}, I² = {percentage(pooled.i_squared)}, "
        f"τ² = {pooled.tau_squared:.3f} by {BETWEEN_NAMES[pooled.between]}"
    )


def narrow_cautions(pooled: Pooled) -> list[Caution]:
    """Where Hartung and Knapp's interval is narrower than the usual one, which is already too narrow."""
    usual = pooled.by_normal
    if pooled.random.upper * usual.lower >= usual.upper * pooled.random.lower:
        return []
    words = f"Hartung and Knapp's interval is narrower than the usual one, so the ratios lie very close: read {interval(usual)}."
    return [Caution(words, "narrow interval")]
