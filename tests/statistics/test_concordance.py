"""Harrell's C with its interval, as R's concordance of a coxph: plain, with strata, with late entry."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.statistics.cox import concordance as module
from cdanalysis.statistics.cox.concordance import concordance_index, concordance_of
from cdanalysis.statistics.time_axis import observed

GOLDEN = Path(__file__).parents[1] / "golden"
R = json.loads((GOLDEN / "reference_concordance.json").read_text())
COLUMNS = {"lung": ("age", "male", "ph_ecog"), "pbc": ("bili", "age", "stage"), "veteran": ("karno", "age", "celltype")}


@pytest.mark.parametrize("name", COLUMNS)
@pytest.mark.parametrize("kind", ["plain", "strata", "late"])
def test_c_and_its_error_are_rs(name: str, kind: str) -> None:
    frame = pd.read_csv(GOLDEN / "datasets" / f"{name}.csv")
    frame = frame.assign(male=(frame["sex"] == "male").astype(float)) if name == "lung" else frame
    frame = frame.dropna(subset=list(COLUMNS[name])).reset_index(drop=True)
    first, second, strata = COLUMNS[name]
    event = frame["event"] if "event" in frame else frame["event_death"]
    entry = np.where(np.arange(len(frame)) % 2, np.floor(frame["time_days"] * 0.3), 0) if kind == "late" else None
    model = cd.cox(frame["time_days"], event, frame[[first, second]], entry=entry,
                   strata=frame[strata] if kind == "strata" else None)  # fmt: skip
    found, wanted = concordance_of(model), R[name][kind]
    assert found.value == pytest.approx(wanted["c"], abs=1e-9)
    assert found.value == pytest.approx(model.concordance, abs=1e-12)
    assert (found.upper - found.lower) / (2 * 1.959964) == pytest.approx(wanted["se"], rel=1e-6)


def test_what_cannot_be_compared_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = concordance_index(observed([1.0, 1.0], [1, 1]), np.array([1.0, 2.0]))
    assert alone == NotEstimable("no two patients can be compared")
    monkeypatch.setattr(module, "MOST_PAIRS", 1)
    assert "too many pairs" in concordance_index(observed([1.0, 2.0], [1, 1]), np.array([1.0, 2.0])).reason
