"""The analyst's choices as one frozen, flat value: the session's state, the link and the cache key are all this.

Flat because Streamlit's cache loses the type of nested dataclasses; str, int, float and bool only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.settings.specification import as_text, fault, from_text


@dataclass(frozen=True)
class Settings:
    """Every choice that decides a number or a picture; an impossible value raises ValueError naming field and range."""

    crp_cutoff: float = MARKERS["crp"].cutoff
    crp_side: str = MARKERS["crp"].side
    tgn_cutoff: float = MARKERS["tgn"].cutoff
    tgn_side: str = MARKERS["tgn"].side
    esr_cutoff: float = MARKERS["esr"].cutoff
    wbc_cutoff: float = MARKERS["wbc"].cutoff
    age_cutoff: float = MARKERS["age"].cutoff
    remission_below_points: float = 150.0
    response_definition: str = "fall"
    response_fall_points: float = 70.0
    relapse_definition: str = "study"
    relapse_above_points: float = 150.0  # read only by the "custom" relapse definition, as is the next
    relapse_rise_points: float = 70.0
    relapse_reference: str = "landmark"
    boundary: str = "strict"
    clock: str = "landmark"
    landmark_week: int = 24
    visit_window_weeks: int = 4
    candidates: str = ""  # comma-joined covariate codes; "" is the standard list
    screening_p: float = 0.2
    ties: str = "efron"
    km_interval: str = "log-log"
    curve: str = "survival"
    show_interval: bool = True
    horizon_months: float = 0.0  # 0: to the end of follow-up
    conf_level: float = 0.95
    png_dpi: int = 300
    png_width_mm: int = 174
    png_ground: str = "white"
    convention: str = "r"  # percentiles and the interval of a median; its preset also sets ties and km_interval
    reproduction_convention: str = "as-printed"
    outcome: str = "relapse"
    adverse_event_end: str = "combination-end"
    survival_group: str = ""  # a covariate code; "" is one curve
    at_months: str = "12,24,36,48,60"
    survival_stratum: str = ""  # a covariate code: the log-rank test is stratified by it too; "" is not
    pair_correction: str = "holm"
    crp_second_cutoff: float = 0.0  # with the cut-off makes three groups where groups are shown; 0 is none
    tgn_second_cutoff: float = 0.0
    competing_event: str = "surgery-or-death"
    baseline_group: str = ""  # a covariate code or "relapse"; "" is overall
    missing_visits: str = "non-response"
    cdeis_remission_below: float = 7.0
    scan_marker: str = "crp"
    scan_least_percent: float = 10.0
    scan_least_events: int = 0
    scan_adjust: str = ""  # comma-joined covariate codes; "model": those of the multivariable model
    multiverse_axes: str = "relapse,response,crp_cutoff,tgn_cutoff,model"
    multiverse_cutoffs: str = "published"
    imputations: int = 20  # of missing covariates; read where they are imputed, and nowhere else
    imputation_seed: int = 1

    def __post_init__(self) -> None:
        for field in fields(self):
            value, kind = getattr(self, field.name), type(field.default)
            wrong = fault(field.name, value, kind)
            if wrong:
                raise ValueError(wrong)
            # 8, 8.0 and numpy's 8.0 are one setting, one link and one cache key.
            object.__setattr__(self, field.name, kind(value))

    def to_query(self) -> dict[str, str]:
        """The fields that differ from the default, as the text of a link."""
        return {
            field.name: as_text(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    @classmethod
    def from_query(cls, query: Mapping[str, str], source: str = "link") -> tuple[Settings, tuple[str, ...]]:
        """The settings a link (or file) asks for, and a sentence for each part of it that was dropped."""
        settings, dropped = cls(), []
        known = {field.name: type(field.default) for field in fields(cls)}
        for name, text in query.items():
            try:
                settings = replace(settings, **{name: from_text(text, known[name])})
            except KeyError:
                dropped.append(f"the {source} names {name[:40]!r}, which is not a setting")
            except ValueError as error:
                dropped.append(f"the {source}'s {name} was dropped: {error}")
        return settings, tuple(dropped)


# Shown, never computed with: reset before a result is looked up, so that they never recompute one.
DISPLAY_FIELDS = {"curve", "show_interval", "png_dpi", "png_width_mm", "png_ground"}
RESULT_FIELDS = tuple(field.name for field in fields(Settings) if field.name not in DISPLAY_FIELDS)


def only(settings: Settings, names: tuple[str, ...]) -> Settings:
    """The settings with every field but `names` at its default: the narrowest key of a cached step."""
    return Settings(**{name: getattr(settings, name) for name in names})
