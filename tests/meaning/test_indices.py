"""Any disease index works as the CDAI does: read from totals or components, its own rules, its own words."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.index_columns import COMPONENTS, TOTALS
from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.dictionary.indices.presets import STUDY, Bound
from cdanalysis.report.content import Run
from cdanalysis.report.methods import methods_paragraph
from cdanalysis.report.statements.references import REFERENCES
from cdanalysis.sections import NAMES, blocks, parts
from cdanalysis.settings import Settings
from cdanalysis.writing.choices.definitions import footer_of_states, sources
from cdanalysis.writing.footers import footer

ROOT = Path(cd.__file__).parents[1]

# HBI at weeks 0, 8, 24, 52, 104. By hand: response = fall of 3 or remission (4 or less) at week 24; relapse = 5 or more after a
# rise of 3 over week 24.
HBI = """
id,HBI_W0,HBI_W8,HBI_W24,HBI_W52,HBI_W104,follow up months,crp
A,10,6,4,6,7,30,12
B,10,6,4,3,8,30,3
C,9,7,7,9,9,30,40
D,6,5,4,4,4,30,8
E,12,9,9,9,12,30,22
F,8,5,2,5,5,30,5
"""
# A: 4 -> 7 at week 104 (6 at week 52 rose by 2 only). B: week 104. C: fell by 2 to 7: no response. D: in remission, never
# relapsed. E: 12 -> 9 is a response without remission; 12 at week 104 rose by 3. F: 2 -> 5 at week 52.
ENDS = {"A": 104, "B": 104, "D": 0, "E": 104, "F": 52}


def read(text: str, name: str = "cohort.csv", **given: Any) -> Cohort:
    return cd.read_cohort(text.strip().encode(), file_name=name, **given)


def relapse_weeks(cohort: Cohort, settings: Settings) -> dict[str, float]:
    """The week of therapy of each relapse; 0 of who has none."""
    patients = analyses.relapse(cohort, settings).patients
    weeks = (patients["origin_days"] + patients["time_months"] * 365.25 / 12) / 7
    return dict(zip(patients["patient_id"], weeks.where(patients["event"], 0).round(6), strict=True))


def told(found: Any) -> Iterator[str]:
    """Every text of some blocks, with the parts and the tabs that open on demand."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, pd.DataFrame):
        yield found.to_csv()
    elif isinstance(found, parts.LookCloser):
        yield from (text for part in found.parts for text in told(list(part.blocks)))
    elif isinstance(found, dict):
        yield from (text for key, value in found.items() for text in (*told(key), *told(value)))
    elif isinstance(found, list | tuple):
        yield from (text for one in found for text in told(one))
    elif type(found).__module__.startswith(
        ("cdanalysis.sections.blocks", "cdanalysis.sections.parts", "cdanalysis.results")
    ):
        yield from told({key: value for key, value in vars(found).items() if not isinstance(value, Cohort | Settings)})


def every_text(cohort: Cohort, settings: Settings) -> str:
    return "\n".join(
        text
        for name in NAMES
        if name != "reproduction"
        for text in told(list(getattr(cd.sections, name)(cohort, settings)))
    )


def test_a_cohort_with_hbi_alone_goes_from_the_file_to_relapse_by_its_own_rule() -> None:
    cohort = read(HBI)
    assert (cohort.indices, cohort.questions) == (("hbi",), ())
    assert relapse_weeks(cohort, Settings()) == ENDS
    found = analyses.relapse(cohort, Settings())
    assert [(one.reason, one.n) for one in found.excluded] == [("no response at week 24", 1)]
    assert set(found.patients["ended_by"]) == {"HBI relapse", "last follow-up"}


def test_response_and_remission_of_hbi_are_counted_at_each_week() -> None:
    found = analyses.induction(read(HBI), Settings())
    # week 8: falls of 4, 4, 2, 1, 3, 3 and nobody at 4 or below; week 24: C alone has neither; E is above 4
    assert [(one.week, one.n_response, one.n_remission) for one in found.weeks] == [
        (8, 4, 0),
        (24, 5, 4),
        (52, 5, 2),
    ]
    assert found.activity[0].label == "HBI"


