"""The study file: how a reader's table is understood, as headers and choices, so that the next export is read unasked.

JSON without a cell of the table. The matching file of earlier versions is read as a study file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from cdanalysis.errors import CohortError
from cdanalysis.reading.headers import corrections
from cdanalysis.reading.headers.matching import Matching

FORMAT, VERSION = "cdanalysis study", 1
_STRANGE = "This is not a study file saved by cdanalysis."


@dataclass(frozen=True)
class Study:
    """How a table is to be read: what each sheet and header is (None: as it is found), and the answers to its questions.

    answers: (question's id, option) pairs, sorted by id. choices: what is analysed of it, as `Settings.to_query` gives it:
    outcome, markers under the handles, cut-offs, definitions.
    """

    matching: Matching | None = None
    answers: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()

    def answered(self, answers: Mapping[str, str]) -> Study:
        """The same study with these answers beside its own; a question's id -> one of its options."""
        told = {str(one): str(option) for one, option in answers.items()}
        return replace(self, answers=tuple(sorted({**dict(self.answers), **told}.items())))

    def chosen(self, choices: Mapping[str, str]) -> Study:
        """The same study with what is analysed, in place of what was before."""
        return replace(self, choices=tuple(sorted((str(name), str(text)) for name, text in choices.items())))

    def to_json(self) -> str:
        """The study as JSON; `from_json` gives it back."""
        matching = None if self.matching is None else json.loads(corrections.to_json(self.matching, with_answers=False))
        whole = {"format": FORMAT, "version": VERSION, "matching": matching, "answers": dict(self.answers)}
        whole |= {"settings": dict(self.choices)} if self.choices else {}
        return json.dumps(whole, ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str | bytes) -> Study:
        """A saved study, or a saved matching of an earlier version; CohortError, and nothing else, where it is neither."""
        told = _parsed(text)
        if told.get("format") == corrections.FORMAT:
            return cls(corrections.from_json(text))
        matching, (answers, choices) = told.get("matching"), (_texts(told, name) for name in ("answers", "settings"))
        if told.get("format") != FORMAT or told.get("version") != VERSION or "answers" not in told:
            raise CohortError(_STRANGE)
        read = None if matching is None else corrections.from_json(json.dumps(matching))
        return cls(read).answered(answers).chosen(choices)


def as_study(given: Study | Matching | None) -> Study:
    """A study, also where only a matching is given, or nothing."""
    if isinstance(given, Study):
        return given
    return Study(given)


def _parsed(text: str | bytes) -> dict[str, object]:
    try:
        told = json.loads(text) if len(text) <= corrections.MOST_CHARACTERS else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise CohortError(_STRANGE)
    return told


def _texts(told: Mapping[str, object], name: str) -> dict[str, str]:
    """An object of texts; an empty one where the file has none of this name."""
    found = told.get(name, {})
    if not isinstance(found, dict) or not all(isinstance(part, str) for pair in found.items() for part in pair):
        raise CohortError(_STRANGE)
    return found
