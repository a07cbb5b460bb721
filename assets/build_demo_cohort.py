"""Builds assets/demo_cohort.xlsx from the synthetic solution in ../shared/cohort (by hand: python assets/build_demo_cohort.py).

Brings it into the data dictionary's sheets and columns, with dates so that every day stays a whole day, and takes the
CDAI of exactly 150 after week 24 (neither below nor above 150) to 149. Two relapses by an objective complication keep a
low CDAI ever after, so that objective activity decides them alone. Same input, same bytes.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pandas as pd
import xlsxwriter

ASSETS = Path(__file__).parent
SOURCE = ASSETS.parents[1] / "shared" / "cohort"
FIRST_START = date(2012, 1, 9)
LANDMARK_DAY = 168
OBJECTIVE_ONLY = ("SYN-006", "SYN-008")  # relapsed by an abscess and an obstruction while the CDAI stayed low
DAYS_BETWEEN_STARTS = 17  # one made-up patient every 17 days

EVENTS = {"hospitalisation": "hospitalization", "intestinal resection": "surgery", "intestinal obstruction": "obstruction",
          "intra-abdominal abscess": "abscess", "perianal abscess": "abscess"}  # fmt: skip
ACTIONS = {
    "none": "none",
    "azathioprine discontinued": "stopped_aza",
    "thalidomide discontinued": "stopped_thalidomide",
    "both discontinued": "stopped_both",
}
YES_NO = {1: "yes", 0: "no"}
ABOUT = (
    "SYNTHETIC: these patients do not exist.",
    "Made so that this program's own analyses, from the raw visits, give the printed results of a published study.",
    "It shows how the program works. It shows nothing about any drug, and it cannot validate the study.",
    "How it was made: assets/README.md.",
)


def main() -> None:
    """Write the workbook."""
    patients = pd.read_csv(SOURCE / "patients.csv")
    start = {p: FIRST_START + timedelta(DAYS_BETWEEN_STARTS * place) for place, p in enumerate(patients["patient_id"])}
    visits = pd.read_csv(SOURCE / "visits.csv")
    sheets = {
        "about": pd.DataFrame({"About this file": ABOUT}),
        "patients": _patients(patients, visits, start),
        "visits": _visits(visits, pd.read_csv(SOURCE / "tgn_on_combination.csv"), start),
        "events": _events(start),
        "endoscopy": _endoscopy(start),
        "adverse_events": _adverse_events(start),
        "screening": pd.read_csv(SOURCE / "flow.csv").assign(step=lambda flow: flow["step"].str.replace("_", " ")),
    }
    write_workbook(ASSETS / "demo_cohort.xlsx", sheets)


def write_workbook(path: Path, sheets: dict[str, pd.DataFrame]) -> None:
    """Headers and cells as they are: dates as dates, texts as text, nothing for a missing value."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": datetime(2026, 1, 1), "title": "Synthetic cohort"})
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        for name, frame in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(frame.columns) - 1, 16)
            sheet.write_row(0, 0, list(frame.columns), bold)
            for column, header in enumerate(frame.columns):
                for row, value in enumerate(frame[header], 1):
                    if not pd.isna(value):
                        sheet.write(row, column, value, day if isinstance(value, date) else None)


def _day(frame: pd.DataFrame, start: dict[str, date], column: str = "day") -> list[date]:
    return [start[p] + timedelta(int(day)) for p, day in zip(frame["patient_id"], frame[column], strict=True)]


