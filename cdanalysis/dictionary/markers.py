"""The markers that are cut in two: unit, column, default cut-off and side, slider bounds, cut-offs of the literature.

Bounds are stated here once; the slider, the link and the validation of `Settings` all read them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LiteratureCutoff:
    """A cut-off somebody published, in the marker's unit."""

    value: float
    citation: str


@dataclass(frozen=True)
class Marker:
    """A continuous measurement with its cut-off; `lowest`, `highest`, `step` and `cutoff` are in `unit`."""

    code: str
    label: str
    name: str
    unit: str
    column: str
    cutoff: float
    side: str
    lowest: float
    highest: float
    step: float
    literature: tuple[LiteratureCutoff, ...] = ()
    continuous_step: float = 0.0  # the continuous effect is per this many units; 0: per doubling, for a skewed marker


SIDES = (">", ">=")

CRP = Marker(
    code="crp",
    label="CRP",
    name="C-reactive protein",
    unit="mg/L",
    column="crp_mg_per_l",
    cutoff=10.0,
    side=">",
    lowest=1.0,
    highest=50.0,
    step=0.5,
    literature=(
        LiteratureCutoff(
            5.0, "CRP 5 mg/L: monitoring of Crohn's disease in remission (relapse after anti-TNF withdrawal)"
        ),
        LiteratureCutoff(8.0, "CRP 8 mg/L: upper limit of normal of many laboratories"),
        LiteratureCutoff(10.0, "CRP 10 mg/L: the study; Sandborn 2013"),
    ),
)

TGN = Marker(
    code="tgn",
    label="6-TGN",
    name="6-thioguanine nucleotides",
    unit="pmol/8×10⁸ RBC",
    column="tgn_pmol_per_8e8_rbc",
    cutoff=235.0,
    side=">=",
    lowest=50.0,
    highest=600.0,
    step=5.0,
    literature=(
        LiteratureCutoff(230.0, "6-TGN 230: meta-analysis of 20 studies, 2013"),
        LiteratureCutoff(235.0, "6-TGN 235: Dubinsky 2000; the study"),
        LiteratureCutoff(260.0, "6-TGN 260: Osterman 2006"),
        LiteratureCutoff(450.0, "6-TGN 450: upper limit of the therapeutic window"),
    ),
    continuous_step=50.0,
)

ESR = Marker("esr", "ESR", "erythrocyte sedimentation rate", "mm/h", "esr_mm_per_h", 20.0, ">", 1.0, 120.0, 1.0)
WBC = Marker("wbc", "WBC", "white blood cell count", "10⁹/L", "wbc_1e9_per_l", 9.5, ">", 1.0, 30.0, 0.1)
AGE = Marker("age", "Age", "age", "years", "age_years", 40.0, ">", 5.0, 90.0, 1.0)

MARKERS = {marker.code: marker for marker in (CRP, TGN, ESR, WBC, AGE)}
