"""A specification is the Predictors page with its settings; the curve as a whole has its choices and its P."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cdanalysis as cd
from cdanalysis.outcomes.covariates import covariate
from cdanalysis.outcomes.groups import baseline_values
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.multiverse.analysis import _parts
from cdanalysis.sections.multiverse.specification_models import FittedPart
from cdanalysis.sections.multiverse.specifications import AXES, specifications, with_most_frequent
from cdanalysis.statistics.curves.logrank import logrank_columns
from cdanalysis.statistics.cutoffs import specification_curve
from cdanalysis.statistics.cutoffs.specification_curve import CurveJob, _fitted, curve_test, share_between
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
    # One marker under a handle: the deciles of a second would multiply them by a dozen.
    settings = cd.Settings(handles="crp", multiverse_axes=",".join(AXES), multiverse_cutoffs="deciles")
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
    always = np.full(3, np.inf)
    job = CurveJob(data, np.arange(n), np.arange(n), designs, cuts, always, np.ones(3))
    strong = curve_test([job], marker, side=">", ties=["efron"], permutations=99, seed=1)
    assert strong.p_median == pytest.approx(0.01)
    assert strong.p_significant < 0.05
    nothing = curve_test([job], rng.permutation(marker), side=">", ties=["efron"], permutations=99, seed=1)
    assert nothing.p_median > 0.1
    monkeypatch.setattr(specification_curve, "BLOCK_CELLS", 1)  # one shuffle at a time, the same shuffles
    assert curve_test([job], marker, side=">", ties=["efron"], permutations=99, seed=1) == strong


def test_a_shuffled_marker_is_screened_as_the_data_s_was() -> None:
    """Where only a log-rank P below 0.2 lets the marker in, the shuffled curves are those that came through it too."""
    rng = np.random.default_rng(3)
    n, p_kept, p_screened, n_drawn = 70, [], [], []
    cuts = np.array([-0.4, 0.4])
    for _ in range(60):
        marker, other = rng.normal(size=n), rng.normal(size=n)
        data = observed(np.ceil(rng.exponential(30, n)), rng.random(n) < 0.6)
        above = (marker[:, None] > cuts).astype(float)
        tested = logrank_columns(data, above)
        if not (tested < 0.2).any():
            continue
        designs = np.stack([np.column_stack([np.zeros(n), other])] * 2)
        told = {"data": data, "places": np.arange(n), "kept": np.arange(n)}
        screened = CurveJob(**told, designs=designs, cutoffs=cuts, thresholds=np.full(2, 0.2), weights=np.ones(2))
        entered = np.flatnonzero(tested < 0.2)
        kept = CurveJob(**told, designs=designs[entered], cutoffs=cuts[entered], thresholds=np.full(len(entered), np.inf),
                        weights=np.ones(len(entered)))  # fmt: skip
        told = {"side": ">", "ties": ["efron"], "permutations": 39, "seed": 1}
        found = curve_test([screened], marker, **told)
        p_screened.append(found.p_median)
        n_drawn.append(found.n_drawn)
        p_kept.append(curve_test([kept], marker, **told).p_median)
    assert len(p_kept) > 15
    assert min(n_drawn) > 39
    assert np.mean(p_kept) < 0.3  # what came through a screening is compared with what did not have to
    assert 0.35 < np.mean(p_screened) < 0.65
    never = replace(screened, thresholds=np.zeros(2))
    assert isinstance(curve_test([never], marker, **told), NotEstimable)
    assert isinstance(curve_test([], marker, **{**told, "ties": []}), NotEstimable)


def test_the_screening_and_the_model_of_a_specification_are_the_predictors_page_s() -> None:
    """The curve of the data itself, put through the jobs, is the curve that the page shows."""
    cohort = cd.demo_cohort().with_memory({})
    settings = cd.Settings(multiverse_axes="relapse,cutoff_1,model,missing,clock")
    shown = cd.analyses.multiverse(cohort, settings)
    everybody = cohort.patients["patient_id"].tolist()
    place = {patient: index for index, patient in enumerate(everybody)}
    values, coefs = baseline_values(cohort, "crp_mg_per_l", everybody), []
    for part in _parts(specifications(cohort, settings)):
        for job in FittedPart.of(cohort, part, "crp").jobs("crp", place):
            found = _fitted(job, values[None, job.places], ">", part[0].settings.ties)[0][0]
            coefs += np.repeat(found, job.weights).tolist()
    known = sorted(one for one in coefs if not np.isnan(one))
    assert len(coefs) == len(shown.specifications)
    assert known == pytest.approx([np.log(one.hazard_ratio.value) for one in shown.estimated], abs=1e-9)


def test_what_a_choice_explains_by_hand() -> None:
    values = np.array([0.0, 2.0, 4.0, 6.0])
    assert share_between(values, ["a", "a", "b", "b"]) == pytest.approx(16 / 20)
    assert share_between(values, ["a", "b", "a", "b"]) == pytest.approx(4 / 20)
    assert share_between(np.ones(4), ["a", "b", "a", "b"]) == 0.0
