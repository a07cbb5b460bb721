"""The program and the libraries that computed the numbers, with the versions that are installed."""

from functools import cache
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from cdanalysis import RESULTS_VERSION
from cdanalysis.report.statements.references import Citations
from cdanalysis.writing.numbers import listed

LIBRARIES = (("NumPy", "numpy"), ("SciPy", "scipy"), ("pandas", "pandas"))


def software(cite: Citations) -> str:
    """One sentence."""
    libraries = [f"{name} {installed(package)}{cite(package)}" for name, package in LIBRARIES]
    python = f"Python {python_version()}"
    return f"Computed by cdanalysis (results version {RESULTS_VERSION}) in {python} with {listed(libraries)}."


@cache  # the files of a package are read for it
def installed(package: str) -> str:
    """The version of a library."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "(version unknown)"
