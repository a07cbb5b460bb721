"""Alternative texts carry the numbers of the figure they stand for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.cutoffs.words import scan_alt
from cdanalysis.sections.endoscopy.words import before_after_alt, yearly_alt
from cdanalysis.sections.multiverse.figures import specification_curve
from cdanalysis.sections.multiverse.words import multiverse_alt, multiverse_sentence
from cdanalysis.sections.response.words import activity_alt, cumulative_alt
from cdanalysis.settings import Settings

COHORT, PLAIN = cd.demo_cohort(), Settings(multiverse_axes="relapse,model")


def test_the_course_of_induction_is_told_by_its_medians_and_means() -> None:
    found = cd.analyses.induction(COHORT, PLAIN)
    told = cumulative_alt(found.response, found.remission)
    assert told.endswith(
        f"First response in 98 of 98 responders, median {found.response.median:.1f} weeks; first remission in 98 of 98 "
        f"responders, median {found.remission.median:.1f} weeks."
    )
    cdai = activity_alt(found.activity[0])
    assert "week 4: 286.4 to 241.4 in 122 patients, P < 0.001" in cdai
    assert cdai.count("week ") == len(found.activity[0].weeks)
    never = replace(found.response, n_reached=0, median=float("nan"))
    assert "in 0 of 98 responders, median not reached" in cumulative_alt(never, found.remission)
    unpaired = replace(found.activity[0], tests=(NotEstimable("no pairs"),) * len(found.activity[0].weeks))
    assert activity_alt(unpaired).endswith("no pairs.")


def test_endoscopy_is_told_with_its_denominators() -> None:
    found = cd.analyses.endoscopy(COHORT, PLAIN)
    assert "Mean 13.4 before and 6.1 after in 42 patients, Wilcoxon P < 0.001." in before_after_alt(found.scores[0])
    assert "year 4: 7.6 (n = 7)" in yearly_alt(found)
    assert before_after_alt(replace(found.scores[0], test=NotEstimable("too few"))).endswith("Too few.")


def test_a_scan_and_a_multiverse_are_told_by_their_range() -> None:
    scan = scan_alt(cd.analyses.cutoffs(COHORT, PLAIN))
    assert "of CRP at 60 cut-offs from 2.3 to 59.3 mg/L" in scan
    assert "in use, 10 mg/L: hazard ratio 5.49 (1.62-18.62), log-rank P = 0.002" in scan
    beyond = cd.analyses.cutoffs(COHORT, replace(PLAIN, cutoffs="crp>1"))
    assert "in use" not in scan_alt(beyond)
    curve = cd.analyses.multiverse(COHORT, PLAIN)
    ratios = [one.hazard_ratio.value for one in curve.estimated]
    assert f"{len(ratios)} hazard ratios from {ratios[0]:.2f} to {ratios[-1]:.2f}" in multiverse_alt(curve)


def test_a_multiverse_says_why_specifications_have_no_hazard_ratio() -> None:
    found = cd.analyses.multiverse(COHORT, Settings(multiverse_axes="cutoff_1,cutoff_2,model", screening_p=0.01))
    reasons = Counter(one.hazard_ratio.reason for one in found.specifications if one not in found.estimated)
    told = multiverse_sentence(found)
    assert f"{reasons.total()} specifications give no hazard ratio: " in told
    assert f"screening left the marker out ({reasons['screening left the marker out']})" in told
    curve = specification_curve(cd.analyses.multiverse(COHORT, PLAIN), 0.95, "")
    assert "Rise of more than 100" in curve["layout"]["yaxis2"]["ticktext"]
