"""Subgroups, adjusted curves and missing values on the Predictors page: nothing while closed, sentences at the worst."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort
from cdanalysis.sections.predictors.missing_values.figures import missingness_map
from cdanalysis.sections.predictors.subgroups.figures import subgroup_forest
from cdanalysis.settings.as_text.codes import joined

ROOT = Path(__file__).parents[2]


def predictors_page(opened: str = "", cohort: Cohort | None = None, **query: str) -> AppTest:
    """The Predictors page run once with one of its parts open."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if opened:
        app.session_state["check-section"] = opened
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return app.switch_page("pages/predictors.py").run()


def texts(app: AppTest) -> str:
    """Everything that is said on the page."""
    return " ".join(str(one.value) for kind in (app.markdown, app.caption, app.warning, app.info) for one in kind)


def test_nothing_is_computed_while_no_part_is_open() -> None:
    assert not any("Interaction P" in one.value.columns for one in predictors_page().dataframe)


def test_subgroups_and_adjusted_curves_when_opened() -> None:
    app = predictors_page("Subgroups")
    assert not app.exception
    table = next(one.value for one in app.dataframe if "Interaction P" in one.value.columns).set_index("Subgroup")
    assert table.loc["All patients", "HR (95% CI)"] == "5.49 (1.62-18.62)"
    assert table.loc["WBC ≤ 9.5 ×10⁹/L", "HR (95% CI)"].startswith("not estimable: no event among")
    assert table.loc["WBC ≤ 9.5 ×10⁹/L", "Interaction P"] == "0.006"
    app = predictors_page("Adjusted curves")
    assert not app.exception
    adjusted = next(one.value for one in app.dataframe if "Months" in one.value.columns).set_index("Months")
    assert adjusted.loc["60", "Adjusted, CRP > 10 mg/L (95% CI)"].startswith("45.3%")
    assert "1,000 bootstrap resamples" in texts(app)


@pytest.mark.parametrize(
    "query",
    [{"crp_cutoff": "1", "at_months": ""}, {"scan_marker": "tgn", "tgn_cutoff": "50", "ties": "breslow"},
     {"clock": "late-entry", "relapse_definition": "objective"}, {"horizon_months": "0.1"}, {"candidates": "crp"}],
)  # fmt: skip
@pytest.mark.parametrize("opened", ["Subgroups", "Adjusted curves"])
def test_the_worst_positions_end_in_sentences(query: dict[str, str], opened: str) -> None:
    app = predictors_page(opened, **query)
    assert not app.exception
    assert " inf" not in texts(app)
    for frame in app.dataframe:
        assert not frame.value.astype(str).map(lambda cell: "inf" in cell or "nan" in cell.split()).to_numpy().any()


def with_holes(n: int = 60) -> Cohort:
    """A flat table in which every fourth patient lacks CRP, every fifth 6-TGN and every seventh the location."""
    header = "patient_id,crp_mg_per_l,tgn_pmol_per_8e8_rbc,disease_location,relapse_months,relapse_event\n"
    rows = "\n".join(
        f"P{i},{'' if i % 4 == 1 else 4 + i % 17},{'' if i % 5 == 2 else 120 + (37 * i) % 300},"
        f"{'' if i % 7 == 3 else ('L1', 'L2', 'L3')[i % 3]},{3 + (i * 7) % 40},{int(i % 3 != 0)}"
        for i in range(n)
    )
    return cd.read_cohort((header + rows).encode(), file_name="holes.csv")


def test_nothing_missing_is_said() -> None:
    app = predictors_page("Missing values")
    assert not app.exception
    assert "no model loses a patient" in texts(app)
    assert not any(one.key == "run-imputations" for one in app.toggle)


