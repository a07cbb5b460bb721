"""The settings of the Predictors page's model, of intervals and of conventions."""

from dataclasses import dataclass

from cdanalysis.settings.as_text import codes
from cdanalysis.settings.rows import CHANGED, OWN, choice, listing, number


@dataclass(frozen=True)
class OfModel:
    """Candidates, screening, ties, intervals, and how missing covariates are imputed."""

    candidates: str = listing(
        "",
        "Candidate predictors",
        "Which factors are tested one by one; empty is the study's list.",
        codes.canonical,
        "model",
        "imputation",
        footer=CHANGED,
    )
    screening_p: float = number(
        0.2,
        "Enter the model if log-rank P <",
        "A smaller P lets fewer factors into the multivariable model; 1 lets in all.",
        (0.01, 1.0),
        0.01,
        "model",
        "handle",
    )
    ties: str = choice(
        "efron",
        "Tied times",
        "How the Cox model treats events on one day; moves ratios slightly.",
        {"efron": "Efron", "breslow": "Breslow"},
        "model",
        "handle",
        footer=OWN,
    )
    km_interval: str = choice(
        "log-log",
        "Interval",
        "The scale on which a curve's interval is computed: moves the band, not the curve.",
        {"log-log": "log-log", "log": "log", "plain": "plain"},
        "handle",
        footer=OWN,
    )
    conf_level: float = number(
        0.95,
        "Confidence level",
        "A higher level widens every interval; 0.95 is usual.",
        (0.5, 0.999),
        0.01,
        "handle",
        footer=OWN,
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
        20,
        "Imputations",
        "How many times missing values are filled in; 20 or more steady the numbers.",
        (2, 100),
        5,
        "imputation",
        footer=OWN,
    )
    imputation_seed: int = number(
        1, "Seed", "The same seed gives the same numbers again.", (0, 9_999), 1, "imputation", footer=OWN
    )
