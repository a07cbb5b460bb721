"""R's convention and SPSS 24's: the pinned numbers of both, side by side, and named under every table that estimates."""

from __future__ import annotations

import ast
from math import exp
from pathlib import Path

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.sections.blocks import Table
from cdanalysis.sections.models.tables import ties_table
from cdanalysis.sections.survival.programs.tables import conventions_table
from cdanalysis.settings.settings import CHOICES
from cdanalysis.statistics.curves.spss_quantile import spss_quantile
from cdanalysis.writing.choices import conventions
from cdanalysis.writing.choices.conventions import convention_in_use, convention_note
from cdanalysis.writing.choices.labels import CONVENTION_PRESETS

ROOT = Path(__file__).parents[2]
GEHAN = pd.read_csv(ROOT / "tests" / "golden" / "datasets" / "leukemia6mp.csv")

# Tables that estimate nothing, and those whose columns themselves name the method or convention of each number.
WITHOUT = {
    "adjusted-survival",
    "both-conventions",
    "both-ties",
    "compared-ratios",
    "compared-settings",
    "contents",
    "entries-",
    "course-of-follow-up",
    "explained",
    "faults",
    "faults-each",
    "firth",
    "forms-",
    "ledger",
    "lifelines-check",
    "matching",
    "missing-by-model",
    "moves-between-states",
    "not-equal",
    "proportional-hazards",
    "reclassified",
    "relapse-changed",
    "relapse-definitions",
    "reproduction",
    "states-by-week",
    "one.name",
}
OF_A_PAPER = {"paper", "candidates_in_paper"}


def gehan() -> cd.reading.Cohort:
    """Freireich's trial of 6-mercaptopurine as a flat table, weeks in the place of months."""
    rows = "\n".join(f"P{i},{row.time_weeks},{row.event},{row.treat}" for i, row in enumerate(GEHAN.itertuples()))
    return cd.read_cohort(f"patient_id,relapse_months,relapse_event,Treatment\n{rows}\n".encode())


def both(cohort: object, **choices: object) -> pd.DataFrame:
    """The table of the Survival page with both conventions."""
    found = {
        name: cd.analyses.survival(cohort, cd.Settings(convention=name, **CONVENTION_PRESETS[name], **choices))
        for name in CHOICES["convention"]
    }
    return conventions_table(found, 0.95).set_index(["Group", "Quantity"])


@pytest.mark.parametrize(("ties", "coef", "error"), [("breslow", 1.50919, 0.40956), ("efron", 1.57212, 0.41240)])
def test_gehans_hazard_ratio_by_each_way_to_treat_ties(ties: str, coef: float, error: float) -> None:
    placebo = pd.DataFrame({"placebo": (GEHAN["treat"] == "placebo").astype(float)})
    term = cd.cox(GEHAN["time_weeks"], GEHAN["event"], placebo, ties=ties).terms[0]
    assert (term.coef, term.standard_error) == pytest.approx((coef, error), abs=6e-6)


def test_gehans_medians_as_spss_prints_them() -> None:
    curves = cd.kaplan_meier(GEHAN["time_weeks"], GEHAN["event"], GEHAN["treat"]).curves
    found = {curve.group: spss_quantile(curve) for curve in curves}
    for group, median, error in (("6-MP", 23, 5.255), ("placebo", 8, 1.669)):
        one = found[group]
        wanted = (median, median - 1.96 * error, median + 1.96 * error)
        assert (one.value, one.lower, one.upper) == pytest.approx(wanted, abs=1e-3)


def test_gehan_side_by_side() -> None:
    shown = both(gehan(), survival_group="Treatment")
    median = shown.xs("50% had it by (median) (95% CI)", level="Quantity")
    assert median.loc["6-MP"].tolist() == ["23.0 months (13.0-not reached)", "23.0 months (12.7-33.3)"]
    assert median.loc["placebo", "SPSS 24"] == "8.0 months (4.7-11.3)"
    rows = {
        ties: cd.analyses.predictors(gehan(), cd.Settings(ties=ties, candidates="Treatment")).rows
        for ties in CHOICES["ties"]
    }
    ratios = ties_table(rows, 0.95).set_index("Factor").loc["Treatment placebo"]
    assert ratios["Univariable HR (95% CI), P: Efron"].startswith(f"{exp(1.57212):.2f} (")
    assert ratios["Univariable HR (95% CI), P: Breslow"].startswith(f"{exp(1.50919):.2f} (")


