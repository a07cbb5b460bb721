"""One line per patient of what is analysed, to carry on elsewhere: time, event, how it ended, groups, weight, or why left out."""

import pandas as pd

from cdanalysis.cohort import Cohort
from cdanalysis.outcomes import covariates, endpoints, groups
from cdanalysis.outcomes.markers import handles_of
from cdanalysis.outcomes.selection import selected
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.weighted.analysis import scored
from cdanalysis.settings import Settings

UNKNOWN = "left out, the file does not say more"


def per_patient(cohort: Cohort, settings: Settings) -> pd.DataFrame | NotEstimable:
    """Every patient: id, months, entry, event (1 or 0), what ended it, each handle's value and group, the reason of who is out.

    Times are in months from the outcome's time zero; whoever is left out has none, and the reason instead. The weight is that
    of Weighted groups, of the scanned marker; there is none where they cannot be weighted, or something is not measured.
    """
    endpoint = endpoints.endpoint_of(cohort, settings)
    if isinstance(endpoint, NotEstimable):
        return endpoint
    cohort = selected(cohort, settings)
    ids = cohort.patients["patient_id"]
    table = pd.DataFrame({"patient_id": ids.to_numpy()})
    analysed = endpoint.patients.set_index("patient_id").reindex(ids)
    table["outcome"] = endpoint.noun
    table["time_months"], table["entry_months"] = (
        analysed[name].to_numpy(float) for name in ("time_months", "entry_months")
    )
    table["event"] = pd.Series([None if pd.isna(one) else int(one) for one in analysed["event"]], dtype=object)
    table["ended_by"] = analysed["ended_by"].to_numpy()
    for code in handles_of(cohort, settings):
        marker = cohort.marker(code)
        table[marker.titled()] = groups.baseline_values(cohort, marker.column, tuple(ids))
        table[f"{marker.label} group"] = covariates.cut(cohort, tuple(ids), code, settings).groups
    weights = scored(cohort, settings)
    if not isinstance(weights, NotEstimable):
        table[f"{weights.chosen.label} group weight"] = ids.map(weights.weights).to_numpy(float)
    out = analysed["time_months"].isna().to_numpy()
    table["left out because"] = [
        endpoint.why.get(one, UNKNOWN) if is_out else "" for one, is_out in zip(ids, out, strict=True)
    ]
    not_chosen = cohort.selection.why if cohort.selection else {}
    gone = pd.DataFrame(
        {"patient_id": list(not_chosen), "outcome": endpoint.noun, "left out because": list(not_chosen.values())}
    )
    return pd.concat([table, gone], ignore_index=True) if not_chosen else table
