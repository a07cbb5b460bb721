"""Further data sets of R as its four ways of writing a table leave them: every number is R's own, and few things are asked.

Each row is a user: what a sensible reader answers, and which marker is under the first slider before anything is chosen.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pytest
from corpus.test_r_data_sets import DAYS, EACH, FOLDER, answered

import cdanalysis as cd
from cdanalysis.results import NotEstimable

BY_R = json.loads((FOLDER / "answers.json").read_text())


@dataclass(frozen=True)
class User:
    """A file, the answers by question or kind, the outcome and the marker that R was asked about, the first slider's."""

    file: str
    outcome: str
    marker: str
    first: str
    answers: dict[str, str] = field(default_factory=lambda: dict(DAYS))

    def __str__(self) -> str:
        return self.file


CODE = "codes:patients:"
USERS = (
    User("lung.csv", "event", "meal.cal", "ph.karno",
         {**DAYS, **EACH, "kind": "numbers", f"{CODE}sex": "1 is male, 2 is female", f"{CODE}status": "1 = censored, 2 = event"}),
    User("colon.csv", "event", "nodes", "nodes",
         {**DAYS, "kind": "categories", f"{CODE}sex": "0 is female, 1 is male", "repeated": "only the rows with etype = 2"}),
    User("mgus1.csv", "event_2", "mspike", "haemoglobin",
         {**DAYS, "unit:patients:alb": "g/dL", "unit:patients:hgb": "g/dL",
          f"{CODE}event": "death = a competing event, pcm = event"}),
    User("transplant.csv", "event", "age", "age",
         {**DAYS, **EACH, "zero": "a time of 0", f"{CODE}event = death": "death = a competing event",
          f"{CODE}event = ltx": "ltx = event", f"{CODE}event = withdraw": "withdraw = a competing event"}),
    User("heart.csv", "event", "age (as in the file)", "age (as in the file)"),
    User("bladder1.csv", "event", "number", "number",
         {"unit": "months", f"{CODE}status = 1": "1 = event", f"{CODE}status = 2": "2 = a competing event",
          f"{CODE}status = 3": "3 = a competing event"}),
    User("udca2.csv", "event", "bili", "bili", {**DAYS, "repeated": "only the rows with endpoint = varices"}),
    User("myeloma.csv", "death", "year", "year"),
    User("stanford2.txt", "event", "t5", "t5"),
    User("jasa.csv", "event", "age", "mscore",
         {**DAYS, **EACH, "kind": "numbers", "dates": "accept.dt", "zero": "a time of 0", "outcome": "not an outcome"}),
    User("nafld1.csv", "event", "bmi", "weight", {**DAYS, "header": "id"}),
    User("jasa1.txt", "event", "year", "age (as in the file)"),
)  # fmt: skip


@pytest.mark.parametrize("user", USERS, ids=str)
def test_every_number_is_that_of_r(user: User) -> None:
    cohort = answered((FOLDER / user.file).read_bytes(), user.file, user.answers)
    by_r = BY_R[Path(user.file).stem]
    assert cohort.handles(("crp", "tgn"))[0] == user.first
    settings = cd.Settings(outcome=user.outcome, handles=user.marker)
    column = cohort.marker(user.marker).column
    settings = settings.with_cutoff(user.marker, cohort.baseline(column).median(), ">")
    found = cd.analyses.predictors(cohort, settings)
    assert not isinstance(found, NotEstimable), found.reason
    rows = found.endpoint.patients
    assert (len(rows), rows["event"].sum()) == (by_r["n"], by_r["events"])
    assert rows["time_months"].sum() == pytest.approx(by_r["months"])
    assert survival_at(rows, by_r["at"]) == pytest.approx(by_r["survival"], abs=1e-6)
    model = found.univariable[[one.code for one in found.candidates].index(user.marker)]
    assert not isinstance(model, NotEstimable), model.reason
    (term,) = model.terms
    assert (term.hazard_ratio.value, term.p_value) == pytest.approx((by_r["ratio"], by_r["p"]), rel=1e-4)


def survival_at(rows: pd.DataFrame, times: list[float]) -> list[float]:
    entry = rows["entry_months"] if rows["entry_months"].any() else None
    (curve,) = cd.kaplan_meier(rows["time_months"], rows["event"], entry=entry).curves
    return [curve.survival[(curve.time <= time + 1e-9).sum() - 1] for time in times]


def table(**columns: list[object]) -> bytes:
    return pd.DataFrame(columns).to_csv(index=False).encode()


N = 40
TIMES = [12 + 7 * n for n in range(N)]
STATUS = [("N", "N", "R")[n % 3] for n in range(N)]
CODES = [int(one == "R") for one in STATUS]
NUMBERS = {"id": list(range(1, N + 1)), "time_days": TIMES}


