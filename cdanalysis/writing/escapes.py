"""A file's own words - headers, categories, file names - made harmless for the two places that would act on them.

Markdown (every Streamlit text) fetches images and follows links; plotly's labels understand a few HTML tags. Both are
escaped here and nowhere else; `figures/theme.py` offers the second under its own name.
"""

import re
from html import unescape
from zlib import crc32

# Invisible; parts what would become a link, a directive or an icon after Markdown's own escapes are undone.
WORD_JOINER = "\u2060"

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<#$~|&])")
_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?:\s|$))|(?=[-+=>]))")  # list, rule, quotation
_LINK_STARTS = re.compile(r"(:|@|\bwww)(?=\S)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_\[\]<#$~|&.)+=>-])|\*\*")  # what escape_markdown put there, and our own bold
_FIGURE_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "{": "&#123;"})

_CUT = re.compile(r" [<>≤≥] \S+.*$| \d[\d.,]*-\d.*$")  # of a label such as `CRP ≥ 10 mg/L`, `CRP 5-20 mg/L`


def one_line(text: object) -> str:
    """The text without line breaks, control characters and marks that turn the reading direction."""
    return _CONTROLS.sub(" ", str(text)).strip()


def shorten(text: object, most: int) -> str:
    """The text on one line of at most `most` characters, its end replaced by an ellipsis."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def shorten_group(text: object, most: int) -> str:
    """A group's or term's label in at most `most` characters, shortened within: its cut-off or level tells it from the others."""
    line = one_line(text)
    if len(line) <= most:
        return line
    sign = _CUT.search(line)
    tail = line[sign.start() :] if sign else line[-(most // 3) :].partition(" ")[2]
    if not 0 < len(tail) < most - 8:
        return shorten(line, most)
    return f"{line[: most - 1 - len(tail)].rstrip()}…{tail}"


def file_word(code: str) -> str:
    """A code as a part of a file's or a figure's name: a header becomes letters, digits and hyphens, and none is another's."""
    if re.fullmatch(r"[a-z0-9_]*", code):
        return code.replace("_", "-")
    word = re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")[:24].strip("-")
    return "-".join(filter(None, (word or "column", f"{crc32(code.encode()):08x}")))


def escape_markdown(text: object) -> str:
    """The text as Markdown that shows it letter by letter: no image, link, formula, code, heading, list or tag."""
    parted = _LINK_STARTS.sub(rf"\1{WORD_JOINER}", one_line(text))
    return _LINE_START.sub(r"\1\\", _MARKDOWN_MARKS.sub(r"\\\1", parted))


def plain_text(markdown: str) -> str:
    """A sentence of `wording` without its Markdown, for a Word document: the escapes undone, bold dropped."""
    return _ESCAPED.sub(r"\1", markdown.replace(WORD_JOINER, ""))


def escape_figure_text(text: object) -> str:
    """The text as plotly shows it letter by letter: its pseudo-HTML, TeX and `%{...}` do not apply."""
    return one_line(text).translate(_FIGURE_ENTITIES)


def plain_figure_text(text: str) -> str:
    """Plotly text as plain text: no tags, no entities."""
    return unescape(re.sub(r"<[^>]*>", " ", text)).strip()
