"""Four cohorts of others, as they are: from the upload over the answers to her curve, her hazard ratio and a PNG.

Every number on the page is that of lifelines on the same split; every click is counted, and no page says relapse of them.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from browser.app_page import readout, settled
from browser.test_first_use import Hand, is_a_figure
from playwright.sync_api import Locator, Page, expect

from cdanalysis.units import DAYS_PER_MONTH, DAYS_PER_WEEK

pytestmark = pytest.mark.browser

Outcome = Callable[[pd.DataFrame], pd.DataFrame]  # time and event by patient, each marker beside them


def of_days() -> pd.DataFrame:
    """72 patients, time in days that no header calls so, codes 1 and 2 for the sexes: as an SPSS tutorial has them."""
    dice = np.random.default_rng(72)
    age = dice.integers(39, 82, 72)
    time = np.ceil(dice.exponential(420 * np.exp((60 - age) / 25))) + 4
    return pd.DataFrame({"id": range(1, 73), "time": time.astype(int), "event": (dice.random(72) < 0.7).astype(int),
                         "sex": dice.integers(1, 3, 72), "age": age})  # fmt: skip


def of_a_gene() -> pd.DataFrame:
    """100 patients with a gene's score: the header says event, and she calls it a recurrence."""
    dice = np.random.default_rng(26)
    score = np.round(dice.normal(0, 1, 100), 2)
    time = np.round(dice.exponential(60 * np.exp(-0.6 * score)), 1) + 0.1
    return pd.DataFrame({"id": range(1, 101), "time_months": np.minimum(time, 72.0), "event": (time < 72).astype(int),
                         "gene_score": score, "nodal": dice.integers(0, 2, 100)})  # fmt: skip


def ovarian() -> pd.DataFrame:
    """R's `ovarian` (Edmunson 1979): no identifier, time in days under a name of its own."""
    columns = {
        "futime": "59 115 156 421 431 448 464 475 477 563 638 744 769 770 803 855 1040 1106 1129 1206 1227 268 329 353 365 377",
        "fustat": "1 1 1 0 1 0 1 1 0 1 1 0 0 0 0 0 0 0 0 0 0 1 1 1 1 0",
        "age": "72.3315 74.4932 66.4658 53.3644 50.3397 56.4301 56.937 59.8548 64.1753 55.1781 56.7562 50.1096 59.6301 57.0521 "
        "39.2712 43.1233 38.8932 44.6 53.9068 44.2055 59.589 74.5041 43.137 63.2192 64.4247 58.3096",
        "resid.ds": "2 2 2 2 2 1 2 2 2 1 1 1 2 2 1 1 2 1 1 2 1 2 2 1 2 1",
        "rx": "1 1 1 2 1 1 2 2 1 2 1 2 2 2 1 1 2 1 2 2 2 1 1 2 2 1",
        "ecog.ps": "1 1 2 1 1 2 2 2 1 2 2 1 1 1 1 2 2 1 1 1 2 2 1 2 1 1",
    }
    return pd.DataFrame({name: list(map(float, cells.split())) for name, cells in columns.items()})


WEEKS = (0, 8, 24, 36, 48, 60)


def redcap() -> pd.DataFrame:
    """60 patients, one row per visit under `redcap_event_name`, CRP in the first row only: a relapse is read from the CDAI."""
    dice = np.random.default_rng(60)
    rows = []
    for number in range(60):
        crp = round(float(dice.uniform(1, 40)), 1)
        relapse = next((week for week in WEEKS[3:] if dice.random() < 0.08 + 0.012 * crp), 0)
        for week in WEEKS:
            if not relapse or week <= relapse:
                cdai = 300 if week == 0 else 260 if week == relapse else 100
                name = f"week_{week}_arm_1" if week else "baseline_arm_1"
                rows.append((f"R{number:03}", name, crp if week == 0 else None, cdai))
    return pd.DataFrame(rows, columns=["record_id", "redcap_event_name", "crp_mg_l", "cdai"])


def stated(time: str, event: str, *markers: str, per_month: float = 1.0) -> Outcome:
    """Time in months and event as two columns have them."""
    return lambda file: pd.DataFrame(
        {"time": file[time] / per_month, "event": file[event] == 1, **{one: file[one] for one in markers}}
    )


def relapses(file: pd.DataFrame) -> pd.DataFrame:
    """From the week-24 visit to the visit above 150 and 70 over it, or to the last one."""
    week = file["redcap_event_name"].str.extract(r"week_(\d+)_")[0].fillna(0).astype(float)
    by_patient = file.assign(week=week).groupby("record_id")
    last = by_patient.last()
    months = (last["week"] - 24) * DAYS_PER_WEEK / DAYS_PER_MONTH
    return pd.DataFrame({"time": months, "event": last["cdai"] > 170, "crp": by_patient["crp_mg_l"].first()})


