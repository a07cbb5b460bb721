"""The disease indices: one row each, with the presets for remission, response and relapse as they were published."""

from collections.abc import Iterable
from typing import Any

from cdanalysis.dictionary.indices.index import Index
from cdanalysis.dictionary.indices.index_items import CDAI_ITEMS, HBI_ITEMS, MAYO_ITEMS, PRO2_ITEMS, SCCAI_ITEMS
from cdanalysis.dictionary.indices.presets import STUDY, Bound, Preset, RelapseRule

SENSITIVITY, OWN = "sensitivity analysis", "own rule"  # of nobody else
OBJECTIVE = RelapseRule("objective", "Objective only", None, None, True, SENSITIVITY)


def _cdai_rules() -> tuple[RelapseRule, ...]:
    active, risen = Bound(150, ">"), Bound(70, ">")
    return (
        RelapseRule("study", "Study rule", active, risen, True, STUDY),
        RelapseRule("rise-100", "Rise of more than 100", active, Bound(100, ">"), True,
                    "rise of 100 points: used in maintenance trials", verified=False),
        RelapseRule("above-220", "CDAI above 220", Bound(220, ">"), None, True,
                    "CDAI above 220: lower bound of moderate activity in trials", verified=False),
        OBJECTIVE,
        RelapseRule("cdai", "CDAI only", active, risen, False, SENSITIVITY),
    )  # fmt: skip


def _rules(
    word: str, above: Bound, rise: float | None, citation: str, sources: tuple[str, ...] = ()
) -> tuple[RelapseRule, ...]:
    """The rules of an index of which one is known: with objective events, these alone, and without them."""
    risen = None if rise is None else Bound(rise, ">=")
    return (
        RelapseRule("study", f"{word} or objective", above, risen, True, citation, sources=sources),
        OBJECTIVE,
        RelapseRule("cdai", f"{word} only", above, risen, False, citation, sources=sources),
    )


CDAI = Index(
    "cdai", "CDAI", "a", "Crohn's Disease Activity Index", "cdai_points", "points", 0, 900,
    "cdai|cdai score|crohn s disease activity index|baseline cdai|cdai baseline|cdai total|total cdai|"
    "cdai total score|cdai评分|cdai总分|cdai分值|基线cdai|"
    "cdai wert|cdai gesamt|cdai zu beginn|cdai 评分|克罗恩病活动指数",
    Preset(Bound(150, "<"), (50.0, 300.0), STUDY, ("study",)), Preset(Bound(70, ">"), (20.0, 200.0), STUDY, ("study",)),
    _cdai_rules(), ((50.0, 450.0), (0.0, 200.0)),
    remission_needs_fall=True, further_fall=100, step=5.0, per=50.0, slider=(0.0, 600.0), sources=("cdai",), items=CDAI_ITEMS,
)  # fmt: skip

