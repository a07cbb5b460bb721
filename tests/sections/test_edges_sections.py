"""Small functions of the sections' analyses where they turn, each answer by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sections import forty_patients

from cdanalysis.outcomes.definitions import _fallen
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.sections.predictors.missing_values.imputed_model import imputed_columns
from cdanalysis.sections.prognosis.model_terms import _knots
from cdanalysis.settings import Settings

NAN = float("nan")


@pytest.mark.parametrize(
    ("form", "values", "knots"),
    [
        ("spline-3", range(1, 12), (2, 6, 10)),  # the quantiles at 0.1, 0.5 and 0.9
        ("spline-3", [0, 1] * 6, ()),  # two values bend nowhere: a straight line
        ("spline-3", [*range(1, 12), NAN], (2, 6, 10)),
        ("spline-4", range(0, 101), (5, 35, 65, 95)),
        ("line", range(1, 12), ()), ("cut", range(1, 12), ()),
    ],
)  # fmt: skip
def test_the_knots_of_a_number(form: str, values: list[float], knots: tuple[float, ...]) -> None:
    assert _knots(np.array(values, float), Settings(prognostic_form=form)) == pytest.approx(knots)


def test_a_response_by_a_share_of_the_baseline() -> None:
    full = Settings(index="full_mayo")
    assert full.index_row.fall_percent == 30.0
    assert _fallen(10.0, 7.0, full)  # 30 % and 3 points
    assert not _fallen(10.1, 7.1, full)  # 29.7 %
    assert not _fallen(9.0, 6.5, full)  # 27.8 %
    assert not _fallen(5.0, 3.0, full)  # 40 %, and 2 points
    assert _fallen(300.0, 229.0, Settings())  # of the CDAI points alone


def test_nothing_is_imputed_where_there_is_no_outcome_or_no_candidate() -> None:
    nobody = cohort_from_frames(pd.DataFrame({"patient_id": ["A", "B"]}))
    assert imputed_columns(nobody, Settings(), (0, 1)).shape == (2, 0, 0)
    none = Settings(outcome="death", candidates="nothing", handles="")
    assert imputed_columns(forty_patients.cohort(), none, (0,)).shape[0] == 1
