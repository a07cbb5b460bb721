"""Repeated measurements as one marker per patient: at the landmark, last, highest, mean, change; nothing after time zero."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as no_deadline
from hypothesis import strategies as st
from lifelines import CoxPHFitter
from meaning.ascii_cohort import parse_table

import cdanalysis as cd
from cdanalysis.dictionary.summaries import SUMMARIES, parted, row_of
from cdanalysis.outcomes.markers import handles_of, put_under_handle, summaries
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.report.methods import methods_paragraph
from cdanalysis.sections.blocks import Excluded, Note, Notice
from cdanalysis.sections.flow.set_up.analysis import offered
from cdanalysis.sections.flow.set_up.section import markers_sentence
from cdanalysis.sections.predictors.words import handles_note
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.writing.choices.differences import differences
from tests.report.runs import run_of

# Time zero is the visit with an index next to day 168. B's is day 160; C was seen at no visit near it; D responds to nothing.
DRAWN = """
patient | day | cdai | crp  # 28 days are the window before time zero
--------+-----+------+------
A       | -40 | 300  | 99   # before baseline's 28 days
A       |   0 | 300  | 30
A       |  84 | 200  | 12
A       | 150 |      | 6    # drawn 18 days before the visit
A       | 168 | 100  |
A       | 169 |  90  | 80   # after time zero
B       | -10 | 280  | 20
B       |  84 | 180  | 40
B       | 160 | 120  | 8
B       | 160 | 120  | 9    # again on that day: the row further down
B       | 175 |      | 70
C       |   0 | 310  | 25
C       |  84 | 150  | 5
D       |   0 | 250  |
D       | 100 | 250  | 7    # 68 days before time zero
D       | 168 | 250  |
"""
BY_HAND = {
    "landmark": {"A": 6.0, "B": 9.0},
    "last": {"A": 6.0, "B": 9.0, "D": 7.0},
    "highest": {"A": 30.0, "B": 40.0, "D": 7.0},
    "mean": {"A": (30 + 12 + 6) / 3, "B": (20 + 40 + 9) / 3, "D": 7.0},
    "change": {"A": 6.0 - 30.0, "B": 9.0 - 20.0},
}


def drawn(crp_of_a: float = np.nan) -> cd.reading.Cohort:
    """The table above; crp_of_a: what the patients' sheet has of A, for day 0."""
    rows = (
        pd.DataFrame(parse_table(DRAWN))
        .replace("", np.nan)
        .set_axis(["patient_id", "days", "cdai_points", "crp_mg_per_l"], axis=1)
    )
    visits = rows.astype({"days": float, "cdai_points": float, "crp_mg_per_l": float})
    ids = list("ABCD")
    sheet = pd.DataFrame({"patient_id": ids, "follow_up_days": 900.0, "crp_mg_per_l": [crp_of_a, *[np.nan] * 3]})
    return cohort_from_frames(sheet, visits)


def values(cohort: cd.reading.Cohort, code: str, settings: Settings | None = None) -> dict[str, float]:
    """The known values of a summary by patient."""
    of = cohort.summarised(replace(settings or Settings(), handles=code))
    return of.baseline(of.marker(code).column).dropna().to_dict()


@pytest.mark.parametrize("kind", SUMMARIES)
def test_each_summary_is_that_by_hand(kind: str) -> None:
    assert values(drawn(), f"crp@{kind}") == pytest.approx(BY_HAND[kind])


def test_the_patients_sheet_has_day_0_as_it_has_at_baseline() -> None:
    assert drawn(50.0).baseline("crp_mg_per_l")["A"] == 50.0
    assert values(drawn(50.0), "crp@highest")["A"] == 50.0
    assert values(drawn(50.0), "crp@mean")["A"] == pytest.approx((50 + 12 + 6) / 3)
    assert values(drawn(50.0), "crp@change")["A"] == 6.0 - 50.0


def test_the_visit_and_its_window_are_those_of_the_settings() -> None:
    narrow = Settings(handles="crp@landmark", visit_window_weeks=2)
    assert "crp@landmark" not in drawn().summarised(narrow).markers  # A's is 18 days before, and one value is no marker
    # D's visit next to week 12 is that of day 100.
    assert values(drawn(), "crp@landmark", Settings(landmark_week=12)) == {"A": 12.0, "B": 40.0, "C": 5.0, "D": 7.0}
    assert (
        drawn().summarised(Settings(handles="crp@last", landmark_week=12)).marker("crp@last").label
        == "Last CRP up to week 12"
    )


