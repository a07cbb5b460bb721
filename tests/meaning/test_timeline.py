"""One patient's timeline: every dated thing in order, the outcome on its clock, the ends with their reasons."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.blocks import Figure
from cdanalysis.sections.recall import direct
from cdanalysis.sections.response import tables
from cdanalysis.sections.response.over_time import section as over_time
from cdanalysis.sections.response.timeline import figures, section
from cdanalysis.sections.response.timeline.analysis import Timeline
from cdanalysis.sections.survival.each_patient import section as each_patient
from cdanalysis.units import DAYS_PER_MONTH

# A keeps a response until an abscess, B never responds and is seen last on day 168.
COURSES = """
    patient | day | cdai | event
    --------+-----+------+------
    A       |   0 |  300 |
    A       | 168 |  110 |
    A       | 260 |      | abscess
    A       | 700 |      | end
    B       |   0 |  350 |
    B       | 168 |  340 |
    B       | 180 |      | end
"""


def drawn() -> cd.Cohort:
    cohort = draw_cohort(COURSES)
    patients = cohort.patients.assign(combination_end_days=[262.0, np.nan], combination_end_reason=["relapse", None])
    adverse = pd.DataFrame({"patient_id": ["A", "A"], "days": [30.0, 40.0], "term": ["rash", "nausea"],
                            "action": ["none", "stopped_aza"]})  # fmt: skip
    seen = pd.DataFrame({
        "patient_id": ["A", "B"], "days": [100.0, 5.0], "cdeis_points": [4.5, 9.0], "rutgeerts_score": [2.0, np.nan],
        "rutgeerts_i2b": [False, None], "ses_cd_points": np.nan, "ulceration": [True, False],
    })  # fmt: skip
    events = cohort.events.assign(cd_related=False)
    return replace(cohort, patients=patients, adverse_events=adverse, endoscopy=seen, events=events)


def of(patient_id: str, cohort: cd.Cohort | None = None, settings: cd.Settings | None = None) -> Timeline:
    found = cd.analyses.timeline(cohort or drawn(), settings or cd.Settings(), patient_id)
    assert not isinstance(found, NotEstimable)
    return found


def test_everything_dated_of_one_patient_stands_in_order_of_day() -> None:
    shown = tables.entries(of("A"))
    assert shown[["Day", "What", "Details"]].values.tolist() == [
        ["0", "Visit", "CDAI 300 points"],
        ["30", "Adverse event", "rash"],
        ["40", "Adverse event", "nausea, stopped aza"],
        ["100", "Endoscopy", "CDEIS 4.5, Rutgeerts i2a, ulceration"],
        ["168", "Visit", "CDAI 110 points"],
        ["260", "Abscess", "not related to the disease"],
        ["260", "Relapse", "abscess"],
        ["262", "Therapy ends", "relapse"],
        ["700", "Follow-up ends", ""],
    ]
    assert shown["Month"].iloc[-1] == "23.0"


def test_the_outcome_runs_from_its_time_zero_to_its_end_and_who_is_not_analysed_has_a_reason() -> None:
    found = of("A")
    assert found.observed is not None
    assert (found.observed.start, found.observed.stop) == pytest.approx((168, 260))
    assert section.told(found, "Patient 1") == (
        "Patient 1: 2 visits; CDAI from 300 to 110. Observed for relapse from month 5.5 to month 8.5, when it came "
        "(abscess). Therapy ends in month 8.6 (relapse). Follow-up ends in month 23.0."
    )
    other = of("B")
    assert other.observed is None
    assert "Not on the clock of relapse: no response at week 24." in section.told(other, "Patient 2")
    assert "Therapy" not in section.told(other, "Patient 2")
    assert tables.entries(other)["Details"].tolist()[1] == "CDEIS 9, no ulceration"


def test_an_end_that_the_file_does_not_state_is_said_to_be_the_last_entry() -> None:
    cohort = drawn()
    found = of("B", replace(cohort, patients=cohort.patients.assign(follow_up_days=np.nan)))
    assert (found.entries[-1].day, found.entries[-1].told) == (168, "the last dated entry; the file states no end")


def test_a_file_with_times_only_has_a_timeline_on_its_own_clock() -> None:
    stated = cd.read_cohort(b"id,death_months,death_event,crp\nA,5,1,9\nB,7,0,3\n")
    found = of("A", stated, cd.Settings(outcome="death"))
    assert found.origin == "the start of follow-up"
    assert [(entry.what, round(entry.day / DAYS_PER_MONTH, 6)) for entry in found.entries] == [("Outcome", 5)]
    assert figures.drawn(found, "Patient 1", "")["data"]
    assert "it had not come (last follow-up)" in section.told(
        of("B", stated, cd.Settings(outcome="death")), "Patient 2"
    )


def test_a_stated_outcome_beside_visits_is_not_put_on_their_clock() -> None:
    """Its time zero is the file's own, which need not be the day from which the visits are counted."""
    wide = b"id,death_months,death_event,cdai,cdai_week_24\nA,5,1,300,100\nB,7,0,310,120\n"
    found = of("A", cd.read_cohort(wide), cd.Settings(outcome="death"))
    assert found.observed is None
    assert "death after 5.0 months from the start of follow-up" in section.told(found, "Patient 1")


