"""Every file of the corpus through the reader, and every cohort that comes out of it through every pipeline."""

from __future__ import annotations

import inspect
import random
import re
from functools import cache

import pandas as pd
import pytest
from corpus.builders import HEADER, table
from corpus.case import ACCEPT, FAULT, REFUSE, Case
from corpus.cases import CASES

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.reading import Cohort
from cdanalysis.reading.checks.frames import content_hash
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.landscape import analysis as landscape


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
    """Every fault as `sheet|row|column|found`, and every question as `sheet|?|column|text`."""
    faults = [f"{fault.sheet}|{fault.row}|{fault.column}|{fault.found}" for fault in cohort.faults]
    return faults + [f"{one.sheet}|?|{one.column}|{one.text}" for one in cohort.questions]


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
        assert not told(found)
    if case.same:
        pd.testing.assert_frame_equal(found.patients[HEADER], plain().patients[HEADER])


def test_the_corpus_is_large_and_each_case_is_another() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 80
    assert {case.must for case in CASES} == {REFUSE, FAULT, ACCEPT}


# Every pipeline that needs nothing but a cohort and the settings; those of a page's parts start from one of these.
PIPELINES = sorted(
    name
    for name, pipeline in inspect.getmembers(analyses, inspect.isfunction)
    if list(inspect.signature(pipeline).parameters)[:2] == ["cohort", "settings"]
    and all(one.default is not one.empty for one in list(inspect.signature(pipeline).parameters.values())[2:])
)
SETTINGS = cd.Settings(multiverse_axes="model")  # all its axes take three seconds a cohort


def cohorts() -> list[tuple[str, Cohort]]:
    """The cohorts of the corpus that differ in what an analysis sees, each under the name of its first case."""
    different: dict[str, tuple[str, Cohort]] = {}
    for case in CASES:
        cohort = read(case)
        if isinstance(cohort, Cohort):
            frames = (cohort.patients, cohort.visits, cohort.events)
            different.setdefault(content_hash(list(frames)), (case.name, cohort))
    return list(different.values())


@pytest.mark.parametrize("name", PIPELINES)
@pytest.mark.parametrize("every", [5, pytest.param(1, marks=pytest.mark.thorough)], ids=["some", "all"])
def test_every_cohort_goes_through_every_pipeline(name: str, every: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result or NotEstimable; a warning is an error in these tests."""
    monkeypatch.setattr(landscape, "RESAMPLES", 20)
    may_be_none = "None" in str(inspect.signature(getattr(analyses, name)).return_annotation)
    for case_name, cohort in cohorts()[::every]:
        try:
            assert getattr(analyses, name)(cohort, SETTINGS) is not None or may_be_none
        except Exception as bug:
            raise AssertionError(f"{case_name}: {type(bug).__name__}: {bug}") from bug


def test_the_pipelines_are_those_of_the_pages() -> None:
    assert {"baseline", "induction", "survival", "predictors", "cutoffs", "multiverse", "endoscopy", "safety"} <= {
        *PIPELINES
    }
    assert len(cohorts()) >= 40


def test_a_model_of_more_terms_than_can_be_waited_for_is_not_fitted() -> None:
    """A link may ask for every column of a wide file at once; alone each is still fitted."""
    n, columns, dice = 400, 30, random.Random(1)
    header = ["patient_id", "relapse_months", "relapse_event", *(f"w{i}" for i in range(columns))]
    rows = [[f"P{i}", 1 + i % 37, i % 2, *(f"k{dice.randrange(6)}" for _ in range(columns))] for i in range(n)]
    cohort = cd.read_cohort(table([header, *rows]))
    asked = cd.Settings(candidates=",".join(header[3:]), screening_p=1.0)
    found = analyses.predictors(cohort, asked)
    assert isinstance(found.multivariable, NotEstimable)
    assert "150 terms, and at most 100" in found.multivariable.reason
    assert sum(not isinstance(one, NotEstimable) for one in found.univariable) >= columns
    fewer = analyses.predictors(cohort, cd.Settings(candidates=",".join(header[3:13]), screening_p=1.0))
    assert not isinstance(fewer.multivariable, NotEstimable)