HBI = Index(
    "hbi", "HBI", "an", "Harvey-Bradshaw Index", "hbi_points", "points", 0, 50,
    "hbi|hbi score|hbi total|total hbi|harvey bradshaw|harvey bradshaw index|harvey bradshaw score|baseline hbi|hbi baseline|"
    "hbi评分|hbi总分|基线hbi|哈维布拉德肖指数|harvey bradshaw指数|harvey bradshaw评分|简化cdai",
    Preset(Bound(4, "<="), (0.0, 20.0), "HBI of 4 or less, that is below 5: Vermeire 2010", ("vermeire",)),
    Preset(Bound(3, ">="), (1.0, 20.0), "fall of 3 points or more: Vermeire 2010", ("vermeire",)),
    _rules("HBI", Bound(5, ">="), 3,
           "HBI of 5 or more after a rise of 3, the bounds of remission and of response: Vermeire 2010", ("vermeire",)),
    ((1.0, 30.0), (0.0, 20.0)), per=3.0, slider=(0.0, 30.0), sources=("hbi",), items=HBI_ITEMS,
)  # fmt: skip
PRO2 = Index(
    "pro2", "PRO2", "a", "two-item patient-reported outcome (2 x stool frequency + 5 x abdominal pain, daily means)", "pro2_points",
    "points", 0, 60,
    "pro2|pro 2|pro2 score|pro 2 score|pro2 total|pro2评分|pro2总分|weighted pro2",
    Preset(Bound(8, "<="), (0.0, 30.0), "weighted PRO2 of 8 or less: registered trial NCT06045754"),
    Preset(Bound(0, ">"), (0.0, 30.0), "fall of at least 50%: STRIDE-II", ("stride",)),
    _rules("PRO2", Bound(8, ">"), 5,
           "PRO2 above 8 after a rise of 5, which correspond to the CDAI's 150 and 70: Khanna 2015", ("khanna",)),
    ((1.0, 50.0), (0.0, 30.0)), fall_percent=50.0, per=5.0, slider=(0.0, 60.0), items=PRO2_ITEMS,
)  # fmt: skip
# A score cannot rise by 3 and stay below 3: the level says it for a reader who lowers the rise.
_MAYO_RELAPSE = (
    Bound(3, ">="), 3, "rise of 3 points or more in the Mayo or partial Mayo score from response or remission: "
    "registered trial NCT02229344",
)  # fmt: skip
PARTIAL_MAYO = Index(
    "partial_mayo", "Partial Mayo score", "a", "partial Mayo score", "partial_mayo_points", "points", 0, 9,
    "partial mayo|partial mayo score|mayo partial|mayo score partial|pmayo|p mayo|pmayo score|pms|partial mayo index|部分mayo评分|"
    "部分mayo|mayo部分评分|部分梅奥评分|简化mayo评分|mayo|mayo score|mayo评分|梅奥评分",
    Preset(Bound(1, "<="), (0.0, 6.0), "partial Mayo score of 1 or less: post hoc analysis of VARSITY", others=(
        Preset(Bound(2, "<="), (0.0, 6.0), "partial Mayo score of 2 or less (that no subscore is above 1 is part of it and not "
               "asked for): registered trial NCT05069259"),
    )),
    Preset(Bound(2, ">="), (1.0, 8.0), "fall of 2 points or more: registered trial NCT05069259", others=(
        Preset(Bound(3, ">="), (1.0, 8.0), "fall of 3 points or more, that is above 2.5: Lewis 2008", ("lewis",)),
    )),
    _rules("Partial Mayo", *_MAYO_RELAPSE),
    ((1.0, 9.0), (0.0, 8.0)), slider=(0.0, 9.0), sources=("mayo", "lewis"), items=MAYO_ITEMS[:3],
)  # fmt: skip
FULL_MAYO = Index(
    "full_mayo", "Full Mayo score", "a", "full Mayo score", "full_mayo_points", "points", 0, 12,
    "full mayo|full mayo score|mayo full|"
    "total mayo|total mayo score|mayo total|mayo total score|complete mayo score|mayo clinic score|"
    "mayo总分|mayo总评分|完整mayo评分|全mayo评分|mayo|mayo score|mayo评分|梅奥评分",
    Preset(Bound(2, "<="), (0.0, 6.0), "Mayo score of 2 or less and no subscore above 1: Rutgeerts 2005", ("act",)),
    Preset(Bound(3, ">="), (1.0, 10.0), "fall of 3 points or more and of 30%: Rutgeerts 2005", ("act",)),
    _rules("Full Mayo", *_MAYO_RELAPSE),
    ((1.0, 12.0), (0.0, 10.0)), fall_percent=30.0, slider=(0.0, 12.0), sources=("mayo",), items=MAYO_ITEMS, most_of_an_item=1.0,
    left_out="that rectal bleeding fell by 1 or was at most 1 is part of the published response and is not asked for",
)  # fmt: skip
SCCAI = Index(
    "sccai", "SCCAI", "an", "Simple Clinical Colitis Activity Index", "sccai_points", "points", 0, 19,
    "sccai|sccai score|sccai total|total sccai|simple clinical colitis activity index|simple colitis activity index|walmsley index|"
    "walmsley score|baseline sccai|sccai baseline|sccai评分|sccai总分|基线sccai|简单临床结肠炎活动指数",
    Preset(Bound(2, "<="), (0.0, 8.0), "SCCAI of 2 or less, that is below 2.5: Higgins 2005", ("higgins",)),
    Preset(Bound(2, ">="), (1.0, 15.0), "fall of 2 points or more, that is above 1.5: Higgins 2005", ("higgins",)),
    _rules("SCCAI", Bound(5, ">="), None, "SCCAI of 5 or more: Jowett 2003", ("jowett",)),
    ((1.0, 19.0), (0.0, 15.0)), slider=(0.0, 19.0), sources=("sccai",), items=SCCAI_ITEMS,
)  # fmt: skip

INDICES = {index.code: index for index in (CDAI, HBI, PRO2, PARTIAL_MAYO, FULL_MAYO, SCCAI)}
BY_COLUMN = {index.column: index for index in INDICES.values()}
NAMED = ", ".join(index.label for index in INDICES.values())
OF_AN_INDEX = f"visits with a disease index ({NAMED})"
FIRST = next(iter(INDICES))  # that a cohort without any is spoken to about


def followed(visits: Any, day: float) -> list[str]:
    """Codes of the indices that a visit after a day has; visits: a frame with days and the indices' columns."""
    later = visits.loc[visits["days"] > day]
    return [code for code, index in INDICES.items() if index.column in later and later[index.column].notna().any()]


def longest_followed(visits: Any, days: Iterable[float]) -> tuple[str, ...]:
    """Codes of the indices that the visits have, those with one after the first of some days before the others."""
    return tuple(dict.fromkeys(code for day in days for code in followed(visits, day)))
