"""What is passed on to others: no small count, nothing from which one follows, no single patient."""

from __future__ import annotations

import json
import re
from functools import cache
from io import BytesIO
from itertools import product
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pytest

import cdanalysis as cd
from cdanalysis import sections
from cdanalysis.report.collecting import WITHHELD, Collector
from cdanalysis.report.content import ReportFigure, Run, report_figure, report_table
from cdanalysis.report.disclosure.figures import masked_figure
from cdanalysis.report.disclosure.passing import Withheld, for_others
from cdanalysis.report.disclosure.rule import MASKED, Rule
from cdanalysis.report.disclosure.tables import masked_table
from cdanalysis.report.disclosure.words import masked_cell, masked_text
from cdanalysis.report.files.bundle import Extras, bundle
from cdanalysis.sections.blocks import OF_PATIENTS, Figure, Handle, Table

RULE = Rule(5)
BY_GROUP = cd.Settings(survival_group="crp", baseline_group="crp", risk_rows="kmunicate")


@cache
def exact() -> Collector:
    """The sections of the bundled cohort by group, but the slow ones, as a bundle collects it for its reader."""
    cohort, kept = cd.demo_cohort(), Collector(cd.demo_cohort())
    for name in ("flow", "baseline", "response", "survival", "predictors", "endoscopy", "safety"):
        section = sections.named(name)
        view = section.views(cohort, BY_GROUP)[0]
        kept.collect(name, name, section, view)
    return kept


@cache
def shared() -> Collector:
    """The same for others."""
    kept = Collector(cd.demo_cohort(), rule=RULE)
    for one in (*exact().figures.values(), *exact().tables.values()):
        kept.keep(one.block, one.place)
    return kept


# --- the rule ---


def test_a_count_is_masked_below_the_smallest_and_rounded_above() -> None:
    assert [RULE.count(n) for n in (0, 4, 5, 7, 8, 98, 1499)] == ["<5", "<5", "10", "10", "10", "100", "1,500"]
    assert Rule(11).count(10) == "<11"
    assert RULE.share(3, 98) is None
    assert RULE.share(95, 98) is None  # the three others follow
    assert RULE.share(34, 122) == 30 / 120


@pytest.mark.parametrize("smallest", [3, 6, 33])
def test_a_smallest_count_that_protects_nobody_or_shows_nothing_is_refused(smallest: int) -> None:
    with pytest.raises(ValueError, match="odd, 5 to 31"):
        Rule(smallest)


@pytest.mark.parametrize("smallest", [5, 7])
def test_no_margin_less_its_other_cells_tells_a_masked_count(smallest: int) -> None:
    """An attack: every table that looks the same once it is masked; of one margin, and of 2 x 2 with both."""
    rule = Rule(smallest)  # it shows what is below three times the smallest count as masked or as one unit
    for cells, published in ((3, _one_margin), (4, _two_by_two)):
        shown = [rule.count(n) for n in range(cells * 3 * smallest)]
        alike: dict[tuple[str, ...], list[set[int]]] = {}
        for table in product(range(3 * smallest), repeat=cells):
            seen = alike.setdefault(tuple(shown[n] for n in published(table)), [set() for _ in table])
            for values, n in zip(seen, table, strict=True):
                values.add(n)
        assert all(len(values) > 1 for seen in alike.values() for values in seen if rule.hides(min(values)))


def _one_margin(cells: tuple[int, ...]) -> list[int]:
    return [*cells, sum(cells)]


def _two_by_two(cells: tuple[int, ...]) -> list[int]:
    a, b, c, d = cells
    return [a, b, c, d, a + b, c + d, a + c, b + d, a + b + c + d]


