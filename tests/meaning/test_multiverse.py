"""A specification is the Predictors page with its settings; the curve as a whole has its choices and its P."""

from __future__ import annotations

import numpy as np
import pytest

import cdanalysis as cd
from cdanalysis.outcomes.covariates import covariate
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.most_frequent import with_most_frequent
from cdanalysis.sections.multiverse.specifications import AXES, specifications
from cdanalysis.statistics.cutoffs import specification_curve
from cdanalysis.statistics.cutoffs.specification_curve import CurveJob, curve_test, share_between
from cdanalysis.statistics.time_axis import observed


@pytest.mark.parametrize("marker", ["crp", "tgn"])
def test_every_specification_is_the_predictors_page_with_its_settings(marker: str) -> None:
    cohort = cd.demo_cohort()
    settings = cd.Settings(scan_marker=marker, multiverse_axes="relapse,clock,model,ties")
    found = cd.analyses.multiverse(cohort, settings)
    assert len(found.specifications) == cd.analyses.n_specifications(cohort, settings) == 5 * 3 * 3 * 2
    values = [one.hazard_ratio.value for one in found.estimated]
    assert values == sorted(values)
    for one in found.specifications[::7]:
        page = cd.analyses.predictors(cohort, one.settings)
        row = next(row for row in page.rows if row.code == marker)
        model = one.choices[found.axes.index("model")]
        effect, p = (
            (row.univariable, row.univariable_p) if model == "alone" else (row.multivariable, row.multivariable_p)
        )
        if isinstance(one.hazard_ratio, NotEstimable):
            assert effect is None or effect == one.hazard_ratio
        else:
            assert isinstance(effect, Estimate)
            assert one.hazard_ratio.value == pytest.approx(effect.value, rel=1e-9)
            assert one.hazard_ratio.upper == pytest.approx(effect.upper, rel=1e-7)
            assert one.p_value == pytest.approx(p, rel=1e-7)


def test_every_axis_multiplies_and_its_choices_are_settings() -> None:
    cohort = cd.demo_cohort()
    settings = cd.Settings(multiverse_axes=",".join(AXES), multiverse_cutoffs="deciles")
    every = specifications(cohort, settings)
    assert len(every) == cd.analyses.n_specifications(cohort, settings)
    assert len({(one.settings, one.model, one.missing) for one in every}) == len(every)
    assert {one.settings.clock for one in every} == {"landmark", "late-entry", "naive"}
    assert len({one.settings.cutoff("crp").value for one in every}) > len({5.0, 8.0, 10.0})


def test_a_missing_covariate_can_be_the_most_frequent_one() -> None:
    cohort = cd.demo_cohort()
    patients = tuple(cohort.patients["patient_id"])
    complete = covariate(cohort, patients, "location", cd.Settings())
    groups, columns = complete.groups.copy(), complete.columns.copy()
    groups[:9], columns[:9] = None, np.nan
    holed = type(complete)(**{**vars(complete), "groups": groups, "columns": columns, "n_missing": 9})
    filled = with_most_frequent(holed)
    names, n = np.unique(groups[9:].astype(str), return_counts=True)
    assert set(filled.groups[:9]) == {names[np.argmax(n)]}
    like = np.flatnonzero(groups == filled.groups[0])[0]
    assert (filled.columns[:9] == columns[like]).all()
    assert filled.n_missing == 0
    assert with_most_frequent(complete) is complete


def test_the_test_of_the_curve_sees_an_effect_and_none(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(11)
    n = 90
    marker, other = rng.normal(size=n), rng.normal(size=n)
    time = np.ceil(rng.exponential(30 * np.exp(-1.5 * (marker > 0))))
    data, cuts = observed(time, rng.random(n) < 0.8), np.array([-0.3, 0.0, 0.3])
    designs = np.stack([np.column_stack([marker > cut, other]) for cut in cuts]).astype(float)
    job = CurveJob(data, designs, np.arange(n), cuts, np.ones(3))
    strong = curve_test([job], marker, side=">", ties=["efron"], permutations=99, seed=1)
    assert strong.p_median == pytest.approx(0.01)
    assert strong.p_significant < 0.05
    nothing = curve_test([job], rng.permutation(marker), side=">", ties=["efron"], permutations=99, seed=1)
    assert nothing.p_median > 0.1
    monkeypatch.setattr(specification_curve, "BLOCK_CELLS", 1)  # one shuffle at a time, the same shuffles
    assert curve_test([job], marker, side=">", ties=["efron"], permutations=99, seed=1) == strong


def test_what_a_choice_explains_by_hand() -> None:
    values = np.array([0.0, 2.0, 4.0, 6.0])
    assert share_between(values, ["a", "a", "b", "b"]) == pytest.approx(16 / 20)
    assert share_between(values, ["a", "b", "a", "b"]) == pytest.approx(4 / 20)
    assert share_between(np.ones(4), ["a", "b", "a", "b"]) == 0.0