measurements = st.lists(
    st.tuples(st.sampled_from("PQRS"), st.integers(-60, 260), st.integers(1, 500)), min_size=1, max_size=40
)  # fmt: skip


@no_deadline(deadline=None)
@given(measurements, st.integers(1, 240), st.integers(0, 84))
def test_no_value_after_time_zero_counts_and_the_summaries_hold_together(
    rows: list[tuple[str, int, int]], zero: int, window: int
) -> None:
    table = pd.DataFrame(rows, columns=["patient_id", "days", "value"]).drop_duplicates(["patient_id", "days"])
    table = table.sort_values(["patient_id", "days"], ignore_index=True).astype({"value": float})
    at = pd.Series({one: float(zero) for one in "PQR"})  # nobody knows S's
    found = {kind: summaries.summary(table, at, kind, window) for kind in SUMMARIES}
    known = {kind: summaries.summary(table[table["days"] <= zero], at, kind, window) for kind in SUMMARIES}
    for kind, one in found.items():
        pd.testing.assert_series_equal(one, known[kind])
        assert "S" not in one.index
    assert (found["highest"] >= found["mean"] - 1e-9).all()
    assert (found["highest"] >= found["last"]).all()
    pd.testing.assert_series_equal(found["landmark"], found["last"].loc[found["landmark"].index])
    assert set(found["change"].index) <= set(found["landmark"].index)


def test_a_summary_on_the_bundled_cohort_is_the_split_that_lifelines_fits() -> None:
    cohort, code = cd.demo_cohort(), "esr@mean"
    settings = Settings(handles=f"{code},crp", screening_p=1.0).with_cutoff(code, 15)
    found = cd.analyses.predictors(cohort, settings)
    row = next(one for one in found.rows if one.code == code)
    assert row.label == "Mean ESR up to week 24 > 15 mm/h"
    ended = found.endpoint.patients.set_index("patient_id")
    visits = cohort.visits.dropna(subset=["esr_mm_per_h"])
    visits = visits[visits["days"].between(-28, visits["patient_id"].map(ended["origin_days"]))]
    sheet = cohort.patients[["patient_id", "esr_mm_per_h"]].dropna().assign(days=0.0)
    every = pd.concat([sheet, visits[~((visits["days"] == 0) & visits["patient_id"].isin(sheet["patient_id"]))]])
    mean = every[every["patient_id"].isin(ended.index)].groupby("patient_id")["esr_mm_per_h"].mean()
    above = (mean > 15).astype(float).reindex(ended.index)
    assert 10 < above.sum() < 88
    table = ended[["time_months", "event"]].assign(above=above)
    fit = CoxPHFitter().fit(table, "time_months", "event", fit_options={"precision": 1e-12})
    assert row.univariable.value == pytest.approx(float(fit.hazard_ratios_["above"]), rel=1e-6)
    moving = cd.analyses.moving_cutoff(cohort.summarised(settings), settings, code, found)
    answer = moving.answers[moving.answer_of[moving.current]]
    assert (answer.below.n, answer.above.n) == ((above == 0).sum(), above.sum())
    assert answer.univariable.value == pytest.approx(row.univariable.value, rel=1e-9)


def test_every_analysis_takes_a_summary_and_names_it() -> None:
    cohort, code = cd.demo_cohort(), "cdai@change"
    settings = Settings(
        handles=f"esr@landmark,{code}", scan_marker=code, survival_group="esr@landmark", baseline_group=code
    )
    analyses = cd.analyses
    assert [one.label for one in analyses.surface(cohort, settings).markers] == [
        "ESR at week 24",
        "Change in CDAI to week 24",
    ]
    assert analyses.cutoffs(cohort, settings).marker.label == "Change in CDAI to week 24"
    assert analyses.survival(cohort, settings).group_label == "ESR at week 24"
    assert analyses.baseline(cohort, settings).group_labels[0].startswith("Change in CDAI to week 24 < ")
    assert analyses.subgroups(cohort, settings).marker.code == code
    many = analyses.multiverse(cohort, replace(settings, multiverse_axes="cutoff_1,cutoff_2", screening_p=1.0))
    assert [one.code for one in many.handles] == ["esr@landmark", code]
    found = analyses.predictors(cohort, settings)
    assert {one.code for one in found.candidates} >= {"esr", "esr@landmark", code}
    assert next(one.label for one in found.candidates if one.code == "esr") == "ESR at baseline"
    level = analyses.current_level(cohort, settings, 6.0)
    assert level.marker.code == "cdai"  # every value of the marker, not one of them


