"""Printed and computed results in words: how many agree, and how many cannot."""

from cdanalysis.sections.reproduction.analysis import Reproduction
from cdanalysis.writing.numbers import NOTHING

HOW_TO_READ = (
    "Every number and finding the study printed beside the one computed from the loaded cohort by the same rule. *Equal* means "
    "equal as printed; where it is not, the reason stands beside it. The box at the end checks anyone's printed numbers: "
    "whether P fits the interval and a percentage its counts."
)
NOT_THE_STUDY = (
    "The printed results of the bundled study belong to its own patients; with yours they would only differ. "
    "Compare your paper's printed results in a sheet of your own, below."
)
ABOUT_SHEET = (
    "One line a printed result: *printed* as in the paper, *quantity* one of {quantities}; *of* a marker at its cut-off "
    "(crp>10), a column, or a condition (sex=male); *at* the months; *outcome* a code of this cohort ({outcomes})."
)
EXAMPLE = """HR 4.72 (95% CI 1.19-18.75), P = 0.027
HR 5.58 (1.02-65.9), P = 0.048
22/98 (22.4%)
median 74.7 (39.6-109.9) months"""
ABOUT_PRINTED = "A ratio with its interval and P, n/N with a percentage, or a median with its interval. 95% intervals."


def reproduction_sentence(found: Reproduction) -> str:
    """How many printed results agree, and how many cannot."""
    explained = sum(row.matches is None and row.computed != NOTHING for row in found.rows)
    other = len(found.rows) - found.n_matching - explained - found.n_absent
    equal = (
        f"**{found.n_matching} of {len(found.rows)}** printed results are equal to the printed digit; {other} differ"
    )
    if not found.of_study:
        return f"{equal}, {explained + found.n_absent} could not be computed."
    absent = f", {found.n_absent} are not in this cohort" if found.n_absent else ""
    return f"{equal}, {explained} cannot be reached by any cohort{absent}."
