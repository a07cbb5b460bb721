"""Cut-offs, models and choices on forty patients: each number is that of the model or of the count that it names."""

from __future__ import annotations

from dataclasses import replace
from math import log2

import numpy as np
import pandas as pd
import pytest
from sections.forty_patients import CHOSEN, N, cohort, frame, high, page, page_of, ratio_in, value

from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.results import Estimate, Exclusion, NotEstimable, is_above
from cdanalysis.sections.cutoffs.analysis import anywhere, covariates_beside, cutoffs, marker_data, scan
from cdanalysis.sections.cutoffs.landscape import analysis as landscape
from cdanalysis.sections.cutoffs.landscape.analysis import _some_cutoffs, surface, three_groups
from cdanalysis.sections.multiverse.analysis import multiverse
from cdanalysis.sections.multiverse.specification_models import LEFT_OUT, NO_CANDIDATE, FittedPart
from cdanalysis.sections.multiverse.specifications import chosen_axes, n_specifications, specifications
from cdanalysis.sections.predictors.continuous.analysis import marker_form
from cdanalysis.sections.predictors.proportional_hazards import analysis as proportional
from cdanalysis.sections.predictors.proportional_hazards.analysis import (
    changing_hazard,
    log_log_curves,
    proportionality,
)
from cdanalysis.sections.prognosis.analysis import prognostic_model
from cdanalysis.sections.prognosis.model_terms import design_of
from cdanalysis.settings import Settings
from cdanalysis.statistics.cox.cox import cox
from cdanalysis.statistics.curves.logrank import logrank
from cdanalysis.statistics.prediction.sample_size import sample_size

SCANNED = replace(CHOSEN, scan_marker="crp")


def known() -> pd.DataFrame:
    return frame().dropna(subset=["crp_mg_per_l"])


def whole() -> pd.DataFrame:
    return frame().dropna(subset=["crp_mg_per_l", "weight", "ward"])


# --- Cut-offs ---------------------------------------------------------------------------------------------------------


def test_every_admissible_cut_off_is_scanned_on_those_who_were_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdanalysis.sections.cutoffs.analysis.PERMUTATIONS", 0)
    found, table = scan(cohort(), replace(SCANNED, scan_least_percent=25, scan_least_events=5)), known()
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events, found.n_dropped) == (len(table), table["death_event"].sum(), N - len(table))
    crp, dead = table["crp_mg_per_l"], table["death_event"]
    admissible = [
        cut for cut in sorted(crp.unique())
        if min((crp <= cut).sum(), (crp > cut).sum()) >= int(0.25 * len(table))
        and min(dead[crp <= cut].sum(), dead[crp > cut].sum()) >= 5
    ]  # fmt: skip
    assert [row.cutoff for row in found.rows] == admissible
    for row in found.rows:
        above = crp > row.cutoff
        assert (row.n_below, row.n_above) == ((~above).sum(), above.sum())
        assert (row.events_below, row.events_above) == (dead[~above].sum(), dead[above].sum())
        assert value(row.hazard_ratio) == pytest.approx(ratio_in(table, high=above), rel=1e-6)
    assert found.best is not None
    assert found.best.logrank_p == min(row.logrank_p for row in found.rows)


