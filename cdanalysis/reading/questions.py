"""What a file leaves open: one question per column or sheet, never one per cell; an answer is looked up where the doubt arises.

Whoever reads a column and meets a doubt calls `Asking.ask`. It gives the reader's answer, if the study file holds one,
or records the question and gives None: then the value is left out, visibly, until the question is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Question:
    """One doubt about a column or a sheet.

    id: the same for the next export of the same table, so that its answer is found again; of headers and sheet names only.
    options: the answers it accepts, in words; empty for any text. evidence: what the file holds that raised it, and how
    many patients it decides.
    """

    id: str
    text: str
    options: tuple[str, ...]
    evidence: str = ""
    sheet: str = ""
    column: str = ""


@dataclass
class Asking:
    """The answers that are known, and the questions met on the way whose answer is not among them."""

    answers: Mapping[str, str] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    settled: dict[str, Question] = field(default_factory=dict)
    orders: dict[str, set[str]] = field(default_factory=dict)  # of each sheet's dates, those that a column proved

    def ask(
        self, kind: str, sheet: str, column: str, text: str, options: Sequence[str], evidence: str = "",
        valid: Callable[[str], object] = bool,
    ) -> str | None:  # fmt: skip
        """The answer to a question of a kind about a column ("" for a whole sheet); None, and kept, while there is none.

        valid: of a question without options, whether a text answers it.
        """
        question = Question(question_id(kind, sheet, column), text, tuple(options), evidence, sheet, column)
        answer = self.answers.get(question.id)
        if answer is not None and (answer in question.options or (not question.options and valid(answer))):
            self.settled[question.id] = question
            return answer
        self.asked[question.id] = question
        return None

    def waits_for(self, kind: str) -> bool:
        """Whether a question of a kind, about whatever column or sheet, has no answer yet."""
        return any(question_id(kind, one.sheet, one.column) == one.id for one in self.asked.values())

    def about(self, sheet: str, column: str) -> ColumnAsking:
        """The questions about one column."""
        return ColumnAsking(self, sheet, column)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The open questions, in the order in which they arose; before them one without which the file is not read."""
        return tuple(sorted(self.asked.values(), key=lambda one: one.id != question_id("ids", one.sheet, one.column)))

    @property
    def answered(self) -> tuple[tuple[Question, str], ...]:
        """The questions that were answered, each with its answer."""
        return tuple((question, self.answers[question.id]) for question in self.settled.values())


@dataclass(frozen=True)
class ColumnAsking:
    """Asks about one column of a sheet, by its header in the file."""

    asking: Asking
    sheet: str
    column: str

    def is_open(self, kind: str) -> bool:
        """Whether a question of a kind about the column waits for its answer."""
        return question_id(kind, self.sheet, self.column) in self.asking.asked

    def ask(self, kind: str, text: str, options: Sequence[str], evidence: str = "") -> str | None:
        """As `Asking.ask`; the header stands before the text."""
        return self.asking.ask(kind, self.sheet, self.column, f"{self.column}: {text}", options, evidence)


def question_id(kind: str, sheet: str, column: str) -> str:
    """A kind of doubt ("unit", "codes", "dates", "sheet", ...) about a column of a sheet, or about the sheet."""
    return ":".join(part for part in (kind, sheet, column) if part)
