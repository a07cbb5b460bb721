"""The units that a header or a cell may state, in every spelling, and what each multiplies a value by.

A unit is known by one spelling (`mg/dL`); `known_unit` finds it in the others (`mg dL-1`, `mg/100 ml`). What is not known
has no factor, never the factor 1.
"""

import re
import unicodedata
from html import unescape

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.reading.dates.forms import ORDERS
from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

DATE = "date"  # of a duration: the cells are dates, counted from start_date
DATES = (DATE, *ORDERS)

# In days; the first four are those that a reader thinks of.
LASTING = {"days": 1.0, "weeks": DAYS_PER_WEEK, "months": DAYS_PER_MONTH, "years": 12 * DAYS_PER_MONTH, "hours": 1 / 24,
           "quarters": 3 * DAYS_PER_MONTH}  # fmt: skip
USUAL = ("days", "weeks", "months", "years")
DAYS_PER = {unit: LASTING[unit] for unit in ("months", "weeks", "days")}  # the units of a dictionary's duration
UNIT_FACTORS: dict[str, dict[str, float]] = {
    "mg/L": {"mg/L": 1, "mg/dL": 10, "µg/L": 0.001, "g/L": 1000},
    "g/L": {"g/L": 1, "g/dL": 10, "mg/dL": 0.01, "mg/L": 0.001},
    "µg/g": {"µg/g": 1, "mg/g": 1000, "ng/g": 0.001},
    "10^9/L": {"10^9/L": 1, "/µL": 0.001, "10^12/L": 1000},
    "mg/d": {"mg/d": 1, "g/d": 1000},
    **{unit: {other: days / LASTING[unit] for other, days in LASTING.items()} for unit in LASTING},
}
# A substance's own conversions: CRP of 105 kDa, haemoglobin per haem (16.114 g/mmol), albumin of 66.5 kDa.
OF_COLUMN = {
    "crp_mg_per_l": {"nmol/L": 0.105},
    "haemoglobin_g_per_l": {"mmol/L": 16.114},
    "albumin_g_per_l": {"µmol/L": 0.0665},
}

# Spellings as `folded` leaves them: lower case, no blanks, no accents, `per` and a power of -1 as a stroke, micro as u.
TIME_WORDS = {
    "days": "d day days tag tage tagen jour jours dia dias giorno giorni dag dagen dage dager dagar gun dni "
    " дней днеи paivaa dnu zile يوم дни 일 ηuερεσ 天 日",
    "weeks": "wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken "
    "uger veckor hafta tygodni tyg недель нед viikkoa saptamani 주 εβδοuαδεσ 週間 周 週 星期",
    "months": "mo mos mth mths mon mons month months monat monate monaten mois mes meses mese mesi maand maanden "
    "maneder maned mnd manader manad ay miesiace miesiecy mies мес kk kuukautta mesice honap luni thang شهر bulan месяцев "
    "месяцы 개월 uηνεσ 月 个月 個月",
    "years": "a y yr yrs year years yearsold yo y.o y/o jahr jahre jahren an ans annee annees ano anos anno anni jaar jaren "
    "лет vuotta tahun سنة 년 ετη 年 岁 歲 周岁",
    "hours": "h heure heures hora horas ora ore uur uren 小时",
    "quarters": "quarter quarters quartal quartale trimestre trimestres trimestri kwartaal kwartalen 季度",
}
_SPELLINGS = {
    **TIME_WORDS,
    "mg/L": "mg/l ug/ml мг/л",
    "mg/dL": "mg/dl mg% mgs/dl мг/дл",
    "µg/L": "ug/l ng/ml мкг/л нг/мл",
    "g/L": "g/l mg/ml г/л",
    "g/dL": "g/dl g% gm/dl gms/dl г/дл",
    "nmol/L": "nmol/l нмоль/л",
    "mmol/L": "mmol/l ммоль/л",
    "µmol/L": "umol/l мкмоль/л",
    "10^12/L": "10^12/l t/l tera/l",
    "10^9/L": "10^9/l e9/l 10^3/ul /nl 1/nl giga/l gpt/l 10^6/ml",
    "/µL": "/ul cells/ul zellen/ul 个/ul",
    "µg/g": "ug/g мкг/г",
    "mg/g": "mg/g",
    "ng/g": "ng/g",
    "mm/h": "мм/ч mm/h mm/1h mm/1.h mm",
    "mg/kg/d": "mg/kg/d mg/kg mg/kg/24h",
    "mg/d": "mg/d mg mg/24h",
    "g/d": "g/d",
    "points": "point points pts pt punkt punkte score 分",
    "patients": "patients n",
    "pmol/8x10^8 RBC": "pmol/8x10^8 pmol/8e8 pmol/8x10^8rbc pmol/8e8rbc pmol/8x10^8ery pmol/8x10^8erythrocytes "
    "pmol/8x10^8redbloodcells pmol/8x10^8erythrozyten pmol/8x10^8红细胞",
}
_KNOWN = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings.split()}
_STROKED = {
    one.replace("/", ""): one
    for one in _KNOWN
    if re.fullmatch(r"(?:[mun]g|g|[mun]mol)/(?:[dm]?l|k?g)", one) and len(one) > 3
}
_ENDINGS = "days|weeks|months|years|monate|tage|wochen|jahre|mois|jours"
_GLUED = re.compile(
    rf"(.{{2,}}?)({'|'.join(sorted([*_STROKED, *_STROKED.values()], key=len, reverse=True))}|{_ENDINGS})", re.IGNORECASE
)
_OF_ITS_COLUMN = {"10^9/L": {"g/l": "10^9/L", "g/nl": "10^9/L"}, "µg/g": {"mg/kg": "µg/g"}}  # of cells, G is giga
CHOICES = (*(unit for unit in _SPELLINGS if unit != "patients"), *DATES)  # one spelling of each, as a user chooses them
_POWERS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_REWRITTEN = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"<sup>\s*(-?\d+)\s*</sup>", r"^\1"),
        (r"<[^>]*>", ""),
        (r"\b(?:per|pro)\b|每|∕|⁄", "/"),
        (r"[μµ]|\bmicro", "u"),
        (r"\bmcg", "ug"),
        (r"(?<![\d.])(?:1[,.]?000|\b(?:thousand|thou|tsd\.?|k))\s*(?=/)", "10^3"),
        (r"[·⋅*×✕]|(?<=\d)\s*x\s*(?=10)", "x"),
        (r"\blit(?:re|er)s?\b", "l"),
        (r"\b(?:hours?|hrs?|std\.?|stunden?|小时)(?!\w)", "h"),
        (r"(?<=/)\s*(?:days?|tag|天|日)(?!\w)", "d"),
        (r"\b(?:cubic\s*mm|cu\.?\s*mm|cmm)\b|mm\^?3", "ul"),
        (r"/\s*(?:100\s*ml|1 ?dl)", "/dl"),
        (r"/\s*1\s*l\b", "/l"),
        (r"(?<=[a-z])\s*\.?\s*\^?-\s*1\b", "#"),
        (r"\b10\s*(?:e|\^|\*\*|\*|x)?\s*\(?(3|6|8|9|12)\)?(?=\s*[/#]|\s*(?:rbc|l\b|ery|红))", r"10^\1"),
    )
)
_REWRITABLE = re.compile("|".join(pattern.pattern for pattern, _ in _REWRITTEN))  # most texts hold nothing of these
_WORD = re.compile(r"[^\W_]+")


