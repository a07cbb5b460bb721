"""Patients over time: states at the visits and the moves between them; lanes of a swimmer plot."""

from __future__ import annotations

import pytest
from meaning.ascii_cohort import draw_cohort

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.response.over_time import analysis as lines
from cdanalysis.sections.response.over_time.figures import courses_over_time
from cdanalysis.sections.response.over_time.section import lines_note, over_time_alt
from cdanalysis.sections.response.states.figures import alluvial
from cdanalysis.sections.response.states.section import states_alt, states_sentence
from cdanalysis.sections.response.tables import means_by_week
from cdanalysis.sections.survival.each_patient import analysis as module
from cdanalysis.sections.survival.each_patient.figures import swimmer
from cdanalysis.sections.survival.each_patient.section import drawn_note, lanes_alt

# A reaches remission and keeps it, B responds and is not seen, C stays active, D has no visit at week 24 but is followed.
COURSES = """
    patient | day | cdai | event
    --------+-----+------+------
    A       |   0 |  300 |
    A       |  84 |  120 |
    A       | 168 |  110 |
    B       |   0 |  350 |
    B       |  84 |  200 |
    C       |   0 |  300 |
    C       |  84 |  290 |
    C       | 168 |  280 |
    D       |   0 |  300 |
    D       |  84 |  100 |
    D       | 300 |  310 | abscess
"""


def test_each_patient_is_in_one_state_at_each_week_and_the_moves_add_up() -> None:
    found = cd.analyses.states(draw_cohort(COURSES), cd.Settings())
    assert found.weeks[:3] == (0, 12, 24)
    assert found.counts[1] == {"remission": 2, "response without remission": 1, "active": 1}
    assert found.counts[2] == {"remission": 1, "active": 1, "no visit": 2}
    assert found.moves[1] == {
        ("remission", "remission"): 1,
        ("response without remission", "no visit"): 1,
        ("active", "active"): 1,
        ("remission", "no visit"): 1,
    }
    whole = cd.analyses.states(cd.demo_cohort(), cd.Settings())
    assert all(sum(at.values()) == 122 for at in (*whole.counts, *whole.moves))
    assert whole.counts[-1]["follow-up ended"] == 63
    assert "86 remission" in states_alt(whole)
    assert states_sentence(whole).startswith("Of 122 patients, 53 were seen at week 156")


