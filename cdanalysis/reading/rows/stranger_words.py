"""The words with which rows begin that are no patients: of statistics and of notes, in the languages of clinics."""

from __future__ import annotations

import re

STATISTICS = (
    "mean|average|avg|sd|std|stdev|std dev|st dev|standard deviation|standard error|sem|se|median|iqr|interquartile range|range|"
    "min|minimum|max|maximum|sum|total|totals|subtotal|sub total|grand total|overall|count|n|no|valid n|missing|p|p value|percent|"
    "mean sd|mean se|median iqr|q1|q3|25|75|95 ci|cv|variance|"
    "mittelwert|mw|durchschnitt|standardabweichung|stabw|st abw|stdabw|spannweite|"
    "general|ø|σ|summe|gesamt|gesamtsumme|anzahl|insgesamt|fehlend|"
    "moyenne|médiane|écart type|total général|media|mediana|promedio|desviación estándar|"
    "平均|平均值|平均数|均值|均数|标准差|中位数|四分位间距|合计|总计|总和|小计|总数|例数|人数|最大值|最小值|极差|百分比|缺失"
)
NOTES = (
    "notes?|legend|key|sources?|abbreviations?|footnotes?|comments?|remarks?|data from|exported|printed|created|last updated?|"
    "anmerkung(?:en)?|hinweise?|legende|quelle|abkürzungen|stand|erstellt|注|注释|备注|说明|来源|数据来源|图例|缩写|导出|制表"
)
STATISTIC_BEGINS = re.compile(rf"(?:{STATISTICS})(?: (?:of )?(?:all|patients|患者))?|n ?\d+|共 ?\d+ ?[例人]")
STATISTIC_WORDS = frozenset(STATISTICS.split("|"))
SIGNS = frozenset("∑%±x̄")
NOTE_BEGINS = re.compile(rf"\s*(?:[*†‡§#¹²³]|\((?:\d|[a-z])\)|\[\d\]|(?:{NOTES})\s*(?:[:：.,;(]|\d|$))", re.IGNORECASE)
LEGEND = re.compile(r"\s*[\w+\-.]{1,12}\s*(?:=|:|：|＝)\s*\S")
