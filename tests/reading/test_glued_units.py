"""A unit that is glued to its name, and the word for a visit beside the week of a measurement."""

from __future__ import annotations

import pytest

from cdanalysis.reading.headers.matching import match_headers
from cdanalysis.reading.headers.rows import MatchRow
from cdanalysis.reading.outcomes.headers.headers import said_by
from cdanalysis.units import DAYS_PER_MONTH


def matched(header: str) -> MatchRow:
    return match_headers("patients", [header], flat=True)[0]


@pytest.mark.parametrize(
    ("header", "column", "factor"),
    [
        ("CRPmgL", "crp_mg_per_l", 1),
        ("crp_mgl", "crp_mg_per_l", 1),
        ("CRPmgdL", "crp_mg_per_l", 10),
        ("crp_mgL_baseline", "crp_mg_per_l", 1),
        ("Hb_gdl", "haemoglobin_g_per_l", 10),
        ("HbgdL", "haemoglobin_g_per_l", 10),
        ("FCPugg", "calprotectin", 1),
        ("FC_ug_g", "calprotectin", 1),
        ("fuDays", "follow_up_months", 1 / DAYS_PER_MONTH),
        ("FUmonths", "follow_up_months", 1),
        ("PatientenID", "patient_id", 1),
    ],
)
def test_a_glued_unit_is_the_unit(header: str, column: str, factor: float) -> None:
    found = matched(header)
    assert (found.column, found.factor) == (column, pytest.approx(factor))


@pytest.mark.parametrize("header", ["birthdays", "holidays", "FC", "weekdays", "calp"])
def test_a_word_that_only_ends_like_a_unit_is_none(header: str) -> None:
    assert not matched(header).column
    assert said_by(header).role != "months" or not said_by(header).unit


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("survdays", "days"),
        ("osmonths", "months"),
        ("PFSMonths", "months"),
        ("TimeMonths", "months"),
    ],
)
def test_a_glued_unit_of_a_time_is_said(header: str, unit: str) -> None:
    assert said_by(header).role == "months"
    assert said_by(header).unit == unit


@pytest.mark.parametrize(
    "header",
    [
        "CDAI visita sett. 8",
        "CDAI Besuch Woche 8",
        "CDAI visite sem. 8",
        "CDAI visita semana 8",
        "CDAI consulta sem. 8",
        "CDAI bezoek week 8",
        "CDAI 访视 第8周",
        "CDAI visit wk. 8",
        "cdai_visit_w8",
        "CDAI a 8 settimane",
        "CDAI contrôle semaine 8",
    ],
)
def test_the_word_for_a_visit_says_nothing_more_than_its_week(header: str) -> None:
    assert (matched(header).column, matched(header).week) == ("cdai_points", 8)
