"""The patients and what was called remission, response, endoscopic remission and healing in them."""

from cdanalysis.dictionary.indices.endoscopic import BY_LEVEL, GRADES, RUTGEERTS
from cdanalysis.dictionary.indices.indices import FIRST
from cdanalysis.report.content import Run
from cdanalysis.report.facts import found, joined, on_landmark_clock
from cdanalysis.report.statements.references import Citations
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.definitions import remission, response, sources
from cdanalysis.writing.numbers import count
from cdanalysis.writing.sentences import were

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
    return f"Disease {' and '.join(named)} {were(len(named))} classified as in Montreal{cite('montreal')}."


def _activity(run: Run, cite: Citations) -> str:
    """The index and the states made of it, where visits were used."""
    if not (found(run, "induction") or on_landmark_clock(run)):
        return ""
    settings, index = run.settings, run.settings.index_row
    measured = f"{index.titled}{cite(*index.sources) if index.sources else ''}"
    return joined(
        [
            f"Disease activity was measured by the {measured}; its baseline is the value "
            "stated for the patient, or else the last one of the 28 days up to the start of combination therapy.",
            f"Clinical remission was {remission(settings)}; {response(settings)}.",
            _source(settings, cite),
        ]
    )


def _source(settings: Settings, cite: Citations) -> str:
    index, default = settings.index_row, Settings().with_index(settings.index)
    own = all(getattr(settings, name) == getattr(default, name) for name in STUDY_FIELDS)
    if index.code == FIRST:
        told = "These are the definitions" if own else "They differ from those"
        return f"{told} of the source study{cite('study')}."
    used = index.remission.at(settings.remission.value), index.response.at(settings.fall.value)
    cited = tuple(dict.fromkeys(key for one in used if one for key in one.sources))
    return f"Sources: {sources(settings)}{cite(*cited) if cited else ''}."


def _endoscopy(run: Run, cite: Citations) -> str:
    if not found(run, "endoscopy"):
        return ""
    scored = run.cohort.endoscopy.notna().any()
    ways = [
        f"a {score.name} ({score.label}){cite(*score.sources)} below {getattr(run.settings, score.setting):g} {score.unit}"
        for score in BY_LEVEL
        if scored[score.column]
    ]
    if scored[RUTGEERTS]:
        healed, active = GRADES[run.settings.rutgeerts_remission]
        ways.append(f"a Rutgeerts score{cite('rutgeerts')} of {healed} after one of {active}")
    healing = "; mucosal healing was the absence of ulceration at a follow-up endoscopy" if scored["ulceration"] else ""
    remitted = f"Endoscopic remission was {' or '.join(ways)} at any follow-up endoscopy{healing}." if ways else ""
    return joined(
        [
            "The endoscopy before therapy was the last one up to four weeks after its start, the one after it the last one later.",
            remitted,
        ]
    )
