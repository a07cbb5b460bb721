"""Cells that say only that a value lies beyond a limit: said beside a cut-off that the limit hides, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.outcomes.markers.of_cohort import limits
from cdanalysis.results import Caution, Fault, Limit
from cdanalysis.sections.baseline.section import section as baseline
from cdanalysis.sections.predictors.section import section
from cdanalysis.sections.recall import direct
from cdanalysis.sections.survival.competing.section import view as competing
from cdanalysis.sections.survival.recurrent.section import view as recurrent
from cdanalysis.sections.survival.section import section as survival
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.cutoff_origin import limits_note

BELOW, ABOVE = Limit(True, 10.0, 5.0, 12), Limit(False, 450.0, 450.0, 1)


def cohort(header: str, *odd: str) -> Cohort:
    """60 patients, the odd cells first, then plain ones from 1 on in steps of 0.5."""
    cells = [*odd, *(f"{1 + 0.5 * place:g}" for place in range(60 - len(odd)))]
    lines = [f"P{place},{cell},{3 + place % 31},{int(place % 3 == 0)}" for place, cell in enumerate(cells)]
    text = "\n".join([f"patient_id,{header},relapse_months,relapse", *lines])
    return cd.read_cohort(text.encode(), file_name="own.csv")


def told(of: Cohort, settings: Settings, page: Any = section) -> list[str]:
    """The cautions about limits of detection on a page."""

    def walk(blocks: Any) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Caution) and block.kind == "limits of detection":
                yield str(block)
            for inside in getattr(block, "columns", ()) if not isinstance(block, Caution) else ():
                yield from walk(inside() if callable(inside) else inside)

    return list(walk(page(of, settings, direct)))


@pytest.mark.parametrize(("limit", "cutoff", "hidden"), [
    (BELOW, 9.9, True), (BELOW, 10.0, False), (BELOW, 0.1, True), (BELOW, 40.0, False),
    (ABOVE, 449.0, False), (ABOVE, 450.0, True), (ABOVE, 500.0, True),
])  # fmt: skip
def test_a_limit_hides_the_cut_offs_beyond_it(limit: Limit, cutoff: float, hidden: bool) -> None:
    assert limit.hides(cutoff) is hidden


def test_a_column_knows_its_limits_in_its_own_unit() -> None:
    found = cohort("CRP (mg/dL)", "<1", "<1", "<0.5", ">30")
    assert limits(found, found.marker("crp")) == (
        Limit(True, 10.0, 5.0, 2),
        Limit(True, 5.0, 2.5, 1),
        Limit(False, 300.0, 300.0, 1),
    )
    assert found.patients["crp_mg_per_l"].head(4).tolist() == [5.0, 5.0, 2.5, 300.0]


def test_the_cut_off_that_a_limit_hides_says_so_and_another_does_not() -> None:
    found = cohort("crp_mg_per_l", "<10", "<10", "<10")
    settings = Settings()
    assert told(found, settings.with_cutoff("crp", 10.0, ">")) == []
    assert told(found, settings.with_cutoff("crp", 4.0, ">")) == [
        "On which side of 4 mg/L some values of CRP lie is not known: 3 cells say only below 10 mg/L (counted as 5)."
    ]


def test_groups_by_the_marker_say_so_wherever_they_are_shown_and_of_a_second_cut_off_too() -> None:
    found = cohort("crp_mg_per_l", "<10", "<10", "<10")
    by_crp = Settings(survival_group="crp", baseline_group="crp").with_cutoff("crp", 20.0, ">")
    says = (
        "On which side of {} mg/L some values of CRP lie is not known: 3 cells say only below 10 mg/L (counted as 5)."
    )
    for page in (survival, baseline):
        assert told(found, by_crp, page) == []
        assert told(found, by_crp.with_cutoff("crp", 4.0, ">"), page) == [says.format(4)]
        assert (
            told(found, replace(by_crp.with_cutoff("crp", 4.0, ">"), survival_group="", baseline_group=""), page) == []
        )
    assert told(found, by_crp.with_second_cutoff("crp", 6.0), survival) == [says.format(6)]


def test_events_that_compete_or_come_again_say_so_of_their_groups() -> None:
    study = cd.demo_cohort()
    limited = replace(study, faults=(Fault("patients", 3, "crp_mg_per_l", "<12", "a number", "warning", (BELOW,)),))
    by_crp = Settings(survival_group="crp", outcome="adverse_event").with_cutoff("crp", 8.0, ">")
    for page, of in ((recurrent, by_crp), (competing, replace(by_crp, outcome="relapse", competing_event="surgery"))):
        assert told(study, of, page) == []
        assert [one.partition(":")[0] for one in told(limited, of, page)] == [
            "On which side of 8 mg/L some values of CRP lie is not known"
        ]


def test_a_further_column_says_so_too() -> None:
    found = cohort("zonulin", ">25", *(f"{20 + place / 10:g}" for place in range(40)))
    code = found.markers[0]
    assert limits(found, found.marker(code)) == (Limit(False, 25.0, 25.0, 1),)
    said = told(found, Settings(handles=code).with_cutoff(code, 25.0, ">"))
    assert said == [
        "On which side of 25 some values of zonulin lie is not known: 1 cell says only above 25 (counted as 25)."
    ]
    assert told(found, Settings(handles=code).with_cutoff(code, 21.0, ">")) == []


def test_a_summary_has_the_limits_of_what_it_is_made_of_and_a_change_none() -> None:
    found = cohort("crp_mg_per_l", "<10")
    crp = found.marker("crp")
    assert limits(found, crp) == (Limit(True, 10.0, 5.0, 1),)
    assert limits(found, summary("crp@landmark")) == (Limit(True, 10.0, 5.0, 1),)
    assert limits(found, summary("crp@change")) == ()


def summary(code: str) -> Any:
    """A marker of that code and of a column of its own, as a summary has."""
    return replace(next(iter(MARKERS.values())), code=code, column=code)


def test_without_a_hidden_cut_off_nothing_is_said() -> None:
    crp = next(iter(MARKERS.values()))
    assert limits_note(crp, 10.0, [BELOW, ABOVE]) == ""
    assert limits_note(crp, 450.0, [BELOW, ABOVE]).endswith("1 cell says only above 450 mg/L (counted as 450).")
