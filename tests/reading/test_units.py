"""Units: in a header, in a column beside, in the cell; what is not known and not stated is asked about, never the factor 1."""

from __future__ import annotations

import pytest

import cdanalysis as cd
from cdanalysis.reading.headers.corrections import corrected
from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.units.unit_words import known_unit
from cdanalysis.units import DAYS_PER_MONTH

WEEK = 7 / DAYS_PER_MONTH


def table(header: str, *columns: object, n: int = 24) -> bytes:
    """A flat table of n patients; of each column its cells over and over."""
    rows = (",".join([f"P{i:02}", *(f'"{cells[i % len(cells)]}"' for cells in columns)]) for i in range(n))
    return "\n".join([f"id,{header}", *rows]).encode()


@pytest.mark.parametrize(
    ("texts", "unit"),
    [
        ("mg/dL|mg dL-1|mg·dL⁻¹|mg dl^-1|mg/100 ml|mg/100mL|mg%|mg per dl|MG / DL", "mg/dL"),
        ("mg/L|mg L-1|µg/mL|μg/ml|&micro;g/ml|mcg/mL|mg/litre", "mg/L"), ("nmol/L|nmol l-1", "nmol/L"),
        ("g/dL|g%|g/100 ml|gm/dl|g dL⁻¹", "g/dL"), ("g/L|g l-1|mg/ml", "g/L"), ("10^12/L|10¹²/L|x10<sup>12</sup>/L", "10^12/L"),
        ("10^9/L|×10⁹/L|10*9/L|10E9/l|x 10(9)/L|10<sup>9</sup>/L|109/L|K/µL|k/uL|10³/mm³|10^3/μl|Tsd/µl|1000/µL|/nl", "10^9/L"),
        ("/µL|/ul|cells/mm3|/mm³|/cu mm", "/µL"), ("mm/h|mm/hr|mm/Std.|mm/1h", "mm/h"), ("µg/g|ug/g", "µg/g"),
        ("pmol/8×10⁸ RBC|pmol/8x10^8 RBC|pmol per 8×10^8 red blood cells|pmol/8*10^8 RBC|pmol/8×10^8红细胞", "pmol/8x10^8 RBC"),
        ("d|day|days|Tag|Tage|天|日", "days"), ("wk|wks|weeks|Wochen|周", "weeks"), ("mo|mos|mths|Monate|月|个月", "months"),
        ("y|yr|yrs|yrs.|years|a|Jahre|年|岁", "years"),
        ("m|fortnights|mmHg|pmol|x|12|", ""),
    ],
)  # fmt: skip
def test_each_spelling_is_its_unit_and_no_other_text_is_one(texts: str, unit: str) -> None:
    assert {text: known_unit(text) for text in texts.split("|")} == dict.fromkeys(texts.split("|"), unit)


def test_g_per_l_of_cells_is_giga_and_of_calprotectin_mg_per_kg_is_ug_per_g() -> None:
    assert (known_unit("G/l"), known_unit("G/l", "10^9/L")) == ("g/L", "10^9/L")
    assert (known_unit("mg/kg"), known_unit("mg/kg", "µg/g")) == ("mg/kg/d", "µg/g")


