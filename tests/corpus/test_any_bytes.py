"""No bytes whatever make the reader raise anything but CohortError, and what is read is a cohort."""

from __future__ import annotations

from corpus.builders import FLAT, HEADER, ods, statistical, table, workbook, xls
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cdanalysis as cd

TEXT_FILES = (table(), table(delimiter=";", encoding="utf-16"), table(delimiter="\t", encoding="gb18030"))
# These start a process each, so few examples are drawn.
NATIVE_FILES = (workbook({"patients": FLAT}), xls(), ods(), statistical("sav"), statistical("zsav"), statistical("dta"))
MAGIC = (
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"$FL2@(#) SPSS",
    b"<stata_dta><header>",
    b"\x72\x01\x01\x00",
)
SPOILT = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MARKS = st.sampled_from(
    [
        "\n",
        "\r",
        ",",
        ";",
        "\t",
        '"',
        "'",
        "\x00",
        "\ufeff",
        "=",
        " ",
        "1,5",
        "<5",
        "patient_id",
        "A",
        "99",
        "é",
        "患者",
    ]
)


def read(content: bytes) -> None:
    """A refusal or a cohort with an identifier in every row."""
    try:
        cohort = cd.read_cohort(content)
    except cd.CohortError:
        return
    assert cohort.patients["patient_id"].notna().all()
    assert cohort.patients["patient_id"].is_unique


def spoil(content: bytes, changes: list[tuple[float, int]], cut: float) -> bytes:
    """Some bytes changed, and the end cut off."""
    data = bytearray(content)
    for place, byte in changes:
        data[int(place * (len(data) - 1))] = byte
    return bytes(data[: int(cut * len(data))])


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8)
CUT = st.one_of(st.just(1.0), st.floats(0, 1))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_bytes(content: bytes) -> None:
    read(content)


@settings(max_examples=60, deadline=None)
@given(st.lists(MARKS, max_size=60).map("".join), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_texts_that_are_nearly_tables(text: str, encoding: str) -> None:
    read(text.encode(encoding, "replace"))
    read((",".join(HEADER) + "\n" + text).encode(encoding, "replace"))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(TEXT_FILES), CHANGES, CUT)
def test_tables_of_text_with_a_few_bytes_changed(content: bytes, changes: list[tuple[float, int]], cut: float) -> None:
    read(spoil(content, changes, cut))


@SPOILT
@given(st.sampled_from(NATIVE_FILES), CHANGES, CUT)
def test_workbooks_and_statistical_files_with_a_few_bytes_changed(
    content: bytes, changes: list[tuple[float, int]], cut: float
) -> None:
    read(spoil(content, changes, cut))


@SPOILT
@given(st.sampled_from(MAGIC), st.binary(max_size=600))
def test_the_first_bytes_of_a_known_file_and_then_anything(magic: bytes, rest: bytes) -> None:
    read(magic + rest)
