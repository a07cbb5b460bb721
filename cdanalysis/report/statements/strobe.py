"""The STROBE checklist for cohort studies (von Elm, Lancet 2007;370:1453): items filled from the run, the rest the author's.

An item is filled only with what the run itself shows; what a program cannot know - setting, eligibility, funding,
interpretation - is named as the author's to write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cdanalysis.report.content import Run
from cdanalysis.report.facts import endpoints, found, held, joined, known, on_landmark_clock
from cdanalysis.report.methods.cutoffs_used import origins_sentence
from cdanalysis.report.methods.findings import finding
from cdanalysis.report.statements.limitations import limitations
from cdanalysis.sections.survival.words import follow_up_sentence
from cdanalysis.writing.definitions import remission, response
from cdanalysis.writing.escapes import plain_text
from cdanalysis.writing.labels import clock_in_use, relapse_rule
from cdanalysis.writing.numbers import confidence, count, listed, sentence

TO_WRITE = "For the author: "


@dataclass(frozen=True)
class StrobeItem:
    """One item: its number and topic, and what the run fills it with, or what the author is asked for (filled False)."""

    number: str
    topic: str
    text: str
    filled: bool


def strobe_items(run: Run) -> tuple[StrobeItem, ...]:
    """Every item of the checklist, in its order; plain text."""
    return tuple(_item(run, *row) for row in ITEMS)


def _item(run: Run, number: str, topic: str, asked: str, fill: Callable[[Run], str] | None) -> StrobeItem:
    text = fill(run) if fill else ""
    return StrobeItem(number, topic, text or f"{TO_WRITE}{asked}", bool(text))


def _variables(run: Run) -> str:
    outcomes = list(_outcomes(run))
    return joined([sentence(f"Outcomes: {'; '.join(outcomes)}") if outcomes else "", _candidates(run)])


def _outcomes(run: Run) -> Iterator[str]:
    if found(run, "induction"):
        yield f"remission, {remission(run.settings)}"
        yield response(run.settings)
    for outcome, one in endpoints(run).items():
        if not one.derived:
            yield f"{one.noun}, as the file states it"
        else:
            yield f"relapse, {relapse_rule(run.settings)}" if outcome == "relapse" else f"first {one.noun}"


def _candidates(run: Run) -> str:
    predictors = found(run, "predictors")
    return (
        sentence(f"Predictors: {listed([one.label for one in predictors.candidates])}")
        if predictors and predictors.candidates
        else ""
    )


def _bias(run: Run) -> str:
    return sentence(f"Time zero: {clock_in_use(run.settings)}") if on_landmark_clock(run) else ""


def _quantitative(run: Run) -> str:
    origins = origins_sentence(run)
    return sentence(f"Markers are cut in two, with the origin of each cut-off: {origins}") if origins else ""


def _statistics(run: Run) -> str:
    return "See Methods." if any(found(run, name) for name in run.results if name != "flow") else ""


def _subgroups(run: Run) -> str:
    groups, within = getattr(found(run, "survival"), "group_label", ""), held(run, "subgroups")
    return joined([
        f"Curves are compared between the groups of {groups}." if groups else "",
        "Hazard ratios within subgroups, each with a likelihood-ratio test of the interaction, are in the tables "
        f"{listed(within)} of the bundle." if within else "",
        "Interactions were not examined." if groups and not within else "",
    ])  # fmt: skip


def _missing(run: Run) -> str:
    if not (found(run, "predictors") or found(run, "baseline")):
        return ""
    imputed = held(run, "imputed-model")
    how = "No value was imputed" if not imputed else (
        "The missing covariates of the multivariable model were imputed several times by chained equations with predictive mean "
        f"matching and pooled by Rubin's rules (table {imputed[0]} of the bundle), beside the complete cases"
    )  # fmt: skip
    return f"{how}; each analysis holds the patients with the values it needs, and says how many are left out."


def _loss(run: Run) -> str:
    notes = [note for one in endpoints(run).values() for note in one.notes if " no end of " in note]
    return joined(["Patients lost to follow-up are censored at the last follow-up.", *notes]) if endpoints(run) else ""


def _sensitivity(run: Run) -> str:
    looked = f"{count(len(run.ledger), 'specification')} looked at, listed in the ledger" if run.ledger else ""
    scanned = "every admissible cut-off scanned" if found(run, "cutoffs") else ""
    return sentence(f"Sensitivity: {listed([text for text in (scanned, looked) if text])}") if looked or scanned else ""


def _reasons(run: Run) -> str:
    flow = found(run, "flow")
    left = [one for step in flow.steps for one in step.left if one.n] if flow else []
    return sentence("; ".join(f"{one.reason} (n = {one.n:,})" for one in left)) if left else ""


def _diagram(run: Run) -> str:
    return "See the figure of the patient flow." if any("flow" in one.name for one in run.figures) else ""


def _measured(run: Run) -> str:
    return "The number of missing values of each variable is in the baseline table." if found(run, "baseline") else ""


def _follow_up(run: Run) -> str:
    return plain_text(follow_up_sentence(survival)) if (survival := found(run, "survival")) else ""


def _events(run: Run) -> str:
    counts = [
        f"{count(int(one.patients['event'].sum()), one.noun)} in {count(len(one.patients), 'patient')}"
        for outcome, one in endpoints(run).items()
    ]
    return sentence("; ".join(counts)) if counts else ""


def _estimates(run: Run) -> str:
    predictors = found(run, "predictors")
    if not predictors or not any(known(one) for one in predictors.univariable):
        return ""
    adjusted = " and together in the multivariable model" if known(predictors.multivariable) else ""
    level = confidence(run.settings.conf_level)
    return f"Hazard ratios with {level} of every candidate alone{adjusted} are in the table of predictors."


def _other(run: Run) -> str:
    changed = held(run, "relapse-changed")
    return joined([
        finding(run, "cutoffs") if found(run, "cutoffs") else "",
        f"Who changes relapse status between any two definitions is in the table {changed[0]} of the bundle." if changed else "",
        _subgroups(run) if held(run, "subgroups") else "",
    ])  # fmt: skip


def _limits(run: Run) -> str:
    told = len(limitations(run))
    return f"{count(told, 'limitation')} that the data itself {'shows is' if told == 1 else 'shows are'} listed under Limitations."


ITEMS: tuple[tuple[str, str, str, Callable[[Run], str] | None], ...] = (
    ("1a", "Title", "name the design (cohort study) in the title or the abstract.", None),
    ("1b", "Abstract", "an informative and balanced summary of what was done and found.", None),
    ("2", "Background", "the scientific background and the reason for the study.", None),
    ("3", "Objectives", "the objectives and any hypothesis stated beforehand.", None),
    ("4", "Study design", "the key elements of the design, early in the paper.", None),
    ("5", "Setting", "setting, places and dates of recruitment, exposure, follow-up and data collection.", None),
    ("6a", "Participants", "eligibility criteria, sources and selection of the patients, methods of follow-up.", None),
    ("6b", "Matching", "matching criteria, where the study is matched.", None),
    ("7", "Variables", "define outcomes, predictors, confounders and effect modifiers.", _variables),
    ("8", "Measurement", "for each variable the source of its data and how it was measured.", None),
    ("9", "Bias", "what was done against sources of bias.", _bias),
    ("10", "Study size", "how the study size was arrived at.", None),
    ("11", "Quantitative variables", "how numbers were handled and why they were grouped so.", _quantitative),
    ("12a", "Statistical methods", "all statistical methods.", _statistics),
    ("12b", "Subgroups", "methods for subgroups and interactions.", _subgroups),
    ("12c", "Missing data", "how missing values were handled.", _missing),
    ("12d", "Loss to follow-up", "how loss to follow-up was handled.", _loss),
    ("12e", "Sensitivity", "sensitivity analyses.", _sensitivity),
    ("13a", "Numbers at each stage", "how many patients there were at each stage.", lambda run: finding(run, "flow")),
    ("13b", "Reasons", "the reasons for leaving at each stage.", _reasons),
    ("13c", "Flow diagram", "consider a flow diagram.", _diagram),
    ("14a", "Characteristics", "who the patients were.", lambda run: finding(run, "baseline")),
    ("14b", "Missing values", "how many patients lack each variable.", _measured),
    ("14c", "Follow-up time", "average and total follow-up.", _follow_up),
    ("15", "Outcome events", "numbers of outcome events.", _events),
    ("16a", "Estimates", "unadjusted and adjusted estimates with their intervals.", _estimates),
    ("16b", "Category boundaries", "boundaries of categories of continuous variables.", _quantitative),
    ("16c", "Absolute risk", "consider absolute risks beside relative ones.", lambda run: finding(run, "survival")),
    ("17", "Other analyses", "subgroups, interactions, sensitivity analyses.", _other),
    ("18", "Key results", "key results against the objectives.", None),
    ("19", "Limitations", "limitations, with direction and size of possible bias.", _limits),
    ("20", "Interpretation", "a cautious interpretation in the light of other evidence.", None),
    ("21", "Generalisability", "whether the results hold elsewhere.", None),
    ("22", "Funding", "funders and their role.", None),
)
