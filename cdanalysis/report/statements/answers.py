"""What a run holds for the items of a reporting checklist, each as sentences; empty where it holds nothing. Plain text."""

from collections.abc import Iterator

from cdanalysis.report.content import Run
from cdanalysis.report.facts import endpoints, found, held, joined, known, on_landmark_clock
from cdanalysis.report.methods.cutoffs_used import origins_sentence
from cdanalysis.report.methods.findings import finding
from cdanalysis.report.statements.limitations import limitations
from cdanalysis.sections.survival.words import follow_up_sentence
from cdanalysis.writing.choices.definitions import remission, response
from cdanalysis.writing.choices.labels import clock_in_use, relapse_rule
from cdanalysis.writing.escapes import plain_text
from cdanalysis.writing.numbers import confidence, count, listed, sentence
from cdanalysis.writing.sentences import are


def variables_of(run: Run) -> str:
    """Outcomes and candidates, as they are defined."""
    outcomes = list(outcomes_of(run))
    return joined([sentence(f"Outcomes: {'; '.join(outcomes)}") if outcomes else "", candidates_of(run)])


def outcomes_of(run: Run) -> Iterator[str]:
    """Each outcome with its rule."""
    if found(run, "induction"):
        yield f"remission, {remission(run.settings)}"
        yield response(run.settings)
    for outcome, one in endpoints(run).items():
        if not one.derived:
            yield f"{one.noun}, as the file states it"
        else:
            yield f"relapse, {relapse_rule(run.settings)}" if outcome == "relapse" else f"first {one.noun}"


def candidates_of(run: Run) -> str:
    """The candidate predictors."""
    predictors = found(run, "predictors")
    return (
        sentence(f"Predictors: {listed([one.label for one in predictors.candidates])}")
        if predictors and predictors.candidates
        else ""
    )


def bias_of(run: Run) -> str:
    """Time zero against guarantee-time bias."""
    return sentence(f"Time zero: {clock_in_use(run.settings)}") if on_landmark_clock(run) else ""


def quantitative_of(run: Run) -> str:
    """Where the cut-offs come from."""
    origins = origins_sentence(run)
    return sentence(f"Markers are cut in two, with the origin of each cut-off: {origins}") if origins else ""


def statistics_of(run: Run) -> str:
    """That the methods say it."""
    return "See Methods." if any(found(run, name) for name in run.results if name != "flow") else ""


def subgroups_of(run: Run) -> str:
    """Groups compared, and ratios within subgroups."""
    groups, within = getattr(found(run, "survival"), "group_label", ""), held(run, "subgroups")
    return joined([
        f"Curves are compared between the groups of {groups}." if groups else "",
        "Hazard ratios within subgroups, each with a likelihood-ratio test of the interaction, are in the tables "
        f"{listed(within)} of the bundle." if within else "",
        "Interactions were not examined." if groups and not within else "",
    ])  # fmt: skip


def missing_of(run: Run) -> str:
    """What was done about missing values."""
    if not (found(run, "predictors") or found(run, "baseline")):
        return ""
    imputed = held(run, "imputed-model")
    how = "No value was imputed" if not imputed else (
        "The missing covariates of the multivariable model were imputed several times by chained equations with predictive mean "
        f"matching and pooled by Rubin's rules (table {imputed[0]} of the bundle), beside the complete cases"
    )  # fmt: skip
    return f"{how}; each analysis holds the patients with the values it needs, and says how many are left out."


def loss_of(run: Run) -> str:
    """What was done about patients lost."""
    notes = [note for one in endpoints(run).values() for note in one.no_end]
    return joined(["Patients lost to follow-up are censored at the last follow-up.", *notes]) if endpoints(run) else ""


def sensitivity_of(run: Run) -> str:
    """What was looked at beside the primary specification."""
    looked = f"{count(len(run.ledger), 'specification')} looked at, listed in the ledger" if run.ledger else ""
    scanned = "every admissible cut-off scanned" if found(run, "cutoffs") else ""
    return sentence(f"Sensitivity: {listed([text for text in (scanned, looked) if text])}") if looked or scanned else ""


