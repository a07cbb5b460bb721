"""Which visit is the relapse: each rule on courses drawn as tables, at its boundaries."""

from __future__ import annotations

import pandas as pd
import pytest
from meaning.ascii_cohort import draw_cohort, parse_table

from cdanalysis import analyses
from cdanalysis.demo import demo_cohort
from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.outcomes import endpoints
from cdanalysis.outcomes.definitions import Visit, in_remission, responded
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.settings import CHOICES
from cdanalysis.units import DAYS_PER_MONTH

INDUCED = """
    patient | day | cdai | event
    --------+-----+------+------
    A       |   0 |  300 |
    A       | 168 |  100 |
"""


def ends(drawing: str, **choices: object) -> dict[str, tuple[float, str]]:
    """Day since therapy and reason of each analysed patient's end."""
    found = endpoints.relapse(draw_cohort(drawing), Settings(**choices))
    assert not isinstance(found, NotEstimable), found
    start = 168 if choices.get("clock", "landmark") == "landmark" else 0
    return {
        row.patient_id: (round(row.time_months * DAYS_PER_MONTH + start, 6), row.ended_by)
        for row in found.patients.itertuples()
    }


def test_a_drawing_is_read_as_it_stands() -> None:
    assert parse_table(INDUCED)[1] == {"patient": "A", "day": "168", "cdai": "100", "event": ""}
    assert draw_cohort(INDUCED).visits["cdai_points"].tolist() == [300, 100]


def test_every_relapse_definition_of_the_settings_has_a_rule_with_a_citation() -> None:
    for code in CHOICES["relapse_definition"]:
        rule = Settings(relapse_definition=code).relapse_rule
        assert rule.code == code
        assert rule.citation
    assert {rule.code for index in INDICES.values() for rule in index.relapse} | {"custom"} == set(
        CHOICES["relapse_definition"]
    )


@pytest.mark.parametrize(
    ("cdai", "baseline", "strict", "inclusive"),
    [(149, 220, True, True), (150, 300, False, True), (151, 300, False, False), (149, 219, False, True),
     (149, 218, False, False), (140, 210, False, True), (140, 211, True, True)],
)  # fmt: skip
def test_remission_needs_a_level_and_a_fall(cdai: float, baseline: float, strict: bool, inclusive: bool) -> None:
    assert in_remission(Visit(168, cdai), baseline, Settings()) is strict
    assert in_remission(Visit(168, cdai), baseline, Settings(boundary="inclusive")) is inclusive


@pytest.mark.parametrize(
    ("fall", "study", "inclusive", "fall_100"),
    [(69, 0, 0, 0), (70, 0, 1, 0), (71, 1, 1, 0), (100, 1, 1, 0), (101, 1, 1, 1)],
)
def test_response_is_a_fall(fall: float, study: int, inclusive: int, fall_100: int) -> None:
    assert responded(Visit(168, 300 - fall), 300, Settings()) is bool(study)
    assert responded(Visit(168, 300 - fall), 300, Settings(boundary="inclusive")) is bool(inclusive)
    assert responded(Visit(168, 300 - fall), 300, Settings(response_definition="fall-100")) is bool(fall_100)


def test_response_without_remission_leaves_out_who_is_in_remission() -> None:
    choice = Settings(response_definition="without-remission")
    assert responded(Visit(168, 160), 300, choice)
    assert not responded(Visit(168, 140), 300, choice)


@pytest.mark.parametrize(
    ("week_24", "later", "relapse"),
    [(80, 150, False), (80, 151, True), (81, 151, False), (100, 169, False), (100, 170, False), (100, 171, True)],
)
def test_relapse_needs_a_level_and_a_rise_over_week_24(week_24: int, later: int, relapse: bool) -> None:
    drawing = f"""
        patient | day | cdai
        A       |   0 |  300
        A       | 168 |  {week_24}
        A       | 300 |  {later}
    """
    assert ends(drawing) == {"A": (300, "CDAI relapse") if relapse else (1000, "last follow-up")}