def test_the_pages_of_an_hbi_cohort_say_hbi_and_never_cdai() -> None:
    cohort, settings = read(HBI), Settings()
    text = every_text(cohort, settings)
    assert not re.findall(r"[^\n]{0,60}CDAI[^\n]{0,60}", text, re.IGNORECASE)
    assert "HBI" in text
    assert "an HBI of at most 4 points" in text
    run = Run(
        cohort,
        settings,
        {name: getattr(analyses, name)(cohort, settings) for name in ("induction", "survival", "predictors")},
    )
    methods = methods_paragraph(run)
    assert "CDAI" not in methods
    assert "Harvey-Bradshaw Index (HBI)" in methods
    assert (
        "Clinical remission was an HBI of at most 4 points; clinical response was a fall of at least 3 points"
        in methods
    )
    assert "Vermeire 2010" in methods
    assert "HBI at or above 5 points and a rise of at least 3 over the week-24 value" in methods
    assert "HBI of 5 or more after a rise of 3, the bounds of remission and of response: Vermeire 2010" in methods


def test_the_footers_say_the_definitions_with_their_sources() -> None:
    cohort = read(HBI)
    states, curve = (footer(cohort, Settings(), topic).replace("<br>", " · ") for topic in ("induction", "survival"))
    assert "remission: HBI ≤ 4 (Vermeire 2010) · response: fall ≥ 3 (Vermeire 2010)" in states
    assert "relapse: HBI ≥ 5 and a rise ≥ 3, or objective activity · source: Vermeire 2010" in curve
    own = footer(cohort, replace(cohort.indexed(Settings()), remission_below_points=3.0), "induction")
    assert "remission: HBI ≤ 3 (own choice)" in own
    assert "remission below points: 3" in own


def test_a_bound_that_another_paper_has_is_cited_as_that_paper_s_and_one_of_nobody_s_as_the_reader_s() -> None:
    """Partial Mayo: a fall of 2 in one trial, above 2.5 in Lewis 2008; remission of 1 or 2 at most."""
    first = Settings().with_index("partial_mayo")
    assert "response, fall of 2 points or more: registered trial NCT05069259" in sources(first)
    other = replace(first, response_fall_points=3.0, remission_below_points=2.0)
    assert "response, fall of 3 points or more, that is above 2.5: Lewis 2008" in sources(other)
    assert "remission, partial Mayo score of 2 or less" in sources(other)
    assert "response: fall ≥ 3 (Lewis 2008)" in footer_of_states(other)
    assert "response, own choice" in sources(replace(first, response_fall_points=4.0))
    assert footer_of_states(replace(first, response_fall_points=4.0))[1] == "response: fall ≥ 4 (own choice)"


def test_what_a_source_was_found_for_is_not_called_unverified() -> None:
    """SCCAI: below 2.5 and a fall above 1.5 in whole points (Higgins); PRO2: 8 and 5 are a CDAI's 150 and 70 (Khanna)."""
    sccai, pro2 = Settings().with_index("sccai"), Settings().with_index("pro2")
    assert (sccai.remission, sccai.fall) == (Bound(2, "<="), Bound(2, ">="))
    assert footer_of_states(sccai) == (
        "remission: SCCAI ≤ 2 (Higgins 2005)",
        "response: fall ≥ 2 (Higgins 2005)",
    )
    assert (pro2.relapse_rule.above, pro2.relapse_rule.rise) == (Bound(8, ">"), Bound(5, ">="))
    assert "Khanna 2015" in pro2.relapse_rule.source
    for mayo in ("partial_mayo", "full_mayo"):
        rule = Settings().with_index(mayo).relapse_rule
        assert (rule.above, rule.rise) == (Bound(3, ">="), Bound(3, ">="))
        assert "NCT02229344" in rule.source
    presets = [
        one
        for index in INDICES.values()
        for first in (index.remission, index.response)
        for one in (first, *first.others)
    ]
    assert all(one.verified for one in presets)
    assert {key for one in presets for key in one.sources} <= set(REFERENCES)
    unverified = {index.code for index in INDICES.values() for rule in index.relapse if not rule.verified}
    assert unverified == {"cdai"}  # two further rules for a sensitivity analysis: no paper was found that has them


