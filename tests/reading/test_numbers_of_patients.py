"""How the number of a patient is headed: whoever is numbered and however it is said, and the plainest of several."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.cohort import Cohort

NUMBERED = [
    "Study number",
    "Case Number",
    "Participant code",
    "Screening no.",
    "Inclusion nr",
    "Registry ID",
    "unique_id",
]


def read(*headers: str) -> Cohort:
    """40 patients whose ids are S001 on in the first column, and R9000 down in the second, if there is one."""
    lines = [
        f"{','.join([f'S{place + 1:03d}', f'R{9000 - place}'][: len(headers)])},{3 + place % 17},{5 + place},{int(place % 3 == 0)}"
        for place in range(40)
    ]
    text = "\n".join([",".join([*headers, "crp_mg_per_l", "relapse_months", "relapse"]), *lines])
    return cd.read_cohort(text.encode(), file_name="own.csv")


@pytest.mark.parametrize("header", NUMBERED)
def test_whoever_is_numbered_is_a_patient(header: str) -> None:
    found = read(header)
    assert found.patients["patient_id"].tolist()[:2] == ["S001", "S002"]
    assert found.faults == ()


@pytest.mark.parametrize(
    ("headers", "first"),
    [
        (("Patient ID", "Inclusion number"), "S001"),
        (("Inclusion number", "Subject ID"), "R9000"),
        (("Case number", "Patient"), "R9000"),
        (("Serial number", "Study number"), "R9000"),
    ],
)
def test_the_plainest_of_several_names_the_patients(headers: tuple[str, str], first: str) -> None:
    assert read(*headers).patients["patient_id"].iloc[0] == first


def test_of_two_alike_it_is_asked() -> None:
    with pytest.raises(cd.CohortError, match=r"'Study number' \| 'Case number'"):
        read("Study number", "Case number")
