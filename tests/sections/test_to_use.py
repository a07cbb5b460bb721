"""A prognostic model to use: the risk that calculator, nomogram and points give is the model's, its groups those of its risks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
from lifelines import CoxPHFitter

import cdanalysis as cd
from cdanalysis.results import NotEstimable
from cdanalysis.sections.parts import Form
from cdanalysis.sections.prognosis.analysis import PrognosticModel, prognostic_model
from cdanalysis.sections.prognosis.section import section
from cdanalysis.sections.prognosis.to_use import words
from cdanalysis.sections.prognosis.to_use.analysis import ToUse, to_use
from cdanalysis.sections.prognosis.to_use.figures import nomogram
from cdanalysis.sections.prognosis.to_use.marks import Tick, risk_ticks, scale_ticks, with_room
from cdanalysis.sections.prognosis.to_use.scales import Level, Scale, points_of
from cdanalysis.sections.prognosis.to_use.tables import points_table, risk_group_table
from cdanalysis.settings import Settings
from cdanalysis.settings.as_text.saved_model import SavedTerm

N = 900
CHOSEN = Settings(
    prognostic_candidates="age,gi_surgery,location,crp", prognostic_form="line", at_months="24", cutoffs="crp>20"
)


@cache
def patients() -> pd.DataFrame:
    dice = np.random.default_rng(3)
    age, surgery, place = dice.integers(18, 80, N), dice.integers(0, 2, N), dice.integers(1, 4, N)
    crp = dice.gamma(2, 10, N).round(1)
    hazard = np.exp(-0.03 * (age - 45) + 0.8 * surgery + 0.4 * (place == 3) + 0.02 * crp) / 60
    time, end = dice.exponential(1 / hazard), dice.uniform(20, 60, N)
    return pd.DataFrame({
        "patient_id": [f"P{i}" for i in range(N)],
        "relapse_months": np.minimum(time, end).round(4), "relapse_event": (time <= end).astype(int),
        "age": age, "gi_surgery": surgery, "disease_location": [f"L{one}" for one in place], "crp": crp,
    })  # fmt: skip


def of(table: pd.DataFrame, settings: Settings = CHOSEN) -> ToUse | NotEstimable:
    cohort = cd.read_cohort(table.to_csv(index=False).encode())
    model = prognostic_model(cohort, settings)
    assert isinstance(model, PrognosticModel)
    return to_use(cohort, settings, model)


@cache
def found(form: str = "line") -> ToUse:
    told = of(patients(), replace(CHOSEN, prognostic_form=form))
    assert isinstance(told, ToUse)
    return told


def worth(told: ToUse, *values: float) -> float:
    return sum(float(one.worth([value])[0]) for one, value in zip(told.points.scales, values, strict=True))


def test_the_calculator_gives_the_risk_of_lifelines() -> None:
    told, table = found(), patients()
    assert [one.code for one in told.points.scales] == ["age", "gi_surgery", "location", "crp"]
    columns = table[["age", "gi_surgery", "crp", "relapse_months", "relapse_event"]].assign(
        second=table["disease_location"] == "L2", third=table["disease_location"] == "L3"
    )
    fit = CoxPHFitter().fit(columns.astype(float), "relapse_months", "relapse_event")
    asked = pd.DataFrame({"age": [30.0, 70.0], "gi_surgery": [1.0, 0.0], "crp": [5.0, 60.0], "second": [0.0, 1.0],
                          "third": [1.0, 0.0]})  # fmt: skip
    last = table["relapse_months"][
        table["relapse_event"].eq(1) & table["relapse_months"].le(24)
    ].max()  # it interpolates
    wanted = 1 - fit.predict_survival_function(asked, times=[last]).iloc[0]
    for row, location in ((0, 2.0), (1, 1.0)):
        given = asked.loc[row, "age"], asked.loc[row, "gi_surgery"], location, asked.loc[row, "crp"]
        assert told.risk(worth(told, *given)) == pytest.approx(wanted[row], abs=1e-5)


@pytest.mark.parametrize("form", ["line", "spline-3", "cut"])
def test_the_total_of_points_stands_over_its_risk(form: str) -> None:
    """From a reader's points to the model's risk, as she reads the two lowest lines."""
    told = found(form)
    points = told.points
    given = [one.typical for one in points.scales]
    total = sum(points.of(one, [value])[0] for one, value in zip(points.scales, given, strict=True))
    risk = told.risk(worth(told, *given))
    marks = risk_ticks(told.model, points)
    assert [one.at for one in marks] == sorted(one.at for one in marks)
    read = np.interp(
        100 * total / points.most, [one.at for one in marks], [float(one.text[:-1]) / 100 for one in marks]
    )
    assert read == pytest.approx(risk, abs=0.01)
    assert max(one.ends[1] - one.ends[0] for one in points.scales) * points.factor == pytest.approx(100)
    lowest = [min([*range(len(one.levels))] or one.values, key=lambda value, one=one: one.worth([value])[0])
              for one in points.scales]  # fmt: skip
    assert [points.of(one, [value])[0] for one, value in zip(points.scales, lowest, strict=True)] == pytest.approx(
        [0] * len(lowest)
    )
    assert worth(told, *lowest) == pytest.approx(points.lowest)


def test_points_by_hand() -> None:
    """A year is worth -0.02 over 50 years, a yes 0.5: 100 points for the years, 2 for each, 50 for the yes."""
    years = Scale("a", "Age", "years", SavedTerm("a", "Age", "number", "", (), (-0.02,)), np.array([20.0, 40, 70]), ())
    yes = Scale("b", "Surgery", "", SavedTerm("b", "Surgery", "binary", "", (), (0.5,)), np.array([]),
                (Level("no", 0.0, 3), Level("yes", 0.5, 7)))  # fmt: skip
    less = Scale("c", "Drug", "", SavedTerm("c", "Drug", "binary", "", (), (-0.25,)), np.array([]),
                 (Level("no", 0.0, 3), Level("yes", -0.25, 2)))  # fmt: skip
    points = points_of([years, yes, less])
    assert points.of(years, [70, 45, 20]).tolist() == pytest.approx([0, 50, 100])
    assert points.of(yes, [0, 1]).tolist() == pytest.approx([0, 50])
    assert points.of(less, [0, 1]).tolist() == pytest.approx([25, 0])  # none where it is worth least
    assert points.most == pytest.approx(175)
    assert points.lowest == pytest.approx(-1.4 - 0.25)
    assert (years.typical, yes.typical, less.typical) == (40, 1, 0)
    assert (years.named, yes.named, years.step) == ("Age (years)", "Surgery", 1.0)
    nothing = Scale("d", "Ward", "", less.term, np.array([]), (Level("a", 0.0, 1), Level("b", 0.0, 1)))
    assert points_of([nothing]).of(nothing, [0, 1]).tolist() == [0, 0]


def test_groups_are_thirds_of_the_predicted_risks_with_what_kaplan_and_meier_saw() -> None:
    told, table = found(), patients()
    assert [one.n for one in told.groups] == [300, 300, 300]
    levels = {"L1": 0, "L2": 1, "L3": 2}
    rows = zip(table["age"], table["gi_surgery"], table["disease_location"].map(levels), table["crp"], strict=True)
    risk = np.array([told.risk(worth(told, *row)) for row in rows])
    order = np.sort(risk)
    assert [one.upper for one in told.groups] == pytest.approx([order[299], order[599], order[899]])
    high = table[risk > order[599]]
    at = cd.kaplan_meier(high["relapse_months"], high["relapse_event"], at=(24.0,)).at[0].survival
    assert vars(told.groups[2].observed) == pytest.approx(
        {"value": 1 - at.value, "lower": 1 - at.upper, "upper": 1 - at.lower}
    )
    assert told.groups[2].predicted == pytest.approx(risk[risk > order[599]].mean())
    assert told.groups[2].n_events == high["relapse_event"].sum()
    assert [one.split(" risk")[0] for one in risk_group_table(told, 0.95)["Group"]] == ["Low", "Intermediate", "High"]


def test_patients_of_one_risk_are_in_one_group() -> None:
    told = of(patients(), replace(CHOSEN, prognostic_candidates="gi_surgery"))
    assert isinstance(told, ToUse)
    assert [one.n for one in told.groups] == patients()["gi_surgery"].value_counts()[[0, 1]].tolist()
    assert [one.split(",")[0] for one in words.group_labels(told)] == ["Low risk", "High risk"]


def test_a_reader_is_told_of_a_value_that_no_patient_had() -> None:
    cohort = cd.read_cohort(patients().to_csv(index=False).encode())
    (form,) = (block for block in section(cohort, CHOSEN) if isinstance(block, Form))
    assert [(one.label, bool(one.levels)) for one in form.fields] == [
        ("Age (years)", False), ("Previous GI surgery", True), ("Location", True), ("CRP (mg/L)", False)
    ]  # fmt: skip
    assert len(list(form.blocks(form.start))) == 1
    sentence, caution = form.blocks({**form.start, "age": 95.0})
    assert "age (18 to 79)" in str(caution)
    assert "age 95 years" in sentence.text
    assert form.fields[1].levels == {0.0: "no", 1.0: "yes"}


def test_a_level_that_is_called_as_its_covariate_is_said_once() -> None:
    table = patients().assign(sex=np.where(np.arange(N) % 2, "M", "F"))
    told = of(table, replace(CHOSEN, prognostic_candidates="sex,location"))
    assert isinstance(told, ToUse)
    assert "With female and location L3." in words.risk_sentence(told, [0.0, 2.0])
    assert "With male sex and location L1." in words.risk_sentence(told, [1.0, 0.0])


def test_marks_of_a_scale_are_round_numbers_apart_and_every_level() -> None:
    told = found()
    age, surgery, location, _ = told.points.scales
    assert [one.text for one in scale_ticks(told.points, age)] == ["20", "30", "40", "50", "60", "70"]
    assert [one.text for one in scale_ticks(told.points, surgery)] == ["no", "yes"]
    assert [one.text for one in scale_ticks(told.points, location)] == ["L1", "L2", "L3"]
    near = [Tick(0, "aaaaaaaa", ""), Tick(1, "bbbbbbbb", ""), Tick(2, "cccccccc", ""), Tick(60, "d", "")]
    assert [(one.text[0], level) for one, level in with_room(near)] == [("a", 0), ("b", 1), ("d", 0)]
    assert len(nomogram(told, "")["data"]) == 3 * (4 + 3)


def test_points_in_a_table_and_no_model_to_use_of_few_patients() -> None:
    table = points_table(found())
    assert table[table["Covariate"] == "Previous GI surgery"]["Value"].tolist() == ["no", "yes"]
    assert table["Points"].astype(int).max() <= 100
    assert isinstance(of(patients().head(60)), NotEstimable)