# --- texts ---


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CRP ≤ 10 mg/L (n = 41, 3 relapses)", "CRP ≤ 10 mg/L (n = 40, <5 relapses)"),
        ("All, n = 1,499", "All, n = 1,500"),
        ("What 22 events could have found", "What 20 events could have found"),
        ("Up to month 12.8", "Up to month 13"),
        ("6-TGN ≥ 235 pmol/8×10⁸ RBC", "6-TGN ≥ 235 pmol/8×10⁸ RBC"),
        ("Free at 12 months (95% CI)", "Free at 12 months (95% CI)"),
        ("<i>no event among patients without CRP &gt; 10 mg/L</i>", "<i>not estimable</i>"),
        ("P &lt; 0.001", "P &lt; 0.001"),
    ],
)
def test_counts_and_times_in_a_text(text: str, shown: str) -> None:
    assert masked_text(text, RULE) == shown


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("16.4% (10.9-24.0), 20/122", "16.7%, 20/120"),  # Wilson's interval would tell the count
        ("3.3% (1.3-8.1), 4/122", MASKED),
        ("97.5% (93.0-99.2), 119/122", MASKED),
        ("22.4% (22/98)", "20.0% (20/100)"),
        ("34 (27.9%)", "30 (25.0%)"),
        ("    2 (1.6%)", MASKED),
        ("57 (19)", "60 (20)"),
        ("41 (3)", "40 (<5)"),
        ("-6.70 (-10.5 to -2.9), n = 4, P = 0.011", MASKED),
        ("74.7 months (51.2-not reached)", "75 months (51-not reached)"),
        ("not reached (74.7-not reached)", "not reached (75-not reached)"),
        ("not estimable: no event among patients with Appendectomy", "not estimable"),
        ("4.72 (1.19-18.75)", "4.72 (1.19-18.75)"),
        ("85.1% (74.6-91.5)", "85.1% (74.6-91.5)"),
        ("85.1%", "85.1%"),
    ],
)
def test_what_a_cell_becomes(cell: str, shown: str) -> None:
    assert masked_cell(cell, RULE) == shown


# --- tables ---


def masked(frame: dict[str, list[Any]]) -> list[list[object]]:
    return masked_table(Table("t", pd.DataFrame(frame), "T"), RULE).shown.values.tolist()


def test_what_stands_on_a_masked_count_goes_with_it_and_a_model_stays() -> None:
    lines = masked({"Group": ["a", "b"], "Patients": [41, 57], "Events": [3, 19], "Mean by 12 months": ["0.04", "0.30"],
                    "HR (95% CI)": ["5.5", "4.2"]})  # fmt: skip
    assert lines == [["a", "40", "<5", MASKED, "5.5"], ["b", "60", "20", "0.30", "4.2"]]


def test_a_rate_does_not_tell_its_events() -> None:
    lines = masked({"Group": ["a"], "Events": [22], "Patient-years": ["207.4"],
                    "Per 100 patient-years (95% CI)": ["10.6 (6.6-16.1)"]})  # fmt: skip
    assert lines == [["a", "20", "200", "10.6"]]


def test_a_course_moves_on_when_enough_have_left_and_ends_with_enough_at_risk() -> None:
    lines = masked({"Group": ["a"] * 5, "Months": [0.0, 12.0, 24.0, 36.0, 48.0], "Survival": ["99%", "95%", "90%", "85%", "80%"],
                    "At risk": [30, 26, 20, 7, 3]})  # fmt: skip
    assert [line[2] for line in lines] == ["99%", MASKED, "90%", "85%", MASKED]


def test_a_group_that_is_small_as_a_whole_is_masked_under_its_head() -> None:
    found = masked_table(
        Table("t", pd.DataFrame({"Variable": ["Age"], "All, n = 50": ["30.0"], "x, n = 3": ["41.0"]}), "T"), RULE
    )
    assert list(found.shown.columns) == ["Variable", "All, n = 50", "x, n = <5"]
    assert found.shown.values.tolist() == [["Age", "30.0", MASKED]]


