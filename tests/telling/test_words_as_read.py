"""Sentences read aloud: no code of a setting, no number in a wrong form, nothing said twice."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

import cdanalysis as cd
from cdanalysis.results import Estimate, NotEstimable
from cdanalysis.sections.blocks import Notice, Table
from cdanalysis.sections.flow.set_up.analysis import OutcomeSeen
from cdanalysis.sections.flow.set_up.section import outcome_sentence
from cdanalysis.sections.predictors.continuous.figures import martingale_figure
from cdanalysis.sections.predictors.power.section import view as power_view
from cdanalysis.sections.predictors.power.words import next_sentence, power_sentence
from cdanalysis.sections.predictors.subgroups.words import subgroups_alt, subgroups_sentence
from cdanalysis.sections.predictors.weighted.words import number
from cdanalysis.sections.prognosis.words import optimism_sentence
from cdanalysis.sections.recall import direct
from cdanalysis.sections.response.tables import entries
from cdanalysis.sections.response.timeline.analysis import OUTCOME, Entry, Observed, Timeline
from cdanalysis.sections.response.timeline.figures import drawn
from cdanalysis.sections.response.timeline.section import told
from cdanalysis.sections.survival.between_visits.words import between_visits_alt, between_visits_sentence
from cdanalysis.sections.survival.clocks.words import clocks_alt
from cdanalysis.sections.survival.competing.tables import incidence_table
from cdanalysis.sections.survival.competing.words import competing_sentence
from cdanalysis.sections.survival.words import components, key_figures
from cdanalysis.settings import Settings
from cdanalysis.writing.figure_text import curves_axis, survival_title
from cdanalysis.writing.footers import settings_in_use
from cdanalysis.writing.nouns import capitalized, free_of, plural
from cdanalysis.writing.numbers import measurement
from cdanalysis.writing.sentences import participle


@pytest.mark.parametrize(
    ("topic", "settings", "words"),
    [
        ("competing", Settings(), "competing: what the file has"),
        ("competing", Settings(competing_event="surgery-or-death"), "competing: surgery or death"),
        ("safety", Settings(), "observed until: end of combination therapy"),
        ("prognosis", Settings(), "numbers as splines of 3 knots"),
        ("induction", Settings(), "missing visit: no response"),
        ("multiverse", Settings(), "cut-offs: published and in use"),
        ("predictors", Settings(response_definition="fall-100"), "response: fall > 100"),
        ("predictors", Settings(boundary="inclusive"), "values on the boundary: inclusive"),
    ],
)
def test_a_footer_has_the_words_of_a_choice_and_not_its_code(topic, settings, words):
    assert words in settings_in_use(cd.demo_cohort(), settings, topic)


def test_the_choices_that_vary_keep_their_abbreviations():
    assert any(
        "CRP cut-off, 6-TGN cut-off" in one for one in settings_in_use(cd.demo_cohort(), Settings(), "multiverse")
    )


def test_what_is_counted_stands_in_the_plural_after_free_of():
    assert free_of("adverse event") == "free of adverse events"
    assert free_of("relapse") == "free of relapse"
    assert curves_axis(outcome="adverse event") == "Patients free of adverse events"
    assert survival_title("adverse event") == "Survival free of adverse events"


def test_an_abbreviation_in_an_outcome_keeps_its_letters():
    assert capitalized(plural("HCC recurrence")) == "HCC recurrences"
    found = cd.analyses.survival(cd.demo_cohort(), Settings(outcome_noun="CDAI flare"))
    assert key_figures(found)[1] == ("22", "CDAI flares")


def test_events_of_several_kinds_are_counted_in_words():
    (whole,) = components(cd.analyses.survival(cd.demo_cohort(), Settings()).endpoint)
    assert whole == "22 relapses, the first of each patient: 18 CDAI relapses, 3 obstructions and 1 abscess."


def test_an_alternative_text_names_each_curve_once():
    clocks = clocks_alt(cd.analyses.clocks(cd.demo_cohort(), Settings()))
    assert clocks.count("From week 24 (landmark)") == clocks.count("From therapy, naive") == 1
    assert "From week 24 (landmark): 85.1% at 12 months, 78.3% at 24 months," in clocks
    between = between_visits_alt(cd.analyses.between_visits(cd.demo_cohort(), Settings()))
    assert between.count("Midway") == 1


def test_ratios_by_their_dates_make_one_sentence():
    whole = between_visits_sentence(cd.analyses.between_visits(cd.demo_cohort(), Settings()))
    assert whole.endswith(
        "By the date, the hazard ratio of CRP > 10 mg/L goes from 5.43 to 5.49 and that of 6-TGN ≥ 235 pmol/8×10⁸ RBC from "
        "4.12 to 4.26."
    )


def subgroups(n_tests):
    group = SimpleNamespace(hazard_ratio=Estimate(1.0, 0.5, 2.0), p_value=0.5, level="Age < 40 years")
    factor = SimpleNamespace(label="Age", comparison=SimpleNamespace(subgroups=(group,)))
    overall = SimpleNamespace(hazard_ratio=Estimate(1.0, 0.5, 2.0), p_value=0.5)
    return SimpleNamespace(
        labels=("", "CRP > 10"), overall=overall, interaction_p=[0.4] * n_tests, differing=[], factors=[factor]
    )


def test_a_subgroup_is_named_once_and_one_test_is_not_counted():
    assert "Age Age" not in subgroups_alt(subgroups(1))
    assert "by chance" not in subgroups_sentence(subgroups(1))
    assert "Of 12 interaction tests, 0.6 are expected below 0.05 by chance." in subgroups_sentence(subgroups(12))


def powered(detectable, chances):
    rows = [
        SimpleNamespace(label=f"F{k}", n=100, n_with=50, detectable=one, chance_of_two=chance)
        for k, (one, chance) in enumerate(zip(detectable, chances, strict=True))
    ]
    planned = [
        SimpleNamespace(label="Age > 40 years", ratio=2.0, of="planned", events=(0.2,), patients=(0.4,)),
    ]
    return SimpleNamespace(noun="relapse", n_events=22, rows=rows, planned=planned)


def test_a_range_of_one_number_is_that_number():
    assert "is 3.00 (F0, in 50 of 100); the chance to find a hazard ratio of 2 is 40.0%." in power_sentence(
        powered([3.0], [0.4])
    )
    assert "20.0% to 40.0%." in power_sentence(powered([3.0, 4.0], [0.2, 0.4]))


def test_what_the_next_study_needs_is_a_sentence():
    whole = next_sentence(powered([3.0], [0.4]))
    assert whole == "To find a hazard ratio of 2 with 80% power takes, for age > 40 years, 1 relapse (1 patient)."


def test_a_difference_of_nothing_has_no_sign():
    assert [number(one) for one in (-0.004, 0.0, 0.004, -0.006, 0.01)] == ["0.00", "0.00", "0.00", "-0.01", "+0.01"]


def test_equal_concordances_are_not_set_against_each_other():
    given = {"n": 200, "optimism": 0.001, "slope": 0.99, "n_unknown": 0, "apparent": 0.633}
    assert "at 0.63, as here, and" in optimism_sentence(SimpleNamespace(**given, corrected=0.632))
    assert "at 0.52 instead of 0.63, and" in optimism_sentence(SimpleNamespace(**given, corrected=0.52))


def test_a_timeline_says_no_visit_where_there_is_none_and_not_twice_what_came():
    observed = SimpleNamespace(noun="failure", start=0.0, stop=30.4375, event=True, ended_by="failure")
    found = SimpleNamespace(entries=(), measured=(), observed=observed, noun="failure", why_not="")
    assert told(found, "Patient 1") == (
        "Patient 1: no visit in the file. Observed for failure from month 0.0 to month 1.0, when it came."
    )


def without_or_at_once(time: int, event: int):
    text = "patient_id,crp,relapse_months,relapse\n" + "".join(f"P{k},{3 + k},{time},{event}\n" for k in range(12))
    return cd.read_cohort(text.encode(), file_name="a.csv")


def test_where_nobody_had_the_event_the_page_says_so_first_and_what_to_do():
    cohort = without_or_at_once(12, 0)
    notices = [one.text for one in cd.sections.predictors(cohort, Settings()) if isinstance(one, Notice)]
    assert notices[0].startswith(
        "None of these 12 patients had a relapse: nothing can be said of what predicts it. Choose another"
    )
    model = cd.analyses.predictors(cohort, Settings()).multivariable
    assert model == NotEstimable("no event was observed")
    assert not [one for one in cd.sections.predictors(cd.demo_cohort(), Settings()) if isinstance(one, Notice)]


def test_residuals_of_nothing_but_rounding_have_an_axis_that_can_be_read():
    def y_axis(cohort):
        form = cd.analyses.marker_form(cohort, Settings(), cd.analyses.predictors(cohort, Settings()), "crp")
        return martingale_figure(form, "")["layout"]["yaxis"]

    assert y_axis(without_or_at_once(12, 1))["range"] == [-1, 1]
    assert "range" not in y_axis(cd.demo_cohort())


def test_what_rounds_to_nothing_has_no_sign():
    assert [measurement(one) for one in (-0.04, 0.04, -0.06, 0.0, 1234.0)] == ["0.0", "0.0", "-0.1", "0.0", "1,234.0"]
    found = cd.analyses.competing(cd.demo_cohort(), Settings(outcome="abscess"))
    assert "-0.0" not in [*incidence_table(found, 0.95)["Overstated (points)"]]
    assert competing_sentence(found, Settings()).endswith("Both are the same number to the printed digit.")


def test_one_event_is_one_event():
    blocks = power_view(cd.demo_cohort(), Settings(outcome="abscess"), direct).blocks
    assert [one.title for one in blocks if isinstance(one, Table)][0] == "What 1 event could have found: abscess"


def alone():
    return Timeline(
        origin="the start of follow-up",
        noun="failure",
        entries=(Entry(61.0, OUTCOME, "failure"),),
        measured=(),
        observed=Observed(noun="failure", start=0.0, stop=61.0, event=True, ended_by="failure"),
        why_not="",
        therapy_end=float("nan"),
        follow_up_end=float("nan"),
    )


def test_a_timeline_has_no_row_for_what_the_file_does_not_date():
    assert drawn(alone(), "Patient 1", "")["layout"]["yaxis"]["categoryarray"] == ["Observed"]
    assert entries(alone()).values.tolist() == [["61", "2.0", "Failure", ""]]


def test_what_became_of_a_patient_is_a_verb_where_there_is_one():
    assert [*map(participle, ("failure", "progression", "surgery"))] == ["failed", "progressed", "had surgery"]


def test_a_follow_up_that_everybody_s_event_ended_has_no_median() -> None:
    seen = OutcomeSeen("death", "death", n=60, n_events=60, longest_months=60.4, origin="the start of follow-up")
    assert (
        outcome_sentence(seen)
        == "**Death**: 60 patients, 60 events, followed up to 60 months, from the start of follow-up."
    )
    half = replace(seen, n_events=1, n_excluded=1, median_months=36.0)
    assert outcome_sentence(half) == (
        "**Death**: 60 patients, 1 event, followed 36 months (median), longest 60, from the start of follow-up; "
        "1 patient not analysed."
    )