def test_each_patient_has_a_line_and_each_group_its_mean_of_those_measured() -> None:
    """A responds at week 24, C does not, B and D were not seen then: means of two, and of one without an interval."""
    found = cd.analyses.over_time(draw_cohort(COURSES), cd.Settings(missing_visits="observed"))
    assert found.weeks[:3] == (0, 12, 24)
    responded, active, unseen = found.groups
    assert [one.label for one in found.groups] == [
        "Response at week 24", "No response at week 24", "Not seen at week 24",
    ]  # fmt: skip
    assert responded.values[0, :3].tolist() == [300, 120, 110]
    assert active.values[0, :3].tolist() == [300, 290, 280]
    assert unseen.n[:3] == (2, 2, 0)
    mean = unseen.means[0]  # 300 and 350: 325, 12.706 times 35.355 over the root of 2
    assert (mean.value, mean.upper) == pytest.approx((325, 325 + 12.7062 * 25), abs=1e-3)
    assert responded.means[0].upper != responded.means[0].upper
    shown = means_by_week(found, 0.95)
    assert shown.iloc[0].tolist() == ["Response at week 24", "Baseline", 1, "300.0"]
    assert "Not seen at week 24, 2 patients: mean 325.0 of 2 and mean 150.0 of 2." in over_time_alt(found)
    drawing = courses_over_time(found, "")["data"]
    width = len(found.weeks) + 1
    assert drawing[0]["y"][:3] == [300, 120, 110]
    assert drawing[2]["y"][:3] == [350, 200, None]
    assert all(
        one["y"][width - 1 :: width] == [None] * (len(one["y"]) // width) for one in drawing[:3]
    )  # no line to the next
    assert drawing[5]["text"] == ["2 patients", "2 patients"]
    assert "customdata" not in drawing[5]  # a click on a mean is a click on nobody


def test_who_responded_is_grouped_as_the_curves_take_responders_and_any_column_of_the_visits_has_lines() -> None:
    cohort, settings = cd.demo_cohort(), cd.Settings()
    found = cd.analyses.over_time(cohort, settings, "crp_mg_per_l")
    assert found.label == "CRP"
    assert len(found.groups[0].values) == 98
    assert sum(len(one.values) for one in found.groups) == len(cohort.patients)
    assert cd.analyses.over_time(cohort, settings, "no such column").column == "cdai_points"
    flat = cd.read_cohort(b"id,relapse_months,relapse_event\nA,3,1\nB,4,0\n")
    assert "no visits" in cd.analyses.over_time(flat, settings).reason


def test_of_a_register_some_patients_have_lines_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    found = cd.analyses.over_time(cd.demo_cohort(), cd.Settings())
    assert not lines_note(found)
    monkeypatch.setattr(lines, "MOST_LINES", 50)
    fewer = cd.analyses.over_time(cd.demo_cohort(), cd.Settings())
    assert [one.drawn.tolist()[:3] for one in fewer.groups[:1]] == [[0, 3, 6]]
    assert lines_note(fewer) == "A line for 41 of 122 patients, evenly taken; the means are of all."
    first = courses_over_time(fewer, "")["data"][0]
    assert first["y"].count(None) >= len(fewer.groups[0].drawn)
    assert len(first["x"]) == len(first["y"]) == len(fewer.groups[0].drawn) * (len(fewer.weeks) + 1)


def test_the_ribbons_are_as_wide_as_the_patients_they_stand_for() -> None:
    found = cd.analyses.states(cd.demo_cohort(), cd.Settings())
    data = alluvial(found, "")["data"]
    ribbons = [trace for trace in data if trace.get("fill") == "toself"]
    assert len(ribbons) == sum(len(moves) for moves in found.moves)
    first = ribbons[0]
    assert max(first["y"][-1] - first["y"][0], 0) == pytest.approx(float(first["text"].split(":")[0]))
    assert sum(sum(trace["y"]) for trace in data if trace["type"] == "bar") == 122 * len(found.weeks)


def test_a_lane_ends_where_the_endpoint_does_and_names_no_patient() -> None:
    cohort, settings = cd.demo_cohort(), cd.Settings(survival_group="crp")
    found = cd.analyses.each_patient(cohort, settings)
    assert sorted(lane.months for lane in found.lanes) == pytest.approx(
        sorted(cd.analyses.predictors(cohort, settings).endpoint.patients["time_months"])
    )
    assert sum(lane.event for lane in found.lanes) == 22
    assert [lane.group for lane in found.lanes] == sorted(
        (lane.group for lane in found.lanes), reverse=True
    )  # below first
    figure = swimmer(found, "")
    assert "SYN-" not in str(figure)
    assert "22 relapses" in lanes_alt(found)
    assert drawn_note(found) == ""


def test_of_many_some_are_drawn_and_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_LANES", 20)
    found = cd.analyses.each_patient(cd.demo_cohort(), cd.Settings())
    assert len(found.lanes) == 20
    assert drawn_note(found).startswith("20 of 98 patients are drawn")


@pytest.mark.parametrize(
    "choices",
    [{"clock": "late-entry"}, {"horizon_months": 0.1}, {"outcome": "adverse_event", "survival_group": "location"},
     {"clock": "naive"}, {"survival_group": "relapse"}],
)  # fmt: skip
def test_the_worst_positions_are_a_reason_or_a_figure(choices: dict[str, object]) -> None:
    found = cd.analyses.each_patient(cd.demo_cohort(), cd.Settings(**choices))
    assert found.reason if isinstance(found, NotEstimable) else swimmer(found, "")["data"]


def test_a_file_with_times_only_has_lanes_too() -> None:
    stated = cd.read_cohort(b"id,relapse_months,relapse_event,crp\nA,5,1,9\nB,7,0,3\n")
    found = cd.analyses.each_patient(stated, cd.Settings())
    assert [(lane.months, lane.event) for lane in found.lanes] == [(5, True), (7, False)]
    assert "no visits with a CDAI" in cd.analyses.states(stated, cd.Settings()).reason
