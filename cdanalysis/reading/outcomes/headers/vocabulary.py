"""The words by which a header says of an outcome what its column holds, in the languages of clinics, lower case."""

import re

from cdanalysis.dictionary.outcomes import NOUN_OF, words_of
from cdanalysis.reading.headers.header_words import TOWARDS
from cdanalysis.reading.headers.units.unit_words import LASTING, known_unit, normalised

EVENT_WORDS = words_of(
    "event|events|occurred|happened|observed|ereignis|evento|eventos|événement|evenement|gebeurtenis|事件|是否|与否|情况|yn"
)
STATUS_WORDS = words_of(
    "status|stat|state|indicator|flag|fl|ind|statut|estado|stato|toestand|durum|durumu|stan|статус|állapot|状态"
)
TIME_WORDS = words_of(
    "기간|χρόνοσ|天數|aval|süre|süresi|czas|tid|время|期間|時間|time|times|duration|interval|tte|days|weeks|months|years|zeit|"
    "dauer|temps|délai|durée|tiempo|tempo|durata|duración|duração|tijd|aika|doba|idő|thời|gian|مدة|lama|"
    "时间|时长"
)
SURVIVAL_WORDS = words_of(
    "생존기간|생존|επιβίωσησ|επιβίωση|存活|supraviețuire|túlélés|přežití|생존기간|生存期間|przeżycie|sağkalım|överlevnad|overlevelse|"
    "выживаемость|survival|surv|survie|"
    "supervivencia|sopravvivenza|sobrevivência|überleben|overleving|生存|生存期"
)
DATE_WORDS = words_of("date|dt|datum|tarih|tarihi|dato|дата|日付|年月日|am|fecha|日期")
CENSORED_WORDS = words_of("censored|zensiert|censuré|censurado|censurato|gecensureerd|cnsr|删失")  # CNSR: CDISC's own
UNCENSORED_WORDS = words_of("uncensored|noncensored|unzensiert|未删失")
CENSORING_WORDS = words_of(
    "cens|censor|censoring|censorship|zensierung|censure|censura"
)  # of which 1 means censoring here and the event there
NEGATIONS = words_of(
    "ikke|inte|bez|utan|uden|без|なし|無|no|non|not|nicht|niet|never|without|free|frei|无|未|ohne|kein|keine|sans|sin|pas|"
    "senza|sem|não|geen|zonder|nessuna|nessun|freiheit|freie|freien|freies|vrij|vrije"
)
FILLING = frozenset(TOWARDS) | words_of(
    "までの|kadar|do|til|till|до|od|at|of|the|or|and|from|since|a|y|n|0|1|2|zum|zur|der|des|die|das|à|au|la|le|les|de|du|"
    "el|al|di|da|do|della|dell|del|il|van|het|een"
)
BESIDE_A_NOUN = words_of(
    "recode|recoded|son|ostatni|letzter|letzte|dernier|último|ultimo|final|patient|subject|first|second|third|1st|2nd|"
    "3rd|any|last|known|had|is|has|was|did|there|experience|experienced|"
    "recorded|observed"
)
LASTING_WORDS = frozenset(TOWARDS) | {word for word in TIME_WORDS if known_unit(word) not in LASTING}
# Before a unit of time that is no unit of values: `eGFR at three months`.
NUMBER_WORDS = words_of(
    "one|two|three|four|five|six|eight|nine|ten|twelve|eighteen|ein|einem|zwei|drei|vier|fünf|sechs|acht|neun|zwölf|un|deux|trois|"
    "quatre|cinq|douze|uno|dos|tres|cuatro|cinco|seis|doce|due|tre|quattro|cinque|sei|dodici|três|quatro|doze|een|twee|drie|zes|twaalf"
)
_NUMBERED = re.compile(rf"(?<![^\W_])(?:\d+|{'|'.join(NUMBER_WORDS)})[\s_-]+([^\W\d_]{{3,}})(?![^(]*\))", re.IGNORECASE)
# A count is no yes or no, and what was before time zero is no outcome.
NO_OUTCOMES = words_of(
    "number|count|num|counts|total|score|rate|prior|previous|history|baseline|before|ever|type|reason|risk|remark|remarks|"
    "comment|comments|note|notes|bemerkung|kommentar|anmerkung|commentaire|remarque|comentario|commento|opmerking|备注|既往|史|次数"
)
# What happens to everybody, or before time zero.
NO_EVENTS = words_of(
    "birth|diagnosis|start|visit|baseline|consent|enrolment|enrollment|inclusion|admission|discharge|sample|blood|sampling|"
    "randomisation|randomization|entry|export|data|report|therapy start|start therapy|treatment start|index|onset|"
    "symptom onset|"
    "registration"
)
END_STEMS = words_of(
    "follow up|followup|fu|contact|contacted|seen|alive|visit|study end|end study|end|exit|observation|study|随访|censoring|"
    "末次随访"
)
# What stands behind `data` where that is a date, as in `data di inizio`.
DATED_ITALIAN = words_of("di|da|do|de|del|della|dell|ultimo|ultima|último|última|inizio|início|fine|fim")
# Written as one word: futime, fustat, ostime, rtime. What stands before is an outcome, the follow-up or one letter.
_JOINED = re.compile(r"(?P<stem>fu|surv|study|[a-z]|[a-z]{2,3})(?P<role>time|status|stat|event)")
_NOUN_JOINED = re.compile(r"(?P<stem>[a-z]{3,}?)(?P<role>date|dt|fl|time|status|event)")  # `dthdt`, `deathdate`
_DATE_JOINED = re.compile(r"(?P<role>dt|date|data|datum|fecha)(?P<stem>[^\W\d_]{4,})")  # `DTOBITO`, `DATAOBITO`
_COUNTED = re.compile(r"(?P<stem>\D{3,})(?P<role>\d)")  # `relapse1`
# German and Dutch words of two: `rezidivfrei`, `Todesdatum`; between them may stand a letter or two.
_COMPOUND = re.compile(
    r"(?P<stem>\w{3,}?)(?:e?s|en?|)(?P<role>freie[ns]?|frei|freiheit|free|vrije?|datum|zeit|dauer|status|ereignis|tijd)"
)
# The end of follow-up beside an outcome, `death or last follow-up`; where the time to it begins, `from surgery to death`.
_OR_ITS_END = re.compile(
    r"(?<=\w)\s*(?:/|\b(?:and/or|or|oder|ou|of|o)\b)\s*(?:(?:date|time|datum)\s+(?:of|to)\s+)?(?:the\s+)?"
    r"(?:(?:last|latest|letzte\w*|dernière?s?|último|última|ultimo|ultima|laatste|end of)\s*(?:follow[ -]?up|fu|f/u|"
    r"contact[oe]?|contatto|contato|"
    r"controls?|kontrolle|controllo|check-?up|review|revisión|consulta|consultation|appointment|seguimiento|"
    r"seguimento|kontakt|visite?|news|nouvelles|seen)|"
    r"(?:follow[ -]?up|fu|f/u)\s+end)\b",
    re.IGNORECASE,
)
# `vital status at last contact` is the vital status.
_AT_THE_END = re.compile(
    r"(?<=\w)\s+(?:at|as of|on|zum|bei|beim|à la|al|op)\s+(?:the\s+)?(?:(?:time|date)\s+of\s+)?(?:last|latest|final|letzte[mnrs]?|"
    r"dernière?s?|último|última|ultimo|ultima|laatste|end of)\s*(?:follow[ -]?up|fu|f/u|contact|visit|kontakt|kontrolle|visite|"
    r"contacto|visita|nouvelles|study|observation)\b(?:\s+date)?",
    re.IGNORECASE,
)
# `relapse during follow-up` is the relapse.
_DURING = re.compile(
    r"(?<=\w)\s+(?:during|over|within)\s+(?:the\s+)?(?:follow[ -]?up|fu|f/u|observation|study)(?:\s+(?:period|time))?(?=\W|$)|"
    "随访期间|随访中",
    re.IGNORECASE,
)
_IN_MONTHS = re.compile(
    r"^((?:.*\b)?(?:os|pfs|dfs|rfs|efs|dss|ttp|fu|follow[ -]?up|survival|time to .*))\s*[(\[]\s*m\s*[)\]]$",
    re.IGNORECASE,
)
# `days to death from diagnosis` too.
_BEGUN = re.compile(r"^(.*\b(?:to|until|till)\b.+?)\s+(?:from|since)\s+(?:[^\W\d]+\s*){1,3}(?=[(\[]|$)", re.IGNORECASE)
_BEGINNING = re.compile(r"\bfrom\s+(?:[^\W\d]+\s+){1,3}?(?=to\b)", re.IGNORECASE)


