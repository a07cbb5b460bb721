"""The words by which a header names the place where a patient was treated; lower case, without punctuation."""

WORDS = frozenset({"centre", "center", "site", "hospital", "clinic", "zentrum", "klinik"})
CHINESE = ("中心", "医院")
