"""What an open question leaves out stands beside the results of every section, and goes when it is answered."""

from __future__ import annotations

import pytest
from corpus.builders import FLAT, with_column, workbook

import cdanalysis as cd
from cdanalysis.results import Caution

BOOK = workbook({"patients": with_column("ferritin", [-99, 120, 45.5], with_column("Hb", [12.1, 13.4], FLAT))})
SENTENCE = (
    "2 questions on the Cohort page are open, about Hb, ferritin: what is asked about is left out of these results."
)


def cautions(cohort: cd.reading.Cohort, section: str) -> list[str]:
    blocks = getattr(cd.sections, section)(cohort, cd.Settings())
    return [str(one) for one in blocks if isinstance(one, Caution) and one.kind == "questions"]


@pytest.mark.parametrize("section", ["baseline", "survival", "predictors"])
def test_the_open_questions_are_named_once_beside_the_results(section: str) -> None:
    opened = cd.open_cohort(BOOK)
    assert cautions(opened.cohort, section) == [SENTENCE]
    answers = {one.id: one.options[0] for one in opened.questions}
    answered = cd.read_cohort(BOOK, study=opened.study.answered(answers))
    assert cautions(answered, section) == []
