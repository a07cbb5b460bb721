"""Each file gives its patients, events and times; a plain one is asked nothing, another what a reader can answer, once."""

from __future__ import annotations

import pytest
from corpus.many_words import MANY, SOME
from corpus.other_fields import OTHER_FIELDS
from corpus.registries import REGISTRIES
from corpus.right_numbers import RIGHT, Right

import cdanalysis as cd
from cdanalysis.results import NotEstimable

OTHERS = [case for case in MANY if case not in SOME]


@pytest.mark.parametrize(
    "case",
    [*RIGHT, *REGISTRIES, *OTHER_FIELDS, *SOME, *(pytest.param(case, marks=pytest.mark.thorough) for case in OTHERS)],
    ids=lambda case: case.name,
)
def test_a_file_gives_its_own_numbers(case: Right) -> None:
    opened = cd.open_cohort(case.content, case.file_name)
    kinds = {one.id: one.id.partition(":")[0] for one in opened.questions}
    assert set(kinds.values()) == set(case.answers), opened.questions
    study = opened.study.answered({one: case.answers[kind] for one, kind in kinds.items()})
    whole = cd.open_cohort(case.content, case.file_name, study)
    assert whole.cohort is not None, whole.refusal
    assert whole.questions == ()
    outcome = cd.analyses.survival(whole.cohort, cd.Settings())
    if not case.n:
        assert isinstance(outcome, NotEstimable)
        return
    found = outcome.endpoint.patients
    assert (len(found), int(found["event"].sum())) == (case.n, case.events)
    assert found["time_months"].sum() == pytest.approx(case.months, abs=0.01)


UNANSWERED = [
    case
    for case in (*RIGHT, *REGISTRIES, *OTHER_FIELDS)
    if case.answers
    and not {"below", "zero", "missing", "percent"} & set(case.answers)
    and not any("competing" in answer for answer in case.answers.values())  # of which the others have the outcome
]


@pytest.mark.parametrize("case", UNANSWERED, ids=lambda case: case.name)
def test_nobody_has_the_outcome_before_the_question_is_answered(case: Right) -> None:
    """But for a question of another column."""
    cohort = cd.read_cohort(case.content, file_name=case.file_name)
    counts = [(one.n, one.n_events) for one in cohort.outcomes.values()]
    assert counts in ([], [(0, 0)]) or all(one.id.startswith("codes:patients:Sexe") for one in cohort.questions)
