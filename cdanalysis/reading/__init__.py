"""From the bytes of a file to a cohort: one module a concern."""

from cdanalysis.reading.cohort import Cohort
from cdanalysis.reading.files import FILE_ENDINGS
from cdanalysis.reading.matching import Matching
from cdanalysis.reading.read import Opened, open_file, read_cohort
from cdanalysis.reading.text_form import TextForm
from cdanalysis.reading.understanding import FileLook

__all__ = ["FILE_ENDINGS", "Cohort", "FileLook", "Matching", "Opened", "TextForm", "open_file", "read_cohort"]
