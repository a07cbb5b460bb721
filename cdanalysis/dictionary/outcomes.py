"""What can happen to a patient: the nouns of outcomes, the words clinics use for them, the columns a file states them in.

An outcome is not limited to these: a header gives its own noun where a column of its time or its event names it.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from cdanalysis.dictionary.column_spec import ColumnSpec
from cdanalysis.dictionary.columns import COLUMNS


class Noun(NamedTuple):
    """An outcome's code, what a sentence calls it, and the words of a header or a cell that mean it.

    ends: it ends the follow-up, so the last follow-up is its day. plain: a column headed by this word alone is an outcome;
    of the others (an operation, a fistula) it may as well be a history before time zero.
    """

    code: str
    label: str
    words: tuple[str, ...]
    ends: bool = False
    plain: bool = True


def words_of(text: str) -> frozenset[str]:
    """The words of a list with a bar between them."""
    return frozenset(text.split("|"))


def _noun(code: str, label: str, words: str, *, ends: bool = False, plain: bool = True) -> Noun:
    return Noun(code, label, tuple(words.split("|")), ends, plain)


NOUNS = (
    _noun("relapse", "relapse", "relapse|relapsed|relapses|clinical relapse|ttr|rechute|recaída|recaida|ricaduta|"
          "recidivato|rückfall|relaps|relapsu|relapszus|relapszusig|tilbakefall|nüks|nawrót|återfall|tilbagefald|рецидив|рецидива|рецидиву|nükse|nawrotu|再発|再燃|复发|재발|υποτροπή"),
    _noun("hospitalization", "hospitalization", "hospitalization|hospitalisation|hospitalized|hospitalised|"
          "hospital admission|hospitalisierung|hospitalización|hospitalizacion|ricovero|internação|ziekenhuisopname|住院",
          plain=False),
    _noun("surgery", "surgery", "surgery|operation|operated|resection|resektion|chirurgie|cirugía|cirugia|chirurgia|"
          "cirurgia|operatie|手术", plain=False),
    _noun("adverse_event", "adverse event", "adverse event|ae|any adverse event|不良事件|不良反应", plain=False),
    _noun("death", "death", "death|dead|sterb|kuollut|meninggal|tử vong|الوفاة|وفاة|zgon|ölü|öldü|vefat|did the patient die|"
          "has the patient died|die|dies|passed away|смерти|zgonu|úmrtí|zemřel|halál|elhunyt|deces|decedat|kuolema|ölüme|dth|"
          "died|deceased|mortality|exitus|exitus letalis|vital|tod|verstorben|gestorben|décès|décédé|mort|muerte|muerto|fallecido|"
          "fallecimiento|decesso|deceduto|morto|morte|óbito|obito|overleden|overlijden|ölüm|zmarł|död|død|смерть|умер|умерла|"
          "nonsurvivor|死|死亡|사망|θάνατοσ", ends=True),
    _noun("os", "death", "os|overall survival|总生存期|总 生存期|总 生存|全生存期間|全 生存期間|全 生存|gesamtüberleben|"
          "survie globale|supervivencia global|sopravvivenza globale|总生存", ends=True),
    _noun("pfs", "progression or death", "pfs|无进展生存期|无 进展 生存期|无 进展 生存|無増悪生存期間|"
          "progression free survival|progression or death", ends=True),
    _noun("rfs", "recurrence or death", "rfs|recurrence free survival|recurrence or death", ends=True),
    _noun("dfs", "disease or death", "dfs|disease free survival", ends=True),
    _noun("efs", "event", "efs|event free survival", ends=True),
    _noun("dss", "death of the disease", "dss|css|disease specific survival|cause specific survival", ends=True),
    _noun("recurrence", "recurrence", "recurrence|recidiv|recurred|recur|recurrent disease|"
          "rezidiv|récidive|recidiva|recidief|再发"),
    _noun("progression", "progression", "progression|progress|progressed|progressive disease|ttp|pd|进展"),
    _noun("flare", "flare", "flare|flared|flare up|schub|exazerbation|poussée|brote|riacutizzazione|opvlamming"),
    _noun("colectomy", "colectomy", "colectomy|kolektomie|结肠切除", plain=False),
    _noun("failure", "failure", "failure|failed"),
    _noun("graft_failure", "graft failure", "graft failure|graft loss|allograft failure|allograft loss|perte greffon|"
          "perte du greffon|perte de greffon|transplantatverlust|transplantatversagen|pérdida del injerto|pérdida injerto|"
          "perdita del graft|perda do enxerto|transplantaatfalen"),
    _noun("treatment_failure", "treatment failure", "treatment failure|therapy failure|therapieversagen|échec du traitement|"
          "échec thérapeutique|fracaso del tratamiento|fallimento terapeutico|falha terapêutica"),
    _noun("implant_failure", "implant failure", "implant failure|implant loss|implantatverlust|device failure"),
    _noun("discontinuation", "discontinuation", "discontinuation|discontinued|stopped|withdrawal|停药"),
    _noun("transplantation", "transplantation", "transplant|transplanted|transplantation|移植", plain=False),
    _noun("fistula", "fistula", "fistula|瘘", plain=False),
    _noun("abscess", "abscess", "abscess|脓肿", plain=False),
    _noun("obstruction", "obstruction", "obstruction|梗阻", plain=False),
    _noun("infection", "infection", "infection|感染", plain=False),
    _noun("myocardial_infarction", "myocardial infarction", "myocardial infarction|heart attack|herzinfarkt|infarctus|infarto",
          plain=False),
    _noun("stroke", "stroke", "stroke|schlaganfall|avc|ictus|脑卒中", plain=False),
    _noun("revision", "revision", "revision|revised|revisie|revisione|revisión|revisão", plain=False),
    _noun("reoperation", "reoperation", "reoperation|re operation|reintervention|reoperación|heroperatie", plain=False),
    _noun("readmission", "readmission", "readmission|readmitted|rehospitalization|rehospitalisation|wiederaufnahme", plain=False),
    _noun("rejection", "rejection", "rejection|acute rejection|bpar|abstossung|rejet|rechazo|rigetto|rejeição", plain=False),
    _noun("metastasis", "metastasis", "metastasis|metastases|distant metastasis|metastasen|fernmetastase|转移", plain=False),
    _noun("bleeding", "bleeding", "bleeding|haemorrhage|hemorrhage|blutung|saignement|sangrado|出血", plain=False),
    _noun("thrombosis", "thrombosis", "thrombosis|thrombose|trombosis|trombosi|血栓", plain=False),
    _noun("kidney_failure", "kidney failure", "esrd|eskd|kidney failure|renal failure|end stage renal disease", plain=False),
    _noun("decompensation", "decompensation", "decompensation|dekompensation|décompensation|descompensación", plain=False),
    _noun("remission", "remission", "remission|rémission|remisión|remissione|remissão|remissie|缓解", plain=False),
    _noun("response", "response", "response|应答", plain=False),
    _noun("endoscopic_relapse", "endoscopic relapse", "endoscopic relapse|endoscopic recurrence|内镜复发"),
)  # fmt: skip
NOUN_OF = {word: noun for noun in NOUNS for word in (noun.code.replace("_", " "), *noun.words)}
# A header of whether a patient lives, of which yes is no death.
ALIVE = words_of(
    "alive|living|still alive|survivor|survived|lebend|lebt|lebt noch|vivant|en vie|vivo|viva|vive|levend|in leven|存活|健在"
)
EVENT = Noun(
    "event", "event", ("event", "endpoint", "end point", "outcome", "事件", "终点", "结局", "转归", "転帰", "イベント")
)

# What a column of an outcome holds: whether it happened, its time or that of its censoring, its date, the late entry.
ENTRY = "entry_months"
ROLES = (ENTRY, "event", "months", "date")
_NAME = re.compile(rf"(?P<code>.+?)_(?P<role>{'|'.join(ROLES)})")
_OTHERS = {spec.name for specs in COLUMNS.values() for spec in specs}  # `last_follow_up_date` is of no outcome
LONGEST_TIME, LONGEST_LIFE = 600, 1440  # months; the second where time is age, which begins at a later entry


def column_of(code: str, role: str) -> str:
    """`relapse_event`, `relapse_months`, `relapse_date`: the column of an outcome."""
    return f"{code}_{role}"


def parted_column(name: str) -> tuple[str, str]:
    """The outcome's code and the role of such a column; two empty texts of another name."""
    found = None if name in _OTHERS else _NAME.fullmatch(name)
    return (found["code"], found["role"]) if found else ("", "")


def outcomes_among(columns: Iterable[object]) -> tuple[str, ...]:
    """The codes of the outcomes that the columns are of, in order."""
    codes = (parted_column(column)[0] for column in columns if isinstance(column, str))
    return tuple(dict.fromkeys(filter(None, codes)))


def label_of(code: str) -> str:
    """What a sentence calls an outcome: its noun, or the words of its code."""
    return next((noun.label for noun in NOUNS if noun.code == code), code.replace("_", " "))


def outcome_spec(name: str, *, shown: str = "", longest: float = LONGEST_TIME) -> ColumnSpec | None:
    """What the column of an outcome accepts, its faults under the name `shown`; None of another column."""
    code, role = parted_column(name)
    if not code:
        return None
    number = ("number", "months")
    kind, unit = {"event": ("yes_no", ""), "months": number, ENTRY: number, "date": ("date", "")}[role]
    meaning = {
        "event": "Whether {} was observed",
        "months": "Time to {} or censoring",
        "date": "Date of {}",
        ENTRY: "Time at which the observation for {} begins",
    }[role]
    bounds = (0, longest) if kind == "number" else (float("-inf"), float("inf"))
    return ColumnSpec(shown or name, "patients", kind, meaning.format(label_of(code)), unit, *bounds)
