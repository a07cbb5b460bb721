"""The components of the indices, with the weights of the published formulas; a row each.

Headers name the index beside the component (`HBI abdominal pain`), for a bare word fits several.
"""

from itertools import product
from typing import Any

from cdanalysis.dictionary.indices.index import Item


def _item(index: str, prefixes: str, name: str, meaning: str, highest: float, words: str, **kinds: Any) -> Item:
    pairs = product(prefixes.split("|"), words.split("|"))
    synonyms = tuple(dict.fromkeys(text for one, word in pairs for text in (f"{one} {word}", f"{word} {one}")))
    return Item(f"{index}_{name}", meaning, kinds.pop("lowest", 0.0), highest, synonyms, **kinds)


_CDAI = "cdai", "cdai"
CDAI_ITEMS = (
    _item(*_CDAI, "liquid_stools", "CDAI: liquid or soft stools, sum of 7 days", 200,
          "liquid stools|soft stools|stools|稀便次数|稀便", weight=2),
    _item(*_CDAI, "abdominal_pain", "CDAI: abdominal pain (0-3 a day), sum of 7 days", 21, "abdominal pain|pain|腹痛", weight=5),
    _item(*_CDAI, "wellbeing", "CDAI: general well-being (0-4 a day), sum of 7 days", 28,
          "wellbeing|well being|general well being|general wellbeing|一般情况|一般状况", weight=7),
    _item(*_CDAI, "complications", "CDAI: complications, how many of six", 6,
          "complications|extraintestinal|extraintestinal manifestations|肠外表现|并发症", weight=20),
    _item(*_CDAI, "antidiarrhoeal", "CDAI: a drug for diarrhoea", 1,
          "antidiarrhoeal|antidiarrheal|antidiarrhoeals|antidiarrheals|loperamide|止泻药", weight=30, is_yes_no=True),
    _item(*_CDAI, "abdominal_mass", "CDAI: abdominal mass (0, 2 or 5)", 5, "abdominal mass|mass|腹部包块|腹块", weight=10),
    _item(*_CDAI, "haematocrit", "CDAI: haematocrit in percent; counted from 47 in men, 42 in women", 70,
          "haematocrit|hematocrit|hct|红细胞压积", weight=6, lowest=10.0, under=(47.0, 42.0)),
    _item(*_CDAI, "weight_deficit", "CDAI: percent below the standard weight; above it negative, counted to -10", 70,
          "weight deficit|weight deviation|percent below standard weight|体重下降|体重差", lowest=-100.0, least=-10.0),
)  # fmt: skip

_HBI = "hbi", "hbi|harvey bradshaw"
HBI_ITEMS = (
    _item(*_HBI, "wellbeing", "HBI: general well-being (0-4)", 4,
          "wellbeing|well being|general well being|general wellbeing|一般情况"),
    _item(*_HBI, "abdominal_pain", "HBI: abdominal pain (0-3)", 3, "abdominal pain|pain|腹痛"),
    _item(*_HBI, "liquid_stools", "HBI: liquid stools of a day", 40,
          "liquid stools|liquid stools per day|soft stools|stools|稀便次数|稀便|腹泻"),
    _item(*_HBI, "abdominal_mass", "HBI: abdominal mass (0-3)", 3, "abdominal mass|mass|腹部包块|腹块"),
    _item(*_HBI, "complications", "HBI: complications, how many of eight", 8,
          "complications|extraintestinal|extraintestinal manifestations|并发症|肠外表现"),
)  # fmt: skip

_PRO2 = "pro2", "pro2|pro 2"
PRO2_ITEMS = (
    _item(*_PRO2, "stool_frequency", "PRO2: liquid or soft stools a day, mean of 7 days", 30,
          "stool frequency|sf|stools|liquid stools|排便次数|大便次数", weight=2),
    _item(*_PRO2, "abdominal_pain", "PRO2: abdominal pain (0-3), mean of 7 days", 3, "abdominal pain|ap|pain|腹痛", weight=5),
)  # fmt: skip

_MAYO = "mayo", "mayo|mayo score|partial mayo|pmayo"
MAYO_ITEMS = (
    _item(*_MAYO, "stool_frequency", "Mayo score: stool frequency (0-3)", 3,
          "stool frequency|stool frequency subscore|sf|stools|排便次数"),
    _item(*_MAYO, "rectal_bleeding", "Mayo score: rectal bleeding (0-3)", 3,
          "rectal bleeding|rectal bleeding subscore|bleeding|rb|rbs|便血"),
    _item(*_MAYO, "global_assessment", "Mayo score: physician's global assessment (0-3)", 3,
          "physician s global assessment|physician global assessment|global assessment|pga|医生总体评价|医师评估"),
    _item(*_MAYO, "endoscopic_subscore", "Mayo score: endoscopic subscore (0-3)", 3,
          "endoscopic subscore|endoscopy subscore|endoscopic score|endoscopy|mes|内镜评分|内镜亚评分"),
)  # fmt: skip

_SCCAI = "sccai", "sccai"
SCCAI_ITEMS = (
    _item(*_SCCAI, "bowel_frequency_day", "SCCAI: bowel frequency by day (0-3)", 3,
          "bowel frequency day|day bowel frequency|day stools"),
    _item(*_SCCAI, "bowel_frequency_night", "SCCAI: bowel frequency by night (0-2)", 2,
          "bowel frequency night|night bowel frequency|night stools"),
    _item(*_SCCAI, "urgency", "SCCAI: urgency of defaecation (0-3)", 3,
          "urgency|urgency of defaecation|urgency of defecation|急迫感"),
    _item(*_SCCAI, "blood", "SCCAI: blood in the stool (0-3)", 3, "blood|blood in stool|便血"),
    _item(*_SCCAI, "wellbeing", "SCCAI: general well-being (0-4)", 4, "wellbeing|well being|general well being|一般情况"),
    _item(*_SCCAI, "extracolonic", "SCCAI: extracolonic features, how many", 4, "extracolonic|extracolonic features|肠外表现"),
)  # fmt: skip
