"""Settings: the link, the bounds, and what is refused."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict, fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cdanalysis.dictionary.markers import MARKERS, SIDES
from cdanalysis.settings import Settings, only
from cdanalysis.settings.specification import BOUNDS, CHOICES

# For every field one allowed value that is not its default.
OTHER = {
    "crp_cutoff": 8.0,
    "crp_side": ">=",
    "tgn_cutoff": 260.0,
    "tgn_side": ">",
    "esr_cutoff": 30.0,
    "wbc_cutoff": 10.4,
    "age_cutoff": 35.0,
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
    "horizon_months": 60.0,
    "conf_level": 0.9,
    "png_dpi": 600,
    "png_width_mm": 85,
    "png_ground": "theme",
    "convention": "spss",
    "reproduction_convention": "r",
    "outcome": "surgery",
    "adverse_event_end": "last-follow-up",
    "survival_group": "crp",
    "at_months": "6,12",
    "survival_stratum": "location",
    "pair_correction": "bh",
    "crp_second_cutoff": 20.0,
    "tgn_second_cutoff": 400.0,
    "competing_event": "death",
    "baseline_group": "relapse",
    "missing_visits": "observed",
    "cdeis_remission_below": 6.0,
    "scan_marker": "tgn",
    "scan_least_percent": 20.0,
    "scan_least_events": 3,
    "scan_adjust": "age,sex",
    "multiverse_axes": "relapse,model",
    "multiverse_cutoffs": "deciles",
    "imputations": 50,
    "imputation_seed": 7,
}
NUMBERS = [name for name in BOUNDS if isinstance(getattr(Settings(), name), int | float)]
FLOATS = [field.name for field in fields(Settings) if isinstance(field.default, float)]


def test_the_other_values_cover_every_field() -> None:
    assert list(OTHER) == [field.name for field in fields(Settings)]
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


@given(cutoff=st.floats(*BOUNDS["crp_cutoff"]), p=st.floats(*BOUNDS["screening_p"]), week=st.integers(4, 104))
def test_any_allowed_number_travels_exactly(cutoff: float, p: float, week: int) -> None:
    settings = Settings(crp_cutoff=cutoff, screening_p=p, landmark_week=week)
    assert Settings.from_query(settings.to_query()) == (settings, ())


def test_a_link_is_readable() -> None:
    query = Settings(crp_cutoff=8.0, wbc_cutoff=10.4, show_interval=False, landmark_week=12).to_query()
    assert query == {"crp_cutoff": "8", "wbc_cutoff": "10.4", "show_interval": "0", "landmark_week": "12"}


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


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_is_not_offered_is_dropped(name: str) -> None:
    settings, dropped = Settings.from_query({name: "neither", "crp_cutoff": "8"})
    assert settings == Settings(crp_cutoff=8.0)
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
    query = {"crp_cutoff": "999", "tgn_cutoff": "260", "ties": "exact", "colour": "red", "landmark_week": "x"}
    settings, dropped = Settings.from_query(query)
    assert settings == Settings(tgn_cutoff=260.0)
    assert [name for name in query if any(name in sentence for sentence in dropped)] == [
        "crp_cutoff",
        "ties",
        "colour",
        "landmark_week",
    ]


@pytest.mark.parametrize("name", ["landmark_week", "crp_cutoff", "show_interval", "ties", "no_such_setting"])
@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000, "x" * 100_000, "1\n2", "\x00", "\u202e"])
def test_a_hostile_link_never_raises_and_is_quoted_briefly(name: str, text: str) -> None:
    settings, dropped = Settings.from_query({name: text})
    assert settings == Settings()
    assert len(dropped) == 1
    assert len(dropped[0]) < 200


def test_candidates_are_codes_of_any_spelling() -> None:
    settings = Settings(candidates="crp,extra:Dose\n(mg), x=1&y")
    assert Settings.from_query(settings.to_query()) == (settings, ())


@given(st.dictionaries(st.sampled_from([*OTHER, "other"]), st.text(max_size=30)))
def test_any_link_gives_settings_that_travel(query: dict[str, str]) -> None:
    settings, dropped = Settings.from_query(query)
    assert Settings.from_query(settings.to_query()) == (settings, ())
    assert len(dropped) <= len(query)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("crp_cutoff", True),
        ("visit_window_weeks", True),
        ("show_interval", 1),
        ("landmark_week", 24.0),
        ("ties", None),
        ("crp_cutoff", "10"),
        ("candidates", 3),
        ("crp_cutoff", float("nan")),
        ("crp_cutoff", float("inf")),
    ],
)
def test_a_value_of_another_type_raises_naming_the_field(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"^{name} is .*, expected "):
        Settings(**{name: value})


def test_equal_settings_are_one_cache_key_and_different_ones_are_many() -> None:
    same = [Settings(crp_cutoff=8), Settings(crp_cutoff=8.0), Settings(crp_cutoff=np.float64(8.0))]
    assert {repr(settings) for settings in same} == {repr(same[0])}
    assert {type(settings.crp_cutoff) for settings in same} == {float}
    different = [Settings(), *(replace(Settings(), **{name: value}) for name, value in OTHER.items())]
    assert (
        len({repr(asdict(settings)) for settings in different})
        == len({hash(one) for one in different})
        == len(OTHER) + 1
    )


def test_only_keeps_the_named_fields() -> None:
    kept = only(Settings(**OTHER), ("crp_cutoff", "ties"))
    assert kept == Settings(crp_cutoff=OTHER["crp_cutoff"], ties=OTHER["ties"])


def test_settings_are_flat_and_frozen() -> None:
    assert {type(value) for value in asdict(Settings()).values()} == {str, int, float, bool}
    with pytest.raises(FrozenInstanceError):
        Settings().crp_cutoff = 8.0  # type: ignore[misc]


@pytest.mark.parametrize("code", MARKERS)
def test_bounds_and_defaults_are_the_markers_own(code: str) -> None:
    marker = MARKERS[code]
    assert BOUNDS[f"{code}_cutoff"] == (marker.lowest, marker.highest)
    assert getattr(Settings(), f"{code}_cutoff") == marker.cutoff
    assert getattr(Settings(), f"{code}_side", marker.side) == marker.side
    assert all(marker.lowest <= known.value <= marker.highest for known in marker.literature)


def test_every_number_has_bounds_and_every_text_has_choices() -> None:
    numbers = {field.name for field in fields(Settings) if type(field.default) in (int, float)}
    texts = {field.name for field in fields(Settings) if type(field.default) is str}
    assert set(BOUNDS) == numbers
    assert set(CHOICES) == texts - {
        "candidates",
        "survival_group",
        "survival_stratum",
        "baseline_group",
        "at_months",
        "multiverse_axes",
        "scan_adjust",
        "outcome",
    }
    assert CHOICES["crp_side"] == CHOICES["tgn_side"] == SIDES
