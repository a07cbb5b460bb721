"""The parts of the Predictors page on forty patients: whom each counts, and that its ratio is that of the model it names."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from sections.forty_patients import CHOSEN, N, cohort, frame, high, page, page_of, ratio_in, value

from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.models.model_design import model_design
from cdanalysis.sections.predictors import moving_cutoff as moving_module
from cdanalysis.sections.predictors.centres.analysis import centres
from cdanalysis.sections.predictors.missing_values import imputed_model
from cdanalysis.sections.predictors.missing_values.imputed_model import _known, _measured, imputations, pooled_model
from cdanalysis.sections.predictors.moving_cutoff import moving_cutoff
from cdanalysis.sections.predictors.power.analysis import power
from cdanalysis.sections.predictors.robustness.analysis import robustness
from cdanalysis.sections.predictors.subgroups.analysis import subgroups
from cdanalysis.sections.predictors.weighted import analysis as weighting
from cdanalysis.sections.predictors.weighted.analysis import WeightedGroups, scored, weighted
from cdanalysis.settings import Settings

NAN = float("nan")

# --- Power ------------------------------------------------------------------------------------------------------------


def test_whom_each_term_is_counted_in_and_the_least_ratio_that_so_many_find() -> None:
    found, table = power(page(), CHOSEN), frame()
    assert not isinstance(found, NotEstimable)
    dead = table["death_event"]
    assert found.n_events == dead.sum()
    rows = {row.label: row for row in found.rows}
    cut, years = rows["CRP > 10 mg/L"], next(row for label, row in rows.items() if label.startswith("weight"))
    known = table["crp_mg_per_l"].notna()
    assert (cut.n, cut.n_events) == (known.sum(), dead[known].sum())
    assert cut.n_with == (table["crp_mg_per_l"] > 10).sum()
    share = cut.n_with / cut.n
    assert cut.variance == pytest.approx(share * (1 - share))
    z = NormalDist().inv_cdf
    assert cut.detectable == pytest.approx(exp((z(0.975) + z(0.8)) / sqrt(cut.n_events * share * (1 - share))))
    shift = log(2) * sqrt(cut.n_events * share * (1 - share))
    assert cut.chance_of_two == pytest.approx(NormalDist().cdf(shift - z(0.975)) + NormalDist().cdf(-shift - z(0.975)))
    assert (years.n, years.n_with) == (table["weight"].notna().sum(), None)
    # A ward is compared with the reference alone: the patients of the third are not in this comparison.
    levels = [row for label, row in rows.items() if label.startswith("ward")]
    sizes = table["ward"].value_counts()
    assert [row.n_with for row in levels] == [sizes[row.label[-1]] for row in levels]
    assert [row.n for row in levels] == [sizes["a"] + sizes["b"], sizes["a"] + sizes["c"]]


def test_in_the_model_a_term_has_what_the_others_leave_of_it() -> None:
    found, design = power(page(), CHOSEN), model_design(page())
    assert not isinstance(found, NotEstimable)
    assert not isinstance(design, NotEstimable)
    columns, z = design.columns.to_numpy(float), NormalDist().inv_cdf
    assert len(columns) == frame()[["crp_mg_per_l", "weight", "ward"]].dropna().shape[0] == design.model.n
    others = np.column_stack([np.ones(len(columns)), columns[:, 1:]])
    left = columns[:, 0] - others @ np.linalg.lstsq(others, columns[:, 0], rcond=None)[0]
    informed = design.model.n_events * left.var()
    assert found.rows[0].in_model == pytest.approx(exp((z(0.975) + z(0.8)) / sqrt(informed)))
    assert all(row.in_model is not None for row in found.rows)
    strict = replace(CHOSEN, screening_p=0.01)  # nobody's P is so small
    alone = power(page_of(strict), strict)
    assert not isinstance(alone, NotEstimable)
    assert {row.in_model for row in alone.rows} == {None}


def test_the_share_with_the_outcome_is_of_the_last_month_somebody_was_seen_to() -> None:
    table = frame().assign(death_months=[1.0, 2, 3, 4] * 10, death_event=[True, False, True, False] * 10)

    def told(months: str) -> tuple[float, float]:
        settings = replace(CHOSEN, at_months=months)
        found = power(page_of(settings, table), settings)
        assert not isinstance(found, NotEstimable)
        return found.month, found.incidence

    assert told("1,2,3,5") == (3, pytest.approx(1 - 0.75 * 0.5))
    assert told("4") == (4, pytest.approx(1 - 0.75 * 0.5))
    assert told("1") == (1, pytest.approx(0.25))
    assert told("0") == (pytest.approx(NAN, nan_ok=True), pytest.approx(NAN, nan_ok=True))
    assert told("5") == (pytest.approx(NAN, nan_ok=True), pytest.approx(NAN, nan_ok=True))


def test_next_studies_are_of_the_marker_under_the_handle() -> None:
    found = power(page(), CHOSEN)
    assert not isinstance(found, NotEstimable)
    assert {plan.label for plan in found.planned} == {"CRP > 10 mg/L"}
    nobody = frame().assign(death_event=False)
    assert power(page_of(CHOSEN, nobody), CHOSEN) == NotEstimable("no death was observed")
    everybody = power(page_of(CHOSEN.with_cutoff("crp", 1.0, ">")), CHOSEN)
    assert not isinstance(everybody, NotEstimable)
    assert everybody.planned == ()


# --- One left out -----------------------------------------------------------------------------------------------------


def test_every_patient_of_the_model_is_left_out_once() -> None:
    found = robustness(page(), CHOSEN, "CRP > 10 mg/L")
    assert not isinstance(found, NotEstimable)
    assert not isinstance(found.left_out, NotEstimable)
    whole = frame().dropna(subset=["crp_mg_per_l", "weight", "ward"])
    assert (len(found.left_out), found.n_open, found.n_refitted) == (len(whole), 0, len(whole))
    assert [one.ratio for one in found.left_out] == sorted(one.ratio for one in found.left_out)
    for one in (found.left_out[0], found.left_out[-1]):
        without = whole[whole["patient_id"] != one.patient_id]
        wards = {ward: without["ward"] == ward for ward in ("b", "c")}
        assert one.ratio == pytest.approx(
            ratio_in(without, high=high(without), weight=without["weight"], **wards), rel=1e-6
        )
        own = whole[whole["patient_id"] == one.patient_id].iloc[0]
        assert (one.months, one.event) == (pytest.approx(own["death_months"]), own["death_event"])
    # Without whom the ratio is smallest, he pulls it up: by dfbeta, coefficient with less coefficient without, as R's.
    assert found.left_out[0].shift > 0 > found.left_out[-1].shift


def test_a_number_has_no_group_whose_censored_could_overturn_it() -> None:
    of_age = next(row.label for row in page().rows if row.code == "weight")
    found = robustness(page(), CHOSEN, of_age)
    assert not isinstance(found, NotEstimable)
    assert found.tipping == ()
    of_ward = next(row.label for row in page().rows if row.code == "ward")
    found = robustness(page(), CHOSEN, of_ward)
    assert not isinstance(found, NotEstimable)
    whole = frame().dropna(subset=["crp_mg_per_l", "weight", "ward"])
    censored = whole[~whole["death_event"]]["ward"].value_counts()
    names = [label for label, _ in found.tipping]
    assert names[0] == of_ward
    told = [one.n_censored for _, one in found.tipping if not isinstance(one, NotEstimable)]
    assert told == [censored["b"], censored["a"]]


# --- Centres ----------------------------------------------------------------------------------------------------------


def test_the_marker_s_ratio_in_each_way_to_allow_for_centres() -> None:
    settings, table = replace(CHOSEN, centre="site"), frame()
    found = centres(cohort(), settings)
    assert not isinstance(found, NotEstimable)
    known = table.dropna(subset=["crp_mg_per_l", "site"])
    assert (found.n, found.n_events, found.n_unknown) == (len(known), known["death_event"].sum(), N - len(known))
    ways = {one.way: one for one in found.ways}
    assert list(ways) == ["ignored", "strata", "fixed", "frailty"]
    sites = {site: known["site"] == site for site in ("y", "z")}
    wanted = [ratio_in(known, high=high(known)), ratio_in(known, high=high(known), strata=known["site"]),
              ratio_in(known, high=high(known), **sites)]  # fmt: skip
    assert [value(ways[way].alone.ratio) for way in ("ignored", "strata", "fixed")] == pytest.approx(wanted, rel=1e-6)
    beside = known.dropna(subset=["weight", "ward"])
    own = {"high": high(beside), "weight": beside["weight"], "b": beside["ward"] == "b", "c": beside["ward"] == "c"}
    assert ways["ignored"].beside is not None
    assert value(ways["ignored"].beside.ratio) == pytest.approx(ratio_in(beside, **own), rel=1e-6)
    assert [label.split(",")[0] for label in found.adjusted_for] == ["weight", "ward"]
    sizes = {one.level: (one.n, one.n_events) for one in found.comparison.subgroups}
    assert sizes == {site: (len(of), of["death_event"].sum()) for site, of in known.groupby("site")}
    assert set(found.estimated) == {
        one.level for one in found.comparison.subgroups if isinstance(one.hazard_ratio, Estimate)
    }


def test_alone_in_its_model_a_marker_has_nothing_beside_it_and_one_centre_is_no_comparison() -> None:
    settings = replace(CHOSEN, centre="site", candidates="crp")
    found = centres(cohort(), settings)
    assert not isinstance(found, NotEstimable)
    assert [one.beside for one in found.ways] == [None] * 4
    assert found.adjusted_for == ()
    table = frame()
    two = centres(
        cohort(table.assign(site=["x"] + ["y"] * (N - 1), crp_mg_per_l=table["crp_mg_per_l"].fillna(5.0))), settings
    )
    assert not isinstance(two, NotEstimable)
    assert [one.n for one in two.comparison.subgroups] == [1, N - 1]
    one = centres(cohort(table.assign(site=["x"] + ["y"] * (N - 1))), settings)  # the only one of x has no CRP
    assert one == NotEstimable("the patients of this outcome are of fewer than 2 values of site")
    none = centres(cohort(table.assign(death_event=False)), settings)
    assert none == NotEstimable("no death was observed")


# --- Subgroups, the moving cut-off ------------------------------------------------------------------------------------


def test_each_level_of_each_other_candidate_has_its_own_ratio() -> None:
    found, table = subgroups(cohort(), CHOSEN), frame()
    assert not isinstance(found, NotEstimable)
    known = table.dropna(subset=["crp_mg_per_l"])
    assert (found.overall.n, found.overall.n_events) == (len(known), known["death_event"].sum())
    assert value(found.overall.hazard_ratio) == pytest.approx(ratio_in(known, high=high(known)), rel=1e-6)
    assert [one.label.split(",")[0] for one in found.factors] == ["weight", "ward"]
    by_age, by_ward = ({one.level: one.n for one in factor.comparison.subgroups} for factor in found.factors)
    median = table["weight"].median()
    assert list(by_age.values()) == [(known["weight"] <= median).sum(), (known["weight"] > median).sum()]
    assert by_ward == known["ward"].value_counts().to_dict()
    differ = replace(found, factors=tuple(
        replace(found.factors[0], comparison=replace(found.factors[0].comparison, interaction=tested))
        for tested in (NotEstimable("x"), *(replace(found.factors[1].comparison.interaction, p_value=p) for p in (0.049, 0.05)))
    ))  # fmt: skip
    assert differ.interaction_p == (0.049, 0.05)
    assert differ.differing == (differ.factors[1],)


def test_every_cut_off_has_the_ratio_of_its_own_split_in_the_model() -> None:
    moving, table = moving_cutoff(cohort(), CHOSEN, "crp", page()), frame()
    assert not isinstance(moving, NotEstimable)
    assert moving.cutoffs[moving.current] == 10.0
    assert len(moving.values) == table["crp_mg_per_l"].notna().sum()
    known, whole = table.dropna(subset=["crp_mg_per_l"]), table.dropna(subset=["crp_mg_per_l", "weight", "ward"])
    own = {"weight": whole["weight"], "b": whole["ward"] == "b", "c": whole["ward"] == "c"}
    for cut in (7.0, 10.0, 18.0):
        answer = moving.answers[moving.answer_of[moving.cutoffs.index(cut)]]
        assert (answer.below.n, answer.above.n) == (
            (known["crp_mg_per_l"] <= cut).sum(),
            (known["crp_mg_per_l"] > cut).sum(),
        )
        assert value(answer.univariable) == pytest.approx(ratio_in(known, high=high(known, cut)), rel=1e-6)
        assert value(answer.adjusted) == pytest.approx(ratio_in(whole, high=high(whole, cut), **own), rel=1e-6)
    assert not moving.is_register
    # Screened at 0.08 the weight (P 0.04) is beside it, and only at a cut-off with a P below is there a ratio in the model.
    some = replace(CHOSEN, screening_p=0.08)
    screened = moving_cutoff(cohort(), some, "crp", page_of(some))
    assert not isinstance(screened, NotEstimable)
    tested = [isinstance(answer.logrank_p, float) and answer.logrank_p < 0.08 for answer in screened.answers]
    assert [isinstance(answer.adjusted, Estimate) for answer in screened.answers] == tested
    assert (sum(tested), sum(answer.adjusted is None for answer in screened.answers)) == (4, len(tested) - 4)
    pair = table.dropna(subset=["crp_mg_per_l", "weight"])
    current = screened.answers[screened.answer_of[screened.current]]
    assert value(current.adjusted) == pytest.approx(ratio_in(pair, high=high(pair), weight=pair["weight"]), rel=1e-6)


def test_of_a_register_only_the_cut_off_in_use_is_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = moving_cutoff(cohort(), CHOSEN, "crp", page())
    assert not isinstance(whole, NotEstimable)
    monkeypatch.setattr(moving_module, "MOST_FITTED", len(whole.answers) * N)
    every = moving_cutoff(cohort(), CHOSEN, "crp", page())
    assert not isinstance(every, NotEstimable)
    assert not every.is_register
    monkeypatch.setattr(moving_module, "MOST_FITTED", len(whole.answers) * N - 1)
    found = moving_cutoff(cohort(), CHOSEN, "crp", page())
    assert not isinstance(found, NotEstimable)
    assert found.is_register
    place = found.answer_of[found.current]
    row = next(row for row in page().rows if row.code == "crp")
    assert (found.answers[place].adjusted, found.answers[place].adjusted_p) == (row.multivariable, row.multivariable_p)
    assert sum(isinstance(answer.adjusted, Estimate) for answer in found.answers) == 1
    settings = replace(CHOSEN, candidates="weight,ward")  # CRP is no candidate: no cut-off has a ratio in the model
    other = moving_cutoff(cohort(), settings, "crp", page_of(settings))
    assert not isinstance(other, NotEstimable)
    assert {answer.adjusted for answer in other.answers} == {None}


# --- Weighted, imputed ------------------------------------------------------------------------------------------------


def weighed(settings: Settings = CHOSEN) -> WeightedGroups:
    found = weighted(cohort(), settings)
    assert not isinstance(found, NotEstimable)
    return found


def test_whom_the_weighted_groups_are_of() -> None:
    found, whole = (
        weighed(replace(CHOSEN, at_months="0,6,60,600")),
        frame().dropna(subset=["crp_mg_per_l", "weight", "ward"]),
    )
    assert (found.n, found.n_dropped) == (len(whole), N - len(whole))
    assert value(found.plain.ratio) == pytest.approx(ratio_in(whole, high=high(whole)), rel=1e-6)
    below, above = whole[high(whole) == 0], whole[high(whole) == 1]
    assert [steps.n for steps in found.plain_steps] == [len(below), len(above)]
    last = min(below["death_months"].max(), above["death_months"].max())
    assert [month for month, _ in found.at] == [month for month in (0, 6, 60, 600) if month <= last]
    assert {one.weighted_for for one in found.balance} == {True}
    labels = [one.label.split(",")[0] for one in found.balance]
    ages = [of["weight"] for of in (above, below)]
    spread = sqrt((ages[0].var() + ages[1].var()) / 2)
    assert found.balance[labels.index("weight")].before == pytest.approx(
        (ages[0].mean() - ages[1].mean()) / spread, rel=0.05
    )
    # Those that are not weighted for come after the one that is.
    some = weighed(replace(CHOSEN, candidates="crp,ward,weight", screening_p=0.08))
    assert [(one.label.split(",")[0], one.weighted_for) for one in some.balance] == [
        ("weight", True), ("ward b", False), ("ward c", False),
    ]  # fmt: skip


def test_a_weight_for_each_patient_and_how_many_cells_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = frame().dropna(subset=["crp_mg_per_l", "weight", "ward"])
    found = scored(cohort(), CHOSEN)
    assert not isinstance(found, NotEstimable)
    assert list(found.weights) == whole["patient_id"].tolist()
    cells = len(whole) * frame().loc[frame()["death_event"], "death_months"].nunique()
    monkeypatch.setattr(weighting, "MOST_CELLS", cells)
    assert not isinstance(scored(cohort(), CHOSEN), NotEstimable)
    monkeypatch.setattr(weighting, "MOST_CELLS", cells - 1)
    assert scored(cohort(), CHOSEN) == weighting.TOO_MANY


def test_the_columns_that_are_imputed_and_the_model_on_them() -> None:
    table, ids = frame(), tuple(frame()["patient_id"])
    crp, weight, ward = _known(page().candidates, N)
    of = {one.code: _measured(cohort(), ids, one) for one in (crp, weight, ward)}
    np.testing.assert_allclose(of["crp"], np.log(table["crp_mg_per_l"]))
    np.testing.assert_allclose(of["weight"], weight.columns[:, 0])
    np.testing.assert_array_equal(of["ward"], table["ward"].map({"a": 0.0, "b": 1.0, "c": 2.0}))
    settings = replace(CHOSEN, imputations=7)
    told: list[tuple[int, int]] = []
    drawn = imputations(cohort(), settings, progress=lambda done, total: told.append((done, total)))
    assert (len(drawn), told[-1]) == (7, (7, 7))
    assert (7, 7) in told
    assert {one.shape for one in drawn} == {(N, 3)}
    assert not any(np.isnan(one).any() for one in drawn)
    alone = imputed_model.imputed_columns(cohort(), settings, [6])
    np.testing.assert_array_equal(alone[0], drawn[6])
    pooled = pooled_model(cohort(), settings, drawn)
    assert not isinstance(pooled, NotEstimable)
    incomplete = table[["crp_mg_per_l", "weight", "ward"]].isna().any(axis=1).sum()
    assert (pooled.n, pooled.n_events, pooled.n_incomplete, pooled.n_imputations) == (
        N, table["death_event"].sum(), incomplete, 7,
    )  # fmt: skip
    full = replace(CHOSEN, candidates="crp,weight,ward")
    whole = table.dropna(subset=["crp_mg_per_l", "weight", "ward"])
    assert imputed_model.not_imputable(cohort(whole), full) == NotEstimable(imputed_model.COMPLETE)
    assert imputed_model.not_imputable(cohort(), full) is None
