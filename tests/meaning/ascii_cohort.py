"""A cohort drawn as a table in a test: one line per visit or an event, so that the reader sees the course."""

from __future__ import annotations

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.reading.checks.frames import cohort_from_frames


def parse_table(drawing: str) -> list[dict[str, str]]:
    """Lines of `a | b | c  # remark`; the first is the header, a line of dashes is passed over."""
    drawn = (line.split("#")[0] for line in drawing.strip().splitlines())
    lines = [line for line in drawn if line.strip() and not set(line.strip()) <= set("-+ ")]
    header, *rows = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [dict(zip(header, row, strict=False)) for row in rows]


def draw_cohort(drawing: str, *, follow_up_days: float = 1000.0) -> Cohort:
    """Columns patient, day, cdai, event; an empty cdai is a visit at which it was not measured."""
    rows = parse_table(drawing)
    names = list(dict.fromkeys(row["patient"] for row in rows))
    ends = {row["patient"]: float(row["day"]) for row in rows if row.get("event", "").startswith("end")}
    visits = [(row["patient"], float(row["day"]), float(row["cdai"] or "nan")) for row in rows if not row.get("event")]
    events = [
        (row["patient"], float(row["day"]), row["event"].split()[0])
        for row in rows
        if row.get("event") and not row["event"].startswith("end")
    ]
    return cohort_from_frames(
        pd.DataFrame({"patient_id": names, "follow_up_days": [ends.get(name, follow_up_days) for name in names]}),
        pd.DataFrame(visits, columns=["patient_id", "days", "cdai_points"]),
        pd.DataFrame(events, columns=["patient_id", "days", "event"]),
    )
