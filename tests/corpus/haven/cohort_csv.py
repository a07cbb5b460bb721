"""Writes cohort.csv: the bundled cohort's patients with their CDAI of three visits as columns; `files.R` makes the others of it.

Run from the repository: PYTHONPATH=. python tests/corpus/haven/cohort_csv.py && Rscript tests/corpus/haven/files.R
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import cdanalysis as cd
from cdanalysis.demo import WORKBOOK
from cdanalysis.reading.bytes.files import read_file

KEPT = (
    "patient_id", "sex", "age_years", "smoking", "disease_location", "disease_behaviour", "prior_biologic", "nudt15_variant",
    "crp_mg_per_l", "esr_mm_per_h", "tgn_pmol_per_8e8_rbc", "start_date", "last_follow_up_date", "combination_end_date",
)  # fmt: skip
WEEKS = (0, 8, 24)


def main() -> None:
    """The table as the workbook has it, dates in ISO form."""
    sheet = next(one for one in read_file(WORKBOOK.read_bytes()).sheets if one.name == "patients")
    patients = pd.DataFrame([row for _, row in sheet.rows], columns=sheet.headers)[list(KEPT)]
    patients.loc[9::40, "crp_mg_per_l"] = None  # so that something is missing
    visits = cd.demo_cohort().visits
    wide = visits[visits["week"].isin(WEEKS)].pivot_table(index="patient_id", columns="week", values="cdai_points")
    wide.columns = [f"cdai_week_{int(week)}" for week in wide.columns]
    patients.merge(wide.reset_index(), on="patient_id", how="left").to_csv(
        Path(__file__).with_name("cohort.csv"), index=False
    )


if __name__ == "__main__":
    main()
