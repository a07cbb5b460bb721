"""What is read in a way that must be said."""

from cdanalysis.results import Fault


def counted(n: int, noun: str) -> str:
    """`1 patient`, `12 patients`."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def warned(sheet: str, found: str, accepted: str, *, column: str = "", row: int | None = None) -> Fault:
    """A warning of a sheet, a column or a row: what was found, and what would need no word."""
    return Fault(sheet, row, column, found, accepted, "warning")
