"""Which rules stand behind the numbers of a table, in words: each table names its own; plain text.

R's and SPSS 24's rules are stated in statistics/ by the modules that own them; here they are only named.
"""

from collections.abc import Callable

from cdanalysis.settings import Settings
from cdanalysis.writing.choices.labels import CONVENTION_LABELS, CONVENTION_PRESETS, INTERVAL_LABELS, TIES_LABELS
from cdanalysis.writing.nouns import capitalized

Rule = Callable[[Settings], str]

_SPSS_CURVE = " (SPSS itself prints the standard error and no interval)"


def curve(settings: Settings) -> str:
    """The curve and the scale of its interval."""
    own = _SPSS_CURVE if settings.convention == "spss" else ""
    return f"Kaplan-Meier with {INTERVAL_LABELS[settings.km_interval]} interval{own}"


def median(settings: Settings) -> str:
    """The times by which a share had the event."""
    if settings.convention == "spss":
        return "times by which a share had the event ± 1.96 standard errors, as SPSS prints them"
    return "times by which a share had the event with the interval that inverts the curve's"


def percentiles(settings: Settings) -> str:
    """How a quartile lies between two values."""
    return f"quartiles of type {'6 (HAVERAGE)' if settings.convention == 'spss' else '7'}"


def categories(settings: Settings) -> str:
    """The tests of a table of counts."""
    if settings.convention == "spss":
        return "of a 2 x 2 table Pearson's chi-square, the continuity-corrected one and Fisher's exact test, as SPSS prints them"
    return "chi-square of Pearson without continuity correction or Fisher's exact test (larger tables: Freeman and Halton's)"


def two_groups(settings: Settings) -> str:
    """The tests of numbers between groups."""
    if settings.convention == "spss":
        return "Student's t test (equal variances); asymptotic rank tests without continuity correction"
    return (
        "Welch's t test; Mann-Whitney's test exact where both groups have fewer than 50 patients and no two the same value, other "
        "rank tests asymptotic without continuity correction"
    )


def paired(settings: Settings) -> str:
    """The tests of the same patients twice."""
    if settings.convention == "spss":
        return "paired t test and asymptotic Wilcoxon signed-rank test, its shift likewise"
    return "paired t test and exact Wilcoxon signed-rank test, the Hodges-Lehmann shift with the exact interval"


def model(settings: Settings) -> str:
    """The Cox model."""
    return f"Cox regression with {TIES_LABELS[settings.ties]} ties, Wald interval and P"


def specification(settings: Settings) -> str:
    """The Cox model of each line of a multiverse, which may vary the ties."""
    if "ties" in settings.multiverse_axes.split(","):
        return "Cox regression with the ties each line names, Wald interval and P"
    return model(settings)


def imputed(settings: Settings) -> str:
    """The model over several imputations."""
    return f"Cox regression with {TIES_LABELS[settings.ties]} ties in each imputation, pooled by Rubin's rules"


def refitted(settings: Settings) -> str:
    """The model of other patients: some left out, or drawn again."""
    return f"Cox regression with {TIES_LABELS[settings.ties]} ties, fitted anew to other patients"


def incidence(settings: Settings) -> str:
    """The cumulative incidence."""
    return f"Aalen-Johansen with {INTERVAL_LABELS[settings.km_interval]} interval, variance as R's survfit"


def recurrent_models(settings: Settings) -> str:
    """The models of all events of a patient."""
    return f"Andersen-Gill and PWP gap-time models with {TIES_LABELS[settings.ties]} ties, robust errors as R's coxph with cluster"


def start_stop(settings: Settings) -> str:
    """Covariates that change."""
    return f"start-stop Cox regression with {TIES_LABELS[settings.ties]} ties, errors robust by patient as R's coxph with cluster"


def pooling(settings: Settings) -> str:
    """Ratios of several centres or papers put together."""
    between = {"reml": "REML", "dl": "DerSimonian and Laird's moments"}[settings.pooling]
    return (
        f"ratios put together by inverse variance, {between} between them, Hartung and Knapp's interval, as R's metafor"
    )


def _always(text: str) -> Rule:
    return lambda _: text


logrank = _always("log-rank test (Mantel-Cox)")
weighted = _always("log-rank (Mantel-Cox) and weighted tests with hypergeometric variance, the same in R and SPSS")
wilson = _always("shares with Wilson's interval")
exact = _always("shares with exact interval (Clopper-Pearson)")
interaction = _always("interaction by likelihood ratio")
rates = _always("rates with exact Poisson interval, by patient with a robust one")
interval_model = _always("interval-censored Cox by maximum likelihood, likelihood-ratio test of groups; SPSS has none")
mean_number = _always("Nelson's mean with robust log interval and test, as R's survfit with id; SPSS has none")
schoenfeld = _always("Schoenfeld's formula, two-sided at 0.05; neither R nor SPSS is needed for it")
weighting = _always("inverse probability weights (logistic); robust errors and Breslow ties as R's survfit and coxph")
riley = _always("Riley's minimum sample size with R² of 15% of its maximum; neither R nor SPSS is needed for it")
scores = _always("AUC and Brier score as R's riskRegression (cens.model = km); SPSS has none")
frailty = _always("gamma frailty as R's coxph with frailty() at full convergence; SPSS has none")
penalty = _always("ridge as R's coxph with ridge(), penalty by Akaike's criterion; SPSS has none")
subdistribution = _always("Fine and Gray's model as R's finegray with coxph, robust errors; SPSS has none")
gray = _always("Gray's test as R's cmprsk; SPSS has none")
group_means = _always("means with Student's t interval, in both conventions alike")
means = _always("restricted means with Greenwood's variance, as R's survRM2; SPSS has none")
fixed = _always("Kaplan-Meier with log-log interval; test of log(-log S), Klein 2007; SPSS has none")


def convention_note(settings: Settings, *rules: Rule) -> str:
    """What stands under a table whose numbers follow these rules: the convention in use, and each rule in words."""
    words = "; ".join(rule(settings) for rule in rules)
    return f"Convention: {convention_in_use(settings)}. {capitalized(words)}."


def convention_in_use(settings: Settings) -> str:
    """`R`, `SPSS 24`, or `R, with Breslow ties` where a part of the preset was set otherwise."""
    preset = CONVENTION_PRESETS[settings.convention]
    names = {
        "ties": f"{TIES_LABELS[settings.ties]} ties",
        "km_interval": f"{INTERVAL_LABELS[settings.km_interval]} interval",
    }
    own = [names[field] for field, value in preset.items() if getattr(settings, field) != value]
    return CONVENTION_LABELS[settings.convention] + (f", with {' and '.join(own)}" if own else "")
