"""Endoscopy as tables: scores before and after, outcomes with their interval; text to read."""

from collections.abc import Sequence

import pandas as pd

from cdanalysis.results import NotEstimable
from cdanalysis.sections.endoscopy.analysis import Endoscopy, Score, Share
from cdanalysis.statistics.describe.paired import Paired
from cdanalysis.writing.numbers import NOTHING, confidence, limits, measurement, p_phrase, share_with_interval
from cdanalysis.writing.tables.paired import paired_cells


def endoscopy_scores(scores: Sequence[Score]) -> pd.DataFrame:
    """One line per score: before, after, shift, both tests."""
    lines = [(one.label, *paired_cells(one.test, 2), _shift(one.test)) for one in scores]
    means, tests = ["Before, mean ± SD", "After, mean ± SD", "Mean change"], ["Paired t, P", "Wilcoxon, P"]
    columns = ["Score", "Patients", *means, *tests, "Median shift (Hodges-Lehmann)"]
    return pd.DataFrame(lines, columns=columns)


def endoscopy_years(found: Endoscopy) -> pd.DataFrame:
    """One line per year: who was seen, the score, and the change from year 0 and year 1 in who has both."""
    lines = [
        (
            one.year,
            one.described.n,
            f"{one.described.mean:.2f} ± {one.described.sd:.2f}",
            *(_change(one.against.get(first)) for first in (0, 1)),
        )
        for one in found.years
    ]
    return pd.DataFrame(
        lines,
        columns=["Year", "Patients", f"{found.yearly.label}, mean ± SD", "Change from year 0", "Change from year 1"],
    )


def _change(test: Paired | NotEstimable | None) -> str:
    if not isinstance(test, Paired):
        return NOTHING
    return f"{test.mean_change.value:.2f} ({limits(test.mean_change)}), n = {test.n}, {p_phrase(test.t_p)}"


def endoscopy_shares(shares: Sequence[Share], conf_level: float) -> pd.DataFrame:
    """A line an outcome with its exact interval."""
    lines = [(one.label, share_with_interval(one.k, one.n, one.share)) for one in shares]
    return pd.DataFrame(lines, columns=["", f"Patients (exact {confidence(conf_level)})"])


def _shift(test: Paired | NotEstimable) -> str:
    return NOTHING if isinstance(test, NotEstimable) else f"{measurement(test.shift.value)} ({limits(test.shift)})"