def test_the_unrounded_numbers_stay_behind_and_the_table_says_what_was_done() -> None:
    found = for_others(
        Table("t", pd.DataFrame({"n": [7]}), "T", numbers=pd.DataFrame({"n": [7]}), footnote="Of 22 events."), RULE
    )
    assert isinstance(found, Table)
    assert found.numbers is None
    assert found.footnote == f"Of 20 events. {RULE.sentence}"


# --- figures ---


def test_a_curve_steps_when_enough_have_left_on_whole_months_and_without_marks() -> None:
    group = {"type": "scatter", "legendgroup": "g"}
    line = {**group, "mode": "lines", "line": {"shape": "hv"}}
    times, marks = [0.0, 1.2, 2.2, 3.3, 4.4, 5.5, 6.6, 9.9], [2.5, 3.0, 7.1]
    spec = {
        "data": [
            {**line, "x": times, "y": [1.0, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.7], "name": "a (n = 20, 6 relapses)"},
            {**group, "mode": "markers", "marker": {"symbol": "line-ns-open"}, "x": marks, "y": [0.9, 0.9, 0.7]},
            {**group, "mode": "text", "yaxis": "y2", "x": [0.0, 4.0, 8.0, 9.0], "y": [-1] * 4, "text": ["20", "15", "11", "4"]},
        ],
        "layout": {"title": {"text": "Survival of 20 patients"}, "annotations": [{"name": "footer", "text": "f"}]},
    }  # fmt: skip
    found = masked_figure(Figure("f", spec, "6 relapses in 20 patients"), RULE)
    assert found is not None
    curve, censored, risk = found.spec["data"]
    # 1.2, 2.2, and with two marks 3.3: five have left; three steps more and no mark are not enough; the table ends it at 8.
    assert (curve["x"], curve["y"]) == ([0, 3, 8], [1.0, 0.85, 0.85])
    assert censored["x"] == []
    assert risk["text"] == ["20", "20", "10", "<5"]
    assert curve["name"] == "a (n = 20, 10 relapses)"
    assert "6 relapses" not in found.alt
    assert found.spec["layout"]["annotations"][0]["text"] == "f · counts below 5 masked"


def test_a_bar_of_a_share_stands_at_the_rounded_one_without_its_interval() -> None:
    bar = {
        "type": "bar",
        "y": [0.164, 0.02],
        "customdata": ["16.4% (20/122)", "1.6% (2/122)"],
        "error_y": {"array": [1]},
    }
    found = masked_figure(Figure("f", {"data": [bar], "layout": {}}, ""), RULE)
    assert found is not None
    assert found.spec["data"][0]["y"] == [20 / 120, 0.0]
    assert "error_y" not in found.spec["data"][0]


def test_a_figure_whose_traces_hold_each_patient_is_not_passed_on() -> None:
    box = Figure("f", {"data": [{"type": "box", "y": [1.0, 2.0]}], "layout": {}}, "")
    assert for_others(box, RULE) == Withheld(OF_PATIENTS)


# --- the whole ---


def every_text(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for one in inside for text in every_text(one)]


def test_of_every_section_no_table_that_names_a_patient_is_passed_on() -> None:
    ids = set(cd.demo_cohort().patients["patient_id"])
    named = {
        name for name, one in exact().tables.items() if ids & set(re.findall(r"SYN-\d+", one.block.shown.to_csv()))
    }
    assert named
    assert all(exact().tables[name].block.private == OF_PATIENTS for name in named)
    assert not named & shared().tables.keys()
    assert {"survival-relapse", "relapse-by-crp", "forest", "response-by-week"} <= shared().figures.keys()
    assert {"predictors", "baseline", "response"} <= shared().tables.keys()


def test_of_every_section_no_curve_has_a_patients_own_time() -> None:
    found = [
        (name, trace)
        for name, one in shared().figures.items()
        for trace in one.block.spec["data"]
        if trace.get("line", {}).get("shape") == "hv"
    ]
    assert len(found) > 20
    assert [name for name, trace in found if any(time != round(time) for time in trace["x"])] == []


