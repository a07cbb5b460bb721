"""Centres: R's gamma frailty at full convergence; which column is the centre; a marker's ratio with centres allowed for."""

from __future__ import annotations

import json
from math import erfc, exp, log, sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.outcomes.centres import centre_column, centre_columns, says_so
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure, Looked, Note, Quote, Table
from cdanalysis.sections.parts import LookCloser
from cdanalysis.sections.predictors.centres.section import view
from cdanalysis.sections.predictors.centres.tables import centres_table, ways_table
from cdanalysis.sections.predictors.centres.words import cautions, frailty_phrase
from cdanalysis.sections.recall import direct
from cdanalysis.statistics.pooling.meta_analysis import log_ratio_of, meta_analysis

R = json.loads((Path(__file__).parents[1] / "golden" / "reference_centres.json").read_text())
DATA = Path(__file__).parents[1] / "golden" / "datasets"


def fitted(name: str, ties: str, **more: object) -> cd.statistics.cox.frailty.FrailtyResult:
    rows = pd.DataFrame(R[name]["rows"])
    found = cd.frailty_cox(rows["t"], rows["e"], rows[["x1", "x2"]], rows["centre"], ties=ties, **more)
    assert not isinstance(found, NotEstimable)
    return found


def compared(found: cd.statistics.cox.frailty.FrailtyResult, wanted: dict[str, list[float]], within: float) -> None:
    assert [term.coef for term in found.terms] == pytest.approx(wanted["coef"], abs=within)
    assert [term.standard_error for term in found.terms] == pytest.approx(wanted["se"], abs=within)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("name", ["lung", "cgd", "kidney", "rats"])
def test_at_a_given_variance_coefficients_errors_and_likelihood_are_rs(name: str, ties: str) -> None:
    wanted = R[name][ties]["at_theta"]
    found = fitted(name, ties, theta=wanted["theta"])
    compared(found, wanted, 1e-9)
    assert found.log_likelihood == pytest.approx(wanted["i_loglik"], abs=1e-8)


@pytest.mark.parametrize("ties", ["efron", "breslow"])
@pytest.mark.parametrize("name", ["kidney", "rats"])
def test_the_variance_is_where_r_stops_when_it_is_not_stopped_early(name: str, ties: str) -> None:
    wanted = R[name][ties]["frailty"]
    found = fitted(name, ties)
    assert found.theta == pytest.approx(wanted["theta"], abs=1e-6)
    compared(found, wanted, 1e-6)
    assert found.log_likelihood == pytest.approx(wanted["i_loglik"], abs=1e-8)
    assert found.log_likelihood_null == pytest.approx(R[name][ties]["loglik"], abs=1e-8)
    # As R stops by default, at a change of 1e-5 of the likelihood and with a diagonal information.
    assert found.theta == pytest.approx(R[name][ties]["theirs"]["theta"], abs=2e-4)


@pytest.mark.parametrize("name", ["lung", "cgd"])
def test_where_centres_differ_no_more_than_by_chance_the_model_is_that_without_them(name: str) -> None:
    found = fitted(name, "efron")
    assert (found.theta, found.p_value, set(found.factor)) == (0.0, 1.0, {1.0})
    compared(found, R[name]["efron"]["frailty"], 1e-7)  # R ends at a variance of about 1e-9
    assert fitted("kidney", "efron").p_value == pytest.approx(0.5 * 0.02000013, abs=1e-6)


def test_the_factors_have_mean_one_and_follow_the_events() -> None:
    found, rows = fitted("rats", "efron"), pd.DataFrame(R["rats"]["rows"])
    assert found.factor.mean() == pytest.approx(1, abs=1e-8)
    events = rows.groupby("centre")["e"].sum().to_numpy()
    assert found.factor[events == 0].max() < found.factor[events > 1].min()


def test_a_missing_centre_is_left_out_and_one_centre_is_no_comparison() -> None:
    rows = pd.DataFrame(R["kidney"]["rows"])
    centre = rows["centre"].astype(object).where(rows.index > 3, None)
    found = cd.frailty_cox(rows["t"], rows["e"], rows[["x1"]], centre)
    assert (found.n, found.n_dropped) == (72, 4)
    assert "one centre" in cd.frailty_cox(rows["t"], rows["e"], rows[["x1"]], np.ones(len(rows))).reason


