"""The parts that were opened or are in the bundle, as methods: each is told only where the run holds its numbers."""

from collections.abc import Callable
from typing import NamedTuple

from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, held, joined, known
from cdanalysis.report.statements.references import Citations
from cdanalysis.settings.settings import ROWS
from cdanalysis.writing.choices.labels import TIES_LABELS
from cdanalysis.writing.pooled import BETWEEN_NAMES

Told = Callable[[Run, Citations], str]


class Opened(NamedTuple):
    """A part: the page that the ledger names for it ("" for none), what its tables begin with, and its methods."""

    page: str
    tables: tuple[str, ...]
    told: Told


def further(run: Run, cite: Citations) -> str:
    """The methods of every part that was opened."""
    return joined([_max_combo(run, cite), *(one.told(run, cite) for one in PARTS if _is_opened(run, one))])


def _is_opened(run: Run, part: Opened) -> bool:
    looked = bool(part.page) and any(line.page == part.page for line in run.ledger)
    return looked or any(held(run, name) for name in part.tables)


def _max_combo(run: Run, cite: Citations) -> str:
    """Where two groups were compared, so by the weighted tests too."""
    survival = found(run, "survival")
    comparison = survival.comparison if survival else None
    if comparison is None or known(comparison.max_combo) is None:
        return ""
    return (
        "The two groups were also compared by Fleming and Harrington's weighted tests and by the largest of them (MaxCombo), "
        f"whose P value is that of all of them jointly{cite('max-combo')}."
    )


def _competing(run: Run, cite: Citations) -> str:
    chosen = run.settings.competing_event
    event = (
        "the competing event that the file has"
        if chosen == "as-in-file"
        else (f"{ROWS['competing_event'].choices[chosen].lower()} as the competing event")
    )
    return (
        f"With {event}, cumulative incidence was estimated by Aalen and Johansen's method{cite('aalen-johansen')} and compared by "
        f"Gray's test{cite('gray')}; hazard ratios are cause-specific, the competing event censored, and of the subdistribution by "
        f"Fine and Gray's model with robust errors{cite('fine-gray')}."
    )


def _interval(_: Run, cite: Citations) -> str:
    return (
        "A relapse found at a visit was also taken as known only to lie between that visit and the one before, in an "
        f"interval-censored Cox model by maximum likelihood{cite('finkelstein')}, beside models that date it at the visit and "
        f"midway; its curves are Turnbull's{cite('turnbull')}."
    )


def _recurrent(run: Run, cite: Citations) -> str:
    return (
        "All events of a patient were described by the mean number per patient with a robust interval and "
        f"test{cite('mean-number')}, and modelled by Andersen and Gill's{cite('andersen-gill')} and by Prentice, Williams and "
        f"Peterson's gap-time{cite('pwp')} model with {TIES_LABELS[run.settings.ties]} ties and errors robust by patient."
    )


def _current(_: Run, cite: Citations) -> str:
    return (
        "The current level of a marker entered a Cox model as a covariate that changes at each visit, the last value carried "
        f"forward for a stated time, with errors robust by patient{cite('cox')}; its curves are Simon and "
        f"Makuch's{cite('simon-makuch')} and their test Mantel and Byar's{cite('mantel-byar')}."
    )


def _weighted(_: Run, cite: Citations) -> str:
    return (
        "Groups were made alike by the inverse of the probability of their group, from a logistic regression, with weights "
        f"scaled to the size of the group{cite('weights')}; balance was judged by standardised differences, and curves, ratio "
        "and test have robust errors that take the weights for known."
    )


def _power(_: Run, cite: Citations) -> str:
    return (
        "Which hazard ratios the events could have found with 80% power, and what another study needs, was computed by "
        f"Schoenfeld's formula, two-sided at 0.05{cite('schoenfeld')}."
    )


def _centres(run: Run, cite: Citations) -> str:
    return (
        "Centres were allowed for by stratification, as a fixed effect, and as a gamma frailty whose variance maximises the "
        f"marginal likelihood{cite('frailty')}; the marker's ratios of the centres were put together by inverse variance, with "
        f"{_pooling(run, cite)}."
    )


def _beside(run: Run, cite: Citations) -> str:
    return (
        "The hazard ratios of other papers, their errors taken from the width of their intervals, were put together with the "
        f"cohort's own by inverse variance, with {_pooling(run, cite)}."
    )


def _pooling(run: Run, cite: Citations) -> str:
    return (
        f"the variance between them by {BETWEEN_NAMES[run.settings.pooling]}{cite(run.settings.pooling)}, Hartung and Knapp's "
        f"interval{cite('hartung-knapp')}, and Cochran's Q with I²{cite('i-squared')}"
    )


def _prognostic(run: Run, cite: Citations) -> str:
    form = ROWS["prognostic_form"].choices[run.settings.prognostic_form].lower()
    as_what = f"restricted cubic {form} at Harrell's quantiles" if form.startswith("splines") else form
    return (
        f"A prediction model was judged by Riley's minimum sample size{cite('riley')}; numbers entered as {as_what}, "
        f"AUC and Brier score were weighted by the inverse probability of censoring{cite('auc')}, and a ridge penalty was chosen "
        f"by Akaike's criterion{cite('ridge')}.{_bootstrap(run, cite)}{_risk_groups(run)}"
    )


def _risk_groups(run: Run) -> str:
    """Only where the cohort was large enough for a model that others could use."""
    return " Patients were grouped in thirds by the risk that it predicts." if held(run, "risk-groups") else ""


def _bootstrap(run: Run, cite: Citations) -> str:
    """Only where it was run: of a large cohort it is on demand."""
    return f" Its optimism was estimated by Harrell's bootstrap{cite('harrell')}." if held(run, "optimism") else ""


def _elsewhere(_: Run, cite: Citations) -> str:
    return (
        "A model from elsewhere was applied without fitting anything anew, and judged by C, calibration slope and intercept"
        f"{cite('validation')}, and Brier score."
    )


PARTS = (
    Opened("Competing risks", ("competing-ratios", "incidence"), _competing),
    Opened("Relapse between visits", ("interval-models",), _interval),
    Opened("Events that come again", ("recurrent-ratios", "mean-number"), _recurrent),
    Opened("Current level", ("current-level",), _current),
    Opened("Weighted groups", ("weighted", "balance"), _weighted),
    Opened("Centres", ("centres",), _centres),
    Opened("Prognostic model", ("prediction-scores",), _prognostic),
    Opened("", ("validation",), _elsewhere),
    Opened("Published beside ours", ("published-beside",), _beside),
    Opened("", ("power", "next-study"), _power),
)
