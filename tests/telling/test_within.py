"""A label after other words: an ordinary first word is small, names and abbreviations keep their letters."""

import pytest

from cdanalysis.results import Exclusion
from cdanalysis.writing.figure_text import curves_alt, curves_title, survival_title
from cdanalysis.writing.sentences import excluded_sentence, question
from cdanalysis.writing.within import within

ORDINARY = {
    "Calprotectin": "calprotectin",
    "Age at diagnosis": "age at diagnosis",
    "Age > 40 years": "age > 40 years",
    "Location L2": "location L2",
    "Previous GI surgery": "previous GI surgery",
    "Partial Mayo score": "partial Mayo score",
    "Anti-TNF use": "anti-TNF use",
    "No response": "no response",
    "Haemoglobin, per g/L": "haemoglobin, per g/L",
    "Weight (Kg)": "weight (Kg)",
    "Number of HLA mismatches (A, B and DR)": "number of HLA mismatches (A, B and DR)",
    "Ösophagusvarizen": "ösophagusvarizen",
}
KEPT = (
    "CRP", "6-TGN", "NUDT15 variant", "C-reactive protein", "B2 or B3 behaviour", "T stage", "IgA", "Hb", "Plt", "Ca 19-9",
    "Mayo score", "Crohn's disease", "Child-Pugh class", "Tacrolimus Trough Level", "Transplant centre Utrecht",
    "Alter bei Diagnose", "relapse", "白细胞", "",
)  # fmt: skip


@pytest.mark.parametrize(("label", "told"), ORDINARY.items())
def test_an_ordinary_first_word_is_small(label, told):
    assert within(label) == told


@pytest.mark.parametrize("label", KEPT)
def test_a_name_or_an_abbreviation_keeps_its_letters(label):
    assert within(label) == label


def test_titles_and_sentences_follow_the_rule():
    assert curves_title("Donor age", outcome="relapse") == "Relapse-free survival by donor age"
    assert survival_title("relapse", "Transplant centre") == "Survival free of relapse by transplant centre"
    assert " by calprotectin, below" in curves_alt("Calprotectin", outcome="relapse")
    asked = question(["Age > 40 years", "Calprotectin ≥ 250 µg/g"], "relapse")
    assert asked == "Do age > 40 years and calprotectin ≥ 250 µg/g predict relapse?"
    assert "excluded: calprotectin not measured (3)" in excluded_sentence(
        (Exclusion("Calprotectin not measured", 3),), 9
    )
