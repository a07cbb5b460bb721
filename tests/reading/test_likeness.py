"""Likeness: what no typing error bridges, and what it proposes: one question, and nothing taken until it is answered."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.reading.headers.likeness import may_be
from cdanalysis.reading.headers.matching import match_headers

ROWS = range(24)


def with_column(header: str, *cells: object) -> bytes:
    """A flat table of 24 patients with one column more, its cells over and over."""
    rows = (f'P{i},{20 + i}.5,{i % 2},{3 + i},"{cells[i % len(cells)]}"' for i in ROWS)
    return "\n".join([f'id,crp (mg/L),relapse_event,relapse_months,"{header}"', *rows]).encode()


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("PCDAI", [20, 35]), ("SCDAI score", [200, 300]), ("wCDAI", [200, 300]), ("CDAI score 2", [90, 200]), ("CDAI-2", [90, 200]),
        ("HBI 2", [4, 8]), ("Geboes", [1, 3]), ("RBC count", [4, 5]), ("RBC (10^12/L)", [4, 5]), ("ADA dose", [2, 1]),
        ("ADA duration", [5, 9]), ("CPR", [3, 9]), ("CRP (2)", [3, 9]), ("last CRP", [3, 9]), ("max. CRP (mg/L)", [3, 9]),
        ("No perianal disease", ["yes", "no"]), ("Non-smoker", ["yes", "no"]), ("no prior surgery", ["yes", "no"]),
        ("without perianal disease", ["yes", "no"]), ("Perianal disease (none)", ["yes", "no"]), ("biologic-free", ["yes", "no"]),
        ("kein perianaler Befall", ["ja", "nein"]), ("ohne perianal disease", ["yes", "no"]), ("无肛周病变", ["是", "否"]),
        ("未手术", ["是", "否"]), ("非肛周病变", ["是", "否"]), ("unrelapsed", [0, 1]), ("n_adverse_events", [0, 1]),
        ("number of surgeries", [0, 1]), ("No. of surgeries", [0, 1]), ("surgery count", [0, 1]), ("手术次数", [0, 1]),
        ("Anzahl surgery", [0, 1]), ("relapse-free survival", [0, 1]), ("family history of surgery", [0, 1]),
    ],
)  # fmt: skip
def test_what_makes_it_another_measurement_is_never_bridged(header: str, cells: list[object]) -> None:
    cohort = cd.read_cohort(with_column(header, *cells))
    assert cohort.extra_columns == (header,)
    (row,) = [row for row in cohort.matching if row.header == header]
    assert (row.column, row.choices) == ("", ())


@pytest.mark.parametrize(
    ("header", "cells", "column", "value"),
    [
        ("Haemoglobine (g/dL)", [12.5, 13.5], "haemoglobin_g_per_l", 125),
        ("Perianl disease", ["yes", "no"], "perianal", True),
        ("smokng status", ["never", "ex"], "smoking", "never"),
        ("红细胞沉降", [12, 30], "esr_mm_per_h", 12),
        ("Albumin (at inclusion visit)", [41, 38], "albumin_g_per_l", 41),
    ],
)
def test_what_may_be_a_misspelling_is_proposed_and_taken_only_when_confirmed(
    header: str, cells: list[object], column: str, value: object
) -> None:
    content = with_column(header, *cells)
    cohort = cd.read_cohort(content)
    assert cohort.extra_columns == (header,)
    (asked,) = cohort.questions
    assert (asked.id, asked.options) == (f"column:patients:{header}", (column, "a further column"))
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: column}))
    assert told.patients[column][0] == value
    assert told.questions == told.extra_columns == ()
    kept = cd.read_cohort(content, study=cohort.study.answered({asked.id: "a further column"}))
    assert kept.extra_columns == (header,)
    assert kept.questions == ()


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Perianl disease", [3, 4]),
        ("Albumiin", [41000000, 38000000]),
        ("Haemoglobine", ["low", "high"]),
        ("smokng status", ["Ulm", "Bonn"]),
        ("last follow-up dat", ["yes", "no"]),
    ],
)
def test_a_column_whose_values_do_not_fit_is_not_proposed(header: str, cells: list[object]) -> None:
    cohort = cd.read_cohort(with_column(header, *cells))
    assert not [one for one in cohort.questions if one.id.startswith("column:")]
    assert cohort.extra_columns == (header,)


@pytest.mark.parametrize(
    ("words", "name", "may"),
    [
        ("perianl disease", "perianal disease", True), ("leucocytse", "leucocytes", True), ("aza dose", "ada dose", False),
        ("cdai week 8", "cdai week 9", False), ("crp", "crp", True), ("albumin urine", "albumin", False),
        ("unoperated", "operated", False), ("relapse free", "relapse", False), ("events count", "events", False),
    ],
)  # fmt: skip
def test_the_words_that_may_be_one_another(words: str, name: str, may: bool) -> None:
    assert may_be(words, name) is may
    assert may_be(name, words) is may


def test_another_visit_in_brackets_is_that_visits_measurement() -> None:
    (row,) = match_headers("patients", ["CRP (w24)"], flat=True)
    assert (row.column, row.week) == ("crp_mg_per_l", 24)
    (row,) = match_headers("patients", ["CRP (w24)"])
    assert row.column == ""


def test_a_study_file_keeps_what_was_confirmed_for_the_next_export() -> None:
    content = with_column("Perianl disease", "yes", "no")
    study = cd.open_cohort(content).study.answered({"column:patients:Perianl disease": "perianal"})
    later = cd.read_cohort(with_column("Perianl disease", "no", "yes"), study=cd.Study.from_json(study.to_json()))
    assert later.patients["perianal"].tolist()[:2] == [False, True]
