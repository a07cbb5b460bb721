"""The qualification of an installation: it holds here, and says so where something does not."""

from __future__ import annotations

import re

import pytest

from cdanalysis.report import qualification
from cdanalysis.report.qualification import Check, study_checks, written


def test_this_installation_computes_the_bundled_study() -> None:
    checks = list(study_checks())
    assert len(checks) == 3 + qualification.N_EQUAL
    assert [one for one in checks if not one.passed] == []


def test_another_cohort_file_does_not_qualify(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qualification, "COHORT_SHA256", "0" * 64)
    assert [one.requirement for one in study_checks() if not one.passed] == ["The bundled cohort is the released one"]


def test_the_report_says_what_is_installed_and_what_does_not_hold() -> None:
    checks = [Check("One | two", "by hand", "1", "1", True), Check("Three", "by hand", "3", "4", False)]
    text = written(checks, "2026-11-27", (("Lock of the packages", "none"),))
    assert "**NOT QUALIFIED: 1 of the requirements do not hold** (2 checked)." in text
    assert text.index("## What does not hold") < text.index("## Each requirement")
    assert "| Three | by hand | 3 | 4 | DOES NOT HOLD |" in text
    assert "One \\| two" in text
    assert re.search(r"\| Program, SHA-256 of its source \| [0-9a-f]{64} \|", text)
    assert re.search(r"\| numpy \| \d+\.\d+", text)
    assert "2026-11-27" in text
    assert "QUALIFIED: every requirement holds" in written(checks[:1], "2026-11-27")
