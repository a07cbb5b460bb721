"""What a file is, by its first bytes and never by its ending; what it is instead, if it is none that can be read."""

import re

from cdanalysis.errors import CohortError

FILE_ENDINGS = ("xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "sav", "zsav", "dta", "sas7bdat", "xpt", "parquet")
ACCEPTED = f"Accepted: {', '.join(f'.{ending}' for ending in FILE_ENDINGS)}."
SAS_MAGIC = bytes(12) + bytes.fromhex("c2ea8160b31411cfbd92080009c7318c181f1011")
ZIPPED, OLE, TEXT, PARQUET, MARKUP = "zip", "ole", "text", "parquet", "markup"
WORKBOOKS = (ZIPPED, OLE)
# Files that another program parses, in a child process; the first bytes of each.
MAGIC = (
    (b"PK\x03\x04", ZIPPED),
    (b"\xd0\xcf\x11\xe0", OLE),
    (b"$FL2", "sav"),
    (b"$FL3", "sav"),
    (b"<stata_dta>", "dta"),
    (SAS_MAGIC, "sas7bdat"),
    (b"HEADER RECORD*******LIB", "xpt"),
    (b"PAR1", PARQUET),
)
STATA_RELEASES = range(102, 116)  # before release 117 a file begins with its number and its byte order, 1 or 2
STRANGERS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a text document (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file (.gz)"),
    (b"7z\xbc\xaf", "a compressed file (.7z)"),
    (b"Rar!", "a compressed file (.rar)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"SQLite format 3", "a database file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"MIME-Version:", "a web page in one file (.mht)"),
)
# A web page, which hospital systems name .xls, and the XML of Excel 2003.
_PAGE = re.compile(
    rb"<(?:!doctype html|!--|html|head|meta|body|table|div|style|title|center|font|form)\b", re.IGNORECASE
)
_XML, _OF_EXCEL = b"<?xml", (b"schemas-microsoft-com:office:spreadsheet", b"excel.sheet", b"<html", b"<!doctype html")


def kind_of(content: bytes) -> str:
    """zip, ole, sav, dta, sas7bdat, xpt, parquet, markup or text; CohortError says what the file is where it is none of these."""
    kind = next((kind for magic, kind in MAGIC if content.startswith(magic)), "")
    if not kind and content[0] in STATA_RELEASES and content[1:4] in (b"\x01\x01\x00", b"\x02\x01\x00"):
        kind = "dta"
    return kind or _text(content)


def _text(content: bytes) -> str:
    start = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    strange = next((what for magic, what in STRANGERS if content.startswith(magic)), "")
    if _PAGE.match(start) or (start.startswith(_XML) and any(mark in start for mark in _OF_EXCEL)):
        return MARKUP
    strange = "an XML file" if start.startswith(_XML) else strange
    if strange:
        raise CohortError(f"This is {strange}, whatever its ending: save the table as .xlsx or .csv.")
    if b"\x00" in content and utf_16(content) is None:
        raise CohortError(f"This kind of file cannot be read: it holds zero bytes, so it is no text. {ACCEPTED}")
    return TEXT


def utf_16(content: bytes) -> str | None:
    """The encoding of text of two bytes a character, by its mark or by where its zero bytes are; None of other text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    start = content[:400]
    for encoding, zeros, others in (("utf-16-le", start[1::2], start[::2]), ("utf-16-be", start[::2], start[1::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.7 * len(zeros) and not others.count(0):
            return encoding
    return None