def reasons_of(run: Run) -> str:
    """Who left at which step, and why."""
    flow = found(run, "flow")
    left = [one for step in flow.steps for one in step.left if one.n] if flow else []
    return sentence("; ".join(f"{one.reason} (n = {one.n:,})" for one in left)) if left else ""


def diagram_of(run: Run) -> str:
    """The figure of the patient flow."""
    return "See the figure of the patient flow." if any("flow" in one.name for one in run.figures) else ""


def measured_of(run: Run) -> str:
    """Where the missing values stand."""
    return "The number of missing values of each variable is in the baseline table." if found(run, "baseline") else ""


def follow_up_of(run: Run) -> str:
    """Follow-up, by both definitions."""
    return plain_text(follow_up_sentence(survival)) if (survival := found(run, "survival")) else ""


def events_of(run: Run) -> str:
    """Events of each outcome."""
    counts = [
        f"{count(int(one.patients['event'].sum()), one.noun)} in {count(len(one.patients), 'patient')}"
        for outcome, one in endpoints(run).items()
    ]
    return sentence("; ".join(counts)) if counts else ""


def estimates_of(run: Run) -> str:
    """Where the ratios stand."""
    predictors = found(run, "predictors")
    if not predictors or not any(known(one) for one in predictors.univariable):
        return ""
    adjusted = " and together in the multivariable model" if known(predictors.multivariable) else ""
    level = confidence(run.settings.conf_level)
    return f"Hazard ratios with {level} of every candidate alone{adjusted} are in the table of predictors."


def other_of(run: Run) -> str:
    """Cut-offs, reclassified patients, subgroups."""
    changed = held(run, "relapse-changed")
    return joined([
        finding(run, "cutoffs") if found(run, "cutoffs") else "",
        f"Who changes relapse status between any two definitions is in the table {changed[0]} of the bundle." if changed else "",
        subgroups_of(run) if held(run, "subgroups") else "",
    ])  # fmt: skip


def limits_of(run: Run) -> str:
    """How many limitations the data shows."""
    told = len(limitations(run))
    return f"{count(told, 'limitation')} that the data itself shows {are(told)} listed under Limitations."


def screened_of(run: Run) -> str:
    """How candidates entered the model."""
    predictors = found(run, "predictors")
    if not predictors or not known(predictors.multivariable):
        return ""
    if run.settings.screening_p >= 1:
        return "Every candidate is in the multivariable model, whatever its P value."
    n, of = len(predictors.screened_in), len(predictors.candidates)
    return f"Of {count(of, 'candidate')} the model holds the {n} with a log-rank P below {run.settings.screening_p:g}, not all."


def cleaned_of(run: Run) -> str:
    """What could not be read, and where the answers of the reader are."""
    n, open_ones = len(run.cohort.faults), len(run.cohort.questions)
    return joined([
        f"{count(n, 'fault')} of cells or columns {are(n)} listed under What was read: not read, or used with a "
        "warning." if n else "No cell was found that could not be read.",
        f"{count(open_ones, 'question')} about columns {are(open_ones)} open: what is asked about is left out."
        if open_ones else "",
    ])  # fmt: skip


def codes_of(run: Run) -> str:
    """Where the codes of outcomes and columns stand."""
    return joined(
        [variables_of(run), "How each column and code of the file was read is in columns.json of the bundle."]
    )


def all_candidates_of(run: Run) -> str:
    """The model of every candidate, where the screening leaves none out."""
    return screened_of(run) if run.settings.screening_p >= 1 else ""


def selected_of(run: Run) -> str:
    """The conditions that every analysed patient meets, where there are some."""
    chosen = run.cohort.selection
    if not chosen or not chosen.words:
        return ""
    n, before = len(run.cohort.patients), chosen.n_before
    return f"Of the file's {before:,} patients, those with {chosen.words} were analysed ({n:,})."


def code_of(_: Run) -> str:
    """What the bundle holds of the analysis."""
    return "The bundle holds a script of the analysis (analysis.py), its settings and how each column was read; no patient's data."
