"""A measurement before and after in the same patients, as the cells of a table."""

from cdanalysis.results import NotEstimable
from cdanalysis.statistics.describe.paired import Paired
from cdanalysis.writing.numbers import NOTHING, limits, measurement, not_estimable, p_value


def paired_cells(test: Paired | NotEstimable, decimals: int = 1) -> tuple[object, ...]:
    """Pairs, means before and after, change, and both P values."""
    if isinstance(test, NotEstimable):
        return 0, NOTHING, NOTHING, not_estimable(test), NOTHING, NOTHING
    before, after = ((getattr(test, f"mean_{when}"), getattr(test, f"sd_{when}")) for when in ("before", "after"))
    shown = (f"{measurement(mean, decimals)} ± {measurement(sd, decimals)}" for mean, sd in (before, after))
    change = test.mean_change
    return (
        test.n,
        *shown,
        f"{measurement(change.value, decimals)} ({limits(change, 1, decimals)})",
        p_value(test.t_p),
        p_value(test.wilcoxon_p),
    )
