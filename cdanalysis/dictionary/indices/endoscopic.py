"""The endoscopic scores: remission below a level of each, and Rutgeerts' grades; a row each, with where the preset is from."""

from dataclasses import dataclass

from cdanalysis.dictionary.column_spec import ColumnSpec


@dataclass(frozen=True)
class EndoscopicScore:
    """A score whose level says endoscopic remission; setting: the field of `Settings` that holds the level."""

    label: str
    name: str
    column: str
    unit: str
    highest: float
    synonyms: str
    setting: str
    below: float
    citation: str
    sources: tuple[str, ...]

    @property
    def spec(self) -> ColumnSpec:
        """Its column of the endoscopy sheet."""
        bounds = self.unit, 0, self.highest
        return ColumnSpec(self.column, "endoscopy", "number", self.name, *bounds, tuple(self.synonyms.split("|")))


CDEIS = EndoscopicScore(
    "CDEIS", "Crohn's Disease Endoscopic Index of Severity", "cdeis_points", "points", 44, "cdeis|cdeis score|cdeis评分",
    "cdeis_remission_below", 7.0, "below 7 in the study; below 6: MUSIC; below 3: STRIDE-II", ("cdeis",),
)  # fmt: skip
SES_CD = EndoscopicScore(
    "SES-CD", "Simple Endoscopic Score for Crohn's Disease", "ses_cd_points", "points", 60,
    "ses cd|sescd|ses cd score|sescd score|ses cd total|total ses cd|simple endoscopic score|"
    "simple endoscopic score for crohn s disease|"
    "ses cd评分|sescd评分|ses cd总分",
    "ses_cd_remission_below", 3.0, "0 to 2: IOIBD", ("ses-cd",),
)  # fmt: skip
BY_LEVEL = (CDEIS, SES_CD)
ENDOSCOPIC_SETTINGS = (*(score.setting for score in BY_LEVEL), "rutgeerts_remission")
RUTGEERTS, I2B = "rutgeerts_score", "rutgeerts_i2b"
SCORED = (*(score.column for score in BY_LEVEL), RUTGEERTS)
NAMED = " or ".join(SCORED)
# By what is healed: the words of remission and of the activity before it. i2a: lesions at the anastomosis alone.
GRADES = {"i1": ("i0-i1", "i2 or more"), "i2a": ("i0-i2a", "i2b or more")}
GRADE_SOURCES = {"i1": "i0 or i1: IOIBD", "i2a": "recurrence from i2b on: Joustra 2021"}