def test_an_inclusive_boundary_counts_150_and_70_themselves() -> None:
    drawing = """
        patient | day | cdai
        A       |   0 |  300
        A       | 168 |   80
        A       | 300 |  150   # at 150, risen by exactly 70
    """
    assert ends(drawing)["A"] == (1000, "last follow-up")
    assert ends(drawing, boundary="inclusive")["A"] == (300, "CDAI relapse")


REFERENCES = """
    patient | day | cdai
    A       |   0 |  300
    A       | 168 |  130
    A       | 200 |   70
    A       | 300 |  155   # 25 over week 24, 85 over the lowest, 85 over the previous
    A       | 400 |  210   # 80 over week 24, 55 over the previous
    A       | 500 |  282   # 72 over the previous
"""


@pytest.mark.parametrize(("reference", "day"), [("landmark", 400), ("lowest", 300), ("previous", 300)])
def test_the_reference_of_the_rise_is_switchable(reference: str, day: int) -> None:
    assert ends(REFERENCES, relapse_reference=reference)["A"][0] == day


def test_the_previous_visit_is_the_one_just_before() -> None:
    drawing = REFERENCES.replace("200 |   70", "200 |  120")
    assert ends(drawing, relapse_reference="previous")["A"][0] == 500


PRESETS = """
    patient | day | cdai | event
    A       |   0 |  300 |
    A       | 168 |  100 |
    A       | 200 |  180 |   # risen by 80
    A       | 250 |      | abscess
    A       | 300 |  215 |   # risen by 115
    A       | 400 |  221 |
"""


@pytest.mark.parametrize(
    ("definition", "end"),
    [("study", (200, "CDAI relapse")), ("rise-100", (250, "abscess")), ("above-220", (250, "abscess")),
     ("objective", (250, "abscess")), ("cdai", (200, "CDAI relapse"))],
)  # fmt: skip
def test_each_preset_finds_its_own_relapse(definition: str, end: tuple[float, str]) -> None:
    assert ends(PRESETS, relapse_definition=definition)["A"] == end


def test_an_own_rule_uses_its_own_level_and_rise() -> None:
    own = {"relapse_definition": "custom", "relapse_above_points": 210.0, "relapse_rise_points": 110.0}
    without_event = "\n".join(line for line in PRESETS.splitlines() if "abscess" not in line)
    assert ends(without_event, **own)["A"] == (300, "CDAI relapse")
    assert ends(without_event, relapse_definition="above-220")["A"] == (400, "CDAI relapse")


def test_on_one_day_an_event_comes_before_a_censoring_and_after_it_nothing_counts() -> None:
    drawing = """
        patient | day | cdai | event
        A       |   0 |  300 |
        A       | 168 |  100 |
        A       | 400 |  260 |
        A       | 400 |      | end of follow-up
        B       |   0 |  300 |
        B       | 168 |  100 |
        B       | 401 |  260 |
        B       | 400 |      | end of follow-up
        C       |   0 |  300 |
        C       | 168 |  100 |
        C       | 300 |      | hospitalization   # not a relapse by itself
        C       | 350 |      | death
        C       | 360 |  260 |
    """
    assert ends(drawing) == {"A": (400, "CDAI relapse"), "B": (400, "last follow-up"), "C": (350, "death")}


def test_events_before_the_landmark_do_not_count_and_a_visit_without_cdai_is_nothing() -> None:
    drawing = """
        patient | day | cdai | event
        A       |   0 |  300 |
        A       |  90 |      | fistula
        A       | 168 |  100 |
        A       | 300 |      |
        A       | 350 |      | fistula
    """
    assert ends(drawing)["A"] == (350, "fistula")


def test_who_is_left_out_is_counted_by_reason() -> None:
    drawing = """
        patient | day | cdai | event
        A       |   0 |  300 |
        A       | 168 |  100 |
        B       |   0 |  300 |
        B       | 168 |  240 |   # fallen by 60 only
        C       |   0 |  300 |
        C       | 100 |  100 |   # no visit near week 24
        D       | 168 |  100 |   # no baseline
        E       |   0 |  300 |
        E       | 150 |  100 |
        E       | 140 |      | end of follow-up
    """
    found = endpoints.relapse(draw_cohort(drawing), Settings())
    assert list(found.patients["patient_id"]) == ["A"]
    assert {(one.reason, one.n) for one in found.excluded} == {
        ("no response at week 24", 1),
        ("no CDAI at week 24", 1),
        ("no CDAI at baseline", 1),
        ("follow-up ended before week 24", 1),
    }