def test_an_outcome_from_the_start_has_none_and_says_why() -> None:
    cohort = cd.demo_cohort()
    chosen = Settings(handles="crp@highest,tgn")
    assert handles_of(cohort.summarised(chosen), chosen) == ("crp@highest", "tgn")
    for other in ({"outcome": "adverse_event"}, {"clock": "naive"}):
        settings = replace(chosen, **other)
        assert cohort.summarised(settings) is cohort
        assert handles_of(cohort, settings) == ("crp", "tgn")
        said = " ".join(one.text for one in cd.sections.predictors(cohort, settings) if isinstance(one, Notice))
        assert "let the future decide who is in which group (immortal time)" in said
        assert "under Current level" in said
    assert (
        summaries.not_before(cohort, chosen) == summaries.not_before(cohort, replace(chosen, clock="late-entry")) == ""
    )


def test_groups_and_a_scan_that_are_refused_say_why_too() -> None:
    cohort = cd.demo_cohort()
    settings = Settings(outcome="adverse_event", scan_marker="esr@last", survival_group="esr@last")
    assert cd.analyses.cutoffs(cohort, settings).marker.code == "esr"
    (said,) = (one.text for one in cd.sections.cutoffs(cohort, settings) if isinstance(one, Notice))
    assert said.startswith(
        "Last ESR up to the landmark visit cannot be used here. Adverse event is counted from the start of "
    )
    assert "ESR is shown." in said
    reason = cd.analyses.survival(cohort, settings).reason
    assert reason.startswith(
        "Last ESR up to week 24 makes no groups here. Adverse event is counted from the start of therapy: "
    )


def test_the_cohort_page_says_what_was_seen_at_visits_too() -> None:
    cohort = cd.demo_cohort()
    told = markers_sentence(offered(cohort, Settings()), 122)
    assert "Of CRP, ESR and CDAI, seen at visits too, it is chosen over the slider" in told
    assert "seen at visits too" not in markers_sentence(offered(cohort, Settings(clock="naive")), 122)


def test_who_has_no_value_is_counted_and_the_value_is_said() -> None:
    whole = cd.demo_cohort()
    gone = whole.visits["patient_id"].isin(whole.patients["patient_id"].head(40)) & whole.visits["days"].between(
        100, 190
    )
    visits = whole.visits.assign(crp_mg_per_l=whole.visits["crp_mg_per_l"].mask(gone))
    cohort = replace(whole, visits=visits, fingerprint="without some")
    settings = Settings(handles="crp@landmark,tgn").with_cutoff("crp@landmark", 5)
    blocks = list(cd.sections.predictors(cohort, settings))
    found = cd.analyses.predictors(cohort, settings)
    n = found.handles[0].n_missing
    assert 20 < n <= 40
    (left_out,) = (
        one for block in blocks if isinstance(block, Excluded) for one in block.exclusions if "CRP" in one.reason
    )
    assert (left_out.reason, left_out.n) == ("CRP at week 24 not measured", n)
    (note,) = (one.text for one in blocks if isinstance(one, Note) and "which is time zero" in one.text)
    assert f"It is known of {98 - n} of 98 patients." in note
    assert "the last value within 4 weeks up to each patient's visit at week 24" in note


def test_a_row_of_a_summary_keeps_what_holds_of_it() -> None:
    landmark, highest, change = (row_of(f"crp@{kind}") for kind in ("landmark", "highest", "change"))
    assert (landmark.cutoff, landmark.side, highest.side) == (10.0, ">", ">")
    assert [one.value for one in landmark.literature] == [5.0, 8.0, 10.0]
    assert all("of a single value" in one.citation for one in landmark.literature)
    assert highest.literature == change.literature == ()
    assert np.isnan([highest.cutoff, change.cutoff]).all()  # of several values: the median at first
    assert Settings().cutoff("crp@landmark") == Settings().cutoff("crp")
    made = cd.demo_cohort().summarised(Settings(handles="crp@change")).marker("crp@change")
    top = cd.demo_cohort().summarised(Settings(handles="crp@highest")).marker("crp@highest")
    assert (top.from_data, top.side, top.step, top.cutoff) == (True, ">", 0.5, 32.5)
    assert made.from_data
    assert made.lowest < 0 < made.highest
    assert made.worse == "above"
    assert [one for one in ("crp", "crp@", "@landmark", "crp@later") if parted(one)] == []


