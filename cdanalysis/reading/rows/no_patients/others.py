"""Words that say of a sheet, or of the rows below a heading, that their patients may be none of the cohort."""

import re
from collections.abc import Sequence

from cdanalysis.reading.bytes.child import Cell
from cdanalysis.reading.questions import Asking
from cdanalysis.reading.warned import counted

OF_THE_COHORT, LEFT_OUT = "patients of the cohort", "not of the cohort: left out"
_OF_OTHERS = re.compile(
    r"\b(?:exclu\w*|screen(?:ing)?[ -]?fail\w*|drop ?outs?|withdrawn|controls?|healthy|archived?|archiv|backup|old|"
    r"deleted|test|example|ausgeschlossen\w*|kontroll\w*|gesunde?|abbrecher|alt|beispiel|"
    r"validat\w*|validier\w*|external|replicat\w*)\b|验证|排除|剔除|对照|健康|备份|旧|示例",
    re.IGNORECASE,
)


def are_of_others(name: str) -> bool:
    """Whether a name or a heading says so."""
    return bool(_OF_OTHERS.search(name.replace("_", " ")))


def below_others(
    rows: Sequence[tuple[int, Sequence[Cell]]], headings: Sequence[int], name: str, asking: Asking
) -> list[int]:
    """The places of the rows below headings such as `excluded:`, up to the next heading, unless the reader keeps them.

    headings: the places of rows that hold nothing but a text.
    """
    out: list[int] = []
    for start, end in zip(headings, [*headings, len(rows)][1:], strict=True):
        text = " ".join(str(next((cell for cell in rows[start][1] if cell is not None), "")).split())
        below = [place for place in range(start + 1, end) if sum(cell is not None for cell in rows[place][1]) > 1]
        if not below or not are_of_others(text):
            continue
        question = f"{counted(len(below), 'row')} of {name} below {text!r}: are they of the cohort?"
        answer = asking.ask(
            "below", name, text.strip(":： "), question, (OF_THE_COHORT, LEFT_OUT), "left out until then"
        )
        out += below if answer != OF_THE_COHORT else []
    return out
