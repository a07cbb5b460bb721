"""The bundled cohort's rows that groups.R reads.

PYTHONPATH=. python tests/golden/cohort_rows.py > tests/golden/datasets/demo_relapse.csv
"""

from __future__ import annotations

import sys

import pandas as pd

import cdanalysis as cd
from cdanalysis.outcomes import covariates, endpoints

SETTINGS = cd.Settings(competing_event="surgery-death-or-stop")


def cohort_rows() -> pd.DataFrame:
    """Relapse, with the end of therapy competing, and three groupings, of the 98 responders of the synthetic cohort."""
    cohort = cd.demo_cohort()
    patients = endpoints.competing_relapse(cohort, SETTINGS).patients
    plain = endpoints.relapse(cohort, SETTINGS).patients
    who = tuple(patients["patient_id"])
    groups = {code: covariates.covariate(cohort, who, code, SETTINGS).groups for code in ("crp", "tgn", "location")}
    times = {"months": patients["time_months"], "type": patients["event_type"]}
    relapse = {"relapse_months": plain["time_months"], "relapse": plain["event"].astype(int)}
    free = endpoints.relapse_between_visits(cohort, SETTINGS).patients["free_months"]
    return pd.DataFrame({**times, **relapse, "free_months": free, **groups})


if __name__ == "__main__":
    cohort_rows().to_csv(sys.stdout, index=False)