def test_who_is_lost_to_which_column_and_the_imputed_model() -> None:
    app = predictors_page("Missing values", with_holes(), screening_p="1", imputations="7")
    assert not app.exception
    accounts = next(one.value for one in app.dataframe if "Left out" in one.value.columns).set_index("Model")
    holes = [(i % 4 == 1) + (i % 5 == 2) + (i % 7 == 3) for i in range(60)]
    assert accounts.loc["Multivariable model", "Left out"] == str(sum(hole > 0 for hole in holes))
    only_crp = sum(i % 4 == 1 and hole == 1 for i, hole in enumerate(holes))
    assert f"CRP 15 ({only_crp} lack nothing else)" in accounts.loc["Multivariable model", "Not measured"]
    assert accounts.loc["CRP alone", "Left out"] == "15"
    app.toggle(key="run-imputations").set_value(True).run()
    assert not app.exception
    assert "all 60 patients" in texts(app)
    assert "7 imputations, seed 1" in texts(app)
    pooled = next(one.value for one in app.dataframe if "Missing information" in one.value.columns)
    assert "CRP > 10 mg/L" in pooled["Term"].tolist()
    before = pooled.to_numpy().tolist()
    app.number_input(key="setting-imputation_seed").set_value(2).run()
    after = next(one.value for one in app.dataframe if "Missing information" in one.value.columns)
    assert after.to_numpy().tolist() != before
    assert app.query_params["imputation_seed"] == "2"


@pytest.mark.parametrize("query", [{"crp_cutoff": "50"}, {"screening_p": "0.01"}])
def test_imputing_at_the_worst_positions_ends_in_a_sentence(query: dict[str, str]) -> None:
    app = predictors_page("Missing values", with_holes(), imputations="2", **query)
    if any(one.key == "run-imputations" for one in app.toggle):
        app.toggle(key="run-imputations").set_value(True).run()
    assert not app.exception
    assert " inf" not in texts(app)


def test_a_header_of_the_file_stays_text_in_both_figures_and_in_every_sentence() -> None:
    bad = "<img src=x>![](http://e.example)"
    rows = "\n".join(
        f"P{i},{4 + i % 17},{'abc'[i % 3] if i % 5 else ''},{3 + (i * 7) % 40},{int(i % 3 != 0)}" for i in range(40)
    )
    header = f"patient_id,crp_mg_per_l,{bad},relapse_months,relapse_event\n"
    cohort = cd.read_cohort((header + rows).encode(), file_name="bad.csv")
    chosen = cd.Settings(candidates=joined(("crp", bad)), screening_p=1.0)
    found, missing = cd.analyses.subgroups(cohort, chosen), cd.analyses.missing_values(cohort, chosen)
    assert bad in found.factors[0].label
    drawn = str(subgroup_forest(found)) + str(missingness_map(missing))
    assert "&lt;img src=x&gt;" in drawn
    assert "<img" not in drawn
    assert f", {found.factors[0].comparison.n_missing} not known" in drawn
    for opened in ("Subgroups", "Adjusted curves", "Missing values"):
        app = predictors_page(opened, cohort, candidates=chosen.candidates, screening_p="1")
        assert not app.exception
        assert "![](" not in texts(app)


def test_a_marker_is_imputed_as_measured_and_cut_at_the_very_value() -> None:
    # Only 10 and 20 occur, so a cut above 10, above 15 and at 20 are one cut, of what was measured and of what was imputed.
    rows = "\n".join(
        f"P{i},{'' if i % 4 == 1 else (10, 20)[i % 3 == 0]},{120 + (37 * i) % 300},{3 + (i * 7) % 40},{int(i % 5 != 0)}"
        for i in range(60)
    )
    header = "patient_id,crp_mg_per_l,tgn_pmol_per_8e8_rbc,relapse_months,relapse_event\n"
    cohort = cd.read_cohort((header + rows).encode(), file_name="two.csv")
    cuts = [(10.0, ">"), (15.0, ">"), (20.0, ">=")]
    found = [
        cd.analyses.multiple_imputation(
            cohort,
            cd.Settings(candidates="crp,tgn", screening_p=1.0, cutoffs=f"crp{side}{cutoff}", imputations=4),
        )
        for cutoff, side in cuts
    ]
    first, *others = [[(term.coef, term.standard_error) for term in one.terms] for one in found]
    assert others == [first, first]
    assert found[0].n == 60
    assert found[0].n_incomplete == 15
    assert found[0].terms[0].missing_information > found[0].terms[1].missing_information
