"""The settings of the Predictors page's model, of intervals and of conventions."""

from __future__ import annotations

from dataclasses import dataclass

from cdanalysis.settings import codes
from cdanalysis.settings.rows import CHANGED, OWN, choice, listing, number


@dataclass(frozen=True)
class OfModel:
    """Candidates, screening, ties, intervals, and how missing covariates are imputed."""

    candidates: str = listing(
        "",
        "Candidate predictors",
        "Empty: the standard list of the study's baseline variables.",
        codes.canonical,
        "model",
        "imputation",
        footer=CHANGED,
    )
    screening_p: float = number(
        0.2,
        "Enter the model if log-rank P <",
        "Screening of the candidates; 1 enters them all.",
        (0.01, 1.0),
        0.01,
        "model",
        "handle",
    )
    ties: str = choice(
        "efron",
        "Tied times",
        "How the Cox model treats tied times.",
        {"efron": "Efron", "breslow": "Breslow"},
        "model",
        "handle",
        footer=OWN,
    )
    km_interval: str = choice(
        "log-log",
        "Interval",
        "Scale of the interval.",
        {"log-log": "log-log", "log": "log", "plain": "plain"},
        "handle",
        footer=OWN,
    )
    conf_level: float = number(
        0.95, "Confidence level", "Of every interval; 0.95 is usual.", (0.5, 0.999), 0.01, "handle", footer=OWN
    )
    # Percentiles and the interval of a median; its preset also sets ties and km_interval.
    convention: str = choice(
        "r",
        "Conventions",
        "Percentiles, the interval of a median, tied times and the interval of a curve.",
        {"r": "R", "spss": "SPSS 24"},
        footer=OWN,
    )
    imputations: int = number(
        20, "Imputations", "How often the missing values are drawn; 20 or more.", (2, 100), 5, "imputation", footer=OWN
    )
    imputation_seed: int = number(
        1, "Seed", "The same seed gives the same numbers again.", (0, 9_999), 1, "imputation", footer=OWN
    )
