"""Laboratory values in a column by week: visits where the start is among them, a patient's own column where it is not."""

from __future__ import annotations

import json

import numpy as np
import pytest

import cdanalysis as cd
from cdanalysis.outcomes.markers import summaries
from cdanalysis.reading.headers.corrections import FURTHER
from cdanalysis.reading.headers.over_time.by_week import name_by_week
from cdanalysis.sections.survival.groups_section import group_options
from cdanalysis.settings import Settings

WEEKS = (0, 8, 24, 52)


def table(*names: str, n: int = 40) -> bytes:
    """n patients with a CDAI that falls and, in some, rises again; another column holds 30, 34, 38 of P3."""
    headers = [*(f"cdai_w{week}" for week in WEEKS), *names]
    course = ([300, 180, 120, 130], [300, 200, 140, 290], [310, 150, 100, 320])
    lines = [
        ",".join(
            [f"P{row}", *map(str, course[row % 3]), *(str(10 * row + (row + 1) * place) for place in range(len(names)))]
        )
        for row in range(n)
    ]
    return ("\n".join([",".join(["patient_id", *headers]), *lines])).encode()


def series(cohort: cd.Cohort, column: str, who: str = "P3") -> dict[float, float]:
    """Week -> value of one patient's visits."""
    own = cohort.visits[(cohort.visits["patient_id"] == who) & cohort.visits[column].notna()]
    return dict(zip(own["week"], own[column], strict=True))


@pytest.mark.parametrize(
    ("headers", "column"),
    [
        (("calprotectin_w0", "calprotectin_w8", "calprotectin_w24"), "calprotectin"),
        (("Faecal calprotectin", "FCP week 8", "Calprotectin W24"), "calprotectin"),
        (("Zonulin week 0 (ng/mL)", "Zonulin week 8 (ng/mL)", "Zonulin week 24 (ng/mL)"), "Zonulin (ng/mL)"),
        (("ferritin", "ferritin_w8", "ferritin_w24"), "ferritin"),
        (("ferritin baseline", "ferritin_w8", "ferritin_w24"), "ferritin"),
    ],
)
def test_a_measurement_with_a_value_at_the_start_is_followed_over_the_visits(
    headers: tuple[str, ...], column: str
) -> None:
    cohort = cd.read_cohort(table(*headers))
    found = series(cohort, column)
    assert {week: value for week, value in found.items() if week > 0} == {8: 34, 24: 38}
    assert cohort.baseline(column)["P3"] == 30
    code = "calprotectin" if column == "calprotectin" else column
    assert code in cohort.markers
    assert not {"calprotectin_w8", "FCP week 8", "ferritin_w8", "Zonulin week 8 (ng/mL)"} & set(cohort.markers)
    for kind, value in (("landmark", 38), ("highest", 38), ("mean", 34), ("change", 8)):
        settings = Settings(survival_group=f"{code}@{kind}")
        made = cohort.summarised(settings)
        assert made.baseline(made.marker(f"{code}@{kind}").column)["P3"] == value


def test_of_another_unit_the_values_are_those_of_the_dictionary() -> None:
    head = b"patient_id,cdai_w0,cdai_w24,albumin_w0 (g/dL),albumin_w24 (g/dL)\n"
    held = cd.read_cohort(head + b"A,300,100,4.1,4.4\nB,310,90,3.8,4\n")
    assert series(held, "albumin_g_per_l", "A") == {0: 41, 24: 44}


@pytest.mark.parametrize(
    "headers",
    [
        ("zonulin_w8", "zonulin_w24"),  # none at the start
        ("zonulin_w0",),  # none later
        ("zonulin_w0", "zonulin week 0"),  # the start twice
    ],
)
def test_what_has_no_baseline_or_no_later_value_stays_a_column_of_the_patients(headers: tuple[str, ...]) -> None:
    cohort = cd.read_cohort(table(*headers))
    assert set(headers) <= set(cohort.markers)
    assert not cohort.visit_columns


def test_yes_and_no_at_each_week_is_no_measurement_nor_is_a_text() -> None:
    rows = [f"P{row},{row % 2},{(row + 1) % 2},{'mild' if row % 2 else 'severe'},severe" for row in range(20)]
    text = "\n".join(["patient_id,fistula_drained_w0,fistula_drained_w8,pain_w0,pain_w8", *rows])
    cohort = cd.read_cohort(text.encode())
    assert not cohort.visit_columns
    assert {"fistula_drained_w8", "pain_w8"} <= set(cohort.extra_columns)


def test_a_study_file_reads_it_alike_and_a_reader_may_keep_a_column_as_the_patients() -> None:
    content = table("zonulin_w0", "zonulin_w8")
    first = cd.read_cohort(content)
    again = cd.read_cohort(content, study=cd.Study.from_json(first.study.to_json()))
    assert again.visit_columns == first.visit_columns == ("zonulin",)
    assert {name_by_week(row) for row in first.matching} == {"", "zonulin"}
    told = json.loads(first.study.to_json())
    told["matching"]["columns"].append(
        {"sheet": "patients", "header": "zonulin_w8", "column": FURTHER, "unit": "", "week": None}
    )
    own = cd.read_cohort(content, study=cd.Study.from_json(json.dumps(told)))
    assert "zonulin_w8" in own.markers
    assert not own.visit_columns  # one column alone is no series


def test_groups_by_a_summary_are_offered_and_made_without_a_handle_on_it() -> None:
    cohort, settings = cd.demo_cohort(), Settings()
    offered = group_options(cohort, settings)
    assert offered["crp@landmark"] == "CRP at week 24"
    assert offered["esr@highest"] == "Highest ESR up to week 24"
    chosen = Settings(survival_group="esr@highest")
    found = cd.analyses.survival(cohort, chosen)
    assert found.group_label == "Highest ESR up to week 24"
    under = cd.analyses.survival(cohort, Settings(handles="esr@highest", survival_group="esr@highest"))
    assert found.logrank == under.logrank
    assert [curve.n for curve in found.kaplan_meier.curves] == [curve.n for curve in under.kaplan_meier.curves]
    assert sum(curve.n for curve in found.kaplan_meier.curves) == 98
    assert np.isfinite(found.logrank.p_value)


def test_no_summary_makes_groups_where_its_values_would_be_of_the_future() -> None:
    settings = Settings(outcome="adverse_event")
    offered = group_options(cd.demo_cohort(), settings)
    assert offered
    assert not [code for code in offered if "@" in code]
    assert summaries.not_before(cd.demo_cohort(), settings)
