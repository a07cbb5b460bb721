"""A text file's form: found with its evidence, or chosen; previewed, kept in the matching, part of what decides a cohort."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.reading import TextForm, open_file
from cdanalysis.reading.bytes.text.encodings import decode
from cdanalysis.reading.bytes.text.text_preview import is_text, text_preview
from cdanalysis.reading.headers.corrections import from_json, in_form, to_json

GERMAN = "Patient;Geschlecht;CRP (mg/L);6-TGN;Größe\n" + "".join(
    f"M{i:02};{'männlich' if i % 2 else 'weiblich'};{i},5;{200 + i};1,7{i}\n" for i in range(10)
)
CHINESE = "编号,性别,C反应蛋白,随访月数\n" + "".join(f"P{i},男,{i}.5,{i + 20}\n" for i in range(10))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "cp1252"),  # `äl`, `öß` are rare Chinese characters in GB18030
        ("id,Größe,follow_up_months\nA,1,9\nB,2,9\n", "cp1252"),
        ("id,Hôpital,Âge,Décès\nA,Orléans,1,été\n", "cp1252"),
        (CHINESE, "gb18030"),
        ("编号,性别\n1,男\n", "gb18030"),
        (CHINESE, "utf-8"),
        (GERMAN, "utf-8"),
        (CHINESE, "utf-16"),
    ],
)
def test_an_encoding_is_found_by_its_bytes(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text.removeprefix("\ufeff"), found.encoding) == (text, encoding)
    assert found.damaged == 0
    assert found.guessed is (encoding in ("cp1252", "gb18030"))


def test_a_file_of_semicolons_commas_and_umlauts_says_how_each_was_found() -> None:
    cohort = cd.read_cohort(GERMAN.encode("cp1252"), file_name="klinik.csv")
    assert cohort.patients["crp_mg_per_l"].tolist() == [i + 0.5 for i in range(10)]
    assert cohort.patients["sex"].tolist() == ["female", "male"] * 5
    assert cohort.text.parts == ("cp1252", ";", ",")
    assert cohort.text.chosen == ()
    assert cohort.text.evidence == (
        "its bytes are neither UTF-8 nor Chinese text",
        "it divides all 11 lines looked at into 5 cells",
        "20 cells are numbers with a comma, 0 with a point",
    )


@pytest.mark.parametrize("encoding", ["big5", "shift_jis", "cp1250", "cp1251", "gb18030", "utf-16"])
def test_a_chosen_encoding_reads_what_none_could_know(encoding: str) -> None:
    word = {"big5": "備註", "shift_jis": "備考", "cp1250": "Věk", "cp1251": "Оттенок"}.get(encoding, "备注")
    content = f"id,{word},follow_up_months\nA,3,9\nB,4,12\n".encode(encoding)
    cohort = cd.read_cohort(content, encoding=encoding)
    assert cohort.extra_columns == (word,)
    assert cohort.text.chosen == ("encoding",)
    assert not any("guess" in fault.found for fault in cohort.faults)


def test_a_database_that_cut_a_character_in_two_is_read_when_chosen_and_the_loss_is_said() -> None:
    content = CHINESE.encode("gb18030") + b"P10,\xc4,3,9\n"
    found = cd.read_cohort(content.replace("编号".encode("gb18030"), b"id"))
    assert found.text.encoding == "cp1252"
    chosen = cd.read_cohort(content, encoding="gb18030")
    assert chosen.patients["sex"].tolist() == ["male"] * 10 + [None]
    assert "1 × a character that is none in gb18030, read as �" in [fault.found for fault in chosen.faults]


@pytest.mark.parametrize(
    ("content", "choice", "said"),
    [
        (GERMAN.encode("cp1252"), {"encoding": "utf-8"}, "not text in utf-8: byte 39"),
        (CHINESE.encode("gb18030"), {"encoding": "utf-8"}, "not text in utf-8: byte 1 "),
        (GERMAN.encode(), {"delimiter": "\t"}, "Columns are missing"),
        (GERMAN.encode(), {"encoding": "utf-7"}, "'utf-7' is not known. Accepted: 'utf-8'"),
        (GERMAN.encode(), {"delimiter": "::"}, "delimiter '::' is not known"),
        (GERMAN.encode(), {"decimal": "'"}, "decimal mark"),
    ],
)
def test_a_form_that_cannot_read_the_file_is_refused_in_a_sentence(content: bytes, choice: dict, said: str) -> None:
    with pytest.raises(cd.CohortError, match=said):
        cd.read_cohort(content, **choice)


def test_the_decimal_mark_decides_what_one_mark_means_and_the_fingerprint_with_it() -> None:
    content = b"id;IL-6;follow_up_months\nA;1,234;9\nB;2,345;9\n"
    found, point = (cd.read_cohort(content, decimal=mark) for mark in (None, "."))
    assert found.text.parts == ("utf-8", ";", ",")
    assert found.patients["IL-6"].tolist() == [1.234, 2.345]
    assert point.patients["IL-6"].tolist() == [1234, 2345]
    same = cd.read_cohort(content, decimal=",")
    assert same.fingerprint == found.fingerprint != point.fingerprint


def test_a_preview_shows_what_the_whole_file_will_hold_and_nobodys_name() -> None:
    names = ["王小明", "李华", "张三丰", "刘洋", "陈静", "杨帆"]
    rows = "".join(f"{i};{name};{i},25;<5;{1_000 + i}\n" for i, name in enumerate(names))
    content = f"id;kontakt;CRP;ESR;n\n{rows}".encode("gb18030")
    preview = text_preview(content)
    assert preview.headers == ("id", "kontakt", "CRP", "ESR", "n")
    assert preview.rows[1] == ("1", "(not shown)", "1.25", "<5", "1001")
    assert len(preview.rows) == 5
    other = text_preview(content, TextForm(delimiter=","))
    assert (other.n_columns, other.form.chosen, other.form.evidence[1]) == (2, ("delimiter",), "chosen")
    assert is_text(content)
    assert not is_text(b"PK\x03\x04")
    assert not is_text(b"")


def test_a_choice_is_kept_in_the_matching_and_restored_and_an_argument_beats_it() -> None:
    content = CHINESE.encode("gb18030") + b"P10,\xc4,3,9\n"
    opened = open_file(content, file_name="x.csv", form=TextForm("gb18030", ",", None))
    kept = to_json(opened.look.matching)
    assert json.loads(kept)["text"] == {"encoding": "gb18030", "delimiter": ","}
    again = cd.read_cohort(content, matching=from_json(kept))
    pd.testing.assert_frame_equal(again.patients, opened.cohort.patients)
    assert again.text.chosen == ("encoding", "delimiter")
    assert to_json(again.matching) == kept
    with pytest.raises(cd.CohortError, match="not text in utf-8"):
        cd.read_cohort(content, matching=from_json(kept), encoding="utf-8")
    assert "text" not in json.loads(to_json(cd.read_cohort(GERMAN.encode()).matching))
    workbook_like = from_json(kept)
    assert in_form(workbook_like, TextForm("utf-8")).text == TextForm("utf-8")


@pytest.mark.parametrize("told", [3, [], {"encoding": 1}, {"encoding": "rot13"}, {"shape": "x"}, {"delimiter": "aa"}])
def test_a_strange_form_in_a_matching_is_refused(told: object) -> None:
    text = json.dumps({"format": "cdanalysis matching", "version": 1, "sheets": {}, "columns": [], "text": told})
    if told == []:
        assert from_json(text.replace("[]}", "{}}")).text is None
    with pytest.raises(cd.CohortError):
        from_json(text)
