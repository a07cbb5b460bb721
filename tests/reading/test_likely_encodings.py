"""Texts in the encodings of hospitals' computers, found without a mark: each gives the twelve patients with their times."""

from __future__ import annotations

import pytest
from corpus.builders import table
from corpus.right_numbers import DAYS, IDS, MONTHS, words

import cdanalysis as cd
from cdanalysis.reading.bytes.text.encodings import decode

FILES = {
    "cp1254": ("Hasta No|Yaş|Ölüm|Takip süresi (gün)", "Hayır", "Evet"),
    "cp1250": ("Nr pacjenta|Płeć|Zgon|Czas obserwacji [dni]", "nie", "tak"),
    "cp1253": ("Αριθμός ασθενούς|Ηλικία|Θάνατος|Χρόνος (ημέρες)", "όχι", "ναι"),
    "cp1251": ("Номер пациента|Возраст|Рецидив|Время (дней)", "нет", "да"),
    "cp932": ("患者番号|年齢|死亡|生存期間(日)", "なし", "あり"),
    "euc_jp": ("患者番号|年齢|死亡|生存期間(日)", "なし", "あり"),
    "cp949": ("환자번호|나이|사망|생존기간(일)", "아니오", "예"),
    "big5": ("病歷號|年齡|死亡|存活天數", "否", "是"),
    "gb18030": ("病例号|年龄|死亡|生存时间（天）", "否", "是"),
    "mac_roman": ("Numéro patient|Âge|Décès|Délai décès (jours)", "non", "oui"),
    "cp850": ("Numéro patient|Âge|Décès|Délai décès (jours)", "non", "oui"),
    "cp1252": ("Patienten-Nr|Größe|Tod|Überleben (Tage)", "nein", "ja"),
}
AS_PYTHON = {"cp932": "shift_jis"}


@pytest.mark.parametrize("encoding", FILES)
def test_a_file_in_an_encoding_of_its_country(encoding: str) -> None:
    headers, no, yes = FILES[encoding]
    rows = [headers.split("|"), *map(list, zip(IDS, range(30, 42), words(no, yes), DAYS, strict=True))]
    opened = cd.open_cohort(table(rows, delimiter=";", encoding=encoding), "x.csv")
    assert opened.cohort is not None, opened.refusal
    assert opened.cohort.text.encoding == AS_PYTHON.get(encoding, encoding)
    assert opened.questions == ()
    found = cd.analyses.survival(opened.cohort, cd.Settings()).endpoint.patients
    assert (len(found), int(found["event"].sum()), found["time_months"].sum()) == (12, 5, pytest.approx(sum(MONTHS)))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("id;Bemerkung\n1;Übelkeit, 5 µg, 38 °C\n2;Größe der Läsion\n", "cp1252"),
        ("id;notes\n1;Crohn’s disease – naïve\n", "cp1252"),
        ("id;nafn\n1;Guðrún Þórðardóttir\n2;sjúkdómur í meltingarvegi, þriðja stig\n", "cp1252"),
        ("id;opis\n1;książeczka zdrowia, źle\n2;wątroba, jelito\n", "cp1250"),
        ("id;pozn\n1;příliš žluťoučký kůň\n", "cp1250"),
        ("id;not\n1;ağrı, şişlik, kırık\n2;bağırsak ameliyatı\n", "cp1254"),
        ("id;observação\n1;dor abdominal à palpação, lesão\n", "cp1252"),
        ("id;comentário\n1;lesão não operável, coração\n", "mac_roman"),
        ("id;Größe\n1;für später, Überweisung\n", "cp850"),
        ("id;примечание\n1;боль в животе, слабость\n", "cp1251"),
        ("id;σχόλια\n1;πόνος στην κοιλιά, αδυναμία\n", "cp1253"),
    ],
)
def test_words_that_no_dictionary_has_are_told_by_their_letters(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.encoding, found.text, found.guessed) == (encoding, text, True)
