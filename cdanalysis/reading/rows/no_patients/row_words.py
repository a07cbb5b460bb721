"""What a row that is no patient begins with: the words of statistics and of notes, in the languages of clinics."""

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
STATISTIC_ROW = re.compile(rf"(?:{STATISTICS})(?: (?:of )?(?:all|patients|患者))?|n ?\d+|共 ?\d+ ?[例人]")
STATISTIC_WORDS = frozenset(STATISTICS.split("|"))
SIGNS = frozenset("∑%±x̄")
NOTE_ROW = re.compile(rf"\s*(?:[*†‡§#¹²³]|\((?:\d|[a-z])\)|\[\d\]|(?:{NOTES})\s*(?:[:：.,;(]|\d|$))", re.IGNORECASE)
LEGEND_ROW = re.compile(r"\s*[\w+\-.]{1,12}\s*(?:=|:|：|＝)\s*\S")
DASHES = re.compile(r"[-=_*~]{2,}")
COUNTED = re.compile(r"\s*n\s*[=:＝]\s*\d", re.IGNORECASE)
CODE = re.compile(r"(?!q[13]$)[a-z]{0,9}[-_/.]?\d[\w\-./]*", re.IGNORECASE)  # most identifiers
# `P 01`, typed otherwise elsewhere.
SPACED_CODE = re.compile(r"\s*[a-z]{1,2}\s*\d+[\s\u200b-\u200d\ufeff]*", re.IGNORECASE)
INITIALS = re.compile(r"[A-Za-z]{1,5}")
SUBTOTAL = re.compile("(?:sub ?totals?|grand total|zwischensumme|sous total|小计)(?: |$)")
BEGINS = re.compile(
    "(?:mean|average|median|sum|total|subtotal|sd|std|mittelwert|summe|gesamt) |平均|合计|总计|标准差|中位数"
)
