"""The bundled synthetic cohort: made-up patients, calibrated to the published study (assets/README.md)."""

from functools import cache
from pathlib import Path

from cdanalysis.reading import Cohort, read_cohort

WORKBOOK = Path(__file__).parents[1] / "assets" / "demo_cohort.xlsx"


@cache
def demo_cohort() -> Cohort:
    """The cohort of the bundled workbook; read once per process: nobody's data, so sessions may share it."""
    return read_cohort(WORKBOOK)
