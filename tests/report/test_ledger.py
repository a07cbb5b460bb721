"""The ledger: what decides a specification, where each comes from, and the sentence about how many were looked at."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

import pytest
from test_settings import OTHER

import cdanalysis as cd
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.report import ledger
from cdanalysis.settings import Settings
from cdanalysis.writing.cutoff_origin import cutoff_stamp

PLAIN = Settings()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def at(minute: int, **fields_: object) -> ledger.Looked:
    return ledger.Looked(NOON.replace(minute=minute), ledger.specification(replace(PLAIN, **fields_)))


@pytest.mark.parametrize("name", sorted({field.name for field in fields(Settings)} - set(ledger.MODEL_FIELDS)))
def test_what_is_no_part_of_a_specification_moves_no_hazard_ratio(name: str) -> None:
    cohort = cd.demo_cohort()
    first, second = (
        cd.analyses.predictors(cohort, settings) for settings in (PLAIN, replace(PLAIN, **{name: OTHER[name]}))
    )
    values = [[number for row in found.rows for number in (getattr(row.univariable, "value", -1.0), row.univariable_p,
               row.multivariable_p)] for found in (first, second)]  # fmt: skip
    assert values[0] == pytest.approx(
        values[1], rel=1e-9, nan_ok=True
    )  # a model in another batch differs in its last digit
    assert ledger.specification(replace(PLAIN, **{name: OTHER[name]})) == PLAIN


@pytest.mark.parametrize(
    ("fields_", "locked", "origin"),
    [
        ({}, False, "pre-specified"), ({"cutoffs": "crp>8"}, False, "literature"), ({"cutoffs": "crp>14"}, False, "data-driven"),
        ({"cutoffs": "crp>8,tgn>=300"}, False, "data-driven"), ({"ties": "breslow"}, False, "data-driven"),
        ({"cutoffs": "crp>14"}, True, "pre-specified"), ({}, True, "literature"), ({"cutoffs": "crp>12"}, True, "data-driven"),
        ({"cutoffs": "crp>=14"}, True, "data-driven"),
    ],
)  # fmt: skip
def test_where_a_specification_comes_from(fields_: dict[str, object], locked: bool, origin: str) -> None:
    primary = replace(PLAIN, cutoffs="crp>14") if locked else PLAIN
    assert ledger.origin(replace(PLAIN, **fields_), primary, locked=locked) == origin


def test_a_locked_cut_off_is_stamped_pre_specified_and_the_default_is_not() -> None:
    crp, locked = MARKERS["crp"], (14.0, ">")
    assert cutoff_stamp(crp, 14, ">", locked).startswith("**pre-specified** · CRP > 14 mg/L was locked before")
    assert cutoff_stamp(crp, 10, ">", locked).startswith("**literature**")
    assert "neither the locked cut-off (> 14) nor" in cutoff_stamp(crp, 12, ">", locked)


def test_lines_say_what_differs_and_the_sentence_counts() -> None:
    found = cd.analyses.predictors(cd.demo_cohort(), PLAIN)
    first = replace(at(0), effects=ledger.effects(found))
    search = replace(at(2), search="Every cut-off of CRP", n_searched=60)
    looked = [first, at(1, cutoffs="crp>14", candidates="crp,tgn"), search]
    lines = ledger.lines(looked, None, UTC)
    assert lines[0].changed == "nothing: the primary specification"
    assert lines[0].hazard_ratio_text == "CRP 4.72 (1.19-18.75); 6-TGN 5.32 (1.40-20.14)"
    assert lines[0].p_text == "CRP 0.027; 6-TGN 0.014"
    assert lines[1].changed == "CRP cut-off > 10 to > 14; candidates standard to crp,tgn"
    assert [line.origin for line in lines] == ["pre-specified", "data-driven", "data-driven"]
    assert [line.time_text for line in lines] == ["12:00:00", "12:01:00", "12:02:00"]
    told = ledger.inspected_sentence(looked, None)
    assert told.startswith(
        "2 specifications of the relapse model were looked at in this session (1 pre-specified and 1 data-driven), and 60 more"
    )
    assert "No primary specification was locked" in told


def test_the_sentence_says_whether_the_lock_came_first() -> None:
    lock = ledger.Locked(NOON.replace(minute=5), PLAIN)
    assert "locked before any other" in ledger.inspected_sentence([at(0), at(9, ties="breslow")], lock)
    assert "locked after 1 other was looked at" in ledger.inspected_sentence([at(0), at(3, ties="breslow")], lock)
    assert ledger.inspected_sentence([at(0)], None).startswith("1 specification of the relapse model was looked at")
