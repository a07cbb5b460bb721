"""How patients were described and compared: Table 1, the visits against baseline, endoscopy, adverse-event rates."""

from typing import Any

from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, joined
from cdanalysis.report.statements.references import Citations
from cdanalysis.results import NotEstimable
from cdanalysis.sections.baseline.analysis import Baseline, NumberRow
from cdanalysis.sections.response.analysis import Induction
from cdanalysis.settings import Settings
from cdanalysis.writing.numbers import count, listed
from cdanalysis.writing.sentences import are, were

TESTS = {
    "ANOVA": ("one-way analysis of variance", ""),
    "Welch t": ("Welch's t test", ""),
    "Student t": ("Student's t test", ""),
    "Mann-Whitney": ("the Mann-Whitney test", "mann-whitney"),
    "Mann-Whitney (exact)": ("the exact Mann-Whitney test", "mann-whitney"),
    "Kruskal-Wallis": ("the Kruskal-Wallis test", "kruskal"),
    "chi-square": ("the chi-square test without continuity correction", ""),
    "Fisher exact": ("Fisher's exact test", "fisher"),
    "Fisher-Freeman-Halton": ("the Fisher-Freeman-Halton exact test", "fisher"),
    "Fisher-Freeman-Halton (simulated)": ("the Fisher-Freeman-Halton test by simulation (100,000 tables)", "fisher"),
}
QUARTILES = {"r": "of type 7, R's default", "spss": "of type 6, as SPSS"}
MISSING = {
    "non-response": "a missing visit counted as no response",
    "last-observation": "the last earlier visit stood in for a missing one, and a patient without one counted as no response",
    "observed": "a patient without a visit at a week was left out at that week",
}


def baseline(run: Run, cite: Citations) -> str:
    """What describes the baseline variables, and the tests that were used on them."""
    result = found(run, "baseline")
    if not result or not result.rows:
        return ""
    return joined([_described(result, run.settings, cite), _compared(result, cite)])


def _described(result: Baseline, settings: Settings, cite: Citations) -> str:
    numbers = [row for row in result.rows if isinstance(row, NumberRow)]
    ways = []
    if any(row.normal for row in numbers):
        ways.append(
            f"mean ± SD where no group contradicted a normal distribution (Shapiro-Wilk{cite('normal')} P ≥ 0.05)"
        )
    if not all(row.normal for row in numbers):
        ways.append(f"median and quartiles ({QUARTILES[settings.convention]}{cite('percentiles')})")
    parts = [f"numbers by {' and by '.join(ways)}"] if ways else []
    parts += ["categories by count and percentage"] if len(result.rows) > len(numbers) else []
    return f"At baseline {count(result.n, 'patient')} {are(result.n)} described: {'; '.join(parts)}."


def _compared(result: Baseline, cite: Citations) -> str:
    """The tests that were used, each once, in the order of the table."""
    used = dict.fromkeys(row.test.test for row in result.rows if row.test and not isinstance(row.test, NotEstimable))
    if not used:
        return ""
    named = [TESTS.get(name, (name, "")) for name in used]
    tests = listed([f"{words}{cite(key) if key else ''}" for words, key in named])
    smd = any(row.smd == row.smd for row in result.rows)
    beside = f", with standardised mean differences{cite('smd')}" if smd else ""
    return f"Groups ({listed(result.group_labels)}) were compared by {tests}{beside}."


def induction(run: Run, cite: Citations) -> str:
    """The scheduled weeks, what stood in for a missing visit, and the comparison with baseline."""
    result = found(run, "induction")
    if not result:
        return ""
    return joined([_counted(result, run.settings, cite), _times(result, run.settings), _against_baseline(result, cite)])


def _counted(result: Induction, settings: Settings, cite: Citations) -> str:
    weeks = [f"{one.week:g}" for one in result.weeks]
    at = f"week{'' if len(weeks) == 1 else 's'} {listed(weeks)}"
    return (
        f"Response and remission were counted at {at} by {_visit(settings, len(weeks))}; "
        f"{MISSING[settings.missing_visits]}. Shares have Wilson's interval{cite('wilson')}."
    )


def _visit(settings: Settings, n_weeks: int) -> str:
    if not settings.visit_window_weeks:
        return "the visit on that day"
    within = f"the nearest visit within {count(settings.visit_window_weeks, 'week')}"
    if n_weeks < 2:
        return within
    return f"{within} and, but for week {settings.landmark_week}, less than half the way to the next scheduled week"


def _times(result: Induction, settings: Settings) -> str:
    if not result.response.n_reached and not result.remission.n_reached:
        return ""
    return (
        "The weeks to the first response and remission are given as quartiles "
        f"({QUARTILES[settings.convention]}) of the responders at week {settings.landmark_week}."
    )


def _against_baseline(result: Induction, cite: Citations) -> str:
    tested = [one.label for one in result.activity if any(not isinstance(test, NotEstimable) for test in one.tests)]
    if not tested:
        return ""
    return (
        f"{listed(tested)} at each week {were(len(tested))} compared with baseline in the same patients "
        f"by the paired t test and the Wilcoxon signed-rank test{cite('wilcoxon')}."
    )


def endoscopy(run: Run, cite: Citations) -> str:
    """The tests of the scores and the interval of the shares."""
    result = found(run, "endoscopy")
    if not result:
        return ""
    tested = [one.label for one in result.scores if not isinstance(one.test, NotEstimable)]
    scores = (
        f"{listed(tested)} before and after {were(len(tested))} compared by the paired t test and the "
        f"Wilcoxon signed-rank test{cite('wilcoxon')}, with the Hodges-Lehmann shift{cite('shift')}."
        if tested
        else ""
    )
    shares = any(one.n for one in result.shares)
    exact = f"Shares of patients at endoscopy have exact intervals{cite('exact')}." if shares else ""
    return joined([scores, exact])


def safety(run: Run, cite: Citations) -> str:
    """The intervals of the adverse-event rates."""
    result: Any = found(run, "safety")
    if not result or result.any_event is None:
        return ""
    robust = ", and with limits robust to several events of a patient" if result.any_event.by_patient else ""
    return (
        f"Adverse events within the time observed are counted per 100 patient-years with exact Poisson limits"
        f"{cite('poisson')}{robust}; the share of patients with one has Wilson's interval{cite('wilson')}."
    )
