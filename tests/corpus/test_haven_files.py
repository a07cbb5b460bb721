"""One cohort as SAS, SPSS and Stata keep it, written by R's haven (`haven/files.R`), is the cohort of the csv."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.reading import Cohort
from cdanalysis.reading.bytes.formats import kind_of

FOLDER = Path(__file__).parent / "haven"


@pytest.fixture(scope="module")
def plain() -> Cohort:
    return cd.read_cohort(FOLDER / "cohort.csv")


def test_the_csv_holds_what_the_bundled_cohort_does(plain: Cohort) -> None:
    bundled = cd.demo_cohort().patients
    assert plain.patients["crp_mg_per_l"].isna().sum() == 3
    for column in ("patient_id", "sex", "smoking", "prior_biologic", "tgn_pmol_per_8e8_rbc", "follow_up_days"):
        pd.testing.assert_series_equal(plain.patients[column], bundled[column])
    assert len(plain.visits) == 366


@pytest.mark.parametrize(
    ("ending", "said"),
    [
        ("sas7bdat", []),
        ("dta", []),
        ("sav", [("crp_mg_per_l", "3 × a value declared as missing in the file", "warning")]),
    ],
)
def test_a_file_of_another_program_is_the_same_cohort(plain: Cohort, ending: str, said: list[tuple[str, ...]]) -> None:
    content = (FOLDER / f"cohort.{ending}").read_bytes()
    assert kind_of(content) == ending
    cohort = cd.read_cohort(content, file_name="renamed.xlsx")
    for sheet in ("patients", "visits"):
        pd.testing.assert_frame_equal(getattr(cohort, sheet), getattr(plain, sheet))
    assert [(fault.column, fault.found, fault.severity) for fault in cohort.faults] == said


def test_a_sas_file_that_is_cut_is_refused_in_a_sentence() -> None:
    content = (FOLDER / "cohort.sas7bdat").read_bytes()
    for end in (100, len(content) // 2, len(content) - 4_000):
        with pytest.raises(cd.CohortError, match="SAS file that is damaged"):
            cd.read_cohort(content[:end])
