"""The methods tell a part where the run holds its numbers, and where it was looked at; nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from cdanalysis.report.content import LedgerLine, ReportTable, Run
from cdanalysis.report.methods import methods_paragraph, methods_sections
from cdanalysis.report.methods.further import PARTS
from cdanalysis.report.statements.references import Citations
from cdanalysis.settings import Settings
from tests.report.runs import bundled
from tests.report.test_methods import check

TOLD = {
    "competing-ratios": "Fine and Gray's model",
    "interval-models": "interval-censored Cox model",
    "recurrent-ratios-relapse": "Andersen and Gill's",
    "current-level": "covariate that changes at each visit",
    "weighted": "inverse of the probability of their group",
    "centres": "gamma frailty",
    "prediction-scores": "Riley's minimum sample size",
    "validation": "applied without fitting anything anew",
    "published-beside": "hazard ratios of other papers",
    "power": "Schoenfeld's formula",
}


def with_tables(*names: str, **choices: object) -> Run:
    run = bundled()
    shown = tuple(ReportTable(name, name, pd.DataFrame()) for name in names)
    return replace(run, tables=shown, settings=Settings(**choices))


@pytest.mark.parametrize("table", TOLD)
def test_a_part_is_told_where_the_bundle_holds_its_table(table: str) -> None:
    told = methods_paragraph(with_tables(table))
    assert {name for name, words in TOLD.items() if words in told} == {table}
    for text in told.split("\n\n"):
        check(text)


@pytest.mark.parametrize("part", [part for part in PARTS if part.page], ids=lambda part: part.page)
def test_a_part_is_told_where_it_was_looked_at(part: object) -> None:
    line = LedgerLine("10:00:00", "nothing", "-", "-", "data-driven", part.page)
    run = replace(bundled(), ledger=(line,))
    assert part.told(run, Citations()).partition(" [")[0] in methods_paragraph(run)


def test_nothing_further_is_told_of_a_run_without_parts() -> None:
    headings = [heading for heading, _ in methods_sections(bundled(), Citations())]
    assert "Further analyses" not in headings
    assert "MaxCombo" not in methods_paragraph(bundled())


def test_two_groups_were_compared_by_max_combo_too() -> None:
    assert "MaxCombo" in methods_paragraph(bundled(Settings(survival_group="crp")))
    assert "MaxCombo" not in methods_paragraph(bundled(Settings(survival_group="location")))


def test_a_choice_of_a_part_is_told() -> None:
    assert "surgery as the competing event" in methods_paragraph(with_tables("incidence", competing_event="surgery"))
    assert "competing event that the file has" in methods_paragraph(with_tables("incidence"))
    assert "by DerSimonian-Laird" in methods_paragraph(with_tables("centres", pooling="dl"))
    assert "restricted cubic splines of 4 knots" in methods_paragraph(
        with_tables("prediction-scores", prognostic_form="spline-4")
    )
    assert "entered as straight lines" in methods_paragraph(with_tables("prediction-scores", prognostic_form="line"))
    assert "Breslow ties" in methods_paragraph(with_tables("mean-number-relapse", ties="breslow"))


def test_the_bootstrap_is_told_only_where_it_was_run() -> None:
    assert "Harrell's bootstrap" not in methods_paragraph(with_tables("prediction-scores"))
    assert "Harrell's bootstrap" in methods_paragraph(with_tables("prediction-scores", "optimism"))


def test_the_groups_of_risk_are_told_only_of_a_model_that_may_be_used() -> None:
    assert "thirds" not in methods_paragraph(with_tables("prediction-scores"))
    assert "thirds by the risk that it predicts" in methods_paragraph(with_tables("prediction-scores", "risk-groups"))


def test_every_source_of_the_parts_is_in_the_references() -> None:
    cite = Citations()
    text = " ".join(one for _, one in methods_sections(with_tables(*TOLD), cite))
    numbers = {int(number) for group in re.findall(r" \[([\d,]+)\]", text) for number in group.split(",")}
    assert numbers == set(range(1, len(cite.cited()) + 1))
