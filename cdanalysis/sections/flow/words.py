"""What was read, in words: how many patients and visits, the faults, and what the flow diagram shows."""

from collections.abc import Sequence

from cdanalysis.cohort import Cohort
from cdanalysis.results import Exclusion, Fault
from cdanalysis.sections.flow.analysis import Step
from cdanalysis.writing.escapes import escape_markdown
from cdanalysis.writing.numbers import count, sentence
from cdanalysis.writing.sentences import excluded_sentence

HOW_TO_READ = (
    "The flow diagram shows how many patients each step left, and why. *Faults* lists every cell that could not be used, "
    "with its row in your file; correct it there and upload again. The last table says what each column was understood as: "
    "with your own file, change it there and read the file again."
)


def cohort_summary(cohort: Cohort) -> str:
    """What was read, in one sentence, and how many patients were left out on reading."""
    n, n_visits = len(cohort.patients), len(cohort.visits)
    made_up = " Its patients are **synthetic**." if cohort.synthetic else ""
    left_out = sum(exclusion.n for exclusion in cohort.excluded)
    gone = f" {excluded_sentence(cohort.excluded, n)}" if left_out else ""
    visits = f", {count(n_visits, 'visit')}" if n_visits else ""
    read = f"{escape_markdown(cohort.label)}: {count(n, 'patient')}{visits}."
    return f"{read}{made_up}{gone}"


def faults_sentence(faults: Sequence[Fault], excluded: Sequence[Exclusion] = ()) -> str:
    """How many cells could not be read, how many were read with a warning, and who was left out for it."""
    n_errors = sum(fault.severity == "error" for fault in faults)
    n_warnings = len(faults) - n_errors
    parts = [
        *([f"{count(n_errors, 'fault')}: what is named here is left out"] if n_errors else []),
        *([f"{count(n_warnings, 'warning')}: used, and said here"] if n_warnings else []),
        *(f"{count(one.n, 'patient')} left out ({escape_markdown(one.reason)})" for one in excluded if one.n),
    ]
    return sentence("; ".join(parts)) if parts else "No fault was found."


def sentence_without_faults(n_questions: int, excluded: Sequence[Exclusion], likened: Sequence[str]) -> str:
    """That every cell was read as its column says, if that is so: nothing open, left out, or taken by likeness."""
    parts = [
        *(
            [f"{count(n_questions, 'question')} on the Cohort page still open: what is asked about is left out"]
            if n_questions
            else []
        ),
        *(f"{count(one.n, 'patient')} left out ({escape_markdown(one.reason)})" for one in excluded if one.n),
        *(f"the sheet {escape_markdown(name)} was taken by the likeness of its name" for name in likened),
    ]
    return sentence("No cell is at fault; " + "; ".join(parts)) if parts else "Every cell was read as its column says."


def flow_alt(steps: Sequence[Step]) -> str:
    """The alternative text of the patient flow."""
    return "Patient flow: " + "; ".join(f"{step.label} {step.n:,}" for step in steps) + "."
