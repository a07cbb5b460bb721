"""A table as the bytes of a CSV file that Excel opens as text and numbers, never as formulas.

Source: OWASP, CSV Injection. A text that begins with one of `FORMULA_STARTS` gets an apostrophe, as Excel itself marks
text, and so does one inside a text after a mark that parts cells in other countries' Excel; every text is quoted; numbers,
negative ones and those written as text too, stay numbers.
"""

import csv
import re
import unicodedata

import pandas as pd

# The full-width forms are read as formulas by East Asian versions of Excel.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001
CONTROLS = "\t\r\n"
_NUMBER = re.compile(r"[-+]\d[\d.,]*")  # with its sign: nothing in it can be run
_PARTED = re.compile(r"(?<=[;\t\r\n])(?=[^;\t\r\n])")


def to_csv_bytes(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte order mark (Excel needs it to read 6-TGN's 10⁸), without the index."""
    harmless = pd.DataFrame(
        {place: frame.iloc[:, place].astype(object).map(harmless_cell) for place in range(frame.shape[1])},
        index=frame.index,
        dtype=object,
    )
    harmless.columns = [harmless_cell(str(name)) for name in frame.columns]
    text = harmless.to_csv(index=False, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    return text.encode("utf-8-sig", "replace")  # half a character, which no file can hold, becomes ?


def harmless_cell(value: object) -> object:
    """The value, a text behind an apostrophe wherever a spreadsheet would take it for a formula."""
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return value
    parts = _PARTED.split(value)
    return "".join(f"'{part}" if _visible(part).startswith(FORMULA_STARTS) else part for part in parts)


def _visible(text: str) -> str:
    """The text from its first character that shows: blanks and marks of no width before a sign do not hide it."""
    for place, character in enumerate(text):
        if character in CONTROLS or unicodedata.category(character) not in ("Zs", "Cf"):
            return text[place:]
    return ""