def at_a_moment(header: str) -> bool:
    """Whether a number before a unit of time says when something was measured or seen: `HbA1c 12 months`."""
    if not (found := _NUMBERED.findall(header)) or not any(known_unit(unit) in LASTING for unit in found):
        return False
    return LASTING_WORDS.isdisjoint(normalised(header.partition("(")[0]).split())


def parted(word: str) -> list[str]:
    """`ostime`, `rezidivfrei`, `todesdatum` in two; another word as it is."""
    if (first := _DATE_JOINED.fullmatch(word)) and first["stem"] in NOUN_OF:
        return ["date", first["stem"]]
    for found in filter(None, (form.fullmatch(word) for form in (_COMPOUND, _JOINED, _NOUN_JOINED, _COUNTED))):
        stem = found["stem"]
        is_short = found.re is _JOINED and (len(stem) == 1 or stem in {"fu", "surv", "study"})
        if is_short or stem in SURVIVAL_WORDS or stem in NOUN_OF:
            return [stem, found["role"]]
    return [word]


def without_bounds(header: str) -> str:
    """A header without where its time begins, and without the end of follow-up beside an outcome; underscores are blanks.

    `OS (m)` is in months.
    """
    header = _IN_MONTHS.sub(r"\1 (months)", header)
    if header.isascii() and " " not in header and "_" not in header:
        return header
    plain = header.replace("_", " ")
    words = _BEGUN.sub(r"\1 ", plain).rstrip() if _BEGUN.match(plain) else plain
    bare = _AT_THE_END.sub("", _DURING.sub("", _OR_ITS_END.sub("", _BEGINNING.sub("", words))))
    return header if bare == plain else bare