@pytest.mark.parametrize(
    ("header", "column", "factor"),
    [
        ("Follow-up (yrs)", "follow_up_months", 12), ("Follow-up, wk", "follow_up_months", WEEK),
        ("fu_d", "follow_up_months", 1 / DAYS_PER_MONTH),
        ("follow up in years", "follow_up_months", 12), ("Nachbeobachtung (Monate)", "follow_up_months", 1),
        ("Nachbeobachtung in Tagen", "follow_up_months", 1 / DAYS_PER_MONTH), ("随访时间（月）", "follow_up_months", 1),
        ("随访天数", "follow_up_days", 1),
        ("随访周数", "follow_up_months", WEEK), ("随访时间/年", "follow_up_months", 12),
        ("months of follow-up", "follow_up_months", 1),
        ("Time to relapse (days since week 24)", "relapse_months", 1 / DAYS_PER_MONTH),
        ("days to relapse", "relapse_months", 1 / DAYS_PER_MONTH),
        ("relapse_wks", "relapse_months", WEEK), ("aza_monotherapy_years", "aza_monotherapy_months", 12),
        ("years since surgery", "months_since_surgery", 12),
        ("Age (mths)", "age_years", 1 / 12), ("Alter (Jahre)", "age_years", 1), ("年龄（岁）", "age_years", 1),
        ("CRP mg dL-1", "crp_mg_per_l", 10), ("CRP [mg/100 ml]", "crp_mg_per_l", 10), ("crp_mg_dl", "crp_mg_per_l", 10),
        ("CRP (nmol/L)", "crp_mg_per_l", 0.105),
        ("C-reactive protein, g/L", "crp_mg_per_l", 1000), ("CRP (unit: mg/dL)", "crp_mg_per_l", 10),
        ("CRP（单位：mg/dL）", "crp_mg_per_l", 10),
        ("CRP (mg/dL, normal <0.5)", "crp_mg_per_l", 10), ("Hb (g%)", "haemoglobin_g_per_l", 10),
        ("hb_g_dl", "haemoglobin_g_per_l", 10),
        ("Hb (mmol/L)", "haemoglobin_g_per_l", 16.114), ("Albumin (g/100 ml)", "albumin_g_per_l", 10),
        ("WBC (K/uL)", "wbc_1e9_per_l", 1),
        ("WBC (/µL)", "wbc_1e9_per_l", 0.001), ("WBC (10^12/L)", "wbc_1e9_per_l", 1000), ("wbc_10_9_l", "wbc_1e9_per_l", 1),
        ("Leukozyten (G/l)", "wbc_1e9_per_l", 1),
        ("platelets per uL", "platelets_1e9_per_l", 0.001), ("CRP (baseline) (mg/dL)", "crp_mg_per_l", 10),
        ("CDAI (0-600)", "cdai_points", 1),
    ],
)  # fmt: skip
def test_a_unit_in_the_header_converts(header: str, column: str, factor: float) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert (row.column, row.factor) == (column, pytest.approx(factor))
    assert not row.open_unit


@pytest.mark.parametrize(
    ("header", "week", "factor"),
    [("CRP week 0 (mg/dL)", 0, 10), ("CRP (mg/dL) W8", 8, 10), ("CRP W24, mg dL-1", 24, 10), ("crp_mg_dl_week_8", 8, 10),
    ("CRP W24", 24, 1)],
)  # fmt: skip
def test_a_visit_column_has_a_unit_too(header: str, week: int, factor: float) -> None:
    (row,) = match_headers("patients", [header], flat=True)
    assert (row.column, row.week, row.factor) == ("crp_mg_per_l", week, factor)


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Follow-up", "no unit is stated"),
        ("fu", "no unit is stated"),
        ("随访时间", "no unit is stated"),
        ("Nachbeobachtung", "no unit is stated"),
        ("time to relapse", "no unit is stated"),
        ("Follow-up (fortnights)", "the unit 'fortnights' is not known"),
        ("Follow-up (m)", "the unit 'm' is not known"),
        ("CRP (U/mL)", "the unit 'U/mL' is not known"),
        ("Hb (days)", "the unit 'days' is not known"),
        ("CRP week 0 (IU/mL)", "the unit 'IU/mL' is not known"),
    ],
)
def test_a_unit_that_is_not_known_and_a_time_without_one_are_asked_about_and_left_out(header: str, why: str) -> None:
    content = table(f'"{header}",ward', [12, 24, 48], ["A", "B"])
    cohort = cd.read_cohort(content)
    asked = next(one for one in cohort.questions if one.id == f"unit:patients:{header}")
    assert why in asked.text
    frame = cohort.visits if "week" in header else cohort.patients
    column = next(row.column for row in cohort.matching if row.header == header)
    assert column not in frame or frame[column].isna().all()
    assert asked.options[0] != asked.options[1]
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: asked.options[1]}))
    assert asked.id not in [one.id for one in told.questions]
    frame = told.visits if "week" in header else told.patients
    assert frame[column].notna().any()


