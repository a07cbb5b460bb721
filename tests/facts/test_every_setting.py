"""Every setting changes every result that shows its effect, through the memory that the app uses; and no key can do without it.

A section is gone through at its base settings, so that everything is remembered, then at the changed ones. What comes back
must be what is computed where nothing is remembered of other settings, neither by the session nor by the cohort. A setting
left out of a key is found by the same comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.cohort import Cohort
from cdanalysis.dictionary.indices.endoscopic import ENDOSCOPIC_SETTINGS
from cdanalysis.results import Caution, NotEstimable
from cdanalysis.sections import named
from cdanalysis.sections.blocks import Excluded, Figure, Note, Notice, Quote, Sentence, Table
from cdanalysis.sections.parts import Block, Choose, Dial, Folded, Form, LongRun, LookCloser, SideBySide, Tabs
from cdanalysis.sections.predictors.missing_values import section as missing_values
from cdanalysis.sections.recall import direct, locked_cutoffs
from cdanalysis.settings import Settings, that_decide
from cdanalysis.settings.as_text.saved_model import SavedModel, SavedTerm, as_text
from cdanalysis.settings.settings import ROWS
from cdanalysis.ui.memory import cached, long_runs, session_memory
from cdanalysis.ui.report_page import ledger


@dataclass(frozen=True)
class Case:
    """Where the effect of a setting is shown: a section, or one of its parts, at settings at which it has one."""

    value: Any
    section: str
    part: str = ""
    base: dict[str, Any] = field(default_factory=dict)
    cohort: str = "bundled"


PREDICTORS = partial(Case, section="predictors")
IMPUTED = partial(Case, section="predictors", part="Missing values", cohort="gaps")
CURVES = partial(Case, section="survival")
CUTOFFS = partial(Case, section="cutoffs", part="Every cut-off")
RESPONSE = partial(Case, section="response")
CUSTOM = {"relapse_definition": "custom"}
GROUPS = {"survival_group": "location"}
GIVEN = as_text(SavedModel("relapse", 36.0, 0.5, 0.8, 300, 90, (SavedTerm("crp", "CRP", "number", "", (), (0.03,)),)))
SCORED_ON = ({"section": "endoscopy"}, {"section": "predictors", "base": {"outcome": "endoscopic_remission"}})
CASES: dict[str, tuple[Case, ...]] = {
    "handles": (PREDICTORS("esr,age"), IMPUTED("tgn,cdai")),
    "cutoffs": (PREDICTORS("crp>14"), PREDICTORS("tgn>235"), PREDICTORS("esr>30"), CUTOFFS("crp>=10")),
    "second_cutoffs": (CURVES("crp=20", base={"survival_group": "crp"}),),
    "index": (RESPONSE("hbi", cohort="two"), PREDICTORS("hbi", cohort="two")),
    "remission_below_points": (RESPONSE(200.0), PREDICTORS(100.0, base={"response_definition": "without-remission"})),
    "response_definition": (RESPONSE("fall-100"), PREDICTORS("fall-100")),
    "response_fall_points": (RESPONSE(120.0), PREDICTORS(120.0)),
    "relapse_definition": (PREDICTORS("cdai"), CURVES("cdai"), CUTOFFS("cdai")),
    "relapse_above_points": (PREDICTORS(250.0, base=CUSTOM),),
    "relapse_rise_points": (PREDICTORS(150.0, base=CUSTOM),),
    "relapse_reference": (PREDICTORS("previous", base={"relapse_definition": "cdai"}),),
    "boundary": (PREDICTORS("inclusive", cohort="edges", base={"relapse_definition": "above-220"}),),
    "clock": (PREDICTORS("naive"), CURVES("naive")),
    "landmark_week": (PREDICTORS(12), RESPONSE(12)),
    "visit_window_weeks": (PREDICTORS(1, cohort="edges"),),
    "horizon_months": (PREDICTORS(24.0), CURVES(24.0)),
    "adverse_event_end": (Case("last-follow-up", "safety"),),
    "outcome": (CURVES("surgery"), CURVES("hospitalization,surgery")),
    "outcome_noun": (PREDICTORS("flare"),),
    "candidates": (PREDICTORS("crp,tgn"), IMPUTED("crp,esr,sex")),
    "screening_p": (PREDICTORS(0.05),),
    "ties": (PREDICTORS("breslow", cohort="edges"), CUTOFFS("breslow", cohort="edges")),
    "km_interval": (PREDICTORS("plain"), CURVES("plain")),
    "conf_level": (PREDICTORS(0.8), CURVES(0.8), RESPONSE(0.8), CUTOFFS(0.8)),
    "convention": (CURVES("spss"), Case("spss", "baseline")),
    "imputations": (IMPUTED(3),),
    "imputation_seed": (IMPUTED(2),),
    "survival_group": (CURVES("crp"),),
    "at_months": (CURVES("6,18"),),
    "survival_stratum": (CURVES("sex", base=GROUPS),),
    "pair_correction": (CURVES("none", base=GROUPS),),
    "competing_event": (CURVES("hospitalization", part="Competing risks"),),
    "baseline_group": (Case("sex", "baseline"),),
    "missing_visits": (RESPONSE("observed", cohort="edges"),),
    "patients": (PREDICTORS("age_years>=20"), CURVES("age_years>=20"), RESPONSE("sex=male"), Case("sex=male", "baseline")),
    "events_counted": (CURVES("related", base={"outcome": "hospitalization"}),),
    "cdeis_remission_below": (Case(3.0, "endoscopy"), PREDICTORS(3.0, base={"outcome": "endoscopic_remission"})),
    "ses_cd_remission_below": tuple(Case(9.0, cohort="scores", **one) for one in SCORED_ON),
    "rutgeerts_remission": tuple(Case("i2a", cohort="scores", **one) for one in SCORED_ON),
    "endoscopic_activity": (PREDICTORS("score"), CURVES("score")),
    "reproduction_convention": (Case("r", "reproduction"),),
    "scan_marker": (CUTOFFS("tgn"), PREDICTORS("tgn", part="Subgroups")),
    "scan_least_percent": (CUTOFFS(30.0),),
    "scan_least_events": (CUTOFFS(8),),
    "scan_adjust": (CUTOFFS("age"),),
    "centre": (PREDICTORS("ward", part="Centres", cohort="centres"),),
    "pooling": (PREDICTORS("dl", part="Centres", base={"handles": "cdai,tgn"}, cohort="centres"),),
    "published_ratios": (Case("A=1.5 0.9 2.5,B=2.5 1.1 5.7", "reproduction"),),
    "prognostic_candidates": (Case("crp,sex", "prognosis"),),
    "prognostic_form": (Case("cut", "prognosis"),),
    "given_model": (Case(GIVEN, "prognosis"),),
    "multiverse_axes": (Case("clock,ties", "multiverse", base={"multiverse_axes": "ties"}),),
    "multiverse_cutoffs": (Case("deciles", "multiverse", base={"multiverse_axes": "cutoff_1"}),),
}  # fmt: skip
# What a setting of the endpoint decides is shown by the imputed model too, which has a key of its own.
# They leave patients, events and the order of their times as they are here, and with them all that an imputation draws from.
SAME_ORDER = {"boundary", "clock", "visit_window_weeks", "outcome_noun"}
OF_IMPUTATION = {
    name: replace(cases[0], part="Missing values", cohort="gaps")
    for name, cases in CASES.items()
    if name in that_decide("endpoint") and cases[0].section == "predictors" and name not in SAME_ORDER
} | {"response_fall_points": IMPUTED(120.0)}
SMALL = {"imputations": 2}
ROOT = Path(cd.__file__).parents[1]


@cache
def cohort_of(name: str) -> Cohort:
    """One of the cohorts, of which what no setting decides is known: its outcomes, its indices and its markers."""
    made = _cohort(name)
    _ = made.outcomes, made.indices, made.markers
    return made


def _cohort(name: str) -> Cohort:
    """The bundled cohort: as it is, with values missing, or with what stands on an edge of a definition."""
    whole, dice = cd.demo_cohort(), np.random.default_rng(5)
    if name == "gaps":
        patients = whole.patients.copy()
        for column, nothing in (("esr_mm_per_h", np.nan), ("crp_mg_per_l", np.nan), ("disease_behaviour", None)):
            patients.loc[dice.random(len(patients)) < 0.1, column] = nothing
        return replace(whole, patients=patients, visits=whole.visits[whole.visits["days"] > 0], fingerprint=name)
    if name == "centres":
        treated = {"centre": np.arange(len(whole.patients)) % 3, "ward": np.arange(len(whole.patients)) // 3 % 2}
        patients = whole.patients.assign(**{one: [f"{one} {place}" for place in of] for one, of in treated.items()})
        return replace(whole, patients=patients, extra_columns=tuple(treated), fingerprint=name)
    if name == "own":
        return replace(whole, synthetic=False, fingerprint=name)
    if name == "scores":
        n, seen = len(whole.endoscopy), whole.endoscopy
        graded = {
            "rutgeerts_score": np.where(np.arange(n) % 2, 3.0, 2.0),
            "rutgeerts_i2b": pd.array([False] * n, "boolean"),
        }
        later = seen["days"] > 28
        own = seen.assign(cdeis_points=np.nan, **graded, ses_cd_points=np.where(later, 3.0 + np.arange(n) % 12, 20.0))
        own.loc[~later, "rutgeerts_score"] = 4.0
        return replace(whole, endoscopy=own, fingerprint=name)
    if name == "two":
        points = (whole.visits["cdai_points"] / 27).round() + dice.integers(-2, 3, len(whole.visits))
        return replace(whole, visits=whole.visits.assign(hbi_points=points.clip(lower=0)), fingerprint=name)
    return whole if name == "bundled" else replace(whole, visits=_on_the_edge(whole.visits, dice), fingerprint=name)


def _on_the_edge(visits: pd.DataFrame, dice: np.random.Generator) -> pd.DataFrame:
    """Scheduled visits left out or late, a CDAI of exactly 220, and relapses of several patients on one day."""
    late, after = visits["days"].between(150, 190) & (dice.random(len(visits)) < 0.4), visits["days"] > 200
    on_edge = after & visits["cdai_points"].between(215, 260)
    kept = ~(visits["days"].between(40, 100) & (dice.random(len(visits)) < 0.2))
    days = visits["days"].where(~after, (visits["days"] / 84).round() * 84) + 21 * late
    return visits.assign(days=days, cdai_points=visits["cdai_points"].where(~on_edge, 220.0))[kept]


def told(blocks: Iterable[Block], part: str) -> list[str]:
    """What a section says in numbers and words, in order; of a section with parts only the wanted one. No footer of a figure."""
    return [text for block in blocks for text in _of(block, part)]


def _of(block: Block, part: str) -> Iterator[str]:
    if isinstance(block, LookCloser):
        yield from (text for one in block.parts if one.title == part for text in told(one.blocks, ""))
    elif part:
        return
    elif isinstance(block, Table):
        yield block.shown.to_csv()
        yield "" if block.numbers is None else block.numbers.round(9).to_csv()
    elif isinstance(block, Figure):
        yield block.alt
        if block.handle is not None:
            yield from (block.handle.curves.key, repr(block.handle.now), block.handle.said)
    elif isinstance(block, Sentence | Quote | Note | Notice):
        yield block.text
    elif isinstance(block, Excluded | NotEstimable | Caution):
        yield repr(block)
    else:
        yield from (text for blocks in _inside(block) for text in told(blocks, ""))


def _inside(block: Block) -> Iterator[Iterable[Block]]:
    if isinstance(block, SideBySide):
        yield from block.columns
    elif isinstance(block, Tabs):
        yield from block.by_name.values()
    elif isinstance(block, Folded | LongRun):
        yield block.blocks
    elif isinstance(block, Choose):
        yield block.blocks(block.start if block.start in block.options else next(iter(block.options)))
    elif isinstance(block, Dial | Form):
        yield block.at_start


FRESH: dict[tuple[str, int], list[str]] = {}  # what a case tells where nothing is remembered of other settings


@dataclass(frozen=True)
class Seen:
    """What a section told before a change, after it, and what it tells after it where nothing was remembered."""

    before: list[str]
    after: list[str]
    fresh: list[str]


def seen(name: str, case: Case, monkeypatch: pytest.MonkeyPatch, key: str = "") -> Seen:
    """A session that opens a section, changes a setting and looks again; key: the setting is left out of that key."""
    base, cohort = replace(Settings(**SMALL), **case.base), cohort_of(case.cohort)
    changed, look = replace(base, **{name: case.value}), partial(told, part=case.part)
    if (name, id(case)) not in FRESH:
        FRESH[name, id(case)] = look(named(case.section)(cohort.with_memory({}), changed, direct))
    fresh = FRESH[name, id(case)]
    if key:
        leave_out(key, name, monkeypatch)
    state = SimpleNamespace(session_state={}, spinner=lambda _: nullcontext())
    for module in (session_memory, long_runs, ledger):
        monkeypatch.setattr(module, "st", state)
    monkeypatch.setitem(cached.OWN, locked_cutoffs, dict)  # nothing is locked
    recall = partial(cached.recall, report=lambda *_: None)
    kept = cohort.with_memory({})
    before, after = (look(named(case.section)(kept, one, recall)) for one in (base, changed))
    return Seen(before=before, after=after, fresh=fresh)


def numbers_in(texts: list[str]) -> list[str]:
    """Tables, curves and results without an estimate: what is no mere echo of the settings."""
    return [text for text in texts if "\n" in text or len(text) == 64 or "NotEstimable" in text or "Excluded" in text]


EVERY = [(name, case) for name, cases in CASES.items() for case in cases]
PREDICTED = {
    name: [case for case in cases if case.section == "predictors" and not case.part] for name, cases in CASES.items()
}
KEYS = {
    "result": {
        name: cases for name, cases in CASES.items() if name != "multiverse_axes"
    },  # every axis takes half a minute
    "endpoint": {name: PREDICTED[name] for name in that_decide("endpoint") if PREDICTED[name]},
    "handle": {name: PREDICTED[name] for name in that_decide("endpoint", "handle") if PREDICTED[name]},
    "imputation": {
        **{name: [one] for name, one in OF_IMPUTATION.items()},
        **{name: [case for case in CASES[name] if case.part] for name in that_decide("imputation")},
    },
}


def id_of(value: Any) -> str:
    if isinstance(value, Case):
        return f"{value.section}-{value.part}-{value.value}"
    return value if isinstance(value, str) else ""


def test_every_setting_that_decides_a_result_has_a_case() -> None:
    assert set(CASES) == {name for name, row in ROWS.items() if "display" not in row.decides}


@pytest.mark.parametrize(("name", "case"), EVERY, ids=id_of)
def test_a_setting_changes_what_shows_its_effect(name: str, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    found = seen(name, case, monkeypatch)
    assert found.after == found.fresh
    shown = list if name == "outcome_noun" else numbers_in  # a word, and no number
    assert shown(found.before) != shown(found.after)


def without(names: Iterable[str], name: str) -> tuple[str, ...]:
    return tuple(one for one in names if one != name)


def leave_out(key: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting out of one of the keys."""
    if key == "result":
        for module in (cached, long_runs):
            monkeypatch.setattr(module, "RESULT_FIELDS", without(module.RESULT_FIELDS, name))
    elif key == "endpoint":
        module = import_module("cdanalysis.outcomes.endpoints.declared")
        monkeypatch.setattr(module, "ENDPOINT_FIELDS", without(module.ENDPOINT_FIELDS, name))
    elif key == "handle":
        monkeypatch.setattr(cached, "that_decide", lambda *what: without(that_decide(*what), name))
    else:
        monkeypatch.setattr(missing_values, "IMPUTATION_FIELDS", without(missing_values.IMPUTATION_FIELDS, name))


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("key", "name", "cases"), [(key, name, cases) for key, of in KEYS.items() for name, cases in of.items()], ids=id_of
)
def test_no_key_can_do_without_a_setting(
    key: str, name: str, cases: Iterable[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in cases:
        with monkeypatch.context() as patched:
            try:
                found = seen(name, case, patched, key)
            except (ValueError, KeyError, IndexError):
                return  # what was remembered is of other patients
            if found.after != found.fresh:
                return
    pytest.fail(f"{name} is not needed in the key of {key}, or nothing here shows it")


# Settings whose widgets are called otherwise: several widgets stand for one text.
KEYS_OF_WIDGETS = {
    "handles": "handle-1",
    "cutoffs": "cut-off-crp",
    "second_cutoffs": "second cut-off-crp",
    "patients": "selection-columns",
}
SHOWN_ON = {"response": "induction"}  # a section's page, where it is not called as the section
ELSEWHERE = {
    *((name, "predictors") for name in ENDOSCOPIC_SETTINGS),
    ("outcome_noun", "predictors"),
}  # on Endoscopy and on the Cohort page


@cache
def keys_on(section: str, base: tuple[tuple[str, Any], ...], cohort: str) -> frozenset[str]:
    """The keys of every widget that a section's page shows under some settings."""
    page = with_open_groups(AppTest.from_file(f"{ROOT}/app.py", default_timeout=120))
    page.session_state["settings"] = replace(Settings(**SMALL), **dict(base))
    page.session_state["cohort"] = cohort_of(cohort)
    page.switch_page(f"pages/{SHOWN_ON.get(section, section)}.py").run()
    kinds = (page.selectbox, page.multiselect, page.number_input, page.text_input, page.toggle, page.slider, page.radio)
    return frozenset(str(widget.key) for kind in kinds for widget in kind)


@pytest.mark.parametrize(("name", "case"), [one for one in EVERY if not one[1].part], ids=id_of)
def test_a_page_has_the_widget_of_what_changes_it(name: str, case: Case) -> None:
    if (name, case.section) not in ELSEWHERE:
        assert KEYS_OF_WIDGETS.get(name, f"setting-{name}") in keys_on(
            case.section, tuple(case.base.items()), case.cohort
        )
