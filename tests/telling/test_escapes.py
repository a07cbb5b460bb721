"""Hostile headers and categories: what Markdown and plotly would act on is shown letter by letter."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdanalysis.writing.escapes import WORD_JOINER, escape_figure_text, escape_markdown, one_line, plain_text, shorten

HOSTILE = [
    "![](http://x/y.png)",
    "[a](javascript:1)",
    '<span style="background:url(http://x)">',
    '<img src="http://x/y.png" onerror="alert(1)">',
    r"$\frac{$",
    "$$x$$",
    "`code`",
    "```\nblock\n```",
    "__init__",
    "*bold* ~~gone~~",
    "# heading",
    "a\n# heading",
    "a\n===",
    "- list",
    "1. list",
    "12) list",
    "> quote",
    "| a | b |\n|---|---|",
    "&lt;b&gt;",
    "http://x.org/y",
    "see www.x.org",
    "me@x.org",
    ":material/home: :red[a]",
    "[^1]: note",
    "<!-- a -->",
    "\\[a](http://x)",
    "%{x}",
    "\u202egnp.exe",
    "a\x00b\tc",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_markdown_mark_stands_unescaped(text: str) -> None:
    escaped = escape_markdown(text)
    unescaped = re.sub(r"\\[!-/:-@\[-`{-~]", "", escaped)
    assert not re.search(r"[\\`*_\[\]<#$~|&]", unescaped)
    assert not re.match(r"[-+=>]|\d+[.)]\s", unescaped)
    assert not re.search(r"://|@\w|\bwww\.|:\w", escaped)


@given(st.text())
def test_markdown_shows_every_letter_on_one_line(text: str) -> None:
    escaped = escape_markdown(text)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped)
    assert shown.replace(WORD_JOINER, "") == one_line(text).replace(WORD_JOINER, "")
    assert "\n" not in escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("CRP > 10 mg/L", "CRP > 10 mg/L"),
        ("6-TGN ≥ 235 pmol/8×10⁸ RBC", "6-TGN ≥ 235 pmol/8×10⁸ RBC"),
        ("P < 0.001", r"P \< 0.001"),
        ("1.19-18.75", "1.19-18.75"),
        ("1. relapse", r"1\. relapse"),
        ("-1", r"\-1"),
        ("crp_mg_per_l", r"crp\_mg\_per\_l"),
        ("年龄", "年龄"),
        ("", ""),
        (3, "3"),
    ],
)
def test_ordinary_words_stay_readable(text: object, escaped: str) -> None:
    assert escape_markdown(text) == escaped


@pytest.mark.parametrize("text", HOSTILE)
def test_no_tag_entity_formula_or_template_stands_in_a_figure(text: str) -> None:
    escaped = escape_figure_text(text)
    assert not re.search(r"[<>$]|%\{", escaped)
    assert re.findall(r"&(?!amp;|lt;|gt;|#36;|#123;)", escaped) == []


@given(st.text())
def test_a_figure_shows_every_letter(text: str) -> None:
    shown = escape_figure_text(text)
    for entity, letter in {"&lt;": "<", "&gt;": ">", "&#36;": "$", "&#123;": "{", "&amp;": "&"}.items():
        shown = shown.replace(entity, letter)
    assert shown == one_line(text)


def test_controls_become_a_space() -> None:
    assert one_line(" a\r\n\tb\x00c\u202ed\u2066 ") == "a b c d"


@pytest.mark.parametrize(("most", "text"), [(5, "abcde"), (4, "abc…"), (2, "a…"), (1, "…")])
def test_shorten(most: int, text: str) -> None:
    assert shorten("abcde", most) == text


@given(st.text())
@pytest.mark.parametrize("wrapper", ["{}", "**{}** told"])
def test_plain_text_undoes_the_escapes(wrapper: str, text: str) -> None:
    line = one_line(text).replace(WORD_JOINER, "")
    assert plain_text(wrapper.format(escape_markdown(line))) == wrapper.replace("**", "").format(line)


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_of_hostile_words_is_those_words(text: str) -> None:
    assert plain_text(escape_markdown(text)) == one_line(text)