def test_of_every_section_no_small_count_is_left() -> None:
    """Legends, labels and tables, read by another eye than the one that masked them."""
    counted = r"(?<![\d.,])[0-4] (?:patients?|relapses?|events?|surger(?:y|ies))\b"
    small = re.compile(rf"\bn\s?=\s?[0-4](?![\d,])|{counted}|\b[0-4]/\d\d|(?<![\d.])\d\d \([0-4]\)")
    texts = {name: every_text(one.block.spec) + [one.block.alt] for name, one in shared().figures.items()}
    texts |= {name: one.block.shown.astype(str).to_numpy().ravel().tolist() for name, one in shared().tables.items()}
    assert {name: found for name, told in texts.items() if (found := [one for one in told if small.search(one)])} == {}


def test_of_every_section_no_whole_count_is_left_unrounded() -> None:
    for name, one in shared().tables.items():
        frame = one.block.shown
        for column in frame.columns[frame.columns.isin(["Patients", "Events", "At risk", "Censored", "Pairs"])]:
            cells = [cell for cell in frame[column] if re.fullmatch(r"[\d,]+", str(cell))]
            assert all(int(str(cell).replace(",", "")) % RULE.unit == 0 for cell in cells), (name, column)


def test_a_handle_is_passed_on_as_it_stands_and_nothing_of_its_other_places() -> None:
    found = shared().figures["relapse-by-crp"].block
    assert isinstance(exact().figures["relapse-by-crp"].block.handle, Handle)
    assert found.handle is None
    names = [trace["name"] for trace in found.spec["data"] if trace.get("name")]
    assert names == ["CRP ≤ 10 mg/L (n = 40, <5 relapses)", "CRP &gt; 10 mg/L (n = 60, 20 relapses)"]
    note = found.spec["layout"]["annotations"][0]["text"]
    assert note.startswith("Log-rank P = 0.002<br>HR 5.49 (95% CI 1.62-18.62), unadjusted<br>HR 4.72 (1.19-18.75)")
    assert "Cut-off: literature" in note


def test_what_is_not_for_others_is_said_with_why() -> None:
    left_out = shared().left_out
    assert any("each-patient-relapse: not for others, it shows patients one by one" in one for one in left_out)
    assert WITHHELD in left_out.values()


@pytest.mark.parametrize("rule", [RULE, None], ids=["for others", "for me"])
def test_the_readme_says_truly_where_ids_stand(rule: Rule | None) -> None:
    kept, cohort = exact() if rule is None else shared(), cd.demo_cohort()
    tables = tuple(map(report_table, kept.tables.values()))
    figures: tuple[ReportFigure, ...] = tuple(report_figure(one, b"\x89PNG") for one in kept.figures.values())
    run = Run(cohort, BY_GROUP, {}, figures, tables, date="2026-11-27")
    lines = pd.DataFrame({"patient_id": ["SYN-001"]})
    content = bundle(
        run, Extras({one.name: "<svg/>" for one in figures}, {}, b"PK", "{}", list(kept.left_out), lines, rule)
    )
    with ZipFile(BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    told = files["README.txt"].decode()
    named = {name for name, held in files.items() if b"SYN-0" in held and name != "README.txt"}
    if rule is None:
        assert {"patients.csv", "tables/csv/relapse-changed.csv"} <= named
        assert all(
            name == "patients.csv" or name.removeprefix("tables/csv/").removesuffix(".csv") in told for name in named
        )
        assert "patients.csv names each patient by its id." in told
        assert "122 patients" in told
    else:
        assert named == set()
        assert not {"report.docx", "columns.json", "patients.csv"} & files.keys()
        assert "No patient's id is in it" in told
        assert "122" not in told
        assert "report.docx" not in told


def test_a_section_says_nothing_private_by_its_json() -> None:
    """The figures go to the browser as JSON: what was masked is in no corner of it."""
    told = json.dumps([one.block.spec for one in shared().figures.values()], default=list)
    assert "SYN-0" not in told
    assert "3 relapses" not in told
