"""How long the texts of a workbook are, each counted as often as its cells repeat it; counted before a reader unfolds them.

A workbook may state a text once and name it in every cell, or say that a row is to be repeated a million times: a file of
1 KB is then gigabytes to whoever reads it.
"""

import re
import zipfile
from collections.abc import Iterator

from cdanalysis.reading.bytes.budget import Told

_TAG = re.compile(rb"<[^>]*>")
_SHARED = re.compile(rb"<(?:\w+:)?si(?:\s*/>|[\s>].*?</(?:\w+:)?si>)", re.DOTALL)
_NAMES_SHARED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\bt\s*=\s*[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})")
_ODS_ROW = re.compile(rb"<table:table-row([^>]*?)(?:/>|>(.*?)</table:table-row>)", re.DOTALL)
_ODS_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell>)", re.DOTALL
)
_TIMES = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d{1,12})")
_SPACES = re.compile(rb"text:c\s*=\s*[\"'](\d{1,12})")


def check_repetitions(archive: zipfile.ZipFile) -> None:
    """CohortError if the cells of an xlsx or ods hold more text, or more cells, than may be told of one file."""
    told = Told()
    names = archive.namelist()
    if "xl/workbook.xml" not in names:
        for n_cells, n_bytes in _repeated_in_ods(archive.read("content.xml")):
            told.add(n_cells, n_bytes)
        return
    parts = [name for name in names if name.lower().endswith(".xml")]
    lengths = [length for name in parts if "sharedstrings" in name.lower() for length in _lengths(archive.read(name))]
    for name in parts if lengths else ():
        told.add(0, _shared_bytes(archive.read(name), lengths, told.bytes_left))


def _lengths(part: bytes) -> Iterator[int]:
    """Of each shared text, its bytes without its markup."""
    return (len(_TAG.sub(b"", text)) for text in _SHARED.findall(part))


def _shared_bytes(part: bytes, lengths: list[int], left: int) -> int:
    """The bytes of the shared texts that a part's cells name; 0 where even the longest in each would leave enough."""
    if max(lengths) * (part.count(b"<v>") + part.count(b":v>")) <= left:
        return 0
    named = (int(place) for place in _NAMES_SHARED.findall(part))
    return sum(lengths[place] for place in named if place < len(lengths))


def _repeated_in_ods(content: bytes) -> Iterator[tuple[int, int]]:
    """Of each cell that is repeated, or of repeated blanks, how many cells it makes and how many bytes."""
    for row in _ODS_ROW.finditer(content):
        rows = _times(row[1])
        for about, held in _ODS_CELL.findall(row[2] or b""):
            times = rows * _times(about)
            if (held or b"office:value" in about) and (times > 1 or b"text:c" in held):
                spaces = sum(map(int, _SPACES.findall(held)))
                stated = len(about) if b"string-value" in about else 0
                yield times, times * (len(_TAG.sub(b"", held)) + stated + spaces)


def _times(attributes: bytes) -> int:
    found = _TIMES.search(attributes)
    return int(found[1]) if found else 1
