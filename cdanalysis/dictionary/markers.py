"""The markers that are cut in two: unit, column, default cut-off and side, slider, cut-offs of the literature; a row each.

A column of the file that has no row here becomes a marker by its data (`of_data`).
"""

from dataclasses import dataclass
from math import nan

from cdanalysis.dictionary.indices.index import Index
from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.results import SIDES
from cdanalysis.units import number_text


@dataclass(frozen=True)
class LiteratureCutoff:
    """A cut-off somebody published, in the marker's unit; sources: keys of the report's list of references."""

    value: float
    citation: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Marker:
    """A continuous measurement with its cut-off; `lowest`, `highest`, `step` and `cutoff` are in `unit`.

    cutoff: NaN in a row whose first cut-off is the cohort's median. worse: "above" or "below" the cut-off, as far as known.
    is_cut: whether a candidate is cut even where no handle is on it; standard: whether it is a candidate unasked.
    background: whether it says who a patient is, how or when she was treated, or is a grade: under a handle after all others.
    """

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
    worse: str = ""
    is_cut: bool = True
    standard: bool = True
    from_data: bool = False  # the first cut-off is the cohort's median
    background: bool = False

    def below(self, cutoff: float, side: str) -> str:
        """The group below a cut-off: `CRP ≤ 10 mg/L`."""
        return f"{self.label} {SIGNS[side][0]} {self.amount(cutoff)}"

    def above(self, cutoff: float, side: str) -> str:
        """The group above a cut-off: `CRP > 10 mg/L`."""
        return f"{self.label} {SIGNS[side][1]} {self.amount(cutoff)}"

    def amount(self, value: float | str) -> str:
        """A number, or numbers in words, with the unit where there is one: `10 mg/L`."""
        text = value if isinstance(value, str) else number_text(value)
        return f"{text} {self.unit}" if self.unit else text

    def titled(self, ending: str = "") -> str:
        """The marker over an axis or a column, with its unit: `CRP cut-off (mg/L)`."""
        name = f"{self.label} {ending}".strip()
        return f"{name} ({self.unit})" if self.unit else name


SIGNS = {">": ("≤", ">"), ">=": ("<", "≥")}  # of the groups below and above

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
            5.0,
            "CRP 5 mg/L: monitoring of Crohn's disease in remission (relapse after anti-TNF withdrawal)",
            ("louis",),
        ),
        LiteratureCutoff(8.0, "CRP 8 mg/L: upper limit of normal of many laboratories"),
        LiteratureCutoff(10.0, "CRP 10 mg/L: the study; Sandborn 2013", ("study", "sandborn")),
    ),
    worse="above",
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
        LiteratureCutoff(235.0, "6-TGN 235: Dubinsky 2000; the study", ("study", "dubinsky")),
        LiteratureCutoff(260.0, "6-TGN 260: Osterman 2006", ("osterman",)),
        LiteratureCutoff(450.0, "6-TGN 450: upper limit of the therapeutic window"),
    ),
    continuous_step=50.0,
)

ESR = Marker(
    "esr", "ESR", "erythrocyte sedimentation rate", "mm/h", "esr_mm_per_h", 20.0, ">", 1.0, 120.0, 1.0, worse="above"
)
WBC = Marker("wbc", "WBC", "white blood cell count", "×10⁹/L", "wbc_1e9_per_l", 9.5, ">", 1.0, 30.0, 0.1)
AGE = Marker("age", "Age", "age", "years", "age_years", 40.0, ">", 5.0, 90.0, 1.0, background=True)
CALPROTECTIN = Marker(
    "calprotectin", "Calprotectin", "faecal calprotectin", "µg/g", "calprotectin", 250.0, ">=", 20.0, 2000.0, 20.0,
    (LiteratureCutoff(250.0, "Faecal calprotectin 250 µg/g: below it is STRIDE-II's target"),), worse="above",
)  # fmt: skip


def _of_index(index: Index) -> Marker:
    """An index at baseline, cut at the cohort's median."""
    return Marker(index.code, f"{index.label} at baseline", f"{index.name} at baseline", index.unit, index.column, nan, ">=",
                  *index.slider, index.step, continuous_step=index.per, worse="above", is_cut=False, standard=False)  # fmt: skip


def _laboratory(
    code: str, label: str, unit: str, column: str, slider: tuple[float, float, float], continuous_step: float, worse: str = "below"
) -> Marker:  # fmt: skip
    """A usual candidate that stays a number until a handle is put on it; no cut-off of it is verified here."""
    lowest, highest, step = slider
    return Marker(code, label, label.lower(), unit, column, nan, ">=", lowest, highest, step,
                  continuous_step=continuous_step, worse=worse, is_cut=False)  # fmt: skip


HAEMOGLOBIN = _laboratory("haemoglobin", "Haemoglobin", "g/L", "haemoglobin_g_per_l", (60.0, 180.0, 2.0), 10.0)
ALBUMIN = _laboratory("albumin", "Albumin", "g/L", "albumin_g_per_l", (15.0, 55.0, 0.5), 5.0)
PLATELETS = _laboratory("platelets", "Platelets", "×10⁹/L", "platelets_1e9_per_l", (100.0, 800.0, 10.0), 100.0, "above")


def _trough(drug: str, highest: float, step: float) -> Marker:
    return Marker(f"{drug}_trough", f"{drug.capitalize()} trough", f"{drug} trough level", "mg/L", f"{drug}_trough_mg_per_l",
                  nan, ">=", step, highest, step, worse="below", is_cut=False, standard=False)  # fmt: skip


TROUGHS = (
    _trough("infliximab", 20.0, 0.2),
    _trough("adalimumab", 20.0, 0.2),
    _trough("vedolizumab", 50.0, 0.5),
    _trough("ustekinumab", 15.0, 0.2),
)
MMP = Marker(
    "mmp", "6-MMP", "6-methylmercaptopurine", "pmol/8×10⁸ RBC", "mmp_pmol_per_8e8_rbc", 5700.0, ">", 200.0, 12000.0, 100.0,
    (LiteratureCutoff(5700.0, "6-MMP 5700: hepatotoxicity above it"),), worse="above", standard=False,
)  # fmt: skip

MARKERS = {
    marker.code: marker
    for marker in (
        CRP,
        TGN,
        ESR,
        WBC,
        CALPROTECTIN,
        HAEMOGLOBIN,
        ALBUMIN,
        PLATELETS,
        *TROUGHS,
        MMP,
        AGE,
        *map(_of_index, INDICES.values()),
    )
}
HANDLES = (CRP.code, TGN.code)  # under the two handles until others are chosen
MOST_HANDLES = len(HANDLES)
ACTIVITY = (ESR, CRP)  # followed over the visits beside the index


def unknown(code: str) -> Marker:
    """A marker of which only the code is known: a column of a file that is not at hand."""
    return Marker(
        code, code, code, "", code, nan, SIDES[1], nan, nan, nan, is_cut=False, standard=False, from_data=True
    )
