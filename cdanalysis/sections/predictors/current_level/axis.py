"""The values of a marker on the outcome's time axis, and the curves of the states they put a patient in."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.markers import Marker
from cdanalysis.outcomes.endpoints import TimeToEvent
from cdanalysis.sections.models.observations import observations
from cdanalysis.settings import Settings
from cdanalysis.statistics.curves.curve_steps import CurveSteps
from cdanalysis.statistics.curves.kaplan_meier import curves_by_place
from cdanalysis.statistics.time_axis import Observed
from cdanalysis.statistics.time_dependent.current_value import CurrentSpells, current_spells
from cdanalysis.units import DAYS_PER_MONTH


@dataclass(frozen=True, eq=False)
class Axis:
    """The patients of the outcome: ids, the day of therapy that is each one's time zero, the time axis."""

    ids: tuple[str, ...]
    zero: np.ndarray
    data: Observed

    def spells(self, rows: pd.DataFrame, column: str, span: float, lag: float = 0.0) -> CurrentSpells:
        """Of rows with patient_id, days and a value."""
        place = rows["patient_id"].map({one: index for index, one in enumerate(self.ids)})
        own = rows[place.notna()]
        whose = place.dropna().to_numpy(int)
        months = (own["days"].to_numpy(float) - self.zero[whose]) / DAYS_PER_MONTH
        return current_spells(
            whose, months, own[column].to_numpy(float), time=self.data.time, event=self.data.event, entry=self.data.entry,
            span=span, lag=lag,
        )  # fmt: skip


def axis_of(endpoint: TimeToEvent) -> Axis | None:
    """The axis of an outcome; None where the file's own times have no day of therapy."""
    zero = endpoint.zero_days
    return None if zero is None else Axis(endpoint.patient_ids, zero, observations(endpoint))


def measured(cohort: Cohort, marker: Marker) -> pd.DataFrame:
    """Every value of the visits, and of the patients' sheet as one of day 0."""
    own = pd.DataFrame({"patient_id": cohort.patients["patient_id"], "days": 0.0})
    own["value"] = cohort.baseline(marker.column).to_numpy()
    if marker.column not in cohort.visits:
        return own.dropna()
    seen = cohort.visits[["patient_id", "days", marker.column]].set_axis(["patient_id", "days", "value"], axis=1)
    return pd.concat([own, seen], ignore_index=True).dropna()


def steps_of(
    rows: Observed, labels: tuple[str, str], state: np.ndarray, place: int, spells: CurrentSpells,
    risk_times: tuple[float, ...], settings: Settings,
) -> CurveSteps:  # fmt: skip
    """Simon and Makuch's curve of one state: patients come and go; n: how many were ever in it."""
    mine = state == place
    if not mine.any():
        return CurveSteps((0.0,), (1.0,), (1.0,), (1.0,), (), (), tuple(0 for _ in risk_times), 0, 0)
    one = np.zeros(int(mine.sum()), int)
    curve = curves_by_place(rows[mine], (labels[place],), one, settings.km_interval, settings.conf_level).curves[0]
    falls, end = curve.n_events > 0, float(spells.time[mine].max())
    time = (0.0, *curve.time[falls].tolist(), end)
    bands = []
    for values in (curve.survival, curve.lower, curve.upper):
        own = values[falls].tolist()
        bands.append((1.0, *own, own[-1] if own else 1.0))
    entry, stop = spells.entry[mine], spells.time[mine]
    at_risk = tuple(int(np.count_nonzero(((entry < at) | (entry == 0)) & (stop >= at))) for at in risk_times)
    n = len(np.unique(spells.patient[mine]))
    return CurveSteps(time, bands[0], bands[1], bands[2], (), (), at_risk, n, int(spells.event[mine].sum()))
