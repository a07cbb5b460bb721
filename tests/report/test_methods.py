"""The methods paragraph and the result sentences: well written under every choice, and nothing said that was not done."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from itertools import product

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from cdanalysis import RESULTS_VERSION
from cdanalysis.report.content import LedgerLine, ReportTable, Run
from cdanalysis.report.facts import CHECKS, TITLES
from cdanalysis.report.methods import methods_paragraph, methods_sections, result_sentences
from cdanalysis.report.statements.checklist import items_of
from cdanalysis.report.statements.limitations import limitations
from cdanalysis.report.statements.references import REFERENCES, Citations
from cdanalysis.report.statements.strobe import ITEMS
from cdanalysis.results import NotEstimable
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.settings.settings import BOUNDS, CHOICES
from cdanalysis.writing.escapes import WORD_JOINER
from tests.report.runs import NAMES, bundled, flat_cohort, run_of

FAULTS = {
    "a plural of one": r"(?<![\d.,/-])1 (?:\w+ )?(?:patients|relapses|surgeries|hospitalizations|events|visits|weeks|cells|"
    r"covariates|tests|candidates|cut-offs|specifications|values)\b",
    "a sign beside =": r"P = [<>]|= =",
    "a double space": r"[^\n]  ",
    "a double full stop": r"\.\.|\. \.|;\.|,\.|:\.",
    "a space before a stop": r" [.,;:](?:\s|$)",
    "an empty bracket": r"\(\s*\)|\[\s*\]",
    "a Python value": r"\bnan\b|\bNone\b|NotEstimable|True\b|False\b|<cdanalysis|\binf\b",
    "Markdown": rf"\*\*|\\|{WORD_JOINER}",
}
SPOKEN = {
    name: choices for name, choices in CHOICES.items() if name not in ("curve", "png_ground", "reproduction_convention")
}


def prose(run: Run) -> list[str]:
    items = [item.text for item in items_of(run, ITEMS)]
    return [*methods_paragraph(run).split("\n\n"), *result_sentences(run), *limitations(run), *items]


def check(text: str) -> None:
    assert text.strip() == text
    assert text.endswith("."), text
    found = {name: re.search(pattern, text) for name, pattern in FAULTS.items()}
    assert not any(found.values()), ([name for name, hit in found.items() if hit], text)


def deviations() -> list[Settings]:
    """Every choice alone, and every number at both ends."""
    one_away = [(name, value) for name, choices in SPOKEN.items() for value in choices]
    numbers = [(name, bound) for name, bounds in BOUNDS.items() if not name.startswith("png") for bound in bounds]
    kinds = {field.name: type(field.default) for field in fields(Settings)}
    groups = [
        ("survival_group", "crp"),
        ("baseline_group", "relapse"),
        ("baseline_group", "location"),
        ("scan_adjust", "model"),
        ("survival_stratum", "sex"),
    ]
    return [replace(Settings(), **{name: kinds[name](value)}) for name, value in (*one_away, *numbers, *groups)]


@pytest.mark.thorough
@pytest.mark.parametrize(
    "chosen", deviations(), ids=lambda chosen: "-".join(map(str, chosen.to_query().items())) or "default"
)
def test_every_choice_alone_gives_clean_sentences(chosen: Settings) -> None:
    for text in prose(bundled(chosen)):
        check(text)


@hypothesis_settings(max_examples=15, deadline=None)
@given(chosen=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in SPOKEN.items()}))
def test_choices_together_give_clean_sentences(chosen: dict[str, str]) -> None:
    try:
        settings = Settings(**chosen)
    except ValueError:  # a definition that this index has not
        return
    for text in prose(bundled(settings)):
        check(text)


SECTIONS = [
    ("response_definition", "boundary"),
    ("relapse_definition", "relapse_reference", "boundary", "clock", "adverse_event_end"),
    ("ties", "km_interval", "convention", "missing_visits"),
]


@pytest.mark.parametrize("names", SECTIONS)
def test_every_combination_within_a_section_of_the_methods(names: tuple[str, ...]) -> None:
    run = bundled()
    for values in product(*(CHOICES[name] for name in names)):
        chosen = replace(run.settings, **dict(zip(names, values, strict=True)))
        for text in methods_paragraph(replace(run, settings=chosen)).split("\n\n"):
            check(text)


@pytest.mark.parametrize("name", [name for names in SECTIONS for name in names])
def test_every_choice_is_told_apart(name: str) -> None:
    run = bundled()
    told = {methods_paragraph(replace(run, settings=replace(run.settings, **{name: value}))) for value in CHOICES[name]}
    assert len(told) == len(CHOICES[name])


@pytest.mark.parametrize("n", [0, 1, 3])
@pytest.mark.parametrize("group", ["", "crp", "no-such-group"])
def test_a_file_of_a_few_patients(n: int, group: str) -> None:
    run = run_of(flat_cohort(n), Settings(survival_group=group, baseline_group=group, screening_p=1.0))
    for text in prose(run):
        check(text)
    assert "CDAI" not in " ".join(text for _, text in methods_sections(run, Citations()))


WORDS = {
    "Crohn's Disease Activity Index": {"induction", "survival", "predictors"},
    "Relapse was defined": {"survival", "predictors"},
    "landmark analysis": {"survival", "predictors"},
    "Kaplan": {"survival", "safety"},
    "reverse Kaplan-Meier": {"survival"},
    "Cox": {"predictors", "safety", "cutoffs"},
    "screening": {"predictors", "safety"},
    "Candidate predictors of relapse": {"predictors"},
    "Candidate predictors of adverse events": {"safety"},
    "log-rank": {"predictors", "safety", "cutoffs"},
    "Wilson's": {"induction", "safety"},
    "Wilcoxon": {"induction", "endoscopy"},
    "Firth": {"sparse_data"},
    "weighted residuals": {"proportionality"},
    "maximally selected": {"cutoffs"},
    "Akaike": {"cutoffs"},
    "exact intervals": {"endoscopy"},
    "CDEIS": {"endoscopy"},
    "Rutgeerts": {"endoscopy"},
    "Poisson": {"safety"},
    "end of combination therapy": {"safety"},
    "Montreal": {"baseline"},
    "At baseline": {"baseline"},
}


@pytest.mark.parametrize("name", [*NAMES, *CHECKS, None])
def test_nothing_is_said_that_was_not_done(name: str | None) -> None:
    whole = bundled()
    results = {name: whole.results[name]} if name else {}
    paragraph = methods_paragraph(replace(whole, results=results))
    said = {word for word in WORDS if word in paragraph}
    assert said == {word for word, names in WORDS.items() if name in names}


@pytest.mark.parametrize("name", [*NAMES, *CHECKS])
def test_what_could_not_be_estimated_is_a_sentence_with_its_reason(name: str) -> None:
    run = Run(bundled().cohort, Settings(outcome="surgery"), {name: NotEstimable("nobody was [seen](x).")})
    (text,) = result_sentences(run)
    title = {"survival": "Time to surgery", "predictors": "Predictors of surgery"}.get(name, TITLES[name])
    assert text == f"{title} could not be estimated: nobody was [seen](x)."
    for one in prose(run)[:-1]:
        check(one)


def test_results_of_the_study() -> None:
    texts = " ".join(result_sentences(bundled()))
    for told in (
        "week 24: response 80.3% (98/122), remission 70.5% (86/122)",
        "22 relapses in 98 patients, free of relapse 85.1% at 12 months",
        "CRP > 10 mg/L (HR 4.72, 95% CI 1.19-18.75, P = 0.027) and 6-TGN ≥ 235 pmol/8×10⁸ RBC (HR 5.32, 95% CI 1.40-20.14, "
        "P = 0.014) were associated with relapse",
        "90 adverse events in 62 of 122 patients (50.8%)",
        "Time to the first adverse event: 62 first adverse events in 122 patients",
        "was associated with an adverse event",
        "Responders at week 24, followed for relapse: 98; left out on the way: no response at week 24 (n = 24).",
        "Origin of the cut-offs: literature: CRP > 10 mg/L",
    ):
        assert told in texts


SAID = [
    ({}, "Clinical remission was a CDAI below 150 points with a fall of more than 70 points from baseline; clinical response "
         "was that fall, remission included. These are the definitions of the source study [3]."),
    ({"boundary": "inclusive"}, "a CDAI of at most 150 points with a fall of at least 70 points from baseline"),
    ({"boundary": "inclusive"}, "They differ from those of the source study"),
    ({"response_definition": "fall-100"}, "clinical response was a fall of more than 100 points from baseline, and at the"),
    ({"response_definition": "without-remission"}, "clinical response was that fall without remission."),
    ({}, "over the week-24 value, or fistula, abscess, obstruction or endoscopic activity, as in the source study [3]."),
    ({"relapse_definition": "above-220"}, "Relapse was defined as CDAI above 220 points, or fistula"),
    ({"relapse_definition": "objective"}, "defined as fistula, abscess, obstruction or endoscopic activity; the source study"),
    ({"clock": "late-entry"}, "were at risk from that visit on (late entry ["),
    ({"clock": "naive"}, "none of them could have the event, was counted as time at risk ["),
    ({"visit_window_weeks": 0}, "The clock started at the week-24 visit (on that day)"),
    ({"visit_window_weeks": 1}, "the nearest within 1 week)"),
    ({"horizon_months": 36.0}, "Follow-up was cut at 36 months."),
    ({"outcome": "surgery"}, "Surgery was the first one recorded after the week-24 visit."),
    ({"adverse_event_end": "last-follow-up"}, "from the start of therapy, in every patient, to the last follow-up."),
    ({"convention": "spss"}, "of type 6, as SPSS"),
    ({"convention": "spss"}, "± 1.96 standard errors as SPSS 24 computes it."),
    ({"km_interval": "plain"}, "with plain intervals (Greenwood's variance)."),
    ({"ties": "breslow"}, "Breslow's method for ties"),
    ({"screening_p": 0.05}, "Candidates with P < 0.05 in that test entered"),
    ({"conf_level": 0.9}, "Intervals are 90% confidence intervals"),
    ({"missing_visits": "observed"}, "a patient without a visit at a week was left out at that week"),
    ({"scan_adjust": "model"}, "a Cox model adjusted for 6-TGN, ESR, WBC"),
    ({"scan_marker": "tgn"}, "6-TGN was also kept continuous (per 50 pmol/8×10⁸ RBC)"),
    ({"candidates": "crp,haemoglobin"}, "Candidate predictors of relapse were CRP"),
    ({"baseline_group": "relapse"}, "Groups (no relapse and relapse) were compared by"),
    ({"survival_group": "tgn"}, "Curves were compared by the log-rank test"),
    ({"cutoffs": "crp>5"}, "CRP > 5 mg/L (literature ["),
    ({"cutoffs": "crp>8"}, "(literature; CRP 8 mg/L: upper limit of normal of many laboratories; full reference for the author"),
    ({"cutoffs": "crp>8.5"}, "CRP > 8.5 mg/L (data-driven, neither locked before looking nor published)"),
    ({}, "ESR > 20 mm/h (data-driven, the default of the program and not published)"),
    ({}, "NUDT15 variant was examined alone only."),
    ({"survival_group": "crp", "second_cutoffs": "crp=20"}, "CRP was also cut at 20 mg/L, which makes three groups."),
]  # fmt: skip


@pytest.mark.parametrize(("chosen", "told"), SAID)
def test_what_the_methods_say_of_a_choice(chosen: dict[str, object], told: str) -> None:
    assert told in methods_paragraph(bundled(replace(Settings(), **chosen)))


def test_software_is_named_with_the_versions_that_ran() -> None:
    import numpy
    import scipy

    paragraph = methods_paragraph(bundled())
    assert f"cdanalysis (results version {RESULTS_VERSION})" in paragraph
    assert f"NumPy {numpy.__version__} [" in paragraph
    assert f"SciPy {scipy.__version__} [" in paragraph


def test_references_are_numbered_as_they_are_cited() -> None:
    cite = Citations()
    text = " ".join(body for _, body in methods_sections(bundled(), cite))
    numbers = [int(number) for group in re.findall(r"\[([\d,]+)\]", text) for number in group.split(",")]
    assert list(dict.fromkeys(numbers)) == list(range(1, len(cite.cited()) + 1))
    assert cite.cited()[1].startswith("Best WR, Becktel JM")


def test_every_reference_is_in_vancouver_style() -> None:
    for text in REFERENCES.values():
        assert re.match(r"(?:von |van )?[A-Z][\w'-]+ [A-ZØ]{1,3}", text), text
        assert re.search(r" (?:19|20)\d\d[;.]|; (?:19|20)\d\d\.", text), text
        assert text.endswith(".")
        assert "  " not in text
    assert len(set(REFERENCES.values())) == len(REFERENCES)


def test_limitations_that_the_data_shows() -> None:
    told = " ".join(limitations(bundled()))
    assert "The cohort is synthetic: no result of it says anything about patients." in told
    assert "22 relapses for 7 covariates: 3.1 events per covariate, fewer than 5" in told
    assert "wide: CRP > 10 mg/L (1.19-18.75), 6-TGN ≥ 235" in told
    assert "40.0% (24/60) of the admissible cut-offs of CRP give P < 0.05." in told
    assert "was not recorded" in told
    assert "ESR > 20 mm/h, WBC > 9.5 ×10⁹/L and Age > 40 years are neither pre-specified nor published" in told


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({"clock": "naive"}, "Guarantee time ["),
        ({"cutoffs": "crp>8.5", "candidates": "crp,tgn"}, "CRP > 8.5 mg/L is neither pre-specified nor published"),
        ({"cutoffs": "crp>8.5,tgn>=200"}, "are neither pre-specified nor published"),
        ({"horizon_months": 12.0}, "The median was not reached."),
        ({"cutoffs": "crp>1", "screening_p": 1.0}, "No hazard ratio for relapse could be estimated for"),
    ],
)
def test_limitations_of_a_choice(chosen: dict[str, object], told: str) -> None:
    assert told in " ".join(limitations(bundled(replace(Settings(), **chosen))))


def test_hazards_that_were_not_tested_are_said_to_be_so() -> None:
    results = {name: result for name, result in bundled().results.items() if name not in CHECKS}
    untested = replace(bundled(), results=results)
    assert "Proportional hazards of the multivariable model were not tested." in limitations(untested)
    assert not any("were not tested" in text for text in limitations(bundled()))


def test_the_ledger_is_counted_by_origin() -> None:
    lines = tuple(
        LedgerLine(f"10:0{i}", "CRP cut-off", "2.00", "0.04", origin)
        for i, origin in enumerate(("pre-specified", "data-driven", "data-driven"))
    )
    told = " ".join(limitations(replace(bundled(), ledger=lines)))
    assert "3 specifications were looked at in this session (1 pre-specified and 2 data-driven); each" in told
    assert "not recorded" not in told
    assert "1 specification was looked at" in " ".join(limitations(replace(bundled(), ledger=lines[:1])))


def test_a_locked_cutoff_is_the_pre_specified_one() -> None:
    run = replace(bundled(Settings(cutoffs="crp>8.5")), locked={"crp": Lock(8.5, ">"), "tgn": Lock(200.0, ">=")})
    paragraph = methods_paragraph(run)
    assert "CRP > 8.5 mg/L (pre-specified, locked before anything was looked at)" in paragraph
    assert "6-TGN ≥ 235 pmol/8×10⁸ RBC (literature [" in paragraph
    assert not any("CRP > 8.5 mg/L" in text and "nor published" in text for text in limitations(run))
    other = replace(run, locked={"crp": Lock(9.0, ">")})
    assert "CRP > 8.5 mg/L (data-driven, neither locked before looking nor published)" in methods_paragraph(other)
    late = replace(run, locked={"crp": Lock(8.5, ">", 3)}, lock="The primary specification was locked after 3 looks.")
    assert "CRP > 8.5 mg/L (data-driven, locked after 3 specifications were looked at, neither" in methods_paragraph(
        late
    )
    looked = replace(late, ledger=(LedgerLine("10:00", "CRP cut-off", "2.00", "0.04", "data-driven"),))
    assert any("likelier" in text and text.endswith("locked after 3 looks.") for text in limitations(looked))


def test_a_second_cutoff_is_told_only_where_its_groups_are_shown() -> None:
    assert "three groups" not in methods_paragraph(bundled(Settings(second_cutoffs="crp=20")))


def test_strobe_says_what_the_bundle_holds() -> None:
    def item(number: str, *tables: str) -> str:
        shown = tuple(ReportTable(name, name, pd.DataFrame()) for name in tables)
        run = replace(bundled(Settings(survival_group="crp")), tables=shown)
        return next(one.text for one in items_of(run, ITEMS) if one.number == number)

    assert item("12b").endswith("Interactions were not examined.")
    within = item("12b", "subgroups-crp", "survival-at")
    assert "likelihood-ratio test of the interaction, are in the tables subgroups-crp of the bundle" in within
    assert "not examined" not in within
    assert item("12c").startswith("No value was imputed; each analysis holds")
    imputed = item("12c", "imputed-model")
    assert "imputed several times by chained equations" in imputed
    assert "No value was imputed" not in imputed
    assert "table relapse-changed of the bundle" in item("17", "relapse-changed")


def test_a_composite_is_told_by_its_components_and_another_s_rule_with_its_source() -> None:
    told = " ".join(result_sentences(bundled()))
    assert "Of the 22 relapses, the first component was CDAI relapse 18, obstruction 3 and abscess 1." in told
    text = methods_paragraph(bundled(Settings(relapse_definition="rise-100")))
    assert "(source: rise of 100 points: used in maintenance trials (unverified)); the source study" in text
