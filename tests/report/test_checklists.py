"""Reporting checklists beside STROBE: every item there, filled from what the run holds and from nothing else."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cdanalysis.report.content import ReportTable, Run
from cdanalysis.report.statements import record, remark, tripod
from cdanalysis.report.statements.checklist import TO_WRITE, Checklist, Item, items_of
from cdanalysis.report.statements.checklists import CHECKLISTS
from cdanalysis.report.statements.references import REFERENCES
from cdanalysis.settings import Settings
from cdanalysis.ui.manuscript import checklist_table
from tests.report.runs import bundled, flat_cohort
from tests.report.test_methods import check

NUMBERS = {
    "remark": {str(number) for number in range(1, 21)},
    "tripod": {str(number) for number in range(1, 28)},
    "record": {"1.1", "1.2", "1.3", "6.1", "6.2", "6.3", "7.1", "12.1", "12.2", "12.3", "13.1", "19.1", "22.1"},
}
# What of each a run of the bundled cohort answers, without a bundle.
ANSWERED = {
    "remark": {"6a", "7", "8", "10", "11", "12", "13", "15", "16", "18", "19a"},
    "tripod": {"7", "8a", "9a", "9b", "11", "12b", "12c", "18f", "20a", "20b", "21", "26"},
    "record": {"7.1", "12.2", "13.1", "19.1a", "22.1"},
}


def named(name: str) -> Checklist:
    return next(one for one in CHECKLISTS if one.name == name)


def items(name: str, run: Run) -> dict[str, Item]:
    return {one.number: one for one in items_of(run, named(name).rows)}


def with_tables(*names: str) -> Run:
    shown = tuple(ReportTable(name, name, pd.DataFrame()) for name in names)
    return replace(bundled(), tables=shown)


@pytest.mark.parametrize("name", NUMBERS)
def test_every_item_of_the_statement_is_there_once(name: str) -> None:
    numbers = [row[0] for row in named(name).rows]
    assert len(numbers) == len(set(numbers))
    whole = {number.rstrip("abcdefg") for number in numbers}
    assert whole == NUMBERS[name]
    assert named(name).source in REFERENCES


@pytest.mark.parametrize("name", ANSWERED)
def test_a_run_fills_what_it_holds_and_names_the_rest_as_the_authors(name: str) -> None:
    found = items(name, bundled())
    assert {number for number, one in found.items() if one.filled} == ANSWERED[name]
    assert all(one.text.startswith(TO_WRITE) != one.filled for one in found.values())
    for one in found.values():
        check(one.text)


@pytest.mark.parametrize("name", ["strobe", *NUMBERS])
def test_a_run_without_results_claims_none(name: str) -> None:
    run = Run(flat_cohort(0), Settings(), {})
    filled = {number for number, one in items(name, run).items() if one.filled}
    assert filled <= {"19", "19a", "26", "7", "12.2", "7.1", "18f", "22.1"}  # limits of the data, faults, code


def test_what_a_part_of_a_section_answers_is_claimed_only_where_the_bundle_holds_its_table() -> None:
    held = {"power": ("remark", "9"), "riley": ("tripod", "10"), "prediction-scores": ("tripod", "23a"),
            "centres-each": ("tripod", "12d"), "points": ("tripod", "22"), "risk-groups": ("tripod", "15"),
            "validation": ("tripod", "12g"), "balance": ("remark", "14")}  # fmt: skip
    for table, (name, number) in held.items():
        assert not items(name, bundled())[number].filled, table
        told = items(name, with_tables(table))[number]
        assert told.filled
        assert f"table {table} of the bundle" in told.text
        check(told.text)


def test_all_standard_variables_together_are_claimed_only_where_no_screening_left_one_out() -> None:
    assert not items("remark", bundled())["17"].filled
    assert "7 with a log-rank P below 0.2, not all" in items("tripod", bundled())["9a"].text
    every = items("remark", bundled(Settings(screening_p=1.0)))["17"]
    assert every.text == "Every candidate is in the multivariable model, whatever its P value."


def test_a_checklist_is_a_table_that_says_who_fills_each_item() -> None:
    shown = checklist_table(bundled(), named("remark"))
    assert set(shown["Filled by"]) == {"run", "author"}
    assert len(shown) == len(remark.ITEMS)
    assert (len(tripod.ITEMS), len(record.ITEMS)) == (52, 14)