def _patients(patients: pd.DataFrame, visits: pd.DataFrame, start: dict[str, date]) -> pd.DataFrame:
    first = visits[visits["day"] == 0].set_index("patient_id").reindex(patients["patient_id"])
    operated = patients["gi_surgery"].map(YES_NO)
    return pd.DataFrame(
        {
            "patient_id": patients["patient_id"],
            "sex": patients["sex"].map({"M": "male", "F": "female"}),
            "age_years": patients["age_years"],
            "smoking": patients["smoker"].map({1: "current", 0: "never"}),
            "disease_location": patients["montreal_location"],
            "upper_gi": patients["upper_gi_l4"].map(YES_NO),
            "disease_behaviour": patients["montreal_behaviour"],
            "perianal": patients["perianal"].map(YES_NO),
            "gi_surgery": operated,
            "appendectomy": patients["appendectomy"].map(YES_NO),
            "months_since_surgery": patients["months_since_surgery"],
            "prior_biologic": patients["prior_biologic"].map(YES_NO),
            "nudt15_variant": patients["nudt15"].map({"variant": "yes", "wild type": "no"}),
            "aza_monotherapy_months": patients["aza_duration_months"],
            "aza_mono_dose_mg_per_kg": patients["aza_dose_mono_mg_kg"],
            "aza_dose_mg_per_kg": patients["aza_dose_combo_mg_kg"],
            "thalidomide_dose_mg_per_day": patients["thalidomide_max_mg"],
            "cdai_points": first["cdai"].to_numpy(),
            "crp_mg_per_l": first["crp_mg_l"].to_numpy(),
            "esr_mm_per_h": first["esr_mm_h"].to_numpy(),
            "wbc_1e9_per_l": first["wbc_1e9_l"].to_numpy(),
            "tgn_pmol_per_8e8_rbc": patients["tgn_mono_pmol"],
            "tgn_months_before_loss_of_response": patients["tgn_months_before_lor"],
            "start_date": patients["patient_id"].map(start),
            "last_follow_up_date": _day(patients, start, "followup_end_day"),
            "combination_end_date": _day(patients, start, "combination_end_day"),
            "combination_end_reason": patients["combination_end_reason"],
            "Kind of GI surgery": patients["gi_surgery_type"],
            "AZA intolerance": patients["aza_limit_reason"],
        }
    )


def _visits(visits: pd.DataFrame, tgn: pd.DataFrame, start: dict[str, date]) -> pd.DataFrame:
    """The scheduled week beside the date; 6-TGN on combination therapy as rows of its own, without a CDAI."""
    later = visits["day"] > LANDMARK_DAY
    cdai = visits["cdai"].mask(later & (visits["cdai"] == 150), 149)
    quiet = later & visits["patient_id"].isin(OBJECTIVE_ONLY) & (cdai >= 150)
    cdai = cdai.mask(quiet, 120 + cdai % 29)
    seen = pd.DataFrame({
        "patient_id": visits["patient_id"], "day": visits["day"], "week": visits["week"],
        "cdai_points": cdai, "crp_mg_per_l": visits["crp_mg_l"],
        "esr_mm_per_h": visits["esr_mm_h"],
    })  # fmt: skip
    measured = tgn.rename(columns={"tgn_pmol": "tgn_pmol_per_8e8_rbc"})
    both = pd.concat([seen, measured], ignore_index=True).sort_values(["patient_id", "day"], kind="stable")
    both.insert(2, "visit_date", _day(both, start))
    return both.drop(columns="day")


def _events(start: dict[str, date]) -> pd.DataFrame:
    events = pd.read_csv(SOURCE / "events.csv")
    return pd.DataFrame({"patient_id": events["patient_id"], "event_date": _day(events, start),
                         "event": events["event_type"].map(EVENTS), "cd_related": events["cd_related"].map(YES_NO)})  # fmt: skip


def _endoscopy(start: dict[str, date]) -> pd.DataFrame:
    found = pd.read_csv(SOURCE / "endoscopy.csv")
    return pd.DataFrame(
        {
            "patient_id": found["patient_id"],
            "date": _day(found, start),
            "cdeis_points": found["score"].where(found["index"] == "CDEIS"),
            "rutgeerts_score": found["score"].where(found["index"] == "Rutgeerts"),
            "ulceration": found["ulceration"].map(YES_NO),
        }
    )


def _adverse_events(start: dict[str, date]) -> pd.DataFrame:
    found = pd.read_csv(SOURCE / "adverse_events.csv")
    return pd.DataFrame({"patient_id": found["patient_id"], "date": _day(found, start), "term": found["term"],
                         "action": found["action"].map(ACTIONS)})  # fmt: skip


if __name__ == "__main__":
    main()
