"""From the bytes of a file to a cohort: one module a concern."""

from cdanalysis.cohort import Cohort
from cdanalysis.reading.bytes.files import FILE_ENDINGS
from cdanalysis.reading.bytes.text.text_form import TextForm
from cdanalysis.reading.headers.matching import Matching
from cdanalysis.reading.headers.understanding import FileLook
from cdanalysis.reading.opening import Opened, open_cohort, open_file, open_files, read_cohort
from cdanalysis.reading.questions import Question
from cdanalysis.reading.sources import Named
from cdanalysis.reading.study import Study

__all__ = [
    "FILE_ENDINGS",
    "Cohort",
    "FileLook",
    "Matching",
    "Named",
    "Opened",
    "Question",
    "Study",
    "TextForm",
    "open_cohort",
    "open_file",
    "open_files",
    "read_cohort",
]
