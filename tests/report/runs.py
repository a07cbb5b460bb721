"""Runs of the whole analysis for the tests of the report: a cohort and settings, every pipeline."""

from __future__ import annotations

from functools import cache

import pandas as pd

from cdanalysis import analyses
from cdanalysis.cohort import Cohort
from cdanalysis.demo import demo_cohort
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.report.content import Run
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings

NAMES = ("flow", "baseline", "induction", "survival", "predictors", "cutoffs", "endoscopy", "safety")


def run_of(cohort: Cohort, settings: Settings, *, checked: bool = True) -> Run:
    """Every analysis of a cohort, and the checks of its model unless not `checked` (Firth's fit takes a second)."""
    results = {name: getattr(analyses, name)(cohort, settings) for name in NAMES}
    found = results["predictors"]
    if checked and not isinstance(found, NotEstimable):
        results["proportionality"] = analyses.proportionality(found, settings, "km")
        results["sparse_data"] = analyses.sparse_data(found, settings)
    return Run(cohort, settings, results, date="2026-11-24")


@cache
def remembering() -> Cohort:
    """The bundled cohort with a memory, as a session has it: what no setting changes is made once."""
    return demo_cohort().with_memory({})


@cache
def bundled(settings: Settings = Settings()) -> Run:  # noqa: B008  frozen
    """The run of the bundled cohort; its model is checked where the settings are the default, or change ties or clock."""
    return run_of(remembering(), settings, checked=set(settings.to_query()) <= {"ties", "clock"})


def flat_cohort(n: int) -> Cohort:
    """A few patients with a stated relapse and one marker, nothing else."""
    patients = pd.DataFrame(
        {
            "patient_id": [f"P{i}" for i in range(n)],
            "crp_mg_per_l": [4.0, 20.0, 30.0][:n],
            "relapse_months": [5.0, 12.0, 7.0][:n],
            "relapse_event": pd.array([False, True, True][:n], "boolean"),
        }
    )
    return cohort_from_frames(patients)
