"""Which encoding a text that is no UTF-8 is most likely in: the one in which most of the dictionary's words stand there.

Where no word tells, of the letters: one in which signs or capitals stand within words is not meant. A text whose letters beyond
ASCII stand together is of another alphabet; Latin ones stand alone among the others.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from cdanalysis.dictionary.columns import COLUMNS
from cdanalysis.dictionary.outcomes import NOUNS

LOOKED_AT = 100_000  # bytes
# Words of cells and of headers that the tables of the dictionary do not have.
_OTHERS = (
    "hayır erkek kadın süresi sağkalım yaş ölüm kobieta mężczyzna płeć miesiące męska żeńska für männlich weiblich größe "
    "até não más días años mês décès âge sí 生存 期間 なし あり 男性 女性 개월 기간 생존기간 사망 성별 나이 환자번호 환자 아니오 "
    "있음 없음 "
    "муж жен нет да пациента время дни возраст пол смерть лет мес женский мужской θάνατος θάνατοσ χρόνος ηλικία φύλο ναι όχι μήνες "
    "ασθενούς επιβίωσης 年齡 性別 死亡 存活 天數 病歷號 病患"
)
WIDE = ("gb18030", "shift_jis", "euc_jp", "big5", "cp949")  # two bytes a character
LATIN = ("cp1252", "cp1250", "cp1254", "mac_roman", "cp850")
OTHER_ALPHABETS = ("cp1251", "cp1253")
MOSTLY = 0.5
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_WITHIN = "’‘'-–—·"  # signs that a word may have within it
# Letters in whose place Turkish has its own; those of its neighbours that it has not; and what no one language has together.
ICELANDIC, NOT_TURKISH = "ðþýÐÞÝ", "áàäåãæéèêëíìïñóòõôøúùœÿ"
MIXED = "đţĐŢ"
MOST_ODD = 0.1  # of the characters beyond ASCII, in an alphabet that is meant


@cache
def _vocabulary() -> tuple[frozenset[str], tuple[str, ...]]:
    """The dictionary's words beyond ASCII: those of alphabets, and those whose writing parts no words."""
    phrases = [word for specs in COLUMNS.values() for spec in specs for word in spec.synonyms]
    phrases += [word for noun in NOUNS for word in noun.words]
    words = {word for phrase in (*phrases, _OTHERS) for word in phrase.split() if len(word) > 1 and not word.isascii()}
    unparted = tuple(sorted(word for word in words if all(ord(one) > 0x2E7F for one in word)))
    return frozenset(words) - set(unparted), unparted


def wide_encoding(content: bytes) -> str:
    """The encoding of two bytes a character in which most words of the dictionary stand there; empty where none has one."""
    _, words = _vocabulary()
    found = {}
    for encoding in WIDE:
        text = whole(content, encoding)
        found[encoding] = sum(word in text[:LOOKED_AT] for word in words) if text else 0
    best = max(WIDE, key=lambda one: found[one])
    return best if found[best] else ""


def whole(content: bytes, encoding: str) -> str:
    """The text of bytes that all are of an encoding; empty where one is not."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return ""


def narrow_encoding(content: bytes) -> str:
    """The encoding of one byte a character that a text is most likely in."""
    words = sorted({found[0] for found in _WORD.finditer(content[:LOOKED_AT])})
    beyond = sum(byte > 0x7F for word in words for byte in word)
    together = sum(one > 0x7F and other > 0x7F for word in words for one, other in zip(word, word[1:], strict=False))
    candidates = OTHER_ALPHABETS if together > MOSTLY * beyond else LATIN
    known, _ = _vocabulary()

    def likely(encoding: str) -> tuple[int, int]:
        texts = [word.decode(encoding, errors="replace") for word in words]
        return sum(_folded(text) in known for text in texts), -sum(map(_odd, texts)) - _foreign(texts, encoding)

    best = max(candidates, key=likely)
    meant = best in LATIN or likely(best)[0] or _n_signs(words, best) <= MOST_ODD * beyond
    return best if meant else LATIN[0]


def _n_signs(words: Iterable[bytes], encoding: str) -> int:
    """How many characters beyond ASCII of words are signs, or capitals behind a small letter."""
    texts = [word.decode(encoding, errors="replace") for word in words]
    return sum(not one.isascii() and not one.isalpha() for text in texts for one in text) + sum(map(_odd, texts))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text.casefold())


def _odd(text: str) -> int:
    """How many characters of a word can hardly stand there: signs and capitals behind a small letter."""
    inner = zip(text, text[1:], [*text[2:], ""], strict=False)
    return sum(
        before.isalpha() and not one.isascii() and _is_odd(before, one, after.isalpha()) for before, one, after in inner
    ) + text.count("\ufffd")


def _is_odd(before: str, one: str, inside: bool) -> bool:
    sign = not one.isalpha() or unicodedata.category(one) == "Lm"
    return (sign and inside and one not in _WITHIN) or (one.isupper() and before.islower())


def _foreign(texts: Iterable[str], encoding: str) -> int:
    """How many letters speak against an encoding of Latin letters that has those of others in their place."""
    held = "".join(texts)
    if encoding == "cp1252" and any(one in held.lower() for one in NOT_TURKISH):
        return 0
    letters = {"cp1252": ICELANDIC, "cp1254": NOT_TURKISH + NOT_TURKISH.upper(), "cp1250": MIXED}.get(encoding, "")
    return sum(one in letters for one in held)