def test_the_choice_is_in_the_link_and_a_cohort_is_made_once_per_choice() -> None:
    chosen = put_under_handle(cd.demo_cohort(), Settings(), 0, "crp@landmark").with_cutoff("crp@landmark", 5)
    assert chosen.to_query() == {"handles": "crp@landmark,tgn", "cutoffs": "crp@landmark>5"}
    assert Settings.from_query(chosen.to_query()) == (chosen, ())
    assert ("handles", "CRP and 6-TGN", "CRP at the landmark visit and 6-TGN") in list(
        differences(Settings(), chosen, ("handles", "cutoffs"))
    )
    whole = cd.demo_cohort()
    one = whole.summarised(chosen)
    assert one.summarised(chosen) is one
    assert one.fingerprint != whole.fingerprint == one.fingerprint_as_read
    other = one.summarised(replace(chosen, landmark_week=12, visit_window_weeks=6))
    assert len({whole.fingerprint, one.fingerprint, other.fingerprint}) == 3
    assert other.marker("crp@landmark").label == "CRP at week 12"
    assert other.summarised(Settings()).fingerprint == whole.fingerprint
    assert other.summarised(Settings()).markers == whole.markers
    assert handles_note(one, chosen) == ""


def test_the_methods_say_which_value_it_is() -> None:
    settings = Settings(handles="crp@landmark,cdai@change", visit_window_weeks=3)
    run = run_of(cd.demo_cohort().summarised(settings), settings, checked=False)
    told = methods_paragraph(run)
    assert "CRP at week 24 > 10 mg/L (literature" in told
    assert (
        "CRP at week 24 is the last value within 3 weeks up to each patient's visit at week 24, which is time zero; values "
        "measured later were not used."
    ) in told
    assert "Change in CDAI to week 24 is the last value within 3 weeks" in told
    assert "less the value at baseline; values measured later were not used." in told


def own_file() -> bytes:
    """A workbook of another disease: visits with HBI, calprotectin, and a column that nobody knows; ferritin from week 12 on."""
    dice, ids = np.random.default_rng(11), [f"U{n}" for n in range(60)]
    patients = pd.DataFrame(
        {"patient": ids, "age": dice.integers(20, 60, 60), "follow_up_months": dice.integers(12, 60, 60)}
    )
    rows = [
        (one, week, hbi, int(dice.integers(30, 900)), None if week == 0 else round(float(dice.lognormal(4, 0.7)), 1))
        for one in ids
        for week, hbi in ((0, 12), (12, 5), (24, 2), (52, int(dice.choice([2, 9]))))
    ]
    visits = pd.DataFrame(rows, columns=["patient", "week", "HBI", "Faecal calprotectin (µg/g)", "Ferritin (ng/mL)"])
    book = BytesIO()
    with pd.ExcelWriter(book, engine="xlsxwriter") as writer:
        patients.to_excel(writer, sheet_name="patients", index=False)
        visits.to_excel(writer, sheet_name="visits", index=False)
    return book.getvalue()


def test_a_file_with_markers_at_its_visits_has_each_of_them_under_a_handle() -> None:
    cohort = cd.read_cohort(own_file(), file_name="own.xlsx")
    iron = "Ferritin (ng/mL)"
    assert "calprotectin" in cohort.markers
    assert iron not in cohort.markers  # nobody has a value at baseline
    assert list(summaries.offered(cohort, Settings(), iron))[0] == f"{iron}@landmark"
    assert summaries.marker_choices(cohort, Settings())[iron] == "Ferritin"
    settings = Settings(handles=joined((f"{iron}@landmark", "calprotectin@highest")), screening_p=1.0)
    assert Settings.from_query(settings.to_query()) == (settings, ())
    found = cd.analyses.predictors(cohort, settings)
    titles = ["Ferritin at week 24 (ng/mL)", "Highest calprotectin up to week 24 (µg/g)"]
    assert [one.marker.titled() for one in found.handles] == titles
    seen = cohort.visits[cohort.visits["week"] == 24].set_index("patient_id")[iron]
    seen = seen.reindex(list(found.endpoint.patient_ids))
    cutoff = found.handles[0].cutoff
    assert abs(cutoff - seen.median()) <= found.handles[0].marker.step
    above = (seen >= cutoff).astype(float)
    ended = found.endpoint.patients.set_index("patient_id")[["time_months", "event"]]
    assert 10 < ended["event"].sum() < 60
    fit = CoxPHFitter().fit(ended.assign(above=above), "time_months", "event", fit_options={"precision": 1e-12})
    row = next(one for one in found.rows if one.code == f"{iron}@landmark")
    assert row.univariable.value == pytest.approx(float(fit.hazard_ratios_["above"]), rel=1e-6)
    level = cd.analyses.current_level(cohort, replace(settings, scan_marker=f"{iron}@landmark"), 6.0)
    assert "without values at baseline" in level.reason
