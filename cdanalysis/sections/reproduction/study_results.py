"""The study's printed results (assets/published.csv), and which number of a cohort stands beside each: id -> how it is read."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import nan
from pathlib import Path

from cdanalysis.results import NotEstimable
from cdanalysis.sections.endoscopy.analysis import Endoscopy
from cdanalysis.sections.reproduction import study_findings as told
from cdanalysis.sections.reproduction.study_numbers import Numbers, StudyNumbers
from cdanalysis.statistics.describe.paired import Paired

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


def _paired(found: Endoscopy, score: int) -> Paired:
    """The test of a score; LookupError where there is none."""
    test = found.scores[score].test
    if isinstance(test, NotEstimable):
        raise LookupError(test.reason)
    return test


def _mean_sd(column: str, when: str) -> Callable[[StudyNumbers], Numbers]:
    def read(study: StudyNumbers) -> Numbers:
        score = {"CDEIS": 0, "Rutgeerts": 1}[column]
        return study.of_endoscopy(
            lambda found: (
                getattr(_paired(found, score), f"mean_{when}"),
                getattr(_paired(found, score), f"sd_{when}"),
            ),
            2,
        )

    return read


def _change_p(score: int) -> Callable[[StudyNumbers], Numbers]:
    return lambda study: study.of_endoscopy(lambda found: (_paired(found, score).t_p,))


def _year(year: int) -> Callable[[StudyNumbers], Numbers]:
    def read(study: StudyNumbers) -> Numbers:
        return study.of_endoscopy(
            lambda found: next((one.described.mean, one.described.sd) for one in found.years if one.year == year), 2
        )

    return read


def _term(name: str) -> Callable[[StudyNumbers], Numbers]:
    return lambda study: study.of_safety(
        lambda found: 100 * next((row.share.value for row in found.terms if row.term.lower() == name), 0.0)
    )


OPERATIONS = {name: name.replace("_", " ") for name in ("small_bowel", "ileocolic", "gastrojejunostomy", "dilation")}


def _operation(word: str) -> Callable[[StudyNumbers], Numbers]:
    return lambda study: told.kind(study, "Kind of GI surgery", word, told.upper_gi(study))


COMPUTED: dict[str, Callable[[StudyNumbers], Numbers | str]] = {
    "flow_reviewed": lambda s: s.flow("review", "referred", "screened"),
    "flow_eligible": lambda s: s.flow("inclusion", "eligible"),
    "flow_excluded": lambda s: s.excluded(),
    "flow_excl_steroid": lambda s: s.flow("steroid"),
    "flow_excl_endoscopic": lambda s: s.flow("endoscopic"),
    "flow_excl_thalidomide": lambda s: s.flow("thalidomide"),
    "flow_excl_followup": lambda s: s.flow("followup", "follow-up", "follow up"),
    "flow_enrolled": lambda s: (float(len(s.patients)),),
    "flow_maintained": lambda s: (float(len(s.maintained)),),
    "base_male": lambda s: (s.n("sex", "male"),),
    "base_female": lambda s: (s.n("sex", "female"),),
    "base_age": lambda s: s.quartiles(s.column("age_years"))[:1],
    "base_stricturing": lambda s: s.percentage("disease_behaviour", "B2"),
    "base_penetrating": lambda s: s.percentage("disease_behaviour", "B3"),
    "base_perianal": lambda s: s.percentage("perianal"),
    "base_surgery": lambda s: (s.n("gi_surgery"),),
    "base_appendectomy": lambda s: (s.n("appendectomy"),),
    "base_upper_gi": lambda s: (s.n("upper_gi"),),
    "base_upper_gi_operated": told.operated,
    **{f"base_upper_gi_{name}": _operation(word) for name, word in OPERATIONS.items()},
    "base_postop": lambda s: s.quartiles(s.column("months_since_surgery")),
    "base_biologic": lambda s: s.percentage("prior_biologic"),
    "base_aza_duration": lambda s: s.quartiles(s.column("aza_monotherapy_months")),
    "base_tgn": lambda s: s.quartiles(s.column("tgn_pmol_per_8e8_rbc"))[:1],
    "base_tgn_timing": lambda s: s.quartiles(s.column("tgn_months_before_loss_of_response")),
    "ind_followup": lambda s: s.follow_up(maintained=False),
    **{f"ind_response_w{week}": lambda s, week=week: s.status("response", week) for week in (8, 12, 24)},
    **{f"ind_remission_w{week}": lambda s, week=week: s.status("remission", week) for week in (8, 12, 24)},
    "ind_time_response": lambda s: s.time_to("response"),
    "ind_time_remission": lambda s: s.time_to("remission"),
    "ind_cdai_p": lambda s: s.activity("CDAI"),
    "ind_esr_p": lambda s: s.activity("ESR"),
    "ind_crp_p": lambda s: s.activity("CRP"),
    "ind_aza_dose_p": lambda s: s.dose(),
    "rel_events": lambda s: s.share_of_events("relapse"),
    "rel_followup": lambda s: s.follow_up(maintained=True),
    **{f"rel_free_{month}": lambda s, month=month: s.free("relapse", month) for month in (12, 24, 36, 48, 60)},
    "rel_median": lambda s: s.median("relapse"),
    "rel_tgn_n": lambda s: (float(len(s.first_tgn)),),
    "rel_tgn_time": lambda s: s.quartiles(told.months_to_tgn(s)),
    "rel_tgn": lambda s: s.quartiles(s.first_tgn["tgn_pmol_per_8e8_rbc"].to_numpy(float)),
    "rel_tgn_below": lambda s: told.tgn_side(s, above=False),
    "rel_tgn_above": lambda s: told.tgn_side(s, above=True),
    "rel_tgn_leukopenia": lambda s: told.kind(s, "AZA intolerance", "leukopenia", told.low_tgn(s)),
    "rel_tgn_arthralgia": lambda s: told.kind(s, "AZA intolerance", "arthralgia", told.low_tgn(s)),
    "rel_tgn_later": told.tgn_and_relapse,
    "rel_crp_hr": lambda s: s.ratio(s.predictors, "crp", "multivariable"),
    "rel_crp_p": lambda s: s.ratio_p(s.predictors, "crp", "multivariable"),
    "rel_tgn_hr": lambda s: s.ratio(s.predictors, "tgn", "multivariable"),
    "rel_tgn_p": lambda s: s.ratio_p(s.predictors, "tgn", "multivariable"),
    "hosp_events": lambda s: s.share_of_events("hospitalization"),
    "hosp_6": lambda s: s.had("hospitalization", 6),
    "hosp_12": lambda s: s.had("hospitalization", 12),
    "hosp_univariable": lambda s: told.factors(s, "hospitalization", "univariable"),
    "hosp_multivariable": lambda s: told.factors(s, "hospitalization", "multivariable"),
    "surg_univariable": lambda s: told.factors(s, "surgery", "univariable"),
    "surg_multivariable": lambda s: told.factors(s, "surgery", "multivariable"),
    "surg_events": lambda s: s.share_of_events("surgery"),
    "surg_36": lambda s: s.had("surgery", 36),
    "endo_n": lambda s: s.of_endoscopy(lambda found: (float(found.n),)),
    "endo_remission": lambda s: s.of_endoscopy(lambda found: (100 * found.shares[0].share.value,)),
    "endo_healing": lambda s: s.of_endoscopy(lambda found: (100 * found.shares[1].share.value,)),
    "endo_cdeis_before": _mean_sd("CDEIS", "before"),
    "endo_cdeis_after": _mean_sd("CDEIS", "after"),
    "endo_cdeis_p": _change_p(0),
    "endo_rutgeerts_before": _mean_sd("Rutgeerts", "before"),
    "endo_rutgeerts_after": _mean_sd("Rutgeerts", "after"),
    "endo_rutgeerts_p": _change_p(1),
    **{f"endo_serial_{year}": _year(year) for year in range(6)},
    "endo_serial_lower": told.year_one,
    "endo_serial_stable": told.later_years,
    "endo_cox": lambda s: told.factors(s, "endoscopic_remission", "univariable"),
    "ae_patients": lambda s: s.share_of_events("adverse_event"),
    "ae_count": lambda s: s.of_safety(lambda found: found.any_event.n_events if found.any_event else nan),
    "ae_acroanesthesia": _term("acroanesthesia"),
    "ae_constipation": _term("constipation"),
    "ae_discontinued": lambda s: s.of_safety(lambda found: 100 * found.n_stopped / found.n),
    "ae_stop_aza": lambda s: s.of_safety(lambda found: found.stopped["stopped_aza"]),
    "ae_stop_thalidomide": lambda s: s.of_safety(lambda found: found.stopped["stopped_thalidomide"]),
    "ae_median": lambda s: s.quarters("adverse_event"),
    **{f"ae_free_{month}": lambda s, month=month: s.free("adverse_event", month) for month in (12, 24, 36, 48, 60)},
    "ae_biologic_hr": lambda s: s.ratio(s.safety_models, "prior_biologic", "univariable"),
    "ae_biologic_p": lambda s: s.ratio_p(s.safety_models, "prior_biologic", "univariable"),
    "ae_nudt15_hr": lambda s: s.ratio(s.safety_models, "nudt15", "univariable"),
    "ae_multivariable": lambda s: told.factors(s, "adverse_event", "multivariable", ("nudt15",)),
    "ae_nudt15_p": lambda s: s.ratio_p(s.safety_models, "nudt15", "univariable"),
}
