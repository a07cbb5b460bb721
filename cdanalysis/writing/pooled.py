"""Ratios put together, in words; plain."""

from collections.abc import Iterator

from cdanalysis.results import Caution, NotEstimable
from cdanalysis.statistics.pooling.meta_analysis import Pooled
from cdanalysis.writing.numbers import count, hazard_ratio, hazard_ratio_with_p, interval, p_phrase, percentage

BETWEEN_NAMES = {"reml": "REML", "dl": "DerSimonian-Laird"}


def pooled_phrase(pooled: Pooled, of: str) -> str:
    """Fixed and random effect, Q, I² and τ² of so many ratios."""
    return (
        f"{pooled.n} {of} put together: {hazard_ratio_with_p(pooled.fixed, pooled.fixed_p)} (one effect), "
        f"{hazard_ratio_with_p(pooled.random, pooled.random_p)} (random effects); Q = {pooled.test.statistic:.1f} with "
        f"{count(pooled.test.df, 'degree')} of freedom, {p_phrase(pooled.test.p_value)}, I² = {percentage(pooled.i_squared)}, "
        f"τ² = {pooled.tau_squared:.3f} by {BETWEEN_NAMES[pooled.between]}"
    )


def pooled_alt(pooled: Pooled | NotEstimable) -> str:
    """What a forest plot shows under its ratios, for its alternative text; empty where nothing was put together."""
    if isinstance(pooled, NotEstimable):
        return ""
    return f" Put together: {hazard_ratio(pooled.fixed)} fixed, {hazard_ratio(pooled.random)} random."


def narrow_cautions(pooled: Pooled | NotEstimable) -> Iterator[Caution]:
    """Where Hartung and Knapp's interval is narrower than the usual one, which is already too narrow."""
    if isinstance(pooled, NotEstimable):
        return
    usual = pooled.by_normal
    if pooled.random.upper * usual.lower < usual.upper * pooled.random.lower:
        narrower = "Hartung and Knapp's interval is narrower than the usual one, so the ratios lie very close"
        yield Caution(f"{narrower}: read {interval(usual)}.", "narrow interval")
