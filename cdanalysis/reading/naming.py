"""What figures and reports call a cohort: a file's own name only where nothing in it can tell of a person.

A header that names a person is known by its words; a name itself is not, and a file is often called after a patient. So only
words that files of cohorts are made of are let through, with a year that is nobody's birth and short numbers.
"""

import re

OWN = "own file"
FIRST_YEAR = 2015  # an earlier one may be a year of birth
WORDS = """
a all an analysis and anonymised anonymized baseline case cases cd cdai clean cleaned clinic clinical cohort colitis
control controls copy corrected crohn crohns crp csv data database dataset demo de disease draft dta edited endoscopy
event events excel export exported file final first flat follow followup for frames from full hbi hospital ibd ids in list
main master mayo merged my new no ods of old on original outcome outcomes own part patient patients plain pro prospective
pseudonymised pseudonymized raw read redcap register registry relapse relapses response results retrospective sas safety
sav sccai second set sheet small spss stata study surgery survival synthetic tab table template test the therapy treatment
trial tsv txt uc up upload v version visit visits week weeks with without work workbook xls xlsm xlsx xpt zsav
"""
HARMLESS = frozenset(WORDS.split())
_PARTS = re.compile(r"[^\W\d_]+|\d+")


def label_of(file_name: str) -> str:
    """The name itself, or OWN where any part of it is more than a cohort's file needs."""
    parts = [part.casefold() for part in _PARTS.findall(file_name)]
    return file_name if parts and all(map(_is_harmless, parts)) else OWN


def _is_harmless(part: str) -> bool:
    if part.isdecimal():
        return len(part) <= 2 or (len(part) == 4 and FIRST_YEAR <= int(part) < 2100)
    return part in HARMLESS
