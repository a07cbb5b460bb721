"""A prediction model as a small text (JSON): what its terms are made of, their coefficients, baseline survival by a month.

It holds no patient. Written where a model is saved, read where one is applied to other patients.
"""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any, NamedTuple

KIND = "cdanalysis prognostic model"
KINDS = ("number", "cut", "binary", "level")
MOST_TERMS, MOST_KNOTS, LONGEST = 100, 7, 200


class SavedTerm(NamedTuple):
    """code: of the covariate. kind "number": as measured, with knots as a restricted cubic spline, a coefficient for each column;
    "cut": above a cut-off (value such as `>10`); "binary": yes; "level": of that value. unit: of the covariate; empty where
    it has none, or the model was saved before units were.
    """

    code: str
    label: str
    kind: str
    value: str
    knots: tuple[float, ...]
    coef: tuple[float, ...]
    unit: str = ""


class SavedModel(NamedTuple):
    """outcome: in words; n, n_events: of its development. months: of the risks.

    centre, baseline: the survival by then of a patient whose terms times coefficients add up to the centre; another's is
    baseline ^ exp(sum - centre). penalty: of ridge, 0 for coefficients as fitted. made_of: the first letters of the hash of the
    file that it was made of, so that nobody takes the same patients for others; empty where not known.
    """

    outcome: str
    months: float
    centre: float
    baseline: float
    n: int
    n_events: int
    terms: tuple[SavedTerm, ...]
    penalty: float = 0.0
    made_of: str = ""


def as_text(model: SavedModel) -> str:
    """The model as JSON."""
    terms = [one._asdict() for one in model.terms]
    return json.dumps({"kind": KIND, **model._asdict(), "terms": terms}, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str) -> SavedModel:
    """The model of a text; raises ValueError saying what is wrong with it."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError("the model is no JSON") from None
    if not isinstance(held, Mapping) or held.get("kind") != KIND:
        raise ValueError(f"the text is not of the kind {KIND!r}")
    try:
        model = _read(held)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise ValueError("the model lacks a part, or a part is of another kind") from None
    return _checked(model)


def canonical(text: str) -> str:
    """The model in the one way it is kept; nothing for nothing."""
    return as_text(from_text(text)) if text.strip() else ""


def _read(held: Mapping[str, Any]) -> SavedModel:
    terms = tuple(
        SavedTerm(
            **{name: _text(one[name]) for name in ("code", "label", "kind", "value")},
            knots=tuple(map(float, one["knots"])),
            coef=tuple(map(float, one["coef"])),
            unit=_text(one.get("unit", "")),
        )
        for one in held["terms"]
    )
    return SavedModel(
        outcome=_text(held["outcome"]),
        months=float(held["months"]),
        centre=float(held["centre"]),
        baseline=float(held["baseline"]),
        n=int(held["n"]),
        n_events=int(held["n_events"]),
        terms=terms,
        penalty=float(held.get("penalty", 0.0)),
        made_of=_text(held.get("made_of", "")),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise TypeError
    return value


def _checked(model: SavedModel) -> SavedModel:
    numbers = [
        model.months,
        model.centre,
        model.baseline,
        model.penalty,
        *(one for term in model.terms for one in (*term.knots, *term.coef)),
    ]
    if not all(map(isfinite, numbers)):
        raise ValueError("the model holds a number that is none")
    if not (0 < model.baseline < 1 and 0 < model.months <= 1_200):
        raise ValueError("the model's baseline survival is not between 0 and 1, or its month not between 0 and 1200")
    if model.penalty < 0:
        raise ValueError("the model's penalty is below 0")
    if not 0 <= model.n_events <= model.n:
        raise ValueError("the model was made of fewer patients than events")
    if not 0 < len(model.terms) <= MOST_TERMS:
        raise ValueError(f"the model has {len(model.terms)} terms, expected 1 to {MOST_TERMS}")
    for one in model.terms:
        _check(one)
    return model


def _check(one: SavedTerm) -> None:
    rising = all(a < b for a, b in zip(one.knots, one.knots[1:], strict=False))
    wanted = len(one.knots) - 1 if one.knots else 1
    if one.kind not in KINDS or not rising or len(one.knots) in (1, 2) or len(one.knots) > MOST_KNOTS:
        raise ValueError(f"the term {one.label[:40]} of the model is of no known kind, or its knots do not rise")
    if len(one.coef) != wanted or max(map(abs, one.coef)) > 1e6:
        raise ValueError(
            f"the term {one.label[:40]} has {len(one.coef)} coefficients, expected {wanted}, none beyond 1e6"
        )
