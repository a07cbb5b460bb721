"""The patients and what was called remission, response, endoscopic remission and healing in them."""

from __future__ import annotations

from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, joined, on_landmark_clock
from cdanalysis.report.statements.references import Citations
from cdanalysis.settings import Settings
from cdanalysis.settings.of_index import FURTHER_FALL
from cdanalysis.writing.numbers import count

STUDY_FIELDS = ("remission_below_points", "response_definition", "response_fall_points", "boundary")
CLASSIFIED = ("disease_location", "disease_behaviour")


def definitions(run: Run, cite: Citations) -> str:
    """Who is in the file, and the definitions that some result of the run rests on."""
    return joined([_patients(run), _montreal(run, cite), _activity(run, cite), _endoscopy(run, cite)])


def _patients(run: Run) -> str:
    cohort = run.cohort
    held = count(len(cohort.patients), "patient")
    index = run.settings.index_row
    n_visits = int(cohort.visits[index.column].notna().sum()) if index.column in cohort.visits else 0
    told = f"The file holds {held}" + (
        f" with {count(n_visits, 'visit')} at which the {index.label} was measured." if n_visits else "."
    )
    made_up = " The patients are synthetic: made up to show the program, they say nothing about any treatment."
    return told + (made_up if cohort.synthetic else "")


def _montreal(run: Run, cite: Citations) -> str:
    named = [name.removeprefix("disease_") for name in CLASSIFIED if name in run.cohort.measured]
    if not named or not found(run, "baseline"):
        return ""
    verb = "was" if len(named) == 1 else "were"
    return f"Disease {' and '.join(named)} {verb} classified as in Montreal{cite('montreal')}."


def _activity(run: Run, cite: Citations) -> str:
    """The index and the states made of it, where visits were used."""
    if not (found(run, "induction") or on_landmark_clock(run)):
        return ""
    settings, index = run.settings, run.settings.index_row
    return joined([
        f"Disease activity was measured by the {index.name} ({index.label}){cite(*index.sources)}; its baseline is the value "
        "stated for the patient, or else the last one of the 28 days up to the start of combination therapy.",
        f"Clinical remission was {remission(settings)}; {response(settings)}.",
        _source(settings, cite),
    ])  # fmt: skip


def remission(settings: Settings) -> str:
    """`a CDAI below 150 points with a fall of more than 70 points from baseline`."""
    index = settings.index_row
    level = f"{index.noun} {settings.remission.as_level} {index.unit}"
    if not index.remission_needs_fall:
        return level
    return f"{level} with a fall {settings.fall.as_change} {index.unit} from baseline"


def response(settings: Settings) -> str:
    """What was called a response, as a clause."""
    fall = f"a fall {settings.response_fall.as_change} {settings.index_row.unit} from baseline"
    if settings.response_definition == FURTHER_FALL:
        # As in visit_status.py: a week's response counts every remission, the landmark asks for the fall itself.
        return f"clinical response was {fall}, and at the scheduled weeks remission too"
    if settings.response_definition == "without-remission":
        return "clinical response was that fall without remission"
    return "clinical response was that fall, remission included"


def _source(settings: Settings, cite: Citations) -> str:
    default = Settings()
    if all(getattr(settings, name) == getattr(default, name) for name in STUDY_FIELDS):
        return f"These are the definitions of the source study{cite('study')}."
    return f"They differ from those of the source study{cite('study')}."


def _endoscopy(run: Run, cite: Citations) -> str:
    if not found(run, "endoscopy"):
        return ""
    scored = run.cohort.endoscopy.notna().any()
    ways = []
    if scored["cdeis_points"]:
        level = f"{run.settings.cdeis_remission_below:g} points"
        ways.append(f"a Crohn's Disease Endoscopic Index of Severity (CDEIS){cite('cdeis')} below {level}")
    if scored["rutgeerts_score"]:
        ways.append(f"a Rutgeerts score{cite('rutgeerts')} of i0 or i1 after one of i2 or more")
    healing = "; mucosal healing was the absence of ulceration at a follow-up endoscopy" if scored["ulceration"] else ""
    remitted = f"Endoscopic remission was {' or '.join(ways)} at any follow-up endoscopy{healing}." if ways else ""
    return joined([
        "The endoscopy before therapy was the last one up to four weeks after its start, the one after it the last one later.",
        remitted,
    ])  # fmt: skip