def test_bounds_are_the_index_s_own_until_others_are_chosen() -> None:
    hbi = Settings().with_index("hbi")
    assert (hbi.remission, hbi.fall) == (Bound(4, "<="), Bound(3, ">="))
    assert hbi.to_query() == {"index": "hbi"}
    changed = replace(hbi, remission_below_points=3.0, response_fall_points=5.0)
    assert Settings.from_query(changed.to_query()) == (changed, ())
    assert Settings.from_query({"remission_below_points": "3", "index": "hbi"})[0] == replace(
        hbi, remission_below_points=3.0
    )
    assert changed.with_index("") == Settings()
    with pytest.raises(ValueError, match="remission_below_points is 150.5, expected 0 to 20"):
        replace(hbi, remission_below_points=150.5)
    with pytest.raises(ValueError, match="relapse_definition is 'above-220'"):
        replace(hbi, relapse_definition="above-220")
    with pytest.raises(ValueError, match="of which HBI has none"):
        replace(hbi, response_definition="fall-100")


def test_what_was_chosen_in_points_of_the_cdai_is_not_applied_to_another_index() -> None:
    of_cdai = Settings(remission_below_points=130.0, relapse_definition="above-220", response_definition="fall-100")
    assert relapse_weeks(read(HBI), of_cdai) == ENDS


def test_an_own_rule_is_in_the_points_of_the_index() -> None:
    own = replace(
        Settings().with_index("hbi"), relapse_definition="custom", relapse_above_points=6.0, relapse_rise_points=0.0
    )
    # 6 or more: A at week 52, B and E as before (E has 9 at week 52 already), F never
    assert relapse_weeks(read(HBI), own) == {"A": 52, "B": 104, "D": 0, "E": 52, "F": 0}


# Partial Mayo by months, 26 weeks = 6 months is within the window of week 24.
MAYO = """
patient_id,months,partial Mayo score,follow up months
U1,0,6,30
U1,2,3,30
U1,6,1,30
U1,12,2,30
U1,24,5,30
U2,0,5,30
U2,6,4,30
U2,12,6,30
U3,0,7,30
U3,6,4,30
U3,12,5,30
U3,24,6,30
U4,0,8,30
U4,6,4,30
U4,12,6,30
U4,24,7,30
"""


def test_a_colitis_cohort_relapses_by_the_partial_mayo() -> None:
    cohort = read(MAYO)
    assert cohort.indices == ("partial_mayo",)
    # U1: 1 -> 2 is below 3; 5 at month 24. U2: fell by 1: no response. U3: 4 -> 6 rose by 2, U4: 4 -> 7 by 3.
    at_month_24 = {key: week > 100 for key, week in relapse_weeks(cohort, Settings()).items()}
    assert at_month_24 == {"U1": True, "U3": False, "U4": True}
    assert "CDAI" not in every_text(cohort, Settings())