@pytest.mark.parametrize(
    ("header", "is_one"),
    [("Centre", True), ("study_site", True), ("hospital", True), ("Center No.", True), ("中心编号", True), ("就诊医院", True),
     ("Disease site", False), ("Hospital stay (days)", False), ("injection site", False), ("ward", False),
     ("concentration", False)],
)  # fmt: skip
def test_a_header_says_that_it_is_a_centre(header: str, is_one: bool) -> None:
    assert says_so(header) is is_one


def of_lung() -> cd.reading.Cohort:
    """Survival's lung cancer patients with their institutions, two of which treated one patient each."""
    rows = pd.read_csv(DATA / "lung.csv")
    lines = [
        f"P{one.id},{one.time_days / 30:.4f},{one.event},{one.age},{one.sex},{'' if np.isnan(one.inst) else f'inst {one.inst:.0f}'}"
        for one in rows.itertuples()
    ]
    return cd.read_cohort("\n".join(["patient_id,death_months,death_event,age_years,sex,Institution", *lines]).encode())


def of_cgd() -> cd.reading.Cohort:
    """Patients with granulomatous disease up to their first infection, by hospital."""
    rows = pd.read_csv(DATA / "cgd_first.csv")
    lines = [
        f"P{one.id},{one.time_days / 30:.4f},{one.event},{one.age},{one.sex},{one.center}" for one in rows.itertuples()
    ]
    return cd.read_cohort(
        "\n".join(["patient_id,relapse_months,relapse_event,age_years,sex,hospital", *lines]).encode()
    )


SETTINGS = cd.Settings(handles="age", cutoffs="age>60", scan_marker="", candidates="age,sex", screening_p=1.0)
COHORTS = {"lung": (of_lung, SETTINGS), "cgd": (of_cgd, SETTINGS.with_cutoff("age", 10, ">"))}


@pytest.mark.parametrize("name", COHORTS)
def test_the_page_has_each_way_of_allowing_for_centres_and_each_centres_own_ratio(name: str) -> None:
    make, settings = COHORTS[name]
    cohort = make()
    found = cd.analyses.centres(cohort, settings)
    endpoint, column = cd.analyses.predictors(cohort, settings).endpoint.patients, centre_column(cohort, settings)
    patients = cohort.patients.set_index("patient_id").loc[endpoint["patient_id"]]
    rows = pd.DataFrame(
        {
            "t": endpoint["time_months"].to_numpy(),
            "e": endpoint["event"].to_numpy(),
            "centre": patients[column].to_numpy(),
            "x": (patients["age_years"] > settings.cutoff("age").value).to_numpy(float),
            "male": (patients["sex"] == "male").to_numpy(float),
        }
    ).dropna()
    assert (found.n, found.n_unknown) == (len(rows), len(endpoint) - len(rows))
    x, both = rows[["x"]], rows[["x", "male"]]
    own = pd.get_dummies(rows["centre"], dtype=float).drop(columns=rows.groupby("centre")["e"].sum().idxmax())
    wanted = {
        "ignored": lambda columns: cd.cox(rows["t"], rows["e"], columns),
        "strata": lambda columns: cd.cox(rows["t"], rows["e"], columns, strata=rows["centre"]),
        "fixed": lambda columns: cd.cox(rows["t"], rows["e"], pd.concat([columns, own], axis=1)),
        "frailty": lambda columns: cd.frailty_cox(rows["t"], rows["e"], columns, rows["centre"]),
    }
    for one in found.ways:
        for ours, columns in ((one.alone, x), (one.beside, both)):
            theirs = wanted[one.way](columns).terms[0].hazard_ratio
            assert vars(ours.ratio) == pytest.approx(vars(theirs), rel=1e-9), one.way
    known = [one for one in found.comparison.subgroups if not isinstance(one.hazard_ratio, NotEstimable)]
    first = known[0]
    part = rows[rows["centre"] == first.level]
    assert first.hazard_ratio == cd.cox(part["t"], part["e"], part[["x"]]).terms[0].hazard_ratio
    logs, errors = zip(*(log_ratio_of(one.hazard_ratio) for one in known), strict=True)
    assert found.pooled.random == meta_analysis(logs, errors).random
    weights = (1 / np.array(errors) ** 2, np.array(logs))
    assert found.pooled.fixed.value == pytest.approx(exp(np.average(weights[1], weights=weights[0])))
    shown_table = centres_table(found, 0.95)
    assert shown_table.iloc[-3:, 0].tolist()[0] == "Put together, one effect"
    assert len(shown_table) == len(found.comparison.subgroups) + 3
    assert "nan" not in shown_table.to_string() + ways_table(found, 0.95).to_string()


