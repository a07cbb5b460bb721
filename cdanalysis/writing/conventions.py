"""Which convention stands behind each table's numbers: its footnote, by the name its page shows it under; plain text.

R's and SPSS 24's rules are stated in statistics/ by the modules that own them; here they are only named.
"""

from __future__ import annotations

from collections.abc import Callable

from cdanalysis.settings import Settings
from cdanalysis.writing.labels import CONVENTION_LABELS, CONVENTION_PRESETS, INTERVAL_LABELS, TIES_LABELS

_SPSS_CURVE = " (SPSS itself prints the standard error and no interval)"


def _curve(settings: Settings) -> str:
    own = _SPSS_CURVE if settings.convention == "spss" else ""
    return f"Kaplan-Meier with {INTERVAL_LABELS[settings.km_interval]} interval{own}"


def _median(settings: Settings) -> str:
    if settings.convention == "spss":
        return "times by which a share had the event ± 1.96 standard errors, as SPSS prints them"
    return "times by which a share had the event with the interval that inverts the curve's"


def _percentiles(settings: Settings) -> str:
    return f"quartiles of type {'6 (HAVERAGE)' if settings.convention == 'spss' else '7'}"


def _categories(settings: Settings) -> str:
    if settings.convention == "spss":
        return "of a 2 x 2 table Pearson's chi-square, the continuity-corrected one and Fisher's exact test, as SPSS prints them"
    return "chi-square of Pearson without continuity correction or Fisher's exact test (larger tables: Freeman and Halton's)"


def _means(settings: Settings) -> str:
    if settings.convention == "spss":
        return "Student's t test (equal variances); asymptotic rank tests without continuity correction"
    return (
        "Welch's t test; Mann-Whitney's test exact where both groups have fewer than 50 patients and no two the same value, other "
        "rank tests asymptotic without continuity correction"
    )


def _paired(settings: Settings) -> str:
    if settings.convention == "spss":
        return "paired t test and asymptotic Wilcoxon signed-rank test, its shift likewise"
    return "paired t test and exact Wilcoxon signed-rank test, the Hodges-Lehmann shift with the exact interval"


def _model(settings: Settings) -> str:
    return f"Cox regression with {TIES_LABELS[settings.ties]} ties, Wald interval and P"


def _specification(settings: Settings) -> str:
    if "ties" in settings.multiverse_axes.split(","):
        return "Cox regression with the ties each line names, Wald interval and P"
    return _model(settings)


def _imputed(settings: Settings) -> str:
    return f"Cox regression with {TIES_LABELS[settings.ties]} ties in each imputation, pooled by Rubin's rules"


def _refitted(settings: Settings) -> str:
    return f"Cox regression with {TIES_LABELS[settings.ties]} ties, fitted anew to other patients"


def _incidence(settings: Settings) -> str:
    return f"Aalen-Johansen with {INTERVAL_LABELS[settings.km_interval]} interval, variance as R's survfit"


def _always(text: str) -> Callable[[Settings], str]:
    return lambda _: text


_LOGRANK = _always("log-rank test (Mantel-Cox)")
_WEIGHTED = _always("log-rank (Mantel-Cox) and weighted tests with hypergeometric variance, the same in R and SPSS")
_WILSON = _always("shares with Wilson's interval")
_EXACT = _always("shares with exact interval (Clopper-Pearson)")
_INTERACTION = _always("interaction by likelihood ratio")
_RATES = _always("rates with exact Poisson interval, by patient with a robust one")
_GRAY = _always("Gray's test as R's cmprsk; SPSS has none")
_MEANS = _always("restricted means with Greenwood's variance, as R's survRM2; SPSS has none")
_FIXED = _always("Kaplan-Meier with log-log interval; test of log(-log S), Klein 2007; SPSS has none")

PARTS: dict[str, tuple[Callable[[Settings], str], ...]] = {
    "survival-at": (_curve,),
    "survival-quantiles": (_median,),
    "adverse-event-quantiles": (_median,),
    "group-tests": (_WEIGHTED,),
    "group-pairs": (_LOGRANK,),
    "group-differences": (_FIXED,),
    "restricted-means": (_MEANS,),
    "incidence": (_incidence,),
    "gray": (_GRAY,),
    "clocks": (_curve, _median, _model),
    "between-visits": (_curve, _median, _model),
    "predictors": (_LOGRANK, _model),
    "ae-predictors": (_LOGRANK, _model),
    "subgroups": (_model, _INTERACTION),
    "cutoffs": (_LOGRANK, _model),
    "specifications": (_specification,),
    "left-out": (_refitted,),
    "bootstrap": (_refitted,),
    "imputed-model": (_imputed,),
    "stratified": (_model,),
    "time-split": (_model,),
    "baseline": (_percentiles, _categories, _means),
    "examined": (_percentiles, _categories, _means),
    "response": (_WILSON,),
    "endoscopy-outcomes": (_EXACT,),
    "endoscopy-scores": (_paired,),
    "adverse-events": (_WILSON, _RATES),
    "time-to-response-table": (_percentiles,),
    "activity": (_paired,),
}


def convention_note(name: str, settings: Settings) -> str:
    """The footnote of the table with that name (an ending after a hyphen is passed over); empty where nothing is estimated."""
    known = max((one for one in PARTS if name == one or name.startswith(f"{one}-")), key=len, default="")
    if not known:
        return ""
    parts = "; ".join(part(settings) for part in PARTS[known])
    return f"Convention: {convention_in_use(settings)}. {parts[:1].upper()}{parts[1:]}."


def convention_in_use(settings: Settings) -> str:
    """`R`, `SPSS 24`, or `R, with Breslow ties` where a part of the preset was set otherwise."""
    preset = CONVENTION_PRESETS[settings.convention]
    names = {
        "ties": f"{TIES_LABELS[settings.ties]} ties",
        "km_interval": f"{INTERVAL_LABELS[settings.km_interval]} interval",
    }
    own = [names[field] for field, value in preset.items() if getattr(settings, field) != value]
    return CONVENTION_LABELS[settings.convention] + (f", with {' and '.join(own)}" if own else "")