@pytest.mark.parametrize(
    ("index", "baseline", "value", "remission", "response"),
    [
        ("pro2", 20, 8, True, True), ("pro2", 20, 10, False, True), ("pro2", 20, 10.5, False, False), ("pro2", 40, 20, False, True),
        ("partial_mayo", 6, 1, True, True), ("partial_mayo", 6, 2, False, True), ("partial_mayo", 6, 5, False, False),
        ("full_mayo", 10, 7, False, True), ("full_mayo", 11, 8, False, False), ("full_mayo", 4, 2, True, True),
        ("sccai", 8, 2, True, True), ("sccai", 8, 6, False, True), ("sccai", 8, 7, False, False),
        ("hbi", 8, 4, True, True), ("hbi", 8, 5, False, True), ("hbi", 7, 5, False, False), ("hbi", 4, 4, True, True),
        ("cdai", 300, 149, True, True), ("cdai", 300, 150, False, True), ("cdai", 200, 149, False, False),
    ],
)  # fmt: skip
def test_states_on_the_bounds_of_each_index(
    index: str, baseline: float, value: float, remission: bool, response: bool
) -> None:
    header = INDICES[index].column
    cohort = read(
        f"id,week,{header},follow up months\nA,0,{baseline},9\nA,24,{value},9\nB,0,{baseline},9\nB,24,{value},9"
    )
    found = analyses.induction(cohort, Settings()).weeks[-1]
    assert (bool(found.n_remission), bool(found.n_response)) == (remission, response)


def test_a_mayo_of_2_with_a_subscore_of_2_is_no_remission() -> None:
    names = ("stool frequency", "rectal bleeding", "physician global assessment", "endoscopic subscore")
    header = f"id,week,{','.join(f'Mayo {name}' for name in names)},follow up months"
    cohort = read(f"{header}\nA,0,3,2,2,3,9\nA,24,0,0,0,2,9\nB,0,3,2,2,3,9\nB,24,1,0,0,1,9")
    assert cohort.visits.sort_values(["patient_id", "days"])["full_mayo_points"].tolist() == [10, 2, 10, 2]
    assert cohort.visits.sort_values(["patient_id", "days"])["partial_mayo_points"].tolist() == [7, 0, 7, 1]
    chosen = Settings().with_index("full_mayo")
    assert analyses.induction(cohort, chosen).weeks[-1].n_remission == 1


CDAI_PARTS = ("liquid stools", "abdominal pain", "wellbeing", "complications", "antidiarrhoeal", "abdominal mass", "haematocrit",
              "weight deficit")  # fmt: skip


def test_the_cdai_of_its_eight_components() -> None:
    header = f"id,sex,week,{','.join(f'CDAI {name}' for name in CDAI_PARTS)},follow up months"
    cohort = read(
        f"{header}\nA,m,0,21,7,10,1,no,0,40,10,30\nA,m,24,7,2,3,0,no,0,47,-15,30\nB,f,0,35,14,14,2,yes,5,34,5,30\n"
        "C,,0,35,14,14,2,yes,5,34,5,30"
    )
    by_visit = cohort.visits.set_index(["patient_id", "week"])["cdai_points"]
    # 42 + 35 + 70 + 20 + 0 + 0 + 6 x 7 + 10 = 219; 14 + 10 + 21 + 0 + 0 - 10 (15 above the standard counts 10) = 35
    assert by_visit["A", 0] == 219
    assert by_visit["A", 24] == 35
    # 70 + 70 + 98 + 40 + 30 + 50 + 6 x 8 + 5 = 411
    assert by_visit["B", 0] == 411
    assert pd.isna(by_visit["C", 0])  # without the sex the haematocrit has no reference
    said = [fault.found for fault in cohort.faults if fault.column == "cdai_points"]
    assert said == ["computed from its 8 components in 3 visits"]


def test_hbi_pro2_and_sccai_of_their_components_and_a_total_that_differs_is_said() -> None:
    hbi = read(
        "id,week,HBI wellbeing,HBI abdominal pain,HBI liquid stools,HBI abdominal mass,HBI complications,HBI,fu months\n"
        "A,0,2,2,6,1,2,,30\nA,24,0,1,1,0,0,2,30\nB,0,1,1,3,0,0,9,30"
    )
    assert hbi.visits["hbi_points"].tolist() == [13, 2, 9]
    said = [fault.found for fault in hbi.faults if fault.column == "hbi_points"]
    assert said == [
        "computed from its 5 components in 1 visit",
        "stated otherwise than its components give in 1 visit: used as stated",
    ]
    pro2 = read("id,week,PRO2 stool frequency,PRO2 abdominal pain,follow up months\nA,0,4.5,2,30\nA,24,1.5,1,30")
    assert pro2.visits["pro2_points"].tolist() == [19, 8]  # 2 x 4.5 + 5 x 2; 2 x 1.5 + 5
    names = ("bowel frequency day", "bowel frequency night", "urgency", "blood", "wellbeing", "extracolonic")
    sccai = read(
        f"id,week,{','.join(f'SCCAI {one}' for one in names)},follow up months\nA,0,3,2,2,3,2,1,9\nA,24,0,0,0,0,0,0,9"
    )
    assert sccai.visits["sccai_points"].tolist() == [13, 0]


