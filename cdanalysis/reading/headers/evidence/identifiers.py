"""Columns that say who a patient is - names, phone numbers, national ids, e-mails, birth dates - by header and by content.

Such a column is left out and said so; an id column that holds them is replaced by running numbers.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from cdanalysis.reading.headers.units.unit_words import normalised

LEAST_SHARE = 0.8  # of the cells that hold something
LEAST_CELLS = 3
LEAST_DISTINCT = 0.7  # names are mostly different, categories are not
BORN_BEFORE, BORN_AFTER = 2015, 1900
LEAST_AGE_SPREAD = 15  # years between the first and the last date: a treatment date spreads less
MOST_LOOKED_AT = 2_000
FULL_BIRTH_DATES = "full birth dates"

HEADERS = {
    "name", "patient name", "full name", "surname", "family name", "given name", "first name", "last name", "initials",
    "phone", "phone no", "phone number", "telephone", "tel", "mobile", "mobile phone", "cell phone", "contact", "email", "e mail", "mail",
    "address", "home address", "street", "postcode", "zip", "zip code", "postal code", "birth date", "date of birth", "birthdate", "dob",
    "birthday", "id card", "id card no", "id number", "identity card", "national id", "ssn", "social security number", "nhs number", "passport",
    "insurance no", "insurance number", "next of kin", "name of patient", "patients name", "patient s name",
    "姓名", "患者姓名", "病人姓名", "名字", "身份证", "身份证号", "身份证号码", "证件号", "手机", "手机号",
    "手机号码", "电话", "电话号码", "联系电话", "联系方式", "地址", "住址", "家庭住址", "家庭地址", "邮箱", "邮编", "出生日期", "出生年月", "生日",
    "医保号", "医保卡号", "社保号", "家属", "家属姓名", "家属电话", "联系人",
    "vorname", "nachname", "geburtsdatum", "geb datum", "telefon", "handy", "adresse", "strasse", "plz", "patientenname", "name vorname",
    "versicherungsnummer",
}  # fmt: skip

# Numbers of a hospital's records: who has the records knows the patient, yet many a file tells its patients apart by nothing else.
RECORD_NUMBERS = {
    "mrn", "hospital no", "hospital number", "hospital id", "medical record number", "medical record no", "admission no",
    "住院号", "门诊号", "病案号", "病历号", "fallnummer", "historia clínica", "historia clinica", "n historia clínica",
    "número de historia", "prontuário", "prontuario", "n prontuário", "numero cartella", "dossiernummer", "protokol no", "dosya no",
}  # fmt: skip

BIRTH_DATES = {
    "birth date",
    "date of birth",
    "birthdate",
    "dob",
    "birthday",
    "geburtsdatum",
    "geb datum",
    "出生日期",
    "出生年月",
    "生日",
}

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_MOBILE = re.compile(r"(\+?86)?1[3-9]\d{9}")
_PHONE = re.compile(r"\+\d[\d\s()./-]{7,}\d|0\d{1,4}[\s/-]\d[\d\s-]{5,}")
_NATIONAL = re.compile(r"[1-9]\d{16}[\dX]", re.IGNORECASE)
_SSN = re.compile(r"\d{3}-\d{2}-\d{4}")
_LATIN_NAME = re.compile(r"[^\W\d_]{2,}(?:[-'][^\W\d_]+)?,? (?:[^\W\d_]\.? )?[^\W\d_]{2,}(?:[-'][^\W\d_]+)?")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
)


def is_identifier_header(words: str) -> bool:
    """Whether a normalised header names something that identifies a person."""
    return words in HEADERS or words in RECORD_NUMBERS


def is_record_number(header: str) -> bool:
    """Whether a column holds the numbers of a hospital's records, by its header."""
    return normalised(header) in RECORD_NUMBERS


def is_birth_date(header: str, told: str = "") -> bool:
    """Whether a column was left out because it is the date of birth, by its header or by what its cells told."""
    return normalised(header) in BIRTH_DATES or told == FULL_BIRTH_DATES


def is_national_id(text: str) -> bool:
    """An 18-digit Chinese identity number: a possible birth date in it, and its check digit right."""
    if not _NATIONAL.fullmatch(text) or not "1850" <= text[6:10] <= "2100":
        return False
    return _CHECK_DIGITS[sum(int(d) * w for d, w in zip(text, _WEIGHTS, strict=False)) % 11] == text[17].upper()


def identifier_in(cells: Iterable[object]) -> str:
    """What the cells of a column tell of a person, in words; empty where they tell nothing."""
    held = _held(cells)
    for what, fits in _KINDS:
        if len(held) >= LEAST_CELLS and sum(map(fits, held)) >= LEAST_SHARE * len(held):
            return what
    return "names" if _are_names(held) else FULL_BIRTH_DATES if _are_births(held) else ""


def strong_identifier_in(cells: Iterable[object]) -> str:
    """As `identifier_in`, of a column that is matched as the patients' id: birth dates do not count there."""
    found = identifier_in(cells)
    return found if found != FULL_BIRTH_DATES else ""


def _held(cells: Iterable[object]) -> list[object]:
    held = []
    for cell in cells:
        if cell is not None and str(cell).strip():
            held.append(cell)
        if len(held) == MOST_LOOKED_AT:
            break
    return held


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _matches(pattern: re.Pattern[str]) -> Callable[[object], bool]:
    return lambda cell: pattern.fullmatch(_text(cell)) is not None


_KINDS: tuple[tuple[str, Callable[[object], bool]], ...] = (
    ("national identity numbers", lambda cell: is_national_id(_text(cell))),
    ("e-mail addresses", _matches(_EMAIL)),
    ("phone numbers", _matches(_MOBILE)),
    ("phone numbers", lambda cell: isinstance(cell, str) and _PHONE.fullmatch(cell.strip()) is not None),
    ("social security numbers", _matches(_SSN)),
)


def _are_names(held: Sequence[object]) -> bool:
    """Mostly different texts that look like a person's name."""
    texts = [_text(cell) for cell in held if isinstance(cell, str)]
    if len(texts) < max(LEAST_CELLS, LEAST_SHARE * len(held)) or len(set(texts)) < LEAST_DISTINCT * len(texts):
        return False
    chinese = sum(2 <= len(text) <= 4 and text[0] in _SURNAMES and _all_chinese(text) for text in texts)
    return chinese >= LEAST_SHARE * len(texts) or _are_latin_names(texts)


def _are_latin_names(texts: Sequence[str]) -> bool:
    """`Maria Rossi`, `Rossi, Maria`: capitalised words, and of at least ten patients, for free text is capitalised too."""
    named = sum(_LATIN_NAME.fullmatch(text) is not None and text.istitle() for text in texts)
    return len(texts) >= 10 and named >= 0.95 * len(texts)


def _all_chinese(text: str) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in text)


def _are_births(held: Sequence[object]) -> bool:
    """Dates of which most lie where births lie: spread over many years, and decades before the newest treatment."""
    years = [year for year in map(_year, held) if year is not None]
    if len(years) < max(LEAST_CELLS, LEAST_SHARE * len(held)):
        return False
    ordered = sorted(years)
    return (
        ordered[0] >= BORN_AFTER
        and ordered[-1] <= BORN_BEFORE
        and ordered[len(ordered) // 2] <= 2000
        and ordered[-1] - ordered[0] >= LEAST_AGE_SPREAD
    )


def _year(cell: object) -> int | None:
    if isinstance(cell, (date, datetime)):
        return cell.year
    found = _DATE.fullmatch(cell.strip()) if isinstance(cell, str) else None
    return int(found[1] or found[6]) if found else None
