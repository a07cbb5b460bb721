"""Small cohorts with odd columns, drawn at random: every section of each through its blocks and parts, and never an exception.

Three to forty patients; columns that are constant, empty, of very small or large scale, of numbers with texts among them, of
dates in no order, of cells that cannot be read; each optional column and sheet left out at random.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from corpus.builders import Rows, workbook
from corpus.walking import walked

import cdanalysis as cd
from cdanalysis.sections import NAMES, named
from cdanalysis.sections.blocks import Figure, Table

SETTINGS = cd.Settings(multiverse_axes="model")
MOST_PATIENTS = 40
HAPPENED, ACTIONS = ("surgery", "hospitalization", "death"), ("none", "stopped_aza")
Dice = random.Random
ODD: tuple[Callable[[Dice, int], object], ...] = (
    lambda _dice, _n: 7,
    lambda _dice, _n: None,
    lambda dice, _n: 1e-4 * dice.random(),
    lambda dice, _n: 1e9 * (1 + dice.random()),
    lambda dice, n: "lost" if n % 7 == 3 else dice.randint(1, 90),
    lambda dice, _n: dice.choice(["A", "B"]),
    lambda _dice, n: "AB"[n == 0],
    lambda dice, _n: f"20{dice.randint(10, 23)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}",
    lambda dice, _n: dice.choice([1, 2, 3]),
    lambda dice, _n: dice.choice(["?!", 12.5, -4]),
    lambda _dice, n: n / 3,
)
EVENTS: tuple[Callable[[Dice], object], ...] = (
    lambda dice: dice.choice([0, 1]),
    lambda _dice: 0,
    lambda _dice: 1,
    lambda dice: dice.choice(["yes", "no", "?!"]),
    lambda dice: dice.choice([0, 1, 2]),
)


def drawn(seed: int) -> dict[str, Rows]:
    """The sheets of a cohort."""
    dice = random.Random(seed)
    n = dice.randint(3, MOST_PATIENTS)
    columns: dict[str, Callable[[Dice, int], object]] = {
        "sex": lambda dice, _n: dice.choice(["male", "female"]),
        "age": lambda dice, _n: dice.randint(18, 80),
        "CRP (mg/L)": lambda dice, _n: round(dice.uniform(0.5, 90), 1),
        "6-TGN": lambda dice, _n: dice.randint(80, 500),
        "CDAI": lambda dice, _n: dice.randint(150, 450),
        "perianal": lambda dice, _n: dice.choice(["yes", "no", None]),
        "follow_up_months": lambda dice, _n: (
            dice.choice([dice.randint(6, 90), None]) if seed % 3 == 0 else dice.randint(6, 90)
        ),
    }
    event = dice.choice(EVENTS)
    stated: dict[str, Callable[[Dice, int], object]] = {
        "relapse_months": lambda dice, _n: dice.choice([0, 1, 3.5, dice.randint(1, 80)]),
        "relapse_event": lambda dice, _n: event(dice),
    }
    kept = {
        name: make for name, make in (columns | (stated if dice.random() < 0.8 else {})).items() if dice.random() < 0.85
    }
    kept |= {f"odd {place}": make for place, make in enumerate(dice.sample(ODD, 4))}
    ids = [f"P{place:02}" for place in range(n)]
    sheets: dict[str, Rows] = {
        "patients": [
            ["patient_id", *kept],
            *([one, *(make(dice, place) for make in kept.values())] for place, one in enumerate(ids)),
        ]
    }

    def maybe(highest: int) -> int | None:
        return dice.choice([dice.randint(0, highest), None])

    weeks = (0, 8, 24, 40, 60)
    timed: dict[str, Rows] = {
        "visits": [["patient_id", "week", "CDAI", "CRP"],
                   *([one, week, maybe(400), dice.randint(1, 60)] for one in ids for week in weeks)],
        "events": [["patient_id", "months", "event"],
                   *([one, dice.randint(0, 60), dice.choice(HAPPENED)] for one in ids if dice.random() < 0.3)],
        "endoscopy": [["patient_id", "months", "cdeis", "rutgeerts"],
                      *([one, month, maybe(30), None] for one in ids for month in (0, 12) if dice.random() < 0.6)],
        "adverse_events": [["patient_id", "months", "term", "action"],
                           *([one, dice.randint(0, 30), "rash", dice.choice(ACTIONS)] for one in ids if dice.random() < 0.4)],
    }  # fmt: skip
    return sheets | {name: rows for name, rows in timed.items() if dice.random() < 0.6 and len(rows) > 1}


@pytest.mark.parametrize("seed", [1, 2, 5, 7, 37, 39])
def test_every_section_of_a_small_odd_cohort_stands_or_says_why_not(seed: int) -> None:
    cohort = cd.read_cohort(workbook(drawn(seed)))
    for name in NAMES[:-1]:
        try:
            shown = list(walked(named(name)(cohort, SETTINGS), n_patients=MOST_PATIENTS))
        except Exception as bug:
            raise AssertionError(f"{name} of {len(cohort.patients)} patients: {type(bug).__name__}: {bug}") from bug
        assert shown, name
        assert all(block.spec for block in shown if isinstance(block, Figure))
        assert all(len(block.shown.columns) for block in shown if isinstance(block, Table))


def test_adverse_events_of_everybody_on_one_day_leave_a_reason_in_place_of_a_ratio() -> None:
    ids = [f"P{place:02}" for place in range(30)]
    sheets: dict[str, Rows] = {
        "patients": [["patient_id", "follow_up_months", "CRP"], *([one, 12 + n, 3 + n] for n, one in enumerate(ids))],
        "adverse_events": [["patient_id", "months", "term"], *([one, 1, "rash"] for one in ids)],
    }
    cohort = cd.read_cohort(workbook(sheets))
    assert list(walked(named("safety")(cohort, SETTINGS), n_patients=MOST_PATIENTS))
