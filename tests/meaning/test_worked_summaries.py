"""Which summaries of a followed marker there are, on four patients: none after time zero, none of another outcome's time zero."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.summaries import SIGN
from cdanalysis.outcomes.markers import scan_code, summaries, with_handle
from cdanalysis.outcomes.markers.of_cohort import handles_among
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.settings import Settings

AT_24 = f"crp{SIGN}landmark"


def cohort(day: float = 150.0, last: tuple[float, ...] = (5.0, 9.0, 5.0, 9.0)) -> Cohort:
    """CRP of everybody on day 0, on one later day, and on day 400 of the first."""
    visits = [(who, when, value, np.nan) for who in "ABCD" for when, value in ((0.0, 300.0), (168.0, 100.0))]
    visits += [(who, day, np.nan, value) for who, value in zip("ABCD", last, strict=True)]
    visits += [("A", 400.0, 300.0, 77.0)]
    frame = pd.DataFrame(visits, columns=["patient_id", "days", "cdai_points", "crp_mg_per_l"])
    patients = pd.DataFrame({"patient_id": list("ABCD"), "follow_up_days": 600.0, "crp_mg_per_l": [20.0, 30, 40, 50]})
    return cohort_from_frames(patients, frame.sort_values("days"))


def used(settings: Settings, of: Cohort | None = None) -> tuple[str, ...]:
    found = summaries.summaries_of(of or cohort(), settings)
    return tuple(one.marker.code for one in found.derived)


def test_a_summary_is_in_use_where_it_is_named_and_known_before_time_zero() -> None:
    named = Settings(handles=AT_24)
    assert used(named) == (AT_24,)
    assert used(Settings()) == ()
    assert used(replace(named, clock="naive")) == ()  # its values would lie after time zero
    assert "immortal time" in summaries.not_before(cohort(), replace(named, clock="naive"))
    assert summaries.not_before(cohort(), named) == ""
    assert used(named, cohort(168.0)) == (AT_24,)
    assert used(named, cohort(169.0)) == ()  # the day after
    assert used(named, cohort(0.0)) == ()
    assert used(named, cohort(last=(5.0, 5.0, 5.0, 5.0))) == ()  # one value of all: nothing to cut
    assert used(named, cohort(last=(5.0, 9.0, np.nan, np.nan))) == (AT_24,)


def test_the_value_at_time_zero_lies_in_the_window_before_it() -> None:
    rows = pd.DataFrame({"patient_id": list("AAABB"), "days": [-28.0, 140.0, 168.0, 139.9, -28.1],
                         "value": [1.0, 2.0, 3.0, 4.0, 5.0]})  # fmt: skip
    zero = pd.Series({"A": 168.0, "B": 168.0})

    def told(kind: str, window: float = 28.0) -> dict[str, float]:
        return summaries.summary(rows, zero, kind, window).to_dict()

    assert told("landmark") == {"A": 3}
    assert told("change") == {"A": 2}
    assert told("highest") == {"A": 3, "B": 4}
    assert told("mean") == {"A": 2, "B": 4}
    assert told("last") == {"A": 3, "B": 4}
    assert told("landmark", 28.1) == pytest.approx({"A": 3, "B": 4})
    first = pd.DataFrame(
        {"patient_id": ["A"], "days": [0.0], "value": [1.0]}
    )  # within the window, and no value after the start
    assert summaries.summary(first, pd.Series({"A": 20.0}), "landmark", 28.0).to_dict() == {}
    early = rows[rows["days"] != 168]
    assert summaries.summary(early, zero, "landmark", 28.0).to_dict() == {"A": 2}  # of day 140, 28 days before


def test_the_choices_of_a_followed_marker() -> None:
    choices = summaries.value_choices(cohort(), Settings(), "crp")
    assert list(choices)[0] == "crp"
    assert choices["crp"] == "CRP at baseline"
    assert choices[AT_24] == "CRP at week 24"
    assert summaries.value_choices(cohort(0.0), Settings(), "crp") == {"crp": "CRP"}
    assert summaries.value_choices(cohort(), Settings(clock="naive"), "crp") == {"crp": "CRP"}
    assert AT_24 in summaries.group_choices(cohort(), Settings())
    assert summaries.group_choices(cohort(), Settings(clock="naive")) == {}
    assert "crp" in summaries.marker_choices(cohort(), Settings())
    assert summaries.name_of(cohort(), Settings(), "crp") == "CRP"
    assert summaries.name_of(cohort(), Settings(landmark_week=12), AT_24) == "CRP at week 12"
    assert summaries.name_of(cohort(0.0), Settings(), f"esr{SIGN}landmark") == f"esr{SIGN}landmark"


def test_which_markers_are_under_the_handles() -> None:
    whole = cohort()
    patients = whole.patients.assign(esr_mm_per_h=[1.0, 2, 3, 4], tgn_pmol_per_8e8_rbc=[1.0, 2, 3, 4])
    three = replace(whole, patients=patients, memory=None)
    assert handles_among(three, ("crp", "tgn")) == ("crp", "tgn")
    assert handles_among(three, ("esr",)) == ("esr",)
    assert handles_among(three, ("esr", "esr", "tgn")) == ("esr", "tgn")
    assert handles_among(three, (AT_24,)) == ("crp",)
    assert len(handles_among(three, ("nothing",))) == 2
    assert scan_code(three, Settings(scan_marker="esr")) == "esr"
    assert scan_code(three, Settings(scan_marker="nothing", handles="tgn")) == "tgn"
    assert with_handle(three, Settings(handles="crp,tgn"), "esr").handles == "crp,esr"
    assert with_handle(three, Settings(handles="crp,tgn"), "tgn").handles == "crp,tgn"
    assert with_handle(three, Settings(handles="crp"), "esr").handles == "crp,esr"
    assert with_handle(three, Settings(handles="crp"), "") == Settings(handles="crp")
