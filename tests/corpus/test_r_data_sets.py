"""R's own survival data, as csv, xlsx and dta: a sensible reader's answers give R's patients, events, times and hazard ratio."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from corpus.builders import statistical
from lifelines import CoxPHFitter

import cdanalysis as cd
from cdanalysis.results import NotEstimable

FOLDER = Path(__file__).parent / "r_data_sets"


@dataclass(frozen=True)
class DataSet:
    """A data set, its columns in R, the rows R takes of it, the marker cut at its median, and the answers by question."""

    name: str
    time: str
    event: Callable[[pd.DataFrame], pd.Series]
    marker: str
    answers: dict[str, str]
    rows: Callable[[pd.DataFrame], pd.DataFrame] = lambda frame: frame

    def __str__(self) -> str:
        return self.name


DAYS, EACH = {"unit": "days"}, {"ids": "each row is one patient"}
SETS = (
    DataSet("pbc", "time", lambda frame: frame.status == 2, "bili",
            {"unit:patients:albumin": "g/dL", **DAYS, "codes": "1 = a competing event, 2 = event", "column": "platelets_1e9_per_l",
             "kind": "categories"}),
    DataSet("veteran", "time", lambda frame: frame.status == 1, "karno", DAYS | EACH),
    DataSet("rotterdam", "dtime", lambda frame: frame.death == 1, "nodes",
            {**DAYS, "time:patients:death": "dtime", "time:patients:recur": "rtime"}),
    DataSet("ovarian", "futime", lambda frame: frame.fustat == 1, "age", DAYS | EACH),
    DataSet("kidney", "time", lambda frame: frame.status == 1, "frail",
            {**DAYS, "repeated": "the first row of each patient counts", "codes": "1 is male, 2 is female"},
            rows=lambda frame: frame.drop_duplicates("id")),
    DataSet("nwtco", "edrel", lambda frame: frame.rel == 1, "age",
            {**DAYS, "outcome": "rel", "time": "edrel", "codes": "0 = censored, 1 = event", "ids": "seqno", "kind": "categories",
             "unit:patients:age": "months"}),
)  # fmt: skip


@cache
def frame_of(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv")


def file_of(name: str, ending: str) -> bytes:
    """The data set as csv byte by byte, as a workbook, or as Stata writes it, which knows no point in a name."""
    frame = frame_of(name)
    if ending == "csv":
        return (FOLDER / f"{name}.csv").read_bytes()
    if ending == "dta":
        return statistical("dta", frame.rename(columns=lambda column: column.replace(".", "_")))
    content = io.BytesIO()
    frame.to_excel(content, index=False, engine="xlsxwriter")
    return content.getvalue()


def answered(content: bytes, file_name: str, answers: dict[str, str]) -> cd.Cohort:
    """The cohort with every question answered: by its whole id where that has an answer, else by its kind."""
    opened = cd.open_cohort(content, file_name)
    for _ in range(4):
        told = {one.id: answers.get(one.id) or answers[one.id.partition(":")[0]] for one in opened.questions}
        assert all(told[one.id] in one.options for one in opened.questions), opened.questions
        opened = cd.open_cohort(content, file_name, opened.study.answered(told)) if told else opened
    assert opened.questions == ()
    assert opened.cohort is not None, opened.refusal
    return opened.cohort


@pytest.mark.parametrize("ending", ["csv", "xlsx", "dta"])
@pytest.mark.parametrize("one", SETS, ids=str)
def test_the_numbers_are_those_of_r(one: DataSet, ending: str) -> None:
    cohort = answered(file_of(one.name, ending), f"{one.name}.{ending}", one.answers)
    raw = one.rows(frame_of(one.name))
    happened = one.event(raw)
    fitting = [
        code for code, outcome in cohort.outcomes.items() if (outcome.n, outcome.n_events) == (len(raw), happened.sum())
    ]
    assert len(fitting) == 1, cohort.outcomes
    assert cohort.patients[f"{fitting[0]}_months"].sum() * 30.4375 == pytest.approx(raw[one.time].sum())
    outcome = fitting[0]
    assert hazard_ratio(cohort, outcome, one.marker) == pytest.approx(by_lifelines(raw, one, happened), rel=1e-5)


def hazard_ratio(cohort: cd.Cohort, outcome: str, marker: str) -> float:
    """Of the marker above its median, by the page's own analysis."""
    column = "age_years" if marker == "age" else marker
    settings = cd.Settings(outcome=outcome, handles=marker).with_cutoff(marker, cohort.patients[column].median(), ">")
    found = cd.analyses.predictors(cohort, settings)
    assert not isinstance(found, NotEstimable), found.reason
    model = found.univariable[[one.code for one in found.candidates].index(marker)]
    assert not isinstance(model, NotEstimable), model.reason
    return model.terms[0].hazard_ratio.value


def by_lifelines(raw: pd.DataFrame, one: DataSet, happened: pd.Series) -> float:
    high = (raw[one.marker] > raw[one.marker].median()).astype(int)
    rows = pd.DataFrame({"time": raw[one.time], "event": happened.astype(int), "high": high})
    fitter = CoxPHFitter().fit(rows, "time", "event", fit_options={"precision": 1e-10, "r_precision": 1e-14})
    return float(fitter.hazard_ratios_["high"])