def test_the_studys_symmetric_interval_is_spsss() -> None:
    shown = both(cd.demo_cohort()).loc[("All patients", "50% had it by (median) (95% CI)")]
    assert shown.tolist() == ["74.7 months (51.2-not reached)", "74.7 months (39.6-109.9)"]


def test_a_negative_limit_is_not_read_as_a_range() -> None:
    rows = "\n".join(f"P{i},{time},1" for i, time in enumerate((1, 2, 3, 30, 40, 50)))
    shown = both(cd.read_cohort(f"patient_id,relapse_months,relapse_event\n{rows}\n".encode()))
    cell = shown.loc[("All patients", "50% had it by (median) (95% CI)"), "SPSS 24"]
    assert " to " in cell
    assert "(-" in cell


def test_the_footnote_says_what_is_in_use_even_where_a_preset_was_changed() -> None:
    spss = cd.Settings(convention="spss", **CONVENTION_PRESETS["spss"])
    assert convention_in_use(cd.Settings()) == "R"
    assert convention_in_use(spss) == "SPSS 24"
    assert convention_in_use(cd.Settings(ties="breslow", km_interval="log")) == "R, with Breslow ties and log interval"
    assert "Breslow ties" in convention_note(spss, conventions.model)
    assert "± 1.96 standard errors" in convention_note(spss, conventions.median)
    assert "type 6 (HAVERAGE)" in convention_note(spss, conventions.percentiles)
    assert "inverts the curve's" in convention_note(cd.Settings(), conventions.median)
    several = convention_note(cd.Settings(), conventions.logrank, conventions.model)
    assert several.startswith("Convention: R. Log-rank test (Mantel-Cox); Cox regression with Efron ties")


def tables_made() -> list[tuple[str, bool]]:
    """The id of every table that a section or a page makes, as far as the source tells it, and whether it names a convention.

    Those of a paper (`paper()`) stand under Methods that name it for all of them.
    """
    found = []
    for path in (one for one in ROOT.glob("cdanalysis/**/*.py") if "reading" not in one.parts):
        whole = ast.parse(path.read_text(encoding="utf-8"))
        whole.body = [node for node in whole.body if getattr(node, "name", "") not in OF_A_PAPER]
        for node in ast.walk(whole):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Table" and node.args:
                own = {keyword.arg for keyword in node.keywords}
                found.append((_id(node.args[0]), "convention" in own))
    return found


def _id(node: ast.expr) -> str:
    """A text, or what a formatted text begins with; else how the source names it."""
    first = node.values[0] if isinstance(node, ast.JoinedStr) else node
    return first.value if isinstance(first, ast.Constant) else ast.unparse(first)


def test_every_table_of_the_app_names_its_convention_or_estimates_nothing() -> None:
    made = tables_made()
    assert len(made) > 40
    assert {name for name, names_it in made if not names_it} == WITHOUT
    assert not {name for name, names_it in made if names_it} & WITHOUT


def test_a_median_without_an_interval_is_not_said_to_have_limits_that_were_not_reached() -> None:
    shown = both(cd.demo_cohort(), survival_group="crp")
    assert shown.loc[("CRP > 10 mg/L", "75% had it by (95% CI)"), "SPSS 24"] == "74.7 months (no interval)"


def footnotes(name: str, **choices: object) -> dict[str, str]:
    """The convention under each table that a section shows at first, by the table's id."""
    blocks = getattr(cd.sections, name)(cd.demo_cohort(), cd.Settings(**choices))
    return {block.id: block.convention for block in blocks if isinstance(block, Table)}


def test_the_footnote_names_what_its_own_table_uses() -> None:
    assert "Clopper-Pearson" in footnotes("endoscopy")["endoscopy-outcomes"]
    response = footnotes("response")
    assert "Wilson" in response["response"]
    assert "exact Wilcoxon" in response["activity"]
    assert "Efron ties" in footnotes("predictors")["predictors"]
    assert "Breslow ties" in footnotes("predictors", ties="breslow")["predictors"]
    assert "Efron" in conventions.specification(cd.Settings())
    assert "Efron" not in conventions.specification(cd.Settings(multiverse_axes="crp_cutoff,ties"))
    assert "Rubin" in conventions.imputed(cd.Settings())