def normalised(text: str) -> str:
    """Lower case, full-width forms folded, punctuation as single blanks."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def unaccented(text: str) -> str:
    """The text with `é` as `e`, as who writes without the accents of his language."""
    if text.isascii():
        return text
    parted = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(one for one in parted if not unicodedata.combining(one)))


def known_unit(text: str, wanted: str = "") -> str:
    """The unit that a text spells, as this program spells it; empty where it is none. wanted: the unit of its column."""
    spelled = folded(text)
    own = _OF_ITS_COLUMN.get(wanted, {}).get(spelled)
    return own or _KNOWN.get(spelled) or _KNOWN.get(spelled.rstrip(".")) or _KNOWN.get(spelled.removeprefix("x"), "")


def stroked(word: str) -> str:
    """The unit that a word such as `mgdl` is without its stroke, as in the name of a variable; empty where it is none."""
    return _STROKED.get(word.casefold(), "g/l" if word.casefold() == "gl" else "")


def glued_unit(word: str) -> tuple[str, str]:
    """What a word such as `CRPmgL` or `survdays` names, and the unit at its end; two empty texts of another word."""
    found = _GLUED.fullmatch(word)
    if not found or known_unit(found[1]) in LASTING:  # `weekdays`
        return "", ""
    return found[1], known_unit(stroked(found[2]) or found[2])


def folded(text: str) -> str:
    """A unit's text without what its writers do differently: blanks, capitals, powers, micro signs, HTML."""
    powers = re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda found: "^" + found[0].translate(_POWERS), unescape(text))
    plain = unaccented(unicodedata.normalize("NFKC", powers).replace("−", "-").casefold().strip())
    for pattern, other in _REWRITTEN if _REWRITABLE.search(plain) else ():
        plain = pattern.sub(other, plain)
    return _reciprocal("".join(plain.split()))


def _reciprocal(text: str) -> str:
    """`mgdl#` (a power of -1 after the unit) as `mg/dl`."""
    found = re.fullmatch(r"(.*?)[.x/]?(dl|ml|ul|nl|l|h|d|kg)#", text)
    return f"{found[1]}/{found[2]}" if found else text


def factor_of(column: ColumnSpec | str, unit: str) -> float | None:
    """What turns a value in `unit` into the unit of a column, or that of a name; None where it cannot be converted."""
    wanted = column if isinstance(column, str) else column.unit
    if unit in DATES:
        return 1.0 if wanted in DAYS_PER else None
    known = known_unit(unit, wanted)
    return factors_of(column).get(known) if known else None


def factors_of(column: ColumnSpec | str) -> dict[str, float]:
    """Each unit that a column may be in, its own first, and its factor."""
    if isinstance(column, str):
        return {column: 1.0, **UNIT_FACTORS.get(column, {})}
    return {**factors_of(column.unit), **OF_COLUMN.get(column.name, {})}


def conversion(spec: ColumnSpec, unit: str) -> str:
    """How a value is converted, as a note says it; empty where it is not."""
    if unit in DATES:
        order = f" read as {unit}" if unit in ORDERS else ""
        return f"dates{order}, converted to {spec.unit} from start_date" if spec.unit else f"dates{order}"
    factor = factor_of(spec, unit)
    return "" if factor in (None, 1) else f"converted from {unit} to {spec.unit} (× {factor:.6g})"
