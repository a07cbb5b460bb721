"""The baseline variables: the usual candidates, which columns are none, which numbers a handle can cut, short names."""

from typing import NamedTuple

from cdanalysis.dictionary.columns import PATIENTS
from cdanalysis.dictionary.indices.indices import INDICES


class Listed(NamedTuple):
    """How a column of the dictionary becomes a candidate: `high` are the levels compared with all others."""

    column: str
    label: str
    high: tuple[str, ...] = ()
    reference: str = ""
    kind: str = "binary"
    standard: bool = True


LISTED = {
    "sex": Listed("sex", "Male sex", ("male",), "female"),
    "location": Listed("disease_location", "Location", kind="levels"),
    "behaviour": Listed("disease_behaviour", "B2 or B3 behaviour", ("B2", "B3"), "B1"),
    "perianal": Listed("perianal", "Perianal disease"),
    "upper_gi": Listed("upper_gi", "Upper GI involvement"),
    "gi_surgery": Listed("gi_surgery", "Previous GI surgery"),
    "appendectomy": Listed("appendectomy", "Appendectomy"),
    "smoking": Listed("smoking", "Current smoking", ("current",), "never or former"),
    "prior_biologic": Listed("prior_biologic", "Previous biologic"),
    "nudt15": Listed("nudt15_variant", "NUDT15 variant", standard=False),
}
# Shorter than the meaning, where a table has little room.
SHORT_NAMES = {
    "age_years": "Age",
    "upper_gi": "Upper GI involvement (L4)",
    "gi_surgery": "Previous GI surgery",
    "appendectomy": "Appendectomy",
    "months_since_surgery": "Time since surgery",
    "prior_biologic": "Previous biologic",
    "aza_monotherapy_months": "AZA alone",
    "aza_mono_dose_mg_per_kg": "AZA dose alone",
    "aza_dose_mg_per_kg": "AZA dose, combined",
    "thalidomide_dose_mg_per_day": "Thalidomide, highest dose",
    **{index.column: index.label for index in INDICES.values()},
    "crp_mg_per_l": "CRP",
    "esr_mm_per_h": "ESR",
    "tgn_pmol_per_8e8_rbc": "6-TGN",
    "tgn_months_before_loss_of_response": "6-TGN to loss of response",
}
# Known after time zero: no variable that was there before it.
NOT_BASELINE = ("follow_up_months", "follow_up_days", "combination_end_months", "combination_end_days",
                "relapse", "hospitalization", "surgery", "adverse_event")  # fmt: skip
# The numbers of the patients sheet, in the order of the dictionary, that a handle can cut; a highest dose is known only later.
BASELINE_NUMBERS = {
    spec.name: spec
    for spec in PATIENTS
    if spec.kind == "number" and not spec.name.startswith(NOT_BASELINE) and spec.name != "thalidomide_dose_mg_per_day"
}
