"""Every file of the corpus through the reader, and every cohort that comes out of it through every pipeline."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
import pytest
from corpus.builders import HEADER, table
from corpus.cases import ACCEPT, CASES, FAULT, REFUSE, Case

import cdanalysis as cd
from cdanalysis.reading import Cohort


@cache
def read(case: Case) -> Cohort | cd.CohortError:
    """A case's cohort, or its refusal; each file is made and read once."""
    try:
        return cd.read_cohort(case.make(), file_name=case.file_name)
    except cd.CohortError as refusal:
        return refusal


@cache
def plain() -> Cohort:
    return cd.read_cohort(table(), file_name="plain.csv")


def told(cohort: Cohort) -> list[str]:
    """Every fault as `sheet|row|column|found`."""
    return [f"{fault.sheet}|{fault.row}|{fault.column}|{fault.found}" for fault in cohort.faults]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_file_is_refused_or_read_as_it_must_be(case: Case) -> None:
    found = read(case)
    if case.must == REFUSE:
        assert isinstance(found, cd.CohortError), told(found)
        assert re.search(case.says, str(found), re.DOTALL), str(found)
        return
    assert isinstance(found, Cohort), str(found)
    if case.must == FAULT:
        assert any(re.search(case.says, text) for text in told(found)), told(found)
    if case.must == ACCEPT:
        assert not found.faults
    if case.same:
        pd.testing.assert_frame_equal(found.patients[HEADER], plain().patients[HEADER])


def test_the_corpus_is_large_and_each_case_is_another() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80
    assert {case.must for case in CASES} == {REFUSE, FAULT, ACCEPT}
