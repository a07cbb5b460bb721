"""A file with markers of its own: each can take a handle, and the numbers are those of the same split by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import cdanalysis as cd
from cdanalysis import analyses
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.dictionary.measured import Spread, fitted, label_and_unit, of_data
from cdanalysis.outcomes.markers import cutoff_of, handles_of, resolved, scan_code
from cdanalysis.results import NotEstimable
from cdanalysis.sections.predictors.words import handles_note
from cdanalysis.settings import Cutoff, Settings
from cdanalysis.settings.as_text.codes import joined
from cdanalysis.settings.as_text.cutoffs import Lock
from cdanalysis.writing.choices.cutoff_origin import cutoff_stamp
from cdanalysis.writing.escapes import escape_markdown

GENE, IRON, CHINESE = "gene score, log2 (5%)", "Ferritin (ng/mL)", "钙卫蛋白指数"
DICE = np.random.default_rng(7)
N = 120


def made(*headers: str, outcome: bool = True) -> cd.reading.Cohort:
    """A flat table of these columns: signed, skewed and whole numbers."""
    columns = {
        GENE: np.round(DICE.normal(0, 2, N), 3),
        IRON: np.round(DICE.lognormal(4, 1, N), 1),
        CHINESE: DICE.integers(0, 11, N),
        "CRP": np.round(DICE.lognormal(5, 0.8, N)),
        "yes": DICE.integers(0, 2, N),
        "Age": DICE.integers(18, 80, N),
        "operated": DICE.integers(1998, 2016, N),
        "none": np.ones(N, int),
    }
    chosen = {header: columns[header] for header in headers}
    times = {"relapse_months": np.round(DICE.exponential(20, N) + 0.1, 2), "relapse_event": DICE.integers(0, 2, N)}
    table = {"patient_id": [f"P{i}" for i in range(N)], **chosen, **(times if outcome else {})}
    lines = [list(table), *zip(*table.values(), strict=True)]
    return cd.read_cohort("\n".join("\t".join(map(str, line)) for line in lines).encode(), file_name="own.tsv")


@pytest.fixture(scope="module")
def cohort() -> cd.reading.Cohort:
    """A file without a marker that the dictionary knows."""
    return made(GENE, IRON, CHINESE, "yes")


def test_every_column_of_numbers_can_take_a_handle(cohort: cd.reading.Cohort) -> None:
    assert cohort.markers == (GENE, IRON, CHINESE, "yes")
    assert made("CRP", GENE).markers == ("crp", GENE)
    assert made("none").markers == ()


def test_what_was_measured_is_under_a_handle_before_what_describes_a_patient() -> None:
    described = made("Age", "operated", "yes", GENE, IRON)
    assert described.markers == ("age", "operated", "yes", GENE, IRON)
    assert handles_of(described, Settings()) == (GENE, IRON)
    assert handles_of(made("Age", "yes", IRON), Settings()) == (IRON, "age")
    assert handles_of(made("yes", "operated"), Settings()) == ("yes", "operated")


def test_a_marker_is_made_from_its_data(cohort: cd.reading.Cohort) -> None:
    iron, score, gene = (cohort.marker(code) for code in (IRON, CHINESE, GENE))
    assert (iron.label, iron.unit, score.label, score.unit, gene.label) == ("Ferritin", "ng/mL", CHINESE, "", GENE)
    for marker in (iron, score, gene):
        values = cohort.patients[marker.column].to_numpy(float)
        assert 10 <= round((marker.highest - marker.lowest) / marker.step) <= 101
        assert float(f"{marker.step:e}".split("e")[0]) in (1, 2, 5)
        assert abs(marker.cutoff - np.median(values)) <= marker.step / 2 + 1e-9
        assert (marker.lowest, marker.highest) == pytest.approx(
            (np.quantile(values, 0.02), np.quantile(values, 0.98)), abs=marker.step * 1.01
        )
        assert marker.from_data
    assert score.step == 1
    assert iron.continuous_step == 0
    assert gene.continuous_step > 0


def test_headers_say_their_units() -> None:
    assert label_and_unit("Ferritin (ng/mL)") == ("Ferritin", "ng/mL")
    assert label_and_unit("Ferritin, ng/mL") == ("Ferritin", "ng/mL")
    assert label_and_unit("体重（kg）") == ("体重", "kg")
    assert label_and_unit("Ki-67 (%)") == ("Ki-67", "%")
    for header in ("Age (at diagnosis)", "score", "x, y", "Dose (see sheet 2)"):
        assert label_and_unit(header) == (header, "")


def test_the_handles_fall_back_to_what_the_file_has(cohort: cd.reading.Cohort) -> None:
    assert handles_of(cohort, Settings()) == (GENE, IRON)
    assert handles_of(cohort, Settings(handles=joined((CHINESE, "crp")))) == (CHINESE,)
    one = made("CRP", GENE, IRON)
    assert handles_of(one, Settings()) == ("crp", GENE)  # the second that nobody chose gives way to what there is
    assert handles_of(one, Settings(handles="crp")) == ("crp",)
    assert handles_of(made("CRP"), Settings()) == ("crp",)
    said = handles_note(one, Settings())
    assert said.startswith(
        f"The file has no values of 6-TGN: CRP and {escape_markdown(GENE)} are shown. Another marker can "
    )
    assert handles_of(made("none"), Settings()) == ()
    chosen = Settings(handles="crp,esr")
    assert handles_note(cohort, chosen).startswith("The file has no values of CRP and ESR: ")
    assert handles_note(cohort, Settings()) == ""  # nobody chose the first ones
    assert handles_note(cohort, Settings(handles=joined((GENE, IRON)))) == ""
    assert "no numeric column" in handles_note(made("none"), Settings())
    assert scan_code(cohort, Settings(scan_marker="crp")) == GENE
    assert scan_code(cohort, Settings(scan_marker=CHINESE)) == CHINESE


@pytest.mark.parametrize(("code", "value", "side"), [(GENE, -0.5, ">"), (IRON, 60.0, ">="), (CHINESE, 5.0, ">")])
def test_a_handle_on_any_marker_gives_the_numbers_of_that_split(
    cohort: cd.reading.Cohort, code: str, value: float, side: str
) -> None:
    other = IRON if code == GENE else GENE
    settings = Settings(handles=joined((code, other)), screening_p=1.0).with_cutoff(code, value, side)
    found = analyses.predictors(cohort, settings)
    assert [one.marker.code for one in found.handles] == [code, other]
    values = cohort.patients[code].to_numpy(float)
    above = values >= value if side == ">=" else values > value
    time, event = (found.endpoint.patients[name] for name in ("time_months", "event"))
    by_hand = cd.logrank(time, event, np.where(above, "b", "a"))
    assert found.handles[0].logrank.p_value == pytest.approx(by_hand.p_value, rel=1e-9)
    assert (found.handles[0].cutoff, found.handles[0].side) == (value, side)
    alone = cd.cox(time, event, cohort.patients[[code]].assign(x=above.astype(float))[["x"]]).terms[0]
    row = next(row for row in found.rows if row.code == code)
    assert row.label == found.handles[0].labels[1]
    assert row.univariable.value == pytest.approx(alone.hazard_ratio.value, rel=1e-6)
    moving = analyses.moving_cutoff(cohort, settings, code, found)
    answer = moving.answers[moving.answer_of[moving.current]]
    assert moving.cutoffs[moving.current] == value
    assert answer.univariable.value == pytest.approx(row.univariable.value, rel=1e-9)
    assert answer.adjusted.value == pytest.approx(row.multivariable.value, rel=1e-6)


def test_every_analysis_takes_any_marker(cohort: cd.reading.Cohort) -> None:
    settings = Settings(handles=joined((IRON, GENE)), scan_marker=CHINESE, survival_group=GENE, baseline_group=IRON)
    scanned = analyses.cutoffs(cohort, settings)
    assert scanned.marker.code == CHINESE
    assert analyses.surface(cohort, settings).markers == (cohort.marker(IRON), cohort.marker(GENE))
    found = analyses.predictors(cohort, settings)
    assert not isinstance(analyses.marker_form(cohort, settings, found, GENE), NotEstimable)
    assert len(analyses.survival(cohort, settings).kaplan_meier.curves) == 2
    assert len(analyses.survival(cohort, settings.with_second_cutoff(GENE, -1)).kaplan_meier.curves) == 3
    assert analyses.baseline(cohort, settings).group_labels[1].startswith("Ferritin ≥ ")
    assert analyses.subgroups(cohort, settings).marker.code == CHINESE
    many = analyses.multiverse(cohort, replace(settings, multiverse_axes="cutoff_1,cutoff_2,model"))
    assert [marker.code for marker in many.handles] == [IRON, CHINESE]
    assert many.estimated


def test_a_marker_without_a_handle_stays_a_number_and_one_under_it_is_cut(cohort: cd.reading.Cohort) -> None:
    codes = joined((GENE, IRON))
    rows = analyses.predictors(cohort, Settings(handles=joined((CHINESE,)), candidates=codes)).rows
    assert [row.label for row in rows] == [f"{GENE}, per unit", "Ferritin, per ng/mL"]
    rows = analyses.predictors(cohort, Settings(handles=joined((GENE,)), candidates=codes)).rows
    assert rows[0].label.startswith(f"{GENE} ≥ ")
    assert [row.code for row in analyses.predictors(cohort, Settings(handles=joined((IRON, CHINESE)))).rows][:2] == [
        IRON,
        CHINESE,
    ]


def test_one_handle_or_none_is_said_and_never_a_fault() -> None:
    one, none = made("CRP", "none"), made("none")
    assert "a second marker is needed" in analyses.surface(one, Settings()).reason
    assert analyses.predictors(none, Settings()).handles == ()
    for name in ("cutoffs", "surface", "multiverse", "subgroups", "adjusted", "stability", "three_groups"):
        assert isinstance(getattr(analyses, name)(none, Settings()), NotEstimable)
    assert analyses.n_specifications(none, Settings()) > 0


def test_a_row_of_the_dictionary_follows_data_that_leave_its_slider() -> None:
    marker = made("CRP").marker("crp")  # calprotectin under the name of CRP
    assert marker.highest > 400
    assert (marker.cutoff, marker.side, marker.lowest) == (MARKERS["crp"].cutoff, ">", 0.0)
    assert marker.literature == MARKERS["crp"].literature
    assert cd.demo_cohort().marker("crp") == MARKERS["crp"]
    assert cd.demo_cohort().marker("tgn") == MARKERS["tgn"]
    spread = Spread(30, 31, 35, 40, 44, 52, 55, 30.5, n_distinct=20, is_whole=True)
    albumin = fitted(MARKERS["albumin"], spread)
    assert (albumin.cutoff, albumin.from_data, albumin.lowest) == (40.0, True, MARKERS["albumin"].lowest)


@pytest.mark.parametrize("values", [(0, 1), (0, 0, 0, 1), (0, 0, 0, 5, 9), (1, 2, 2, 2)])
def test_a_first_cut_off_leaves_somebody_on_both_sides(values: tuple[int, ...]) -> None:
    rows = "\n".join(f"P{i},{5 + i % 7},{i % 2},{values[i % len(values)]}" for i in range(40))
    cohort = cd.read_cohort(f"patient_id,relapse_months,relapse_event,x\n{rows}\n".encode())
    (found,) = analyses.predictors(cohort, Settings()).handles
    assert [curve.n > 0 for curve in found.kaplan_meier.curves] == [True, True]


@pytest.mark.parametrize("scale", [1e-7, 1e-3, 1.0, 1e6])
def test_a_slider_is_readable_at_any_scale(scale: float) -> None:
    ends = [scale * share for share in (1, 2, 10, 20, 30, 90, 99)]
    marker = of_data("x", "x", "x", "", Spread(*ends, 2 * scale, n_distinct=50, is_whole=False))
    assert 40 <= round((marker.highest - marker.lowest) / marker.step) <= 101
    assert marker.lowest <= ends[1]
    assert marker.highest >= ends[5]
    assert marker.lowest < marker.cutoff < marker.highest


def test_what_the_cohort_decides_is_written_out_for_the_ledger(cohort: cd.reading.Cohort) -> None:
    written = resolved(cohort, Settings())
    assert written.handle_codes == (GENE, IRON)
    assert written.cutoff(IRON) == cutoff_of(cohort, Settings(), IRON) == Cutoff(cohort.marker(IRON).cutoff, ">=")
    assert resolved(cd.demo_cohort(), Settings()) == Settings()


def test_the_median_is_stamped_data_driven_until_it_is_locked(cohort: cd.reading.Cohort) -> None:
    marker = cohort.marker(GENE)
    stamp = cutoff_stamp(marker, marker.cutoff, ">=")
    assert stamp.startswith("**data-driven**")
    assert "the median of these patients" in stamp
    assert cutoff_stamp(marker, 1.0, ">=", Lock(1.0, ">=")).startswith("**pre-specified**")