def test_the_evidence_says_what_the_values_suggest_and_the_answer_is_read_and_can_be_changed() -> None:
    content = table("Follow-up,ward", [548, 110, 365], ["A", "B"])
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert asked.evidence.startswith("24 values, longest 548: 18 months as days, 11 years as weeks, 46 years as months")
    for unit, months in (("days", 548 / DAYS_PER_MONTH), ("weeks", 548 * WEEK), ("months", 548)):
        told = cd.read_cohort(content, study=cohort.study.answered({asked.id: unit}))
        assert told.patients["follow_up_months"][0] == pytest.approx(months)
        changed = cd.Study.from_json(told.study.to_json()).answered({asked.id: "days"})
        assert cd.read_cohort(content, study=changed).patients["follow_up_months"][0] == pytest.approx(
            548 / DAYS_PER_MONTH
        )
    other = cd.read_cohort(content, study=cohort.study.answered({asked.id: "another unit"}))
    assert other.extra_columns == ("Follow-up", "ward")


def test_an_exact_name_and_a_word_that_names_the_unit_are_not_asked_about() -> None:
    cohort = cd.read_cohort(table("follow_up_months,perianal,fu days", [12], [0, 1], [365]))
    assert cohort.questions == ()


@pytest.mark.parametrize(
    ("header", "cells", "other"),
    [
        ("CRP", [round(0.05 * i, 2) for i in range(1, 25)], "mg/dL"),
        ("Hb", [12.1, 13.5, 9.8, 11], "g/dL"),
        ("WBC", [7200, 9800, 4100], "/µL"),
        ("Albumin", [4.1, 3.8, 4.4], "g/dL"),
        ("platelets", [250000, 310000], "/µL"),
    ],
)
def test_values_that_look_like_another_unit_are_asked_about_where_the_header_states_none(
    header: str, cells: list[float], other: str
) -> None:
    content = table(f"{header},ward", cells, ["A", "B"])
    cohort = cd.read_cohort(content)
    (asked,) = cohort.questions
    assert f"look like {other}" in asked.text
    column = next(row.column for row in cohort.matching if row.header == header)
    assert cohort.patients[column].isna().all()
    assert not [fault for fault in cohort.faults if fault.row is not None]  # never one fault per cell
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: other}))
    assert told.patients[column].notna().all()


@pytest.mark.parametrize("header", ["crp_unit", "CRP unit", "Unit of CRP", "Einheit CRP", "CRP单位"])
def test_units_in_a_column_of_their_own(header: str) -> None:
    content = table(f"crp,{header}", [1.2, 12, 0.9], ["mg/dL", "mg/L", "mg dl-1"])
    cohort = cd.read_cohort(content)
    assert cohort.patients["crp_mg_per_l"][:3].tolist() == pytest.approx([12, 12, 9])
    assert cohort.questions == ()


def test_a_unit_beside_that_is_not_known_is_asked_about_once_and_an_empty_one_is_counted() -> None:
    content = table("follow_up,follow_up_unit", [12, 400, 2, 9], ["months", "d", "Monde", ""])
    cohort = cd.read_cohort(content)
    assert cohort.patients["follow_up_months"][:2].tolist() == pytest.approx([12, 400 / DAYS_PER_MONTH])
    assert cohort.patients["follow_up_months"][2:4].isna().all()
    (asked,) = cohort.questions
    assert "'Monde' is not known" in asked.text
    assert [fault.found for fault in cohort.faults if fault.severity == "error"] == [
        "6 × a value without its unit in follow_up_unit"
    ]
    told = cd.read_cohort(content, study=cohort.study.answered({asked.id: "months"}))
    assert told.patients["follow_up_months"][2] == 2


