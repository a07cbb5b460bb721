"""Settings: the link, the bounds, and what is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, fields, replace
from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdanalysis.dictionary.indices.indices import INDICES
from cdanalysis.dictionary.markers import MARKERS
from cdanalysis.results import SIDES
from cdanalysis.settings import DISPLAY_FIELDS, RESULT_FIELDS, Cutoff, Settings, only, that_decide
from cdanalysis.settings.as_text.codes import joined, joined_pairs, pairs, split
from cdanalysis.settings.as_text.saved_model import SavedModel, SavedTerm, as_text
from cdanalysis.settings.rows import NEVER
from cdanalysis.settings.settings import BOUNDS, CHOICES, ROWS

# For every field one allowed value that is not its default.
OTHER = {
    "handles": "tgn,Ki-67 (%25)",
    "cutoffs": "Ki-67 (%25)>=14,crp>8,tgn>235",
    "second_cutoffs": "crp=20,tgn=400",
    "index": "cdai",
    "remission_below_points": 140.0,
    "response_definition": "fall-100",
    "response_fall_points": 100.0,
    "relapse_definition": "custom",
    "relapse_above_points": 220.0,
    "relapse_rise_points": 100.0,
    "relapse_reference": "lowest",
    "boundary": "inclusive",
    "clock": "late-entry",
    "landmark_week": 12,
    "visit_window_weeks": 2,
    "candidates": "crp,tgn",
    "screening_p": 0.1,
    "ties": "breslow",
    "km_interval": "plain",
    "curve": "cumulative",
    "show_interval": False,
    "risk_rows": "kmunicate",
    "horizon_months": 60.0,
    "conf_level": 0.9,
    "marker_axis": "log",
    "figure_look": "lancet",
    "figure_lines": "dashed",
    "figure_format": "tiff",
    "figure_title": False,
    "figure_result": False,
    "figure_footer": False,
    "figure_texts": "CRP=C-reactive protein,Months%2C weeks=Time",
    "png_dpi": 600,
    "png_width_mm": 85,
    "png_ground": "theme",
    "convention": "spss",
    "reproduction_convention": "r",
    "compare_with_study": True,
    "outcome": "surgery",
    "outcome_noun": "flare",
    "patients": "age_years>=30,sex=female",
    "events_counted": "related",
    "endoscopic_activity": "score",
    "adverse_event_end": "last-follow-up",
    "survival_group": "crp",
    "at_months": "6,12",
    "survival_stratum": "location",
    "pair_correction": "bh",
    "competing_event": "death",
    "baseline_group": "relapse",
    "missing_visits": "observed",
    "cdeis_remission_below": 6.0,
    "ses_cd_remission_below": 4.0,
    "rutgeerts_remission": "i2a",
    "scan_marker": "esr",
    "scan_least_percent": 20.0,
    "scan_least_events": 3,
    "scan_adjust": "age,sex",
    "centre": "Hospital",
    "pooling": "dl",
    "prognostic_candidates": "crp,age",
    "prognostic_form": "line",
    "given_model": as_text(
        SavedModel(
            "relapse", 36.0, 0.5, 0.8, 300, 90, (SavedTerm("crp", "CRP", "number", "", (1.0, 5.0, 20.0), (0.1, -0.1)),)
        )
    ),
    "published_ratios": "Chen 2019=1.50 0.90 2.50",
    "multiverse_axes": "relapse,model",
    "multiverse_cutoffs": "deciles",
    "imputations": 50,
    "imputation_seed": 7,
}
NUMBERS = [name for name in BOUNDS if isinstance(getattr(Settings(), name), int | float)]
FLOATS = [field.name for field in fields(Settings) if isinstance(field.default, float)]


def test_the_other_values_cover_every_field() -> None:
    assert set(OTHER) == {field.name for field in fields(Settings)}
    assert all(value != getattr(Settings(), name) for name, value in OTHER.items())


def test_the_default_needs_no_link() -> None:
    assert Settings().to_query() == {}
    assert Settings.from_query({}) == (Settings(), ())


@pytest.mark.parametrize("name", OTHER)
def test_one_changed_field_travels_in_the_link(name: str) -> None:
    settings = replace(Settings(), **{name: OTHER[name]})
    query = settings.to_query()
    assert list(query) == [name]
    assert all(isinstance(text, str) for text in query.values())
    assert Settings.from_query(query) == (settings, ())


def test_all_fields_travel_together() -> None:
    settings = Settings(**OTHER)
    assert Settings.from_query(settings.to_query()) == (settings, ())


@given(cutoff=st.floats(0, 600), p=st.floats(*BOUNDS["screening_p"]), week=st.integers(4, 104))
def test_any_allowed_number_travels_exactly(cutoff: float, p: float, week: int) -> None:
    settings = Settings(screening_p=p, landmark_week=week).with_cutoff("crp", cutoff)
    assert settings.cutoff("crp") == (cutoff, ">")
    assert Settings.from_query(settings.to_query()) == (settings, ())


def test_a_link_is_readable() -> None:
    query = Settings(cutoffs="crp>8,wbc>10.4", show_interval=False, landmark_week=12).to_query()
    assert query == {"cutoffs": "crp>8,wbc>10.4", "show_interval": "0", "landmark_week": "12"}


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("end", [0, 1], ids=["lowest", "highest"])
def test_bounds_are_allowed_and_beyond_them_is_dropped(name: str, end: int) -> None:
    bound = BOUNDS[name][end]
    kind = type(getattr(Settings(), name))
    assert getattr(Settings(**{name: kind(bound)}), name) == bound
    beyond = kind(bound + (-1, 1)[end])
    settings, dropped = Settings.from_query({name: str(beyond), "ties": "breslow"})
    assert settings == Settings(ties="breslow")
    assert dropped == (
        f"the link's {name} was dropped: {name} is {beyond:g}, expected {BOUNDS[name][0]:g} to {BOUNDS[name][1]:g}",
    )


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=5))
def test_words_for_words_travel_exactly(given_pairs: dict[str, str]) -> None:
    wanted = {one: other for one, other in given_pairs.items() if one.strip() and one != other}
    kept = pairs(joined_pairs(wanted))
    assert kept == wanted
    assert joined_pairs(kept) == joined_pairs(wanted)


def test_a_word_that_stands_for_itself_is_not_kept() -> None:
    assert Settings(figure_texts="CRP=CRP, Months = Time").figure_texts == "Months=Time"


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_is_not_offered_is_dropped(name: str) -> None:
    settings, dropped = Settings.from_query({name: "neither", "cutoffs": "crp>8"})
    assert settings == Settings(cutoffs="crp>8")
    assert dropped == (
        f"the link's {name} was dropped: {name} is 'neither', expected one of {', '.join(CHOICES[name])}",
    )


@pytest.mark.parametrize("name", FLOATS)
@pytest.mark.parametrize("text", ["nan", "inf", "-inf", "1e999"])
def test_what_is_not_finite_is_dropped(name: str, text: str) -> None:
    settings, dropped = Settings.from_query({name: text})
    assert settings == Settings()
    assert len(dropped) == 1
    assert dropped[0].startswith(f"the link's {name} was dropped: {name} is ")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("crp_cutoff", "ten", "the link's crp_cutoff was dropped: found 'ten', expected a number"),
        ("crp_cutoff", "", "the link's crp_cutoff was dropped: found '', expected a number"),
        ("landmark_week", "24.5", "the link's landmark_week was dropped: found '24.5', expected a whole number"),
        ("show_interval", "yes", "the link's show_interval was dropped: found 'yes', expected 0 or 1"),
        ("password", "x", "the link names 'password', which is not a setting"),
        ("__class__", "x", "the link names '__class__', which is not a setting"),
        ("to_query", "x", "the link names 'to_query', which is not a setting"),
    ],
)
def test_what_cannot_be_read_is_dropped_with_a_sentence(name: str, text: str, sentence: str) -> None:
    assert Settings.from_query({name: text}) == (Settings(), (sentence,))


def test_each_fault_of_a_link_is_said_and_the_rest_is_kept() -> None:
    query = {"cutoffs": "crp>999", "handles": "tgn,esr", "ties": "exact", "colour": "red", "landmark_week": "x"}
    settings, dropped = Settings.from_query(query)
    assert settings == Settings(handles="tgn,esr")
    assert [name for name in query if any(name in sentence for sentence in dropped)] == [
        "cutoffs",
        "ties",
        "colour",
        "landmark_week",
    ]


@pytest.mark.parametrize(
    "name", ["landmark_week", "crp_cutoff", "cutoffs", "second_cutoffs", "show_interval", "ties", "no_such_setting"]
)
@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000, "x" * 100_000, "1\n2", "\x00", "\u202e"])
def test_a_hostile_link_never_raises_and_is_quoted_briefly(name: str, text: str) -> None:
    settings, dropped = Settings.from_query({name: text})
    assert settings == Settings()
    assert len(dropped) == 1
    assert len(dropped[0]) < 200


def test_candidates_are_codes_of_any_spelling() -> None:
    codes = ("crp", "Dose\n(mg), x=1&y", "5% > 3", "钙卫蛋白")
    settings = Settings(candidates=joined(codes))
    assert split(settings.candidates) == codes
    assert Settings.from_query(settings.to_query()) == (settings, ())


@given(st.dictionaries(st.sampled_from([*OTHER, "other"]), st.text(max_size=30)))
def test_any_link_gives_settings_that_travel(query: dict[str, str]) -> None:
    settings, dropped = Settings.from_query(query)
    assert Settings.from_query(settings.to_query()) == (settings, ())
    assert len(dropped) <= len(query)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("conf_level", True),
        ("visit_window_weeks", True),
        ("show_interval", 1),
        ("landmark_week", 24.0),
        ("ties", None),
        ("conf_level", "0.9"),
        ("candidates", 3),
        ("conf_level", float("nan")),
        ("conf_level", float("inf")),
        ("cutoffs", "crp"),
        ("cutoffs", "crp=10"),
        ("cutoffs", "crp>ten"),
        ("cutoffs", "crp>nan"),
        ("second_cutoffs", "crp>10"),
        ("handles", "crp,tgn,esr"),
    ],
)
def test_a_value_of_another_type_raises_naming_the_field(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"^{name} is .*, expected "):
        Settings(**{name: value})


def test_equal_settings_are_one_cache_key_and_different_ones_are_many() -> None:
    same = [Settings(conf_level=1 / 2), Settings(conf_level=np.float64(0.5))]
    assert {repr(settings) for settings in same} == {repr(same[0])}
    assert {type(settings.conf_level) for settings in same} == {float}
    different = [Settings(), *(replace(Settings(), **{name: value}) for name, value in OTHER.items())]
    assert (
        len({repr(asdict(settings)) for settings in different})
        == len({hash(one) for one in different})
        == len(OTHER) + 1
    )


def test_only_keeps_the_named_fields() -> None:
    kept = only(Settings(**OTHER), ("cutoffs", "ties"))
    assert kept == Settings(cutoffs=OTHER["cutoffs"], ties=OTHER["ties"])


def test_settings_are_flat_and_frozen() -> None:
    assert {type(value) for value in asdict(Settings()).values()} == {str, int, float, bool}
    with pytest.raises(FrozenInstanceError):
        Settings().cutoffs = "crp>8"  # type: ignore[misc]


@pytest.mark.parametrize("code", MARKERS)
def test_defaults_are_the_markers_own_and_inside_its_slider(code: str) -> None:
    marker = MARKERS[code]
    if isnan(marker.cutoff):
        with pytest.raises(KeyError, match="median"):
            Settings().cutoff(code)
    else:
        assert Settings().cutoff(code) == (marker.cutoff, marker.side)
        assert marker.lowest <= marker.cutoff <= marker.highest
    assert all(marker.lowest <= known.value <= marker.highest for known in marker.literature)
    assert (60 <= (marker.highest - marker.lowest) / marker.step <= 300) or (code in INDICES and marker.step == 1)


def test_equal_cut_offs_are_one_value_however_they_are_written() -> None:
    assert Settings(cutoffs="tgn>=235, crp > 10") == Settings()
    assert Settings(cutoffs="tgn>=260,crp>14") == Settings(cutoffs="crp>14.0,tgn>=260,esr>20")
    assert Settings().with_cutoff("crp", 14).with_cutoff("crp", 10) == Settings()
    assert Settings().with_cutoff("crp", 14, ">=").with_cutoff("crp", 12) == Settings(cutoffs="crp>=12")
    assert Settings(cutoffs="crp>=14").without_cutoff("crp") == Settings()
    assert Settings().with_cutoff("my score", 3.5) == Settings(cutoffs="my score>=3.5")
    assert Settings(scan_marker="crp") == Settings()
    assert Settings(handles="tgn,crp", scan_marker="crp").scan_marker == "crp"
    assert Settings(candidates="crp,crp,,esr,crp").candidates == "crp,esr"


HEADERS = ("a,b", "x>=3", "100%", " lead", "y=2>1", "钙卫蛋白 (µg/g)", "%2C", "-", "tab\there", "Größe")


@pytest.mark.parametrize("header", HEADERS)
def test_any_header_is_a_code(header: str) -> None:
    settings = (
        replace(Settings(), handles=joined(("crp", header)))
        .with_cutoff(header, -2.5, ">")
        .with_second_cutoff(header, 4)
    )
    assert settings.handle_codes == ("crp", header)
    assert settings.cutoff(header) == Cutoff(-2.5, ">")
    assert settings.second_cutoff(header) == 4
    assert settings.second_cutoff("crp") is None
    assert Settings.from_query(settings.to_query()) == (settings, ())
    assert settings.with_second_cutoff(header, None).second_cutoffs == ""


@given(
    st.text(min_size=1, max_size=12).filter(lambda code: code not in MARKERS),
    st.floats(-1e6, 1e6),
    st.sampled_from(SIDES),
)
def test_any_text_is_a_code(code: str, value: float, side: str) -> None:
    settings = Settings().with_cutoff(code, value, side)
    assert settings.cutoff(code) == (value, side)
    assert split(joined((code, "crp"))) == tuple(dict.fromkeys((code, "crp")))


@pytest.mark.parametrize(
    ("query", "settings"),
    [
        ({"crp_cutoff": "14"}, {"cutoffs": "crp>14"}),
        ({"crp_side": ">=", "crp_cutoff": "14", "tgn_side": ">"}, {"cutoffs": "crp>=14,tgn>235"}),
        ({"esr_cutoff": "30", "wbc_cutoff": "10.4", "age_cutoff": "35"}, {"cutoffs": "age>35,esr>30,wbc>10.4"}),
        ({"crp_second_cutoff": "20", "tgn_second_cutoff": "0"}, {"second_cutoffs": "crp=20"}),
        ({"crp_cutoff": "10", "tgn_cutoff": "235", "crp_side": ">", "tgn_side": ">="}, {}),
        ({"scan_marker": "crp"}, {}),
        ({"multiverse_axes": "relapse,crp_cutoff"}, {"multiverse_axes": "relapse,cutoff_1"}),
        ({"multiverse_axes": "tgn_cutoff,model"}, {"multiverse_axes": "cutoff_2,model"}),
    ],
)
def test_links_of_earlier_versions_still_load(query: dict[str, str], settings: dict[str, str]) -> None:
    assert Settings.from_query(query) == (Settings(**settings), ())


def test_an_impossible_value_of_an_earlier_link_is_dropped() -> None:
    settings, dropped = Settings.from_query({"crp_cutoff": "999", "tgn_side": "<", "crp_height": "3"})
    assert settings == Settings()
    assert dropped == (
        "the link's crp_cutoff was dropped: the cut-off of 'crp' is 999, expected 0 to 600",
        "the link's tgn_side was dropped: tgn_side is '<', expected one of >, >=",
        "the link names 'crp_height', which is not a setting",
    )


def test_every_number_has_bounds_and_every_text_has_choices() -> None:
    numbers = {field.name for field in fields(Settings) if type(field.default) in (int, float)}
    texts = {field.name for field in fields(Settings) if type(field.default) is str}
    assert set(BOUNDS) == numbers
    assert set(CHOICES) == texts - {
        "handles",
        "cutoffs",
        "second_cutoffs",
        "scan_marker",
        "centre",
        "published_ratios",
        "prognostic_candidates",
        "given_model",
        "candidates",
        "survival_group",
        "survival_stratum",
        "baseline_group",
        "at_months",
        "figure_texts",
        "multiverse_axes",
        "scan_adjust",
        "outcome",
        "outcome_noun",
        "patients",
    }


@pytest.mark.parametrize("name", ROWS)
def test_a_row_says_what_a_widget_shows(name: str) -> None:
    row = ROWS[name]
    assert row.label
    assert row.help.endswith(".")
    assert len(set(row.choices.values())) == len(row.choices)
    assert row.footer == NEVER or "display" not in row.decides


def test_what_decides_an_endpoint_is_the_key_of_what_is_made_from_it() -> None:
    assert set(that_decide("endpoint")) <= set(that_decide("endpoint", "handle")) <= set(RESULT_FIELDS)
    assert {"horizon_months", "clock", "boundary", "adverse_event_end"} <= set(that_decide("endpoint"))
    assert not DISPLAY_FIELDS & set(RESULT_FIELDS)


def test_a_link_of_thousands_is_cut_short() -> None:
    assert Settings.from_query({"candidates": "crp," * 4_999}) == (Settings(candidates="crp"), ())
    for thousands in (joined(map(str, range(2_000))), "crp," * 5_001, "x" * 20_001):
        settings, dropped = Settings.from_query({"candidates": thousands, "ties": "breslow"})
        assert settings == Settings(ties="breslow")
        assert len(dropped) == 1
        assert "expected at most" in dropped[0]
    assert Settings(scan_adjust=joined(f"a{i}" for i in range(20)))
    with pytest.raises(ValueError, match="at most 20 codes"):
        Settings(scan_adjust=joined(f"a{i}" for i in range(21)))
    settings, dropped = Settings.from_query({f"field{i}": "x" for i in range(5_000)})
    assert settings == Settings()
    assert len(dropped) == 21
    assert dropped[-1] == "4,980 more parts of the link were dropped"
