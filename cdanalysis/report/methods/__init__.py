"""The methods section and the result sentences of a run, from its settings and results alone; plain text."""

from platform import python_version

from cdanalysis import RESULTS_VERSION
from cdanalysis.report.content import Run
from cdanalysis.report.facts import joined, version_of
from cdanalysis.report.methods import comparisons, models
from cdanalysis.report.methods.definitions import definitions
from cdanalysis.report.methods.findings import result_sentences
from cdanalysis.report.methods.further import further
from cdanalysis.report.methods.outcomes import outcomes
from cdanalysis.report.statements.references import Citations
from cdanalysis.writing.numbers import confidence, listed


def methods_paragraph(run: Run) -> str:
    """The methods as plain text, one paragraph per section; numbers in brackets are the document's references."""
    return "\n\n".join(text for _, text in methods_sections(run, Citations()))


def methods_sections(run: Run, cite: Citations) -> tuple[tuple[str, str], ...]:
    """Heading and text of each section that has something to say, cited in reading order."""
    sections = tuple((heading, joined(way(run, cite) for way in ways)) for heading, ways in SECTIONS)
    told = tuple((heading, text) for heading, text in sections if text)
    return (*told, (CLOSING, joined([_intervals(run) if len(told) > 1 else "", _software(cite)])))


LIBRARIES = (("NumPy", "numpy"), ("SciPy", "scipy"), ("pandas", "pandas"))
CLOSING = "Intervals, tests and software"
SECTIONS = (
    ("Patients and definitions", (definitions,)),
    ("Outcomes and follow-up", (outcomes,)),
    (
        "Descriptions and comparisons",
        (comparisons.baseline, comparisons.induction, comparisons.endoscopy, comparisons.safety),
    ),
    ("Survival curves", (models.curves,)),
    ("Regression models", (models.models,)),
    ("Scan of cut-offs", (models.scan,)),
    ("Further analyses", (further,)),
)


def _intervals(run: Run) -> str:
    level = confidence(run.settings.conf_level).removesuffix(" CI")
    return (
        f"Intervals are {level} confidence intervals; tests are two-sided, and P values are not corrected for the number of "
        "tests unless a correction is named."
    )


def _software(cite: Citations) -> str:
    libraries = [f"{name} {version_of(package) or '(version unknown)'}{cite(package)}" for name, package in LIBRARIES]
    python = f"Python {python_version()}"
    return f"Computed by cdanalysis (results version {RESULTS_VERSION}) in {python} with {listed(libraries)}."
