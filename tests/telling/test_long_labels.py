"""Headers of a spreadsheet are long: what tells a group from another is never what is cut off."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from cdanalysis.drawing import theme
from cdanalysis.drawing.axes import AXIS_TITLE_PX, axis
from cdanalysis.drawing.forest import _heading
from cdanalysis.drawing.kaplan_meier import survival_figure
from cdanalysis.results import Estimate
from cdanalysis.sections.endoscopy.figures import before_and_after
from cdanalysis.sections.predictors.subgroups.figures import subgroup_forest
from cdanalysis.sections.predictors.weighted.figures import love_plot
from cdanalysis.sections.predictors.words import others_note
from cdanalysis.writing.escapes import shorten_group
from cdanalysis.writing.tables.printed import printed

LONG = "Tacrolimus trough level at three months after transplantation"


@pytest.mark.parametrize(
    ("label", "told"),
    [
        (f"{LONG} ≥ 6.8 ng/mL", "Tacrolimus trough level… ≥ 6.8 ng/mL"),
        (f"{LONG} 5-20 ng/mL", "Tacrolimus trough level… 5-20 ng/mL"),
        ("Type of donation donation after circulatory death", "Type of donation donation afte…death"),
        ("CRP > 10 mg/L", "CRP > 10 mg/L"),
        ("a" * 80, "a" * 35 + "…"),
    ],
)
def test_a_group_keeps_its_cut_off(label, told):
    assert shorten_group(label, 36) == told
    assert len(told) <= 36


def level(name):
    return SimpleNamespace(level=name, n=90, n_events=19, hazard_ratio=Estimate(1.0, 0.5, 2.0), p_value=0.5)


def test_levels_of_a_long_factor_stand_apart_under_its_whole_name():
    factor = "Donor age at organ recovery"
    compared = SimpleNamespace(
        interaction=SimpleNamespace(p_value=0.769),
        n_missing=0,
        subgroups=(level(f"{factor} < 51 years"), level(f"{factor} ≥ 51 years")),
    )
    found = SimpleNamespace(
        labels=("", "CRP > 10"),
        overall=level("All patients"),
        noun="failure",
        factors=[SimpleNamespace(label=factor, comparison=compared)],
    )
    said = [one["text"] for one in subgroup_forest(found)["layout"]["annotations"]]
    assert {f"<b>{factor}</b>", "interaction P = 0.769"} <= {*said}
    assert {"&lt; 51 years: n = 90, 19 failures", "≥ 51 years: n = 90, 19 failures"} <= {*said}


def heads(*names):
    return [
        (one["text"], one["below"])
        for one in printed(pd.DataFrame([["x"] * len(names)], columns=list(names)))["heads"]
        if one["text"]
    ]


def test_columns_share_all_the_words_that_they_begin_with():
    two = (f"{LONG} ≥ 6.8 ng/mL, n", f"{LONG} < 6.8 ng/mL, n")
    assert heads("Subgroup", *two) == [(LONG, ["≥ 6.8 ng/mL, n", "< 6.8 ng/mL, n"])]
    assert heads("Factor", "Univariable HR (95% CI)", "Univariable P") == [("Univariable", ["HR (95% CI)", "P"])]
    assert heads("Group", "Free at 12 months", "Free at 24 months") == [("Free", ["at 12 months", "at 24 months"])]


def test_columns_that_are_no_candidates_are_named_with_the_way_to_choose_them():
    assert others_note([]) == ""
    whole = others_note(["Calprotectin", "CRP", "Age", "Sex", "Donor age", "Centre"])
    assert whole.startswith("Not among the candidates: calprotectin, CRP, age, sex and 2 more.")
    assert "under Model in the sidebar" in whole


def test_axes_have_titles_of_one_size():
    assert axis("Patients")["title"]["font"]["size"] == AXIS_TITLE_PX


def test_a_grade_has_no_halves_on_its_axis():
    def drawn(unit):
        both = np.array([3.0, 4.0]), np.array([1.0, 2.0])
        return before_and_after(SimpleNamespace(label="S", unit=unit, before=both[0], after=both[1], test=None), "")[
            "layout"
        ]["yaxis"]

    assert drawn("")["dtick"] == 1
    assert "dtick" not in drawn("points")


def test_a_narrow_plot_of_balance_has_its_labels_over_the_points():
    balance = [SimpleNamespace(label=f"{LONG} ≥ {k} ng/mL", before=0.2, after=0.1) for k in (6, 7)]
    found = SimpleNamespace(balance=balance, marker=SimpleNamespace(label="CRP"))
    wide = love_plot(found, "")
    narrow = wide["narrow"]
    assert narrow["layout"]["margin"]["l"] < 40 < wide["layout"]["margin"]["l"]
    assert [one["text"][-9:] for one in narrow["layout"]["annotations"][1:]] == ["≥ 6 ng/mL", "≥ 7 ng/mL"]
    assert set(narrow["layout"]["yaxis"]["ticktext"]) == {""}
    assert narrow["layout"]["yaxis"]["range"] == wide["layout"]["yaxis"]["range"]


def test_every_footer_has_one_colour():
    curves = survival_figure("", "", "", (0.0, 12.0), show_interval=True, footer="made of")
    (own,) = [one for one in curves["layout"]["annotations"] if one.get("name") == theme.FOOTER]
    assert own["font"]["color"] == theme.footer_annotation("made of", below_px=1)["font"]["color"] == theme.MUTED


def test_a_name_that_begins_with_a_number_is_no_number():
    names = ["25% had it by (95% CI)", "50% had it by (median) (95% CI)", "Free at 12 months"]
    told = printed(
        pd.DataFrame({"": ["a", "b", "c"], "Quantity": names, "R": ["74.7 months (51.2-not reached)", "1.0", "22.5"]})
    )
    assert told["numeric"] == [False, False, True]
    assert [row["pads"][2] for row in told["rows"]] == [0, 1, 0]


@pytest.mark.parametrize(
    ("label", "reference", "told"),
    [
        (f"{LONG} ≥ 6.8 ng/mL", f"{LONG} < 6.8 ng/mL", [f"{LONG[:35]}… ≥ 6.8 ng/mL", "vs &lt; 6.8 ng/mL"]),
        ("CRP > 10 mg/L", "CRP ≤ 10 mg/L", ["CRP &gt; 10 mg/L vs ≤ 10 mg/L"]),
        ("Location L2", "Location L1", ["Location L2 vs Location L1"]),
        ("Male sex", "female", ["Male sex vs female"]),
    ],
)
def test_the_other_side_of_a_cut_off_does_not_name_the_marker_again(label, reference, told):
    assert _heading(SimpleNamespace(label=label, reference=reference)) == told