def test_the_visit_nearest_to_week_24_decides_and_of_two_the_earlier() -> None:
    drawing = """
        patient | day | cdai
        A       |   0 |  300
        A       | 161 |  100   # seven days before
        A       | 175 |  290   # seven days after
    """
    found = endpoints.relapse(draw_cohort(drawing), Settings())
    assert found.patients["time_months"].tolist() == pytest.approx([14 / DAYS_PER_MONTH])


def test_the_clock_starts_at_the_landmark_or_at_therapy_with_or_without_late_entry() -> None:
    drawing = INDUCED + "    A       | 300 |  290 |\n"
    cohort = draw_cohort(drawing)
    found = {clock: endpoints.relapse(cohort, Settings(clock=clock)) for clock in CHOICES["clock"]}
    months = {clock: one.patients[["time_months", "entry_months"]].iloc[0].tolist() for clock, one in found.items()}
    assert months["landmark"] == pytest.approx([132 / DAYS_PER_MONTH, 0])
    assert months["late-entry"] == pytest.approx([300 / DAYS_PER_MONTH, 168 / DAYS_PER_MONTH])
    assert months["naive"] == pytest.approx([300 / DAYS_PER_MONTH, 0])
    assert "guarantee time" in found["naive"].notes[0]


def test_a_horizon_ends_every_observation() -> None:
    found = endpoints.relapse(draw_cohort(INDUCED), Settings(horizon_months=6))
    assert found.patients[["time_months", "ended_by"]].iloc[0].tolist() == [pytest.approx(6), "horizon"]


@pytest.mark.parametrize(
    ("drawing", "reason"),
    [
        ("patient | day | cdai\nA | 0 | 300", "no CDAI at week 24"),
        ("patient | day | cdai\nA | 0 | 300\nA | 168 | 290", "no response at week 24"),
        ("patient | day | cdai | event\nA | 10 | | abscess", "neither visits"),
    ],
)
def test_nobody_to_analyse_is_said(drawing: str, reason: str) -> None:
    found = endpoints.relapse(draw_cohort(drawing), Settings())
    assert isinstance(found, NotEstimable)
    assert reason in found.reason


def test_who_changes_status_between_any_two_definitions() -> None:
    found = analyses.relapse_rules(demo_cohort(), Settings())
    by_code = {one.code: one for one in found.rules}
    assert (len(by_code["study"].relapsed), len(by_code["cdai"].relapsed)) == (22, 20)
    assert by_code["study"].by_component == {"CDAI relapse": 18, "obstruction": 3, "abscess": 1}
    for one in found.rules:
        alone = analyses.relapse(demo_cohort(), Settings(relapse_definition=one.code)).patients
        assert list(one.relapsed) == alone.loc[alone["event"], "patient_id"].tolist()
    changed = {(one.by, one.not_by): one.patients for one in found.changed}
    study, cdai = by_code["study"].label, by_code["cdai"].label
    assert changed[study, cdai] == ("SYN-006", "SYN-008")  # an abscess and an obstruction at a low CDAI
    assert (cdai, study) not in changed
    own = analyses.relapse_rules(demo_cohort(), Settings(relapse_definition="custom", relapse_above_points=400.0))
    assert len(own.rules) == 6
    assert "SYN-006" in own.rules[-1].relapsed


def test_a_stated_relapse_has_one_definition() -> None:
    patients = pd.DataFrame(
        {"patient_id": ["a", "b"], "relapse_months": [5.0, 7.0], "relapse_event": pd.array([True, False], "boolean")}
    )
    refused = analyses.relapse_rules(cohort_from_frames(patients), Settings())
    assert "states relapse itself" in refused.reason