@dataclass(frozen=True)
class Visitor:
    """A user with a file: what it asks and she answers, her word for the outcome, and what is right."""

    file: Callable[[], pd.DataFrame]
    right: Outcome
    figure: str
    marker: str
    cutoff: float
    side: str = ">="
    answers: dict[str, str] = field(default_factory=dict)
    noun: str = ""
    clicks: int = 0


EVERY_TIME = ("days", "gene")
VISITORS = {
    "days": Visitor(
        of_days, stated("time", "event", "age", per_month=DAYS_PER_MONTH), "event-by-age", "age", 60.0, ">",
        {"time: no unit is stated": "days", "sex: ": "1 is male, 2 is female"}, clicks=8,
    ),
    "gene": Visitor(
        of_a_gene, stated("time_months", "event", "gene_score"), "event-by-gene-score", "gene_score", 0.25,
        noun="recurrence", clicks=4,
    ),
    "ovarian": Visitor(
        ovarian, stated("futime", "fustat", "age", per_month=DAYS_PER_MONTH), "event-by-age", "age", 57.0, ">",
        {"futime: no unit is stated": "days", "What does?": "each row is one patient"}, clicks=8,
    ),
    "redcap": Visitor(redcap, relapses, "relapse-by-crp", "crp", 18.0, ">", clicks=3),
}  # fmt: skip


def shown_on(page: Page, name: str) -> Locator:
    """A figure, drawn."""
    found = page.locator(f".cd-figure[data-name='{name}']")
    expect(found.locator(".main-svg").first).to_be_visible()
    settled(page)
    return found


def by_lifelines(right: pd.DataFrame, marker: str, cutoff: float, side: str) -> tuple[str, str]:
    """Hazard ratio with interval, and log-rank P, of the same split."""
    from lifelines import CoxPHFitter
    from lifelines.statistics import logrank_test

    above = right[marker] >= cutoff if side == ">=" else right[marker] > cutoff
    data = right[["time", "event"]].assign(above=above.astype(float))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "may harm convergence"
        fitted = CoxPHFitter().fit(data, "time", "event", fit_options={"precision": 1e-12})
    ratio, (lower, upper) = float(fitted.hazard_ratios_["above"]), np.exp(fitted.confidence_intervals_.loc["above"])
    tested = logrank_test(right["time"][above], right["time"][~above], right["event"][above], right["event"][~above])
    return (
        f"{ratio:.2f} ({lower:.2f}-{upper:.2f})",
        f"P = {tested.p_value:.3f}" if tested.p_value >= 0.001 else "P < 0.001",
    )


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in EVERY_TIME else [pytest.mark.thorough]) for name in VISITORS]
)
def test_a_visitor_has_her_curve_her_hazard_ratio_and_her_figure(page: Page, tmp_path: Path, name: str) -> None:
    visitor = VISITORS[name]
    file = visitor.file()
    page.goto("/")
    settled(page)
    hand = Hand(page)
    hand.upload(f"{name}.csv", file.to_csv(index=False).encode())
    expect(page.get_by_text(re.compile("Is this what your file says|Not clear from the file")).first).to_be_visible()
    settled(page)
    for question, option in visitor.answers.items():
        hand.answer(question, option)
    if visitor.answers:
        hand.click(page.get_by_role("button", name="Read the file with these answers"))
        expect(page.get_by_text("Everything that was asked is answered.")).to_be_visible()
    if visitor.noun:
        called = page.get_by_role("textbox", name="What it is called")
        hand.click(called)
        called.fill(visitor.noun)
        called.press("Enter")
        page.wait_for_url(re.compile(f"outcome_noun={visitor.noun}"))
    settled(page)
    hand.click(page.get_by_role("button", name="Looks right: show the curves"), decides=True)
    shown = shown_on(page, visitor.figure)

    number = shown.locator(".cd-number")
    number.fill(str(visitor.cutoff))
    number.press("Enter")
    page.wait_for_url(re.compile("cutoffs="))
    settled(page)

    right, told = visitor.right(file), readout(page, visitor.figure)
    sizes = [list(map(int, re.findall(r"\d+", told[side]))) for side in ("below", "above")]
    assert [sum(pair) for pair in zip(*sizes, strict=True)] == [len(right), int(right["event"].sum())]
    ratio, p = by_lifelines(right, visitor.marker, visitor.cutoff, visitor.side)
    assert told["Hazard ratio, unadjusted"].startswith(ratio)
    assert told["Log-rank test"] == p

    with page.expect_download() as download:
        hand.click(shown.locator(".cd-save"))
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    is_a_figure(path)
    assert hand.clicks == visitor.clicks
    if name != "redcap":
        noun = visitor.noun or "event"
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Predictors of {noun}")
        assert "relapse" not in page.get_by_test_id("stMain").inner_text().lower()