def questions(content: bytes) -> tuple[str, ...]:
    return tuple(one.id for one in cd.open_cohort(content, "x.csv").questions)


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        # A status of N and R begins the rows: no row of statistics. R's TH.data has such a file.
        (table(status=STATUS, time_days=TIMES, age=NUMBERS["id"]), ("ids:patients", "codes:patients:status")),
        # A cause is no misspelt case, which would be an identifier.
        (table(**NUMBERS, cause=[n % 3 for n in range(N)], status=CODES), ("kind:patients:cause",)),
        # Where a patient lives is no status.
        (table(**NUMBERS, state=["NSW", "VIC", "QLD", "WA"] * 10, status=CODES), ()),
        # A column headed by a unit alone states it.
        (table(id=NUMBERS["id"], days=TIMES, status=CODES), ()),
        # Names of the rows beside the patients' own identifier.
        (table(rownames=list(range(1, N + 1)), patid=[f"P{n}" for n in range(N)], time_days=TIMES, status=CODES), ()),
    ],
    ids=["status first", "cause", "state", "days", "row names"],
)  # fmt: skip
def test_what_is_plain_is_not_asked(content: bytes, asked: tuple[str, ...]) -> None:
    assert questions(content) == asked


def test_a_time_that_its_header_hardly_says_is_offered_beside_another() -> None:
    content = table(**{"id": NUMBERS["id"], "rectime": TIMES, "survtime": TIMES[::-1], "age": TIMES, "censrec": CODES})
    opened = cd.open_cohort(content, "x.csv")
    opened = cd.open_cohort(content, "x.csv", opened.study.answered({"outcome:patients": "censrec"}))
    (question,) = [one for one in opened.questions if one.id.startswith("time:")]
    assert {"rectime", "survtime"} <= set(question.options)


def test_a_refusal_of_the_library_says_what_to_answer() -> None:
    path = FOLDER / "ovarian.csv"
    with pytest.raises(cd.CohortError, match=r"'ids:patients': 'each row is one patient'.*"):
        cd.read_cohort(path)
    opened = cd.open_cohort(path)
    assert "patients apart" in opened.refusal
    study = opened.study.answered({"ids:patients": "each row is one patient"})
    assert len(cd.read_cohort(path, study=study).patients) == 26


def test_a_running_number_a_place_and_a_time_come_after_what_was_measured() -> None:
    columns = {"no": [*range(N, 0, -1)], "pair": [n // 2 for n in range(N)], "inst": [(n * 7) % 11 for n in range(N)],
               "txtime": [n * 3 % 17 for n in range(N)], "ferritin": [n * 13 % 29 for n in range(N)]}  # fmt: skip
    cohort = cd.read_cohort(table(**NUMBERS, status=CODES, **columns), file_name="x.csv")
    assert cohort.handles(("crp", "tgn"))[0] == "ferritin"


def test_an_age_may_be_the_time_where_it_begins_at_an_entry() -> None:
    ages = {
        "id": NUMBERS["id"],
        "entry_months": [780 + n for n in range(N)],
        "exit_months": [900 + 5 * n for n in range(N)],
    }
    cohort = cd.read_cohort(table(**ages, status=CODES), file_name="x.csv")
    rows = cd.analyses.survival(cohort, cd.Settings(outcome="event")).endpoint.patients
    assert (rows["entry_months"].max(), rows["time_months"].max()) == (819, 1095)
    assert rows["event"].sum() == sum(CODES)


def test_one_entry_is_that_of_every_outcome_behind_it() -> None:
    entered = [n % 5 for n in range(N)]
    columns = {"id": NUMBERS["id"], "entry": entered, "aids_days": TIMES, "aids_status": CODES,
               "death_days": [time + 9 for time in TIMES], "death_status": CODES[::-1]}  # fmt: skip
    cohort = cd.read_cohort(table(**columns), file_name="x.csv")
    assert cohort.questions == ()
    for code in ("aids", "death"):
        rows = cd.analyses.survival(cohort, cd.Settings(outcome=code)).endpoint.patients
        assert rows["entry_months"].tolist() == pytest.approx([n / 30.4375 for n in entered])


def test_a_unit_is_asked_of_the_times_and_not_of_the_entries() -> None:
    opened = cd.open_cohort(
        table(id=NUMBERS["id"], entry=[n % 5 for n in range(N)], futime=TIMES, death=CODES), "x.csv"
    )
    (question,) = opened.questions
    assert f"longest {max(TIMES)}" in question.evidence


def test_the_evidence_of_a_question_counts_every_row() -> None:
    n = 2_500
    opened = cd.open_cohort(table(id=[*range(n)], time=[*range(1, n + 1)], status=[k % 2 for k in range(n)]), "x.csv")
    (question,) = opened.questions
    assert question.evidence.startswith("2,500 values, longest 2500")