TWO = """
id,CDAI_W0,CDAI_W24,CDAI_W52,HBI_W0,HBI_W24,HBI_W52,follow up months
A,300,100,120,10,3,9,30
B,310,90,200,9,2,3,30
C,280,110,100,8,4,4,30
"""


def test_of_two_indices_the_setting_chooses_and_the_first_is_used_until_then() -> None:
    cohort = read(TWO)
    assert cohort.indices == ("cdai", "hbi")
    assert relapse_weeks(cohort, Settings()) == {"A": 0, "B": 52, "C": 0}
    assert relapse_weeks(cohort, Settings(index="hbi")) == {"A": 52, "B": 0, "C": 0}
    assert "HBI ≥ 5" in footer(cohort, Settings(index="hbi"), "survival")
    assert "CDAI &gt; 150" in footer(cohort, Settings(), "survival")
    assert cohort.indexed(Settings(index="sccai")) == Settings()  # that it has not


def test_an_index_that_is_followed_longer_comes_first() -> None:
    cohort = read("id,CDAI_W0,CDAI_W24,HBI_W0,HBI_W24,HBI_W52,follow up months\nA,300,100,10,3,9,30\nB,310,90,9,2,3,30")
    assert cohort.indices == ("hbi", "cdai")
    assert relapse_weeks(cohort, Settings()) == {"A": 52, "B": 0}
    assert relapse_weeks(cohort, Settings(index="cdai")) == {"A": 0, "B": 0}


@pytest.mark.parametrize(
    ("headers", "index"),
    [
        ("患者编号,HBI评分 基线,HBI评分第8周,HBI评分第24周,HBI评分第52周,随访时间（月）", "hbi"),
        ("患者编号,部分Mayo评分 基线,部分Mayo评分第8周,部分Mayo评分第24周,部分Mayo评分第52周,随访时间（月）", "partial_mayo"),
        ("id,SCCAI week 0,SCCAI week 8,SCCAI week 24,SCCAI week 52,follow up months", "sccai"),
        ("id,pMayo_M0,pMayo_M2,pMayo_M6,pMayo_M12,follow up months", "partial_mayo"),
        ("id,Total Mayo score W0,Total Mayo score W8,Total Mayo score W24,Total Mayo score W52,follow up months", "full_mayo"),
        ("id,PRO2 W0,PRO2 W8,PRO2 W24,PRO2 W52,follow up months", "pro2"),
    ],
)  # fmt: skip
def test_an_index_is_found_by_its_own_names(headers: str, index: str) -> None:
    cohort = read(f"{headers}\nA,8,4,2,7,30\nB,7,4,1,1,30")
    assert (cohort.indices, cohort.questions) == ((index,), ())
    assert cohort.visits[INDICES[index].column].notna().sum() == 8


@pytest.mark.parametrize(
    "header", ["PCDAI", "wPCDAI", "Mayo endoscopic subscore", "UCEIS", "HBII", "SCCAI-R", "HBI-PRO"]
)
def test_another_index_is_none_of_ours(header: str) -> None:
    cohort = read(f"id,{header} W0,{header} W24,{header} W52,follow up months\nA,3,2,1,30\nB,3,1,2,30")
    assert cohort.indices == ()


