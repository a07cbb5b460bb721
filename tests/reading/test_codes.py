"""Codes: numbers for words and for nothing; each meaning is said by the header, plain, or asked once, and can be changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from corpus.builders import statistical

import cdanalysis as cd
from cdanalysis.outcomes.covariates import available, covariate


def table(header: str, cells: list[object], n: int = 24, *, further: str = "") -> bytes:
    """A flat table of n patients with one column more, its cells over and over."""
    rows = (f'P{i:02},{20 + i}.5,{i % 2},{3 + i},"{cells[i % len(cells)]}"' for i in range(n))
    return "\n".join([f'id,crp (mg/L),relapse_event,relapse_months,"{header}"', *rows]).encode() + further.encode()


def asked(content: bytes, answer: int | None = None) -> cd.Cohort:
    """The cohort, its one question answered by the option of that place."""
    cohort = cd.read_cohort(content)
    (question,) = cohort.questions
    if answer is None:
        return cohort
    told = cd.read_cohort(content, study=cohort.study.answered({question.id: question.options[answer]}))
    assert told.questions == ()
    return told


def first(cohort: cd.Cohort, column: str, n: int) -> list[object]:
    return [None if pd.isna(value) else value for value in cohort.patients[column][:n]]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ([-99, 117, 134.5, 800], -99), ([-9, 2, 8, 5], -9), ([-1, 0, 3, 12], -1), ([999, 10, 20.5, 300], 999),
        ([9999, 10, 20.5, 3000], 9999),
        ([888, 12, 35, 60], 888), ([99, 20, 31, 45], 99), ([9, 0, 1, 1], 9), ([9, 1, 2, 3, 4], 9),
        ([-999.0, 1.5, 2.5, 3.5], -999),
    ],
)  # fmt: skip
def test_a_code_for_missing_in_a_further_column_is_asked_about_and_left_out(cells: list[float], code: float) -> None:
    content = table("IL-6", cells)
    cohort = cd.read_cohort(content)
    question = next(one for one in cohort.questions if one.id == "missing:patients:IL-6")
    assert f"{-(-24 // len(cells))} × {code:g}" in question.text
    assert first(cohort, "IL-6", 2)[0] is None
    assert float(first(cohort, "IL-6", 2)[1]) == cells[1]
    kept = cd.read_cohort(content, study=cohort.study.answered({question.id: "a value"}))
    assert float(kept.patients["IL-6"][0]) == code
    gone = cd.read_cohort(content, study=cohort.study.answered({question.id: "missing"}))
    assert gone.patients["IL-6"].isna()[0]


@pytest.mark.parametrize(
    "cells",
    [
        [-3, -1, 2, 5],
        [98, 99, 97, 96],
        [9.0, 7.5, 8.1, 6.6],
        [999, 950, 1020, 870],
        [-99, -120, 30, 12],
        [9, 10, 12, 15],
    ],
)
def test_a_number_among_its_like_is_no_code(cells: list[float]) -> None:
    cohort = cd.read_cohort(table("IL-6", cells))
    assert cohort.questions == ()
    assert first(cohort, "IL-6", 4) == cells


def test_999_inside_a_dictionarys_range_is_asked_about_and_outside_it_is_missing() -> None:
    content = table("6-TGN", [999, 210, 340, 180])
    assert first(asked(content), "tgn_pmol_per_8e8_rbc", 2) == [None, 210]
    assert first(asked(content, 1), "tgn_pmol_per_8e8_rbc", 2) == [999, 210]
    cohort = cd.read_cohort(table("age", [999, 40]))
    assert cohort.questions == ()
    assert "12 × the missing code 999" in [fault.found for fault in cohort.faults]


def test_which_number_is_male_is_asked_once_and_a_legend_answers_it() -> None:
    content = table("sex", [1, 2, 2])
    assert first(asked(content), "sex", 3) == [None] * 3
    assert first(asked(content, 0), "sex", 3) == ["male", "female", "female"]
    assert first(asked(content, 1), "sex", 3) == ["female", "male", "male"]
    for header, words in (
        ("Sex (1 = male, 2 = female)", ["male", "female"]),
        ("性别（1=女，2=男）", ["female", "male"]),
        ("Geschlecht (1: weiblich, 2: männlich)", ["female", "male"]),
    ):
        cohort = cd.read_cohort(table(header, [1, 2]))
        assert cohort.questions == ()
        assert first(cohort, "sex", 2) == words


def test_the_answer_of_the_next_export_is_found_though_it_holds_one_sex_only() -> None:
    study = asked(table("sex", [1, 2])).study.answered({"codes:patients:sex": "1 is female, 2 is male"})
    later = cd.read_cohort(table("sex", [2]), study=cd.Study.from_json(study.to_json()))
    assert later.questions == ()
    assert set(later.patients["sex"]) == {"male"}


@pytest.mark.parametrize(
    ("header", "cells", "column", "words"),
    [
        ("smoking", [0, 1, 2], "smoking", ["never", "former", "current"]),
        ("montreal location", [1, 2, 3], "disease_location", ["L1", "L2", "L3"]),
        ("disease_behaviour", [1, 3, 2], "disease_behaviour", ["B1", "B3", "B2"]),
        ("sex", [0, 1, 1], "sex", ["male", "female", "female"]),
    ],
)
def test_codes_of_a_category_are_asked_about(header: str, cells: list[int], column: str, words: list[str]) -> None:
    content = table(header, cells)
    assert first(asked(content), column, 3) == [None] * 3
    assert first(asked(content, 0), column, 3) == words
    assert first(asked(content, -1), column, 3) == [None] * 3  # another coding


def test_smoking_as_no_and_yes_is_plain() -> None:
    cohort = cd.read_cohort(table("smoker", [0, 1]))
    assert cohort.questions == ()
    assert first(cohort, "smoking", 2) == ["never", "current"]


@pytest.mark.parametrize(
    ("cells", "open_one", "yes"),
    [
        ([1, 2, 2], [None, None, None], [True, False, False]),
        ([0, 1, 2], [False, True, None], [False, True, True]),
        ([0, 1, 9], [False, True, None], [False, True, True]),
        ([0, -1, 0], [False, None, False], [False, True, False]),
        (["+", "-", "+"], [True, None, True], [True, False, True]),
        (["x", "", ""], [True, None, None], [True, False, False]),
        ([1, "", 1], [True, None, True], [True, False, True]),
    ],
)
def test_what_a_yes_or_no_leaves_open_is_asked_about(cells: list[object], open_one: list, yes: list) -> None:
    content = table("perianal", cells)
    assert first(asked(content), "perianal", 3) == open_one
    assert first(asked(content, 0), "perianal", 3) == yes


@pytest.mark.parametrize(
    ("header", "cells", "values"),
    [
        ("perianal", [1.0, "0.0"], [True, False]),
        ("perianal", ["Checked", "Unchecked"], [True, False]),
        ("perianal", ["ja", "Nein"], [True, False]),
        ("perianal", ["pos", "neg"], [True, False]),
        ("肛周病变", ["有", "无"], [True, False]),
        ("perianal (1=no, 2=yes)", [1, 2], [False, True]),
        ("perianal (0=yes, 1=no)", [0, 1], [True, False]),
    ],
)
def test_a_plain_yes_or_no_and_a_legend(header: str, cells: list[object], values: list[bool]) -> None:
    cohort = cd.read_cohort(table(header, cells))
    assert cohort.questions == ()
    assert first(cohort, "perianal", 2) == values


@pytest.mark.parametrize(
    ("cells", "locations", "upper"),
    [
        (["L3+L4", "L1", "L2"], ["L3", "L1", "L2"], [True, False, False]),
        (["L1 (ileal)", "L3/L4", "l2"], ["L1", "L3", "L2"], [False, True, False]),
        (["A2L3B1p", "A1L1B2", "A2 L2+4 B3"], ["L3", "L1", "L2"], [False, False, True]),
    ],
)
def test_the_montreal_location_as_clinics_write_it(cells: list[str], locations: list[str], upper: list[bool]) -> None:
    cohort = cd.read_cohort(table("Montreal location", cells))
    assert first(cohort, "disease_location", 3) == locations
    if any(upper):
        assert first(cohort, "upper_gi", 3) == upper
        assert ("upper_gi", "read from Montreal location") in [(fault.column, fault.found) for fault in cohort.faults]
    else:
        assert "upper_gi" not in cohort.patients


def test_the_montreal_behaviour_gives_perianal_disease_where_no_column_does() -> None:
    cohort = cd.read_cohort(table("behaviour", ["B2p", "B1", "B3 p"]))
    assert first(cohort, "disease_behaviour", 3) == ["B2", "B1", "B3"]
    assert first(cohort, "perianal", 3) == [True, False, True]
    own = table("behaviour", ["B2p", "B1"]).replace(b"id,crp", b"id,perianal,crp").replace(b",2", b",no,2", 1)
    assert "perianal" in cd.read_cohort(own).patients
    assert first(cd.read_cohort(table("behaviour", ["B2+B3", "B1"])), "disease_behaviour", 2) == [None, "B1"]


def test_numbers_that_may_be_categories_are_asked_about_and_the_default_is_said() -> None:
    content = table("centre", [1, 2, 3])
    cohort = asked(content)
    assert cohort.questions[0].evidence == "read as categories until then"
    (code,) = [one for one in available(cohort) if "centre" in one]
    ids = tuple(cohort.patients["patient_id"])
    assert len(covariate(cohort, ids, code, cd.Settings()).terms) == 2
    number = asked(content, 0)
    assert number.patients["centre"].dtype == float
    score = asked(table("pain score", [0, 1, 2]))
    assert score.questions[0].evidence == "read as numbers until then"
    assert score.patients["pain score"].dtype == float
    assert first(asked(table("pain score", [0, 1, 2]), 1), "pain score", 3) == ["0", "1", "2"]


@pytest.mark.parametrize("cells", [[0, 1], [1, 2], [1, 3, 7], [0.5, 1.5, 2.5], list(range(12)), [2019, 2020, 2021]])
def test_other_numbers_are_numbers_unasked(cells: list[float]) -> None:
    cohort = cd.read_cohort(table("marker X", cells))
    assert cohort.questions == ()
    assert cohort.patients["marker X"].dtype == float


def test_a_legend_makes_a_further_column_a_category() -> None:
    cohort = cd.read_cohort(table("Therapy (1 = ADA, 2 = IFX, 3 = UST)", [1, 2, 3]))
    assert first(cohort, "Therapy (1 = ADA, 2 = IFX, 3 = UST)", 3) == ["ADA", "IFX", "UST"]
    assert cohort.questions == ()


def test_a_few_words_in_a_column_of_numbers_are_left_out_and_it_stays_one() -> None:
    cohort = cd.read_cohort(table("IL-6", [*[i + 0.5 for i in range(22)], "haemolytic", "haemolytic"]))
    assert cohort.patients["IL-6"].dtype == float
    assert [(fault.found, fault.severity) for fault in cohort.faults] == [("2 × haemolytic", "error")]


def frame(**columns: list[float]) -> pd.DataFrame:
    n = 20
    base = {
        "patient_id": [f"P{i:02}" for i in range(n)],
        "relapse_months": [3.0 + i for i in range(n)],
        "relapse_event": [float(i % 2) for i in range(n)],
    }
    return pd.DataFrame(
        {**base, **{name: [values[i % len(values)] for i in range(n)] for name, values in columns.items()}}
    )


def test_one_labelled_value_leaves_a_column_of_numbers_numbers() -> None:
    data = frame(crp=[1.0, 12.5, 30.0, 7.0], packyears=[0.0, 12.0, 0.0, 31.0], scale=[0.0, 3.0, 10.0, 7.0])
    labels = {
        "crp": {1.0: "detection limit"},
        "packyears": {0.0: "never smoked"},
        "scale": {0.0: "none", 10.0: "worst"},
    }
    cohort = cd.read_cohort(statistical("sav", data, variable_value_labels=labels), file_name="x.sav")
    assert all(cohort.patients[name].dtype == float for name in ("crp_mg_per_l", "packyears", "scale"))
    assert "5 × 1, labelled 'detection limit' in the file" in [fault.found for fault in cohort.faults]


def test_codes_that_are_all_labelled_are_their_labels_and_user_missing_is_missing() -> None:
    data = frame(sex=[1.0, 2.0], drug=[1.0, 2.0, 3.0, 9.0], ferritin=[-9.0, 30.0, 55.5, 80.0])
    labels = {"sex": {1.0: "Female", 2.0: "Male"}, "drug": {1.0: "ADA", 2.0: "IFX", 3.0: "UST", 9.0: "unknown"}}
    content = statistical("sav", data, variable_value_labels=labels, missing_ranges={"ferritin": [-9.0]})
    cohort = cd.read_cohort(content, file_name="x.sav")
    assert first(cohort, "sex", 2) == ["female", "male"]
    assert first(cohort, "drug", 4) == ["ADA", "IFX", "UST", None]
    assert np.isnan(cohort.patients["ferritin"][0])
    assert cohort.questions == ()


def test_values_of_two_units_in_one_column_are_said_once() -> None:
    cohort = cd.read_cohort(table("Hb", [125, 131, 118, 142, 12.5]))
    assert [(fault.found, fault.severity) for fault in cohort.faults] == [
        ("4 × a value beyond 250 g/L or below 20, as if in g/dL", "error")
    ]
    assert cohort.patients["haemoglobin_g_per_l"].isna().sum() == 4


@pytest.mark.parametrize(("second", "said"), [(0.1, True), (1.0, False), (0.5, False)])
def test_centres_whose_values_differ_as_units_do_are_asked_about_and_said(second: float, said: bool) -> None:
    rows = "\n".join(
        f"P{i},{'AB'[i % 2]},{(20 + i) * (second if i % 2 else 1):.2f},{3 + i},{i % 3 % 2}" for i in range(40)
    )
    content = f"id,centre,crp (mg/L),relapse_months,relapse_event\n{rows}".encode()
    cohort = cd.read_cohort(content)
    assert [one.id for one in cohort.questions] == ["two units:patients:crp (mg/L)"] * said
    cohort = cd.read_cohort(
        content, study=cohort.study.answered({"two units:patients:crp (mg/L)": "all are in one unit"})
    )
    told = [fault.found for fault in cohort.faults if fault.column == "crp_mg_per_l"]
    assert bool(told) is said
    assert not said or told[0].startswith("values around")


@pytest.mark.parametrize(
    ("code", "others"), [(99.9, (21, 24.5, 30)), (99.99, (3.4, 4.1)), (999, (420, 1300, 800, 250, 1100))]
)
def test_a_code_of_nines_that_stands_there_again_and_again_is_asked(code: float, others: tuple[float, ...]) -> None:
    """Far above the others, or far more often among them."""
    cells = [code] * 6 + [others[n % len(others)] + n / 100 for n in range(12)]
    content = "\n".join(["id,factor", *(f"P{n:02},{cell}" for n, cell in enumerate(cells))]).encode()
    assert [one.id for one in cd.read_cohort(content).questions] == ["missing:patients:factor"]


def test_a_point_before_three_digits_beside_whole_numbers_is_asked_about() -> None:
    """In a file that writes a point `1.200` is 1.2, and where somebody typed it as in German it is 1200."""
    content = "\n".join(
        ["id,iron", *(f"P{n:02},{cell}" for n, cell in enumerate(["1.200", "350", "420", "1.450"]))]
    ).encode()
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert asked.options == ("a decimal mark", "a mark between thousands")
    assert first(cohort, "iron", 4) == [None, 350, 420, None]
    for answer, values in zip(asked.options, ([1.2, 350, 420, 1.45], [1200, 350, 420, 1450]), strict=True):
        told = cd.read_cohort(content, study=cohort.study.answered({asked.id: answer}))
        assert first(told, "iron", 4) == values


@pytest.mark.parametrize("cells", [("1.200", "2.350", "1.125"), ("1.200", "350", "2.5"), ("1.200", "3", "7")])
def test_a_point_that_something_else_tells_is_not_asked_about(cells: tuple[str, ...]) -> None:
    content = "\n".join(["id,iron", *(f"P{n:02},{cells[n % 3]}" for n in range(9))]).encode()
    cohort = cd.read_cohort(content)
    assert not [one for one in cohort.questions if one.id.startswith("thousands")]
    assert first(cohort, "iron", 1) == [1.2]