def test_the_figure_has_a_panel_a_measurement_and_bars_as_long_as_the_record() -> None:
    cohort = cd.demo_cohort()
    found = of("SYN-004", cohort)
    assert found.measured[0].label == "CDAI"
    assert "6-TGN" not in [one.label for one in found.measured]  # measured before therapy only: it has no day here
    figure = figures.drawn(found, "Patient 4", "")
    bars = {trace["name"]: (trace["base"][0], trace["base"][0] + trace["x"][0]) for trace in figure["data"]
            if trace["type"] == "bar"}  # fmt: skip
    assert bars["Therapy"] == pytest.approx((0, 318 / DAYS_PER_MONTH))
    assert bars["Observed"] == pytest.approx((168 / DAYS_PER_MONTH, 311 / DAYS_PER_MONTH))
    assert {f"yaxis{place}" for place in range(2, 2 + len(found.measured))} <= set(figure["layout"])
    domains = [figure["layout"][name]["domain"] for name in figure["layout"] if name.startswith("yaxis")]
    assert all(low < high for low, high in domains)
    assert sorted(domains, reverse=True) == domains  # from above, none in another
    assert all(lower[1] <= upper[0] for upper, lower in zip(domains, domains[1:], strict=False))
    assert "SYN-" not in str(figure) + str(found)


@pytest.mark.parametrize("settings", [cd.Settings(), cd.Settings(survival_group="crp")])
def test_a_number_in_the_swimmer_plot_opens_the_patient_of_that_lane(settings: cd.Settings) -> None:
    cohort = cd.demo_cohort()
    figure, *_, choose = each_patient.view(cohort, settings, direct)
    assert isinstance(figure, Figure)
    assert figure.chooses == choose.id
    lanes = cd.analyses.each_patient(cohort, settings)
    for number in (1, 40, 98):
        months = lanes.lanes[number - 1].months
        observed = of(lanes.patient_ids[number - 1], cohort, settings).observed
        assert (observed.stop - observed.start) / DAYS_PER_MONTH == pytest.approx(months)
        assert f"Patient {number}: " in next(iter(choose.blocks(number))).text
    whole = next(trace for trace in figure.spec["data"] if trace["type"] == "bar")
    assert whole["customdata"] == whole["y"] == list(choose.options) == list(range(1, 99))
    marks = [trace for trace in figure.spec["data"] if trace.get("mode") == "markers"]
    assert all(trace["customdata"] == trace["y"] for trace in marks)


def test_a_number_among_the_lines_over_time_opens_the_patient_of_that_line() -> None:
    cohort, settings = cd.demo_cohort(), cd.Settings()
    (chosen,) = over_time.view(cohort, settings, direct).blocks
    figure, *_, choose = chosen.blocks("cdai_points")
    assert figure.chooses == choose.id
    lines = [trace for trace in figure.spec["data"] if "customdata" in trace]
    drawn_of = {
        number: value
        for trace in lines
        for number, week, value in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
        if week == 0
    }
    assert list(drawn_of) == list(choose.options)
    groups = cd.analyses.over_time(cohort, settings, "cdai_points").groups
    ids = [one for group in groups for one in group.patient_ids]
    for number in (1, 99, len(ids)):
        assert of(ids[number - 1], cohort).measured[0].values[0] == drawn_of[number]
