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
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.writing.choices.cutoff_origin import cutoff_stamp, stamp_words

PLAIN = Settings()
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def at(minute: int, **fields_: object) -> ledger.Looked:
    return ledger.Looked(NOON.replace(minute=minute), ledger.narrowed(replace(PLAIN, **fields_), ledger.MODEL_FIELDS))


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
    assert ledger.narrowed(replace(PLAIN, **{name: OTHER[name]}), ledger.MODEL_FIELDS) == PLAIN


@pytest.mark.parametrize(
    ("fields_", "locked", "origin"),
    [
        # A default that nobody chose is not pre-specified.
        ({}, "never", "literature"), ({"cutoffs": "crp>8"}, "never", "literature"), ({"cutoffs": "crp>14"}, "never", "data-driven"),
        ({"cutoffs": "crp>8,tgn>=300"}, "never", "data-driven"), ({"ties": "breslow"}, "never", "data-driven"),
        ({"cutoffs": "crp>14"}, "first", "pre-specified"), ({}, "first", "literature"),
        ({"cutoffs": "crp>12"}, "first", "data-driven"),
        ({"cutoffs": "crp>=14"}, "first", "data-driven"), ({"cutoffs": "crp>14"}, "late", "data-driven"),
        ({}, "late", "literature"),
    ],
)  # fmt: skip
def test_where_a_specification_comes_from(fields_: dict[str, object], locked: str, origin: str) -> None:
    primary = PLAIN if locked == "never" else replace(PLAIN, cutoffs="crp>14")
    assert ledger.origin(at(9, **fields_), primary, held=locked == "first") == origin


def test_a_cut_off_locked_before_looking_is_pre_specified_and_a_later_lock_says_so() -> None:
    crp, locked, late = MARKERS["crp"], Lock(14.0, ">"), Lock(14.0, ">", 3)
    assert cutoff_stamp(crp, 14, ">", locked).startswith(
        "**pre-specified** · CRP > 14 mg/L was locked before anything was"
    )
    assert cutoff_stamp(crp, 10, ">", locked).startswith("**literature**")
    assert "neither the locked cut-off (> 14) nor" in cutoff_stamp(crp, 12, ">", locked)
    told = cutoff_stamp(crp, 14, ">", late)
    assert told.startswith(
        "**data-driven** · CRP > 14 mg/L was locked after 3 specifications were looked at, and is no published"
    )
    assert stamp_words(crp, 14, ">", late) == "data-driven, locked after 3 specifications were looked at"
    assert stamp_words(crp, 12, ">", late) == "data-driven"
    published = cutoff_stamp(crp, 10, ">", Lock(10.0, ">", 1))
    assert published.startswith(
        "**literature** · CRP > 10 mg/L was locked after 1 specification was looked at, and was published"
    )


def test_another_page_is_held_against_what_decides_it_only() -> None:
    names = ("missing_visits", "response_definition")
    looked = replace(at(1), page="Response", names=names, cut=(), specification=ledger.narrowed(PLAIN, names, ()))
    primary = replace(PLAIN, cutoffs="crp>14", ties="breslow")
    assert ledger.origin(looked, primary, held=True) == "pre-specified"
    assert ledger.origin(looked, primary, held=False) == "literature"
    changed = replace(looked, specification=replace(PLAIN, missing_visits="observed"))
    (line,) = ledger.lines([changed], ledger.Locked(NOON, primary), UTC)
    assert (line.page, line.origin, line.changed) == (
        "Response",
        "data-driven",
        "missing visits count as: no response to left out",
    )
    curves = ledger.narrowed(replace(PLAIN, cutoffs="crp>14,tgn>=300"), ("cutoffs", "survival_group"), ("crp",))
    assert curves.cutoffs == "crp>14"
    shown = replace(at(1), page="Survival", names=("cutoffs", "survival_group"), cut=("crp",), specification=curves)
    assert ledger.origin(shown, replace(PLAIN, cutoffs="crp>14,tgn>=260"), held=True) == "pre-specified"


def test_lines_say_what_differs_and_the_sentence_counts() -> None:
    found = cd.analyses.predictors(cd.demo_cohort(), PLAIN)
    first = replace(at(0), effects=ledger.effects(found, [one.marker for one in found.handles]))
    search = replace(at(2), search="Every cut-off of CRP", n_searched=60)
    looked = [first, at(1, cutoffs="crp>14", candidates="crp,tgn"), search]
    lines = ledger.lines(looked, None, UTC)
    assert lines[0].changed == "nothing: the primary specification"
    assert lines[0].hazard_ratio_text == "CRP 4.72 (1.19-18.75); 6-TGN 5.32 (1.40-20.14)"
    assert lines[0].p_text == "CRP 0.027; 6-TGN 0.014"
    assert lines[1].changed == "CRP cut-off: > 10 to > 14; candidates: standard to CRP and 6-TGN"
    assert [line.origin for line in lines] == ["literature", "data-driven", "data-driven"]
    assert [line.time_text for line in lines] == ["12:00:00", "12:01:00", "12:02:00"]
    told = ledger.inspected_sentence(looked, None)
    assert told.startswith(
        "2 specifications were looked at in this session (1 literature and 1 data-driven), and 60 more by searching"
    )
    assert "No primary specification was locked" in told


def test_the_sentence_says_whether_the_lock_came_first() -> None:
    lock = ledger.Locked(NOON.replace(minute=5), PLAIN)
    assert "locked before anything was looked at" in ledger.inspected_sentence([at(6), at(9, ties="breslow")], lock)
    # Having seen what is locked is having looked, and a search is as many looks as it tried.
    assert "locked after 2 specifications were looked at" in ledger.inspected_sentence(
        [at(0), at(3, ties="breslow")], lock
    )
    search = replace(at(2), search="Every cut-off of CRP", n_searched=60)
    assert ledger.n_before([at(0), search, at(9)], lock) == 61
    assert ledger.inspected_sentence([at(0)], None).startswith("1 specification was looked at")


def test_a_candidate_with_a_comma_in_its_header_is_named_as_the_file_has_it() -> None:
    chosen = replace(PLAIN, candidates=joined(("crp", "Hb, 0 to 20")))
    assert ledger.difference_texts(PLAIN, chosen) == ["candidates: standard to CRP and Hb, 0 to 20"]