@pytest.mark.parametrize(
    ("header", "cells", "column", "values"),
    [
        ("age", ["33岁", "46 y", "59yrs", "18 months"], "age_years", [33, 46, 59, 1.5]),
        ("crp", ["12 mg/L", "1.2 mg/dL", "<5 mg/L", 7.5], "crp_mg_per_l", [12, 12, 2.5, 7.5]),
        ("follow_up_months", ["2 years 3 months", "1y6m", "2年3个月", "1 Jahr, 3 Monate"], "follow_up_months", [27, 18, 27, 15]),
        ("Follow-up", ["18 months", "2 years", "52 wks", "18 Monate"], "follow_up_months", [18, 24, 52 * WEEK, 18]),
        ("Hb (g/L)", ["125", "12.5 g/dl", "131 g/L", "13,1 g/dL"], "haemoglobin_g_per_l", [125, 125, 131, 131]),
    ],
)  # fmt: skip
def test_units_in_the_cell(header: str, cells: list[object], column: str, values: list[float]) -> None:
    cohort = cd.read_cohort(table(f"{header},ward", cells, ["A", "B"]))
    assert cohort.patients[column][:4].tolist() == pytest.approx(values)
    assert [one.id for one in cohort.questions] == []
    assert not [fault for fault in cohort.faults if fault.severity == "error"]


def test_of_a_time_without_a_unit_the_cells_that_state_one_are_read() -> None:
    cohort = cd.read_cohort(table("Follow-up,ward", ["18 months", "24", "2 fortnights"], ["A", "B"]))
    assert cohort.patients["follow_up_months"][0] == 18
    assert cohort.patients["follow_up_months"][1:3].isna().all()
    assert [one.id for one in cohort.questions] == ["unit:patients:Follow-up"]
    assert {fault.found for fault in cohort.faults if fault.severity == "error"} == {"2 fortnights"}


def test_choosing_a_column_keeps_the_unit_of_its_header() -> None:
    content = table("time_days,CRPx (mg/dL)", [365, 730], [1.2, 3.4])
    cohort = cd.read_cohort(content)
    chosen = corrected(cohort.matching, {1: ("follow_up_months", "", None), 2: ("crp_mg_per_l", "", None)}, {})
    told = cd.read_cohort(content, matching=chosen)
    assert told.patients["follow_up_months"][0] == pytest.approx(365 / DAYS_PER_MONTH)
    assert told.patients["crp_mg_per_l"][:2].tolist() == [12, 34]


@pytest.mark.parametrize(
    "headers",
    ["time,time_unit", "time_to_relapse,time_to_relapse_unit", "time to relapse,unit", "Zeit,Einheit", "duration,unit of time"],
)  # fmt: skip
def test_an_outcome_whose_unit_stands_beside_it_is_read_row_by_row(headers: str) -> None:
    cohort = cd.read_cohort(table(f"{headers},relapse", (365.25, 12, 1), ("days", "mo", "Jahre"), (0, 1), n=6))
    assert cohort.questions == ()
    assert cohort.patients["relapse_months"].tolist() == pytest.approx([12] * 6)


def test_a_time_without_its_unit_in_the_row_is_left_out_and_said() -> None:
    cohort = cd.read_cohort(table("time,time_unit,relapse", (365.25, 12), ("days", ""), (0, 1), n=4))
    assert cohort.patients["relapse_months"].isna().tolist() == [False, True, False, True]
    assert any("2 × a value without its unit in time_unit" in fault.found for fault in cohort.faults)


def test_bare_columns_of_units_are_each_of_the_column_to_the_left() -> None:
    cells = ((1.2, 12), ("mg/dL", "mg/L"), (4, 40), ("g/dL", "g/L"))
    cohort = cd.read_cohort(table("CRP,unit,Albumin,unit", *cells))
    assert set(cohort.patients["crp_mg_per_l"]) == {12.0}
    assert set(cohort.patients["albumin_g_per_l"]) == {40.0}


def test_a_column_called_unit_that_holds_wards_is_none_of_units() -> None:
    cohort = cd.read_cohort(table("CRP,unit", (12, 3, 40), ("ICU", "ward 3")))
    assert set(cohort.patients["crp_mg_per_l"]) == {12.0, 3.0, 40.0}
    assert cohort.questions == ()
