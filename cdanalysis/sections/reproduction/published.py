"""The study's printed results (assets/published.csv), each with what keeps it from being reached, where something does."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ASSET = Path(__file__).parents[3] / "assets" / "published.csv"


@dataclass(frozen=True)
class Published:
    """One printed result as printed; how: what was computed; why: the reason that no cohort can give it, or ""."""

    id: str
    section: str
    quantity: str
    printed: str
    unit: str
    how: str
    why: str


@cache
def published() -> tuple[Published, ...]:
    """Every printed result, in the paper's order."""
    with ASSET.open(encoding="utf-8", newline="") as file:
        return tuple(
            Published(row["id"], row["section"], row["quantity"], row["published"], row["unit"], row["how"], row["why"])
            for row in csv.DictReader(file)
        )
