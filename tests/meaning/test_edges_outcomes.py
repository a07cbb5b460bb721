"""Small functions of the outcomes where they turn, each answer by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from meaning.test_worked_summaries import AT_24, cohort

from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.outcomes.courses import CLEAR, _measured
from cdanalysis.outcomes.markers import summaries
from cdanalysis.settings import Settings


def rows(*days: float) -> pd.DataFrame:
    """One patient's values: 10, 20, ... on these days."""
    return pd.DataFrame({"patient_id": "A", "days": days, "value": 10.0 * np.arange(1, len(days) + 1)})


def test_a_summary_by_the_days_of_its_values() -> None:
    zero = pd.Series({"A": 28.0})

    def found(kind: str, *days: float, window: float = 28.0) -> float | None:
        told = summaries.summary(rows(*days), zero, kind, window)
        return told.get("A")

    assert found("landmark", 0.0) is None  # the value of day 0 is the baseline, however wide the window
    assert found("landmark", 0.0, 1.0) == 20
    assert found("landmark", 0.0, 28.0) == 20
    assert found("landmark", 0.0, 29.0) is None
    assert found("landmark", 0.0, 14.0, window=14.0) == 20
    assert found("landmark", 0.0, 13.0, window=14.0) is None
    assert found("change", 0.0, 14.0, 28.0) == 20
    assert found("change", 14.0, 28.0) is None  # no baseline
    assert found("last", -28.0) == 10
    assert found("last", -29.0) is None
    assert found("mean", 0.0, 14.0, 29.0) == 15
    assert found("highest", 0.0, 14.0, 29.0) == 20
    others = summaries.summary(rows(0.0), pd.Series({"B": 28.0}), "last", 28.0)
    assert others.empty


def test_what_a_marker_of_a_code_is_called() -> None:
    assert summaries.name_of(cohort(), Settings(), "crp") == "CRP"
    assert summaries.name_of(cohort(), Settings(), AT_24) == "CRP at week 24"
    assert summaries.name_of(cohort(), Settings(), "nothing") == "nothing"
    assert summaries.name_of(cohort(), Settings(), AT_24.replace("crp", "nothing")) == AT_24.replace("crp", "nothing")


def test_no_component_above_what_remission_allows() -> None:
    mayo = next(one for one in INDICES.values() if one.most_of_an_item == 1.0)
    item = mayo.items[0].column
    visits = pd.DataFrame({"days": [0.0, 1, 2], mayo.column: [2.0, 2, 2], item: [1.0, 2.0, np.nan]})
    assert _measured(visits, mayo)[CLEAR].tolist() == [True, False, True]
    assert _measured(visits.drop(columns=item), mayo)[CLEAR].tolist() == [True, True, True]
    without = next(one for one in INDICES.values() if one.items and np.isnan(one.most_of_an_item))
    high = pd.DataFrame({"days": [0.0], without.column: [2.0], without.items[0].column: [900.0]})
    assert _measured(high, without)[CLEAR].tolist() == [True]