def test_a_mayo_score_that_may_be_either_is_asked_about_and_the_answer_keeps_its_visit() -> None:
    text = "id,Mayo W0,Mayo W24,follow up months\nA,8,2,30\nB,7,1,30"
    opened = cd.open_cohort(text.encode(), file_name="mayo.csv")
    assert opened.cohort is not None
    assert opened.cohort.indices == ()
    assert [one.options[:2] for one in opened.questions] == [("partial_mayo_points", "full_mayo_points")] * 2
    study = opened.study.answered({one.id: "partial_mayo_points" for one in opened.questions})
    assert read(text, study=study).visits[["week", "partial_mayo_points"]].to_numpy().tolist() == [
        [0, 8],
        [24, 2],
        [0, 7],
        [24, 1],
    ]


def test_each_index_has_its_range_and_a_value_beyond_it_is_a_fault() -> None:
    cohort = read("id,week,SCCAI,follow up months\nA,0,12,30\nA,24,25,30\nB,0,11,30\nB,24,3,30")
    assert [(fault.column, fault.found) for fault in cohort.faults if fault.severity == "error"] == [
        ("sccai_points", "25")
    ]


def test_every_preset_says_where_it_is_from_and_every_source_is_listed() -> None:
    for index in INDICES.values():
        for one in (index.remission, index.response, *index.relapse):
            assert one.citation
            assert set(one.sources) <= set(REFERENCES)
            assert one.verified or one.source.endswith("(unverified)")
        assert {"study", "objective", "cdai"} <= set(index.rules)
        assert index.lowest <= index.remission.bound.value <= index.highest
        for name in ("remission_below_points", "response_fall_points", "relapse_above_points"):
            value, lowest, highest = Settings().with_index(index.code).bounds_of(name)
            assert lowest <= value <= highest or (name == "response_fall_points" and value == 0)
            default = getattr(Settings(), name)
            assert index.code == "cdai" or not lowest <= default <= highest  # a field's default stands for the preset
    assert INDICES["cdai"].remission.citation == STUDY
    columns = [spec.name for spec in (*TOTALS, *COMPONENTS)]
    assert len(set(columns)) == len(columns)


NAMED = re.compile(r"(?i)cdai(?!s)|\bhbi\b|sccai|harvey")
MAY = (
    "cdanalysis/dictionary/",
    "cdanalysis/reading/",
    "cdanalysis/sections/reproduction/",
    "cdanalysis/report/statements/references.py",
)


@pytest.mark.parametrize(
    "path",
    [one for one in sorted(ROOT.glob("cdanalysis/**/*.py")) if not one.relative_to(ROOT).as_posix().startswith(MAY)],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_nothing_but_the_dictionary_names_an_index(path: Path) -> None:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    docs = {id(one.value) for one in nodes if isinstance(one, ast.Expr)}
    texts = [
        one.value
        for one in nodes
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in docs
    ]
    assert not [text for text in texts if NAMED.search(text)]


def test_blocks_are_walked_whole() -> None:
    assert "inside" in "".join(told([blocks.Sentence("inside"), blocks.Table("id", pd.DataFrame({"a": [1]}), "title")]))


def test_a_sheet_named_by_its_index_is_that_of_the_visits() -> None:
    content = io.BytesIO()
    with pd.ExcelWriter(content) as book:
        pd.DataFrame({"patient_id": ["A", "B"], "follow_up_months": [30, 30]}).to_excel(
            book, sheet_name="patients", index=False
        )
        visits = {"patient_id": ["A", "A", "B", "B"], "week": [0, 24, 0, 24], "SCCAI": [9, 2, 8, 7]}
        pd.DataFrame(visits).to_excel(book, sheet_name="SCCAI", index=False)
    cohort = cd.read_cohort(content.getvalue(), file_name="book.xlsx")
    assert cohort.indices == ("sccai",)
    # A fell to 2; B by 1 and is above 2: no response
    assert analyses.relapse(cohort, Settings()).patients["patient_id"].tolist() == ["A"]
