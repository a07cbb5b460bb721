"""Survival curves, log-rank tests, Cox models, their checks, and the scan of cut-offs, as they were computed."""

from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, joined, known, penalised
from cdanalysis.report.methods.cutoffs_used import cutoffs_sentence
from cdanalysis.report.statements.references import Citations
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.analysis import Cutoffs
from cdanalysis.sections.models.candidate_models import CandidateModels
from cdanalysis.settings import Settings
from cdanalysis.statistics.cutoffs.maxstat import MaxStat
from cdanalysis.writing.choices.labels import TIES_LABELS
from cdanalysis.writing.markers import per_step
from cdanalysis.writing.numbers import count, listed, sentence
from cdanalysis.writing.sentences import were


def curves(run: Run, cite: Citations) -> str:
    """Kaplan-Meier curves, medians, follow-up and the test between groups."""
    survival, safety = found(run, "survival"), found(run, "safety")
    shown = [one for one in (survival, known(safety.survival) if safety else None) if one]
    if not shown:
        return ""
    return joined(
        [
            f"Event-free survival was estimated by Kaplan and Meier's method{cite('kaplan-meier')}{_interval(run.settings, cite)}.",
            _median(run.settings, cite),
            f"Follow-up is the median by reverse Kaplan-Meier{cite('follow-up')}." if survival else "",
            f"Curves were compared by the log-rank test{cite('log-rank')}."
            if any(known(one.logrank) for one in shown)
            else "",
        ]
    )


def _interval(settings: Settings, cite: Citations) -> str:
    if settings.km_interval == "plain":
        return " with plain intervals (Greenwood's variance)"
    return f" with intervals on the {settings.km_interval} scale (Greenwood's variance){cite('transformed')}"


def _median(settings: Settings, cite: Citations) -> str:
    smallest = "The median is the smallest time at which the curve is at or below 50%"
    if settings.convention == "spss":
        return f"{smallest}, its interval ± 1.96 standard errors as SPSS 24 computes it."
    return f"{smallest}, its interval that of the curve inverted{cite('median')}."


def models(run: Run, cite: Citations) -> str:
    """Cut-offs, candidates, screening, the Cox models and their checks."""
    predictors, safety = found(run, "predictors"), found(run, "safety")
    adverse = known(safety.models) if safety else None
    both = [
        (outcome, one)
        for outcome, one in ((predictors.endpoint.noun if predictors else "", predictors), ("adverse events", adverse))
        if one and one.rows
    ]
    if not both:
        return joined([cutoffs_sentence(run, cite), _checks(run, cite)])
    return joined(
        [
            cutoffs_sentence(run, cite),
            *(f"Candidate predictors of {outcome} were {_candidates(one)}." for outcome, one in both),
            _alone([one for _, one in both], run.settings, cite),
            *(_together(outcome, one, run.settings) for outcome, one in both),
            _missing([one for _, one in both]),
            _checks(run, cite),
        ]
    )


def _candidates(found_models: CandidateModels) -> str:
    return listed([one.label for one in found_models.candidates])


def _alone(results: list[CandidateModels], settings: Settings, cite: Citations) -> str:
    continuous = any(one.groups is None for result in results for one in result.candidates)
    test = f"the log-rank test{cite('log-rank')}" + (" (one kept continuous by the score test)" if continuous else "")
    if not any(known(model) for result in results for model in result.univariable):
        return f"Each candidate was examined by {test}; no Cox model could be fitted."
    ties = f"{TIES_LABELS[settings.ties]}'s method for ties"
    return (
        f"Each candidate was examined by {test} and alone in a Cox model{cite('cox')} with {ties}{cite(settings.ties)}; hazard "
        "ratios have Wald intervals and P values."
    )


def _together(outcome: str, result: CandidateModels, settings: Settings) -> str:
    if isinstance(result.multivariable, NotEstimable):
        return sentence(f"No multivariable model of {outcome} was fitted: {result.multivariable.reason.rstrip('. ')}")
    model, alone = result.multivariable, _only_alone(result, settings)
    apart = f"; {listed(alone)} {were(len(alone))} examined alone only" if alone else ""
    return (
        f"Candidates with P < {settings.screening_p:g} in that test entered one multivariable Cox model of {outcome} "
        f"(screening), fitted in {count(model.n, 'patient')}{apart}."
    )


def _only_alone(result: CandidateModels, settings: Settings) -> list[str]:
    """The candidates that the screening would have let in and that are not in the model."""
    small = {
        row.code
        for row in result.rows
        if not isinstance(row.logrank_p, NotEstimable) and row.logrank_p < settings.screening_p
    }
    return [one.label for one in result.candidates if one.code in small and one.code not in result.screened_in]


def _missing(results: list[CandidateModels]) -> str:
    alone = "Missing values were not imputed: a patient without a value is left out of that candidate's models"
    if any(known(result.multivariable) for result in results):
        return f"{alone}, and a multivariable model holds the patients complete in its covariates."
    return f"{alone}."


def _checks(run: Run, cite: Citations) -> str:
    """Only where the checks are part of the run."""
    tested = "Proportional hazards were tested by the score test of weighted residuals"
    return joined(
        [
            f"{tested}{cite('zph')}." if found(run, "proportionality") else "",
            f"Where events were few or a group had none, models were refitted with Firth's penalty{cite('firth')}."
            if penalised(run)
            else "",
        ]
    )


def scan(run: Run, cite: Citations) -> str:
    """The scan of cut-offs and its corrections."""
    result: Cutoffs | None = found(run, "cutoffs")
    if result is None:
        return ""
    n, label = len(result.scan.rows), result.marker.label
    beside = f" adjusted for {listed(result.adjusted_for)}" if result.adjusted_for else ""
    every = (
        f"Every cut-off of {label} that left at least {_least(run.settings)} on each side was examined "
        f"({count(n, 'cut-off')}) by the log-rank test and a Cox model{beside}"
    )
    corrected = f"; {_corrected(result.scan.maxstat, cite)}" if result.scan.maxstat else ""
    return joined([f"{every}{corrected}.", _continuous(result, cite)])


def _least(settings: Settings) -> str:
    share = f"{settings.scan_least_percent:g}% of the patients"
    return f"{share} and {count(settings.scan_least_events, 'event')}" if settings.scan_least_events else share


def _corrected(one: MaxStat, cite: Citations) -> str:
    ways = [f"Lausen and Schumacher{cite('maxstat', 'maxstat-94')}"]
    ways += [f"Hothorn and Lausen{cite('maxstat-exact')}"] if one.p_hothorn_lausen is not None else []
    ways += ["permutation"] if one.p_permutation is not None else []
    return f"the P value was corrected for the search by the maximally selected log-rank statistic ({listed(ways)})"


def _continuous(result: Cutoffs, cite: Citations) -> str:
    if isinstance(result.continuous, NotEstimable):
        return ""
    compared = (
        ""
        if isinstance(result.cut, NotEstimable)
        else f", and its fit compared with the cut's by Akaike's criterion{cite('akaike')}"
    )
    return f"{result.marker.label} was also kept continuous ({per_step(result.marker)}){compared}."