def test_what_the_cut_off_in_use_and_the_continuous_marker_give(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cdanalysis.sections.cutoffs.analysis.PERMUTATIONS", 0)
    found, table = cutoffs(cohort(), SCANNED), known()
    assert not isinstance(found, NotEstimable)
    assert (found.cutoff, len(found.values), found.adjusted_for) == (10.0, len(table), ())
    assert found.excluded == (Exclusion("CRP or a covariate not measured", 2),)
    assert not isinstance(found.cut, NotEstimable)
    assert not isinstance(found.continuous, NotEstimable)
    assert value(found.cut.terms[0].hazard_ratio) == pytest.approx(ratio_in(table, high=high(table)), rel=1e-6)
    doubled = ratio_in(table, doubling=table["crp_mg_per_l"].map(log2).to_numpy())
    assert value(found.continuous.terms[0].hazard_ratio) == pytest.approx(doubled, rel=1e-6)
    assert found.current is not None
    assert found.current.cutoff == 10.0
    between = cutoffs(cohort(), SCANNED.with_cutoff("crp", 10.5, ">"))
    assert not isinstance(between, NotEstimable)
    assert between.current is not None
    assert (between.cutoff, between.current.cutoff) == (10.5, 10.0)  # the same patients above
    beyond = cutoffs(cohort(), SCANNED.with_cutoff("crp", 29.5, ">"))
    assert not isinstance(beyond, NotEstimable)
    assert beyond.current is None


def test_what_a_scan_is_adjusted_for() -> None:
    found = page()
    columns, labels = covariates_beside(
        cohort(), replace(SCANNED, scan_adjust="weight,crp,ward"), found.endpoint, ("crp",)
    )
    assert (columns.shape, labels) == ((N, 3), ("weight, per unit", "ward"))
    columns, labels = covariates_beside(cohort(), replace(SCANNED, scan_adjust="model"), found.endpoint, ("crp",))
    assert (columns.shape, labels) == ((N, 3), ("weight, per unit", "ward"))
    strict = replace(SCANNED, scan_adjust="model", screening_p=0.08)
    columns, labels = covariates_beside(cohort(), strict, found.endpoint, ("crp",))
    assert (columns.shape, labels) == ((N, 1), ("weight, per unit",))
    columns, labels = covariates_beside(cohort(), SCANNED, found.endpoint, ("crp",))
    assert (columns.shape, labels) == ((N, 0), ())
    own = anywhere(cohort(), SCANNED.with_cutoff("crp", 17.0, ">"), "crp")
    assert own == anywhere(cohort(), SCANNED.with_cutoff("crp", 9.0, ">"), "crp")
    assert own.cutoff("crp") == Settings().cutoff("crp")


def test_at_most_so_many_cut_offs_a_side_evenly(monkeypatch: pytest.MonkeyPatch) -> None:
    given = marker_data(cohort(), SCANNED)
    assert not isinstance(given, NotEstimable)
    every = _some_cutoffs(given, SCANNED)
    assert 5 < len(every) < landscape.MOST_A_SIDE
    monkeypatch.setattr(landscape, "MOST_A_SIDE", len(every))
    assert _some_cutoffs(given, SCANNED).tolist() == every.tolist()
    monkeypatch.setattr(landscape, "MOST_A_SIDE", 3)
    middle = round((len(every) - 1) / 2)
    assert _some_cutoffs(given, SCANNED).tolist() == [every[0], every[middle], every[-1]]


def test_pairs_of_cut_offs_of_two_markers_and_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    table = frame().assign(albumin_g_per_l=np.r_[np.arange(N - 1) % 7 + 30.0, np.nan])
    settings = replace(SCANNED, handles="crp,albumin", scan_least_percent=25)
    found = surface(cohort(table), settings)
    assert not isinstance(found, NotEstimable)
    assert [one.code for one in found.markers] == ["crp", "albumin"]
    both = table.dropna(subset=["crp_mg_per_l", "albumin_g_per_l"])
    assert (found.grid.n_patients, found.grid.n_dropped) == (len(both), N - len(both))
    assert found.excluded[-1] == Exclusion("a marker or a covariate not measured", 3)
    crp, dead = both["crp_mg_per_l"], both["death_event"]
    second = is_above(both["albumin_g_per_l"].to_numpy()[:, None], found.grid.second, found.markers[1].side)
    assert len(found.grid.first) != len(found.grid.second)
    for i, one in enumerate(found.grid.first):
        for j, other in enumerate(second.T):
            cells = [[(crp <= one) & ~other, (crp <= one) & other], [(crp > one) & ~other, (crp > one) & other]]
            assert found.grid.n[:, :, i, j].tolist() == [[cell.sum() for cell in row] for row in cells]
            assert found.grid.n_events[:, :, i, j].tolist() == [[dead[cell].sum() for cell in row] for row in cells]
    middle = len(found.grid.first) // 2
    wanted = [ratio_in(both, place, high=crp > found.grid.first[middle], second=second[:, 0]) for place in (0, 1)]
    assert np.exp(found.grid.coef[:, middle, 0]) == pytest.approx(wanted, rel=1e-6)
    assert isinstance(surface(cohort(table), SCANNED), NotEstimable)
    monkeypatch.setattr(landscape, "PERMUTATIONS", 50)
    three, measured = three_groups(cohort(), replace(SCANNED, scan_least_percent=20)), known()
    assert not isinstance(three, NotEstimable)
    low_cut, high_cut = float(three.pairs.lower[three.pairs.best]), float(three.pairs.upper[three.pairs.best])
    crp = measured["crp_mg_per_l"]
    groups = [crp <= low_cut, (crp > low_cut) & (crp <= high_cut), crp > high_cut]
    assert [curve.n for curve in three.kaplan_meier.curves] == [group.sum() for group in groups]
    assert [steps.n for steps in three.steps] == [group.sum() for group in groups]
    assert not isinstance(three.model, NotEstimable)
    own = {"between": groups[1], "above": groups[2]}
    wanted = [ratio_in(measured, place, **own) for place in (0, 1)]
    assert [value(term.hazard_ratio) for term in three.model.terms] == pytest.approx(wanted, rel=1e-6)
    assert not isinstance(three.logrank, NotEstimable)
    test = logrank(measured["death_months"], measured["death_event"], np.select(groups, ["a", "b", "c"], ""))
    assert not isinstance(test, NotEstimable)
    assert three.logrank.p_value == pytest.approx(test.p_value)


# --- Specifications ---------------------------------------------------------------------------------------------------


def test_a_specification_s_marker_alone_screened_and_with_everybody() -> None:
    settings = replace(SCANNED, multiverse_axes="model,missing,ties", screening_p=0.08)
    found = multiverse(cohort(), settings)
    assert not isinstance(found, NotEstimable)
    assert found.axes == chosen_axes(cohort(), settings) == ("model", "missing", "ties")
    assert len(found.specifications) == n_specifications(cohort(), settings) == 12
    of = {one.choices: one for one in found.specifications}
    alone = of["alone", "complete cases", "efron"]
    assert (alone.n, alone.n_events) == (len(known()), known()["death_event"].sum())
    assert value(alone.hazard_ratio) == pytest.approx(ratio_in(known(), high=high(known())), rel=1e-6)
    pair = frame().dropna(subset=["crp_mg_per_l", "weight"])
    screened = of["screened", "complete cases", "efron"]
    assert screened.n == len(pair)
    assert value(screened.hazard_ratio) == pytest.approx(
        ratio_in(pair, high=high(pair), weight=pair["weight"]), rel=1e-6
    )
    every = of["every candidate", "complete cases", "breslow"]
    wards = {ward: whole()["ward"] == ward for ward in "bc"}
    assert every.n == len(whole())
    assert value(every.hazard_ratio) == pytest.approx(
        ratio_in(whole(), high=high(whole()), weight=whole()["weight"], **wards), rel=1e-6
    )  # fmt: skip  no ties: Breslow's is Efron's
    filled = of["every candidate", "most frequent value", "efron"]
    assert filled.n == N  # nobody is left out: of a number it is its median, of a category the most frequent
    assert [isinstance(one.hazard_ratio, Estimate) for one in found.specifications] == [True] * 12
    ratios = [value(one.hazard_ratio) for one in found.estimated]
    assert ratios == sorted(ratios)


def test_where_the_marker_is_screened_out_or_no_candidate_that_is_said_of_everybody() -> None:
    settings = replace(SCANNED, multiverse_axes="model", screening_p=0.01)
    (part,) = [specifications(cohort(), settings)]
    found = {one.choices[0]: one for one in FittedPart.of(cohort(), part, "crp").results("crp")}
    assert found["screened"].hazard_ratio == LEFT_OUT
    assert np.isnan(found["screened"].p_value)
    assert (found["screened"].n, found["screened"].n_events) == (N, frame()["death_event"].sum())
    assert isinstance(found["alone"].hazard_ratio, Estimate)
    other = replace(settings, candidates="weight,ward")
    found = {
        one.choices[0]: one for one in FittedPart.of(cohort(), specifications(cohort(), other), "crp").results("crp")
    }
    assert {one.hazard_ratio for one in found.values()} == {NO_CANDIDATE}


def test_the_cut_offs_that_a_specification_may_have() -> None:
    settings = replace(SCANNED, multiverse_axes="cutoff_1").with_cutoff("crp", 12.0, ">")
    literature = {one.value for one in MARKERS["crp"].literature}
    chosen = specifications(cohort(), settings)
    values = [one.settings.cutoff("crp").value for one in chosen]
    assert values == sorted({12.0, *literature})
    assert [one.words for one in chosen] == [(f"CRP {one:g}",) for one in values]
    deciles = specifications(cohort(), replace(settings, multiverse_cutoffs="deciles"))
    crp = known()["crp_mg_per_l"].to_numpy()
    wanted = {12.0, *literature, *np.quantile(crp, np.arange(2, 9) / 10, method="inverted_cdf")}
    assert [one.settings.cutoff("crp").value for one in deciles] == sorted(wanted)


# --- Proportional hazards, the continuous marker ----------------------------------------------------------------------


def test_a_factor_s_test_its_strata_and_its_curves(monkeypatch: pytest.MonkeyPatch) -> None:
    found = proportionality(page(), CHOSEN, "rank")
    assert not isinstance(found, NotEstimable)
    assert found.labels == ("CRP > 10 mg/L", "weight, per unit", "ward")
    assert found.terms == (
        ("CRP > 10 mg/L", "crp"),
        ("weight, per unit", "weight"),
        ("ward b", "ward"),
        ("ward c", "ward"),
    )
    times = whole().loc[whole()["death_event"], "death_months"]
    assert found.median_event == pytest.approx(times.median())
    assert [isinstance(one, NotEstimable) for one in found.smooths] == [False] * 4
    monkeypatch.setattr(proportional, "LEAST_EVENTS_FOR_A_SMOOTH", len(times))
    assert not isinstance(proportionality(page(), CHOSEN, "rank").smooths[0], NotEstimable)  # type: ignore[union-attr]
    monkeypatch.setattr(proportional, "LEAST_EVENTS_FOR_A_SMOOTH", len(times) + 1)
    assert isinstance(proportionality(page(), CHOSEN, "rank").smooths[0], NotEstimable)  # type: ignore[union-attr]


def test_the_other_terms_where_a_factor_makes_the_strata() -> None:
    found = changing_hazard(page(), CHOSEN, "ward b", 6.0)
    assert not isinstance(found, NotEstimable)
    assert not isinstance(found.stratified, NotEstimable)
    columns = pd.DataFrame({"high": high(whole()), "weight": whole()["weight"].to_numpy()})
    wanted = cox(whole()["death_months"], whole()["death_event"], columns, strata=whole()["ward"])
    assert not isinstance(wanted, NotEstimable)
    assert [term.coef for term in found.stratified.terms] == pytest.approx(
        [term.coef for term in wanted.terms], rel=1e-6
    )
    number = changing_hazard(page(), CHOSEN, "weight, per unit", 6.0)
    assert not isinstance(number, NotEstimable)
    assert number.stratified == NotEstimable("weight, per unit is a number and makes no groups")
    alone = replace(CHOSEN, candidates="crp")
    single = changing_hazard(page_of(alone), alone, "CRP > 10 mg/L", 6.0)
    assert not isinstance(single, NotEstimable)
    assert single.stratified == NotEstimable("the model has no other term")


def test_the_curves_of_a_factor_with_the_reference_first() -> None:
    two, three = (log_log_curves(page(), CHOSEN, code) for code in ("crp", "ward"))
    assert not isinstance(two, NotEstimable)
    assert not isinstance(three, NotEstimable)
    assert [(str(curve.group), curve.n) for curve in two] == [
        ("CRP ≤ 10 mg/L", (high(whole()) == 0).sum()), ("CRP > 10 mg/L", (high(whole()) == 1).sum()),
    ]  # fmt: skip
    assert [(str(curve.group), curve.n) for curve in three] == [
        (ward, (whole()["ward"] == ward).sum()) for ward in "abc"
    ]  # fmt: skip
    assert isinstance(log_log_curves(page(), CHOSEN, "weight"), NotEstimable)


def test_a_marker_on_its_own_scale_and_back_in_its_unit() -> None:
    found = marker_form(cohort(), CHOSEN, page(), "crp")
    assert not isinstance(found, NotEstimable)
    np.testing.assert_allclose(found.values, known()["crp_mg_per_l"])
    assert (found.n_missing, found.cutoff, found.side) == (2, 10.0, ">")
    assert found.curve_values.min() == pytest.approx(known()["crp_mg_per_l"].min())
    assert found.curve_values.max() == pytest.approx(known()["crp_mg_per_l"].max())
    table = frame().assign(tgn_pmol_per_8e8_rbc=np.arange(N) * 10.0)
    of_tgn = replace(CHOSEN, candidates="tgn", handles="tgn")
    steps = marker_form(cohort(table), of_tgn, page_of(of_tgn, table), "tgn")
    assert not isinstance(steps, NotEstimable)
    assert cohort(table).marker("tgn").continuous_step == 50
    np.testing.assert_allclose(steps.values, np.arange(N) * 10.0)
    own = cox(table["death_months"], table["death_event"], pd.DataFrame({"x": np.arange(N) / 5}))
    assert not isinstance(own, NotEstimable)
    line = steps.form.forms["line"]
    assert not isinstance(line, NotEstimable)
    assert line.aic == pytest.approx(2 - 2 * own.log_likelihood, rel=1e-9)


# --- Predicted risks --------------------------------------------------------------------------------------------------


def test_the_terms_of_a_model_that_predicts() -> None:
    def design(form: str, candidates: str = "crp,weight,ward") -> object:
        return design_of(cohort(), page(), replace(CHOSEN, prognostic_form=form, prognostic_candidates=candidates))

    cut, line, bent = (design(form) for form in ("cut", "line", "spline-3"))
    told = [(term.code, term.kind, term.value, len(term.knots)) for term in cut.terms]  # type: ignore[attr-defined]
    assert told == [
        ("crp", "cut", ">10.0", 0),
        ("weight", "number", "", 0),
        ("ward", "level", "b", 0),
        ("ward", "level", "c", 0),
    ]
    assert [term.kind for term in line.terms] == ["number", "number", "level", "level"]  # type: ignore[attr-defined]
    assert [len(term.knots) for term in bent.terms] == [3, 3, 0, 0]  # type: ignore[attr-defined]
    assert cut.n_missing == N - len(whole())  # type: ignore[attr-defined]
    assert cut.columns.shape == (len(whole()), 4)  # type: ignore[attr-defined]
    assert bent.places.tolist() == [0, 0, 1, 1, 2, 3]  # type: ignore[attr-defined]
    assert [name.rpartition(", ")[2] for name in bent.names][:4] == ["per mg/L", "bend 1", "per unit", "bend 1"]  # type: ignore[attr-defined]
    assert (cut.selected, cut.straight, bent.straight) == (False, (), ())  # type: ignore[attr-defined]
    assert design("cut", "").selected  # type: ignore[attr-defined]
    few = frame().assign(weight=np.where(np.arange(N) % 8 == 0, 51.0, 50.0))
    settings = replace(CHOSEN, prognostic_form="spline-3", prognostic_candidates="weight")
    straight = design_of(cohort(few), page_of(settings, few), settings)
    assert not isinstance(straight, NotEstimable)
    assert (straight.straight, straight.columns.shape[1]) == (("weight, per unit",), 1)


def test_a_model_s_risk_by_the_month_is_breslows() -> None:
    settings = replace(CHOSEN, prognostic_form="cut", prognostic_candidates="crp", at_months="0,6,12", ties="breslow")
    found, table = prognostic_model(cohort(), settings), known()
    assert not isinstance(found, NotEstimable)
    assert (found.n, found.n_events, found.n_terms, found.design.n_missing) == (
        len(table),
        table["death_event"].sum(),
        1,
        2,
    )
    assert found.months == (6, 12)
    x, time, event = high(table), table["death_months"].to_numpy(), table["death_event"].to_numpy(bool)
    coef = found.model.terms[0].coef[0]
    centre = coef * x.mean()
    weight = np.exp(coef * x - centre)
    hazard = sum(1 / weight[time >= at].sum() for at in time[event] if at <= found.month)
    assert found.model.centre == pytest.approx(centre)
    assert found.model.baseline == pytest.approx(np.exp(-hazard))
    assert found.month == max(month for month in (6, 12) if (time >= month).sum() >= 10)
    years, n_dead = time.sum() / 12, int(event.sum())
    assert found.size == sample_size(1, n_dead, years, len(table), found.month / 12)
    # Riley's largest R^2 of so many events in so many person-years, of which 15 % are expected.
    assert found.size.largest_r_squared == pytest.approx(
        1 - np.exp(2 * n_dead * (np.log(n_dead / years) - 1) / len(table))
    )
    assert len(found.calibration) == 3
    whose = prognostic_model(replace(cohort(), content_sha256="0123456789abcdef" * 4), settings)
    assert not isinstance(whose, NotEstimable)
    assert whose.model.made_of == "0123456789ab"


def test_settings_name_what_is_scanned_where_nothing_is_chosen() -> None:
    assert Settings().scan_marker == ""
    given = marker_data(cohort(), CHOSEN)
    assert not isinstance(given, NotEstimable)
    assert (given.marker.code, given.cutoff, given.side, int(given.known.sum())) == ("crp", 10.0, ">", len(known()))
