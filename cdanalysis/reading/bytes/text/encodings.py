"""Bytes -> text: by a byte order mark, else strict UTF-8, else by what its bytes are as words (`likely.py`); or as chosen.

Two letters of a Latin file can be one rare Chinese character (`äl`, `öß`): only text that is mostly of the 3,755 frequent
characters of GB 2312 is Chinese.
"""

from dataclasses import dataclass

from cdanalysis.errors import CohortError
from cdanalysis.reading.bytes.formats import utf_16
from cdanalysis.reading.bytes.text.likely import narrow_encoding, whole, wide_encoding

ENCODINGS = ("utf-8", "utf-16", "gb18030", "big5", "shift_jis", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp949",
             "euc_jp", "mac_roman", "cp850")  # fmt: skip
LEAST_FREQUENT = 0.5  # of the Chinese characters of a text
MOST_LOOKED_AT = 2_000
# Of the characters beyond ASCII: a database that cuts a name at its 20th byte leaves half a character.
MOST_DAMAGED = 0.1
FIRST_FREQUENT, LAST_FREQUENT = b"\xb0\xa1", b"\xd7\xf9"
LOST = "\ufffd"


@dataclass(frozen=True)
class Decoded:
    """Text, its encoding and what told it; guessed: without proof; damaged: characters that could not be read."""

    text: str
    encoding: str
    evidence: str
    guessed: bool = False
    damaged: int = 0


def decoded(content: bytes) -> str:
    """The text: by its byte order mark, else strict UTF-8, else by the words that its bytes give."""
    return decode(content).text


def decode(content: bytes, chosen: str | None = None) -> Decoded:
    """The text as it is found, or in a chosen encoding; CohortError where the bytes are none of that."""
    if chosen:
        return _as_chosen(content, chosen)
    if content.startswith(b"\xef\xbb\xbf"):
        return _with_losses(content, "utf-8", "utf-8-sig", "its byte order mark says so")
    if wide := utf_16(content):
        if wide == "utf-16":
            return _with_losses(content, "utf-16", wide, "its byte order mark says so")
        return _with_losses(content, "utf-16", wide, "every other byte is zero", guessed=True)
    return _without_mark(content)


def _without_mark(content: bytes) -> Decoded:
    if content.isascii():
        return Decoded(content.decode("ascii"), "utf-8", "it holds no letter that encodings write differently")
    try:
        return Decoded(content.decode("utf-8"), "utf-8", "all its bytes are UTF-8, which chance does not make")
    except UnicodeDecodeError:
        return _in_another(content)


def _in_another(content: bytes) -> Decoded:
    """Text that is no UTF-8: by words that the dictionary knows, by frequent Chinese characters, else of one byte a letter."""
    if wide := wide_encoding(content):
        return Decoded(
            content.decode(wide), wide, "its bytes are no UTF-8, and give words that are known", guessed=True
        )
    text = whole(content, "gb18030")
    if text and _is_chinese(text):
        return Decoded(text, "gb18030", "its bytes are no UTF-8, and give frequent Chinese characters", guessed=True)
    narrow = narrow_encoding(content)
    return _with_losses(content, narrow, narrow, "its bytes are neither UTF-8 nor Chinese text", guessed=True)


def _is_chinese(text: str) -> bool:
    """Whether at least half of its Chinese characters, of which there is one, are frequent."""
    held = [character for character in text if "\u4e00" <= character <= "\u9fff"][:MOST_LOOKED_AT]
    frequent = sum(map(_is_frequent, held))
    return bool(held) and frequent >= LEAST_FREQUENT * len(held)


def _is_frequent(character: str) -> bool:
    """Of the first level of GB 2312, whose characters stand together in its code."""
    code = character.encode("gb18030")
    return FIRST_FREQUENT <= code <= LAST_FREQUENT and code[1] >= 0xA1 and len(code) == 2


def _as_chosen(content: bytes, encoding: str) -> Decoded:
    """Strictly, or with a few damaged characters among many whole ones."""
    codec = {"utf-8": "utf-8-sig", "utf-16": utf_16(content) or "utf-16"}.get(encoding, encoding)
    try:
        return Decoded(content.decode(codec), encoding, "chosen")
    except UnicodeDecodeError as error:
        found = _with_losses(content, encoding, codec, "chosen")
        beyond = sum(character > "\x7f" for character in found.text)
        if found.damaged > MOST_DAMAGED * beyond:
            raise CohortError(
                f"The file is not text in {encoding}: byte {error.start + 1} cannot be one. Choose another encoding."
            ) from error
        return found


def _with_losses(content: bytes, encoding: str, codec: str, evidence: str, *, guessed: bool = False) -> Decoded:
    text = content.decode(codec, errors="replace")
    return Decoded(text, encoding, evidence, guessed, text.count(LOST))