def test_lungs_institutions_in_numbers() -> None:
    found = cd.analyses.centres(of_lung(), SETTINGS)
    assert [round(log(one.alone.ratio.value), 4) for one in found.ways] == [0.2137, 0.3538, 0.309, 0.2137]  # R's
    assert "estimated at 0" in frailty_phrase(found)
    assert (found.pooled.n, len(found.comparison.subgroups)) == (15, 18)
    told = [str(one) for one in cautions(found)]
    assert "3 of 18 centres without a ratio of their own." in told
    assert "1 patient without a centre or the marker left out." in told


def part_titles(cohort: cd.reading.Cohort, settings: cd.Settings) -> tuple[list[str], str]:
    blocks = list(cd.sections.predictors(cohort, settings))
    closer = next(one for one in blocks if isinstance(one, LookCloser))
    return [one.title for one in closer.parts], " ".join(one.text for one in blocks if isinstance(one, Note))


def test_the_part_opens_where_a_column_is_one_of_centres_or_chosen_as_one() -> None:
    titles, said = part_titles(cd.demo_cohort(), cd.Settings())
    assert "Centres" not in titles
    assert "*Centres* needs a column that says where each patient was treated" in said
    assert part_titles(of_lung(), SETTINGS)[0].count("Centres") == 1
    lines = [f"P{i},{i % 17 + 1},{i % 2},{i % 23},{'AB'[i % 2]}" for i in range(60)]
    text = "\n".join(["patient_id,relapse_months,relapse_event,crp,Ward", *lines])
    plain = cd.read_cohort(text.encode())
    assert (centre_columns(plain), centre_column(plain, cd.Settings())) == (("Ward",), "")
    assert "Centres" not in part_titles(plain, cd.Settings())[0]
    assert "Centres" in part_titles(plain, cd.Settings(centre="Ward"))[0]


def test_what_the_part_shows_is_counted_and_in_the_bundle() -> None:
    (of_marker,) = view(of_lung(), SETTINGS, direct).blocks
    blocks = list(of_marker.blocks("age"))
    looked = next(one for one in blocks if isinstance(one, Looked))
    assert (looked.page, looked.cut) == ("Centres", ("age",))
    assert looked.tested[0][0] == "interaction with centre"
    assert [one.id for one in blocks if isinstance(one, Table)] == ["centres", "centres-each"]
    assert [one.id for one in blocks if isinstance(one, Figure)] == ["centres-age"]
    quotes = [one.text for one in blocks if isinstance(one, Quote)]
    assert "18 centres (Institution)" in quotes[0]
    assert "15 centres put together" in quotes[1]


@pytest.mark.parametrize("theta", [0.001, 0.01, 0.3])
def test_the_p_of_a_variance_is_half_a_chi_square_s_of_the_likelihoods(theta: float) -> None:
    found = fitted("rats", "efron", theta=theta) if "rats" in R else fitted(next(iter(R)), "efron", theta=theta)
    statistic = 2 * (found.log_likelihood - found.log_likelihood_null)
    wanted = erfc(sqrt(statistic / 2)) / 2 if statistic > 0 else 1.0
    assert found.p_value == pytest.approx(wanted, rel=1e-9)
    assert (found.theta, found.n_dropped) == (theta, 0)
