"""Facts 4, 11 and 12: a result is that of the whole table and of every setting, ends with its session, and is needed by nobody."""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from facts.hostile import ROOT
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.reading import Cohort, assembling
from cdanalysis.reading.checks.frames import cohort_from_frames
from cdanalysis.ui.memory import session_memory
from cdanalysis.ui.server import inside, sweep

N = 60_000  # patients: from 50,000 on Streamlit looks at a sample of 10,000
SAMPLED = 10_000
# Kept for the life of the process: nothing of a patient's (the bundled cohort is nobody's), nothing that a result needs.
OF_THE_PROCESS = {
    "demo.py": {"demo_cohort"},
    "reading/bytes/text/likely.py": {"_vocabulary"},  # the words of the dictionary
    "reading/cells/values.py": {"category_words"},  # the words of the dictionary's categories
    "reading/checks/frames.py": {"_absent"},  # a sheet without a row
    "reading/headers/names.py": {"names_of"},  # the names of the dictionary
    "reading/headers/units/stated_units.py": {"spelled"},  # a unit's spellings
    "reading/headers/units/unit_words.py": {"known_unit"},  # a unit's spelling -> ours
    "report/facts.py": {"version_of"},  # a library's version
    "sections/reproduction/study_results.py": {"published"},
    "ui/shell/components.py": {"_registered"},
    "ui/shell/frame.py": {"_settle"},
    "ui/server/plotly_part.py": {"answer"},
}


def flat(events: pd.Series) -> Cohort:
    """A register of N patients who all relapse or are censored in a month of 1 to 60."""
    ids = [f"P{i}" for i in range(N)]
    months = pd.Series(range(N)) % 60 + 1.0
    return cohort_from_frames(pd.DataFrame({
        "patient_id": ids, "crp_mg_per_l": 5.0, "relapse_months": months, "relapse_event": events.astype("boolean"),
    }))  # fmt: skip


def two_registers() -> tuple[Cohort, Cohort]:
    """Two that differ in 1,000 events of patients whom Streamlit's sample leaves out."""
    events = pd.Series(range(N)) % 2 == 0
    other = events.copy()
    left_out = events.index.difference(events.sample(SAMPLED, random_state=0).index)[:1_000]
    other[left_out] = ~other[left_out]
    return flat(events), flat(other)


def _script() -> None:
    import streamlit as st

    from cdanalysis.sections.survival.analysis import survival
    from cdanalysis.settings import Settings
    from cdanalysis.ui.memory import cached

    for name in ("one", "other"):
        found = cached.recall(survival, st.session_state[name], Settings())
        st.session_state[f"{name}-events"] = found.kaplan_meier.curves[0].n_events.tolist()


def test_two_registers_that_differ_where_streamlit_does_not_look_have_two_results() -> None:
    app = AppTest.from_function(_script, default_timeout=120)
    app.session_state["one"], app.session_state["other"] = two_registers()
    app.run()
    assert not app.exception
    assert app.session_state["one-events"] != app.session_state["other-events"]


def test_what_a_moving_handle_remembers_is_by_cohort_and_by_every_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_memory, "st", SimpleNamespace(session_state={}))
    computed: list[tuple[str, Any]] = []

    @session_memory.in_session
    def result(cohort: Cohort, choice: str) -> int:
        computed.append((cohort.fingerprint, choice))
        return len(computed)

    patients = range(3)
    one, other = (SimpleNamespace(fingerprint=name, patients=patients) for name in ("a", "b"))
    assert [result(one, "x"), result(other, "x"), result(one, "y"), result(one, "x")] == [1, 2, 3, 1]
    session_memory.forget()
    assert result(one, "x") == 4


def test_the_fingerprint_is_of_every_byte_and_of_the_matching() -> None:
    one = bytearray(b"patient_id,crp,flag\n" + b"".join(b"P%06d,3,0\n" % i for i in range(120_000)))
    matching = cd.read_cohort(bytes(one[:200])).matching
    prints = {assembling.fingerprint_of(bytes(one), matching, None)}
    for place in (40, len(one) // 4, len(one) // 2 + 1, len(one) - 2):
        other = bytearray(one)
        other[place] ^= 1
        prints.add(assembling.fingerprint_of(bytes(other), matching, None))
    prints.add(assembling.fingerprint_of(bytes(one), replace(matching, rows=matching.rows[1:]), None))
    assert len(prints) == 6


@pytest.mark.parametrize(
    ("field", "value"), [("km_interval", "plain"), ("survival_group", "crp"), ("horizon_months", 20.0)]
)
def test_a_changed_setting_changes_the_result_of_a_page(field: str, value: object) -> None:
    """Nothing that decides a number is a global that the key does not hold."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/survival.py").run()
    before = [one.value for one in app.dataframe]
    app.session_state["settings"] = cd.Settings(**{field: value})
    app.run()
    after = [one.value for one in app.dataframe]
    assert not all(one.equals(other) for one, other in zip(before, after, strict=False))


def test_another_session_may_clear_every_cache_and_no_number_changes() -> None:
    """Fact 12: any page may send clear_cache; what is lost is computed again."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/survival.py").run()
    before = [one.value for one in app.dataframe]
    st.cache_data.clear()
    st.cache_resource.clear()
    app.run()
    assert not app.exception
    assert [one.value.to_csv() for one in app.dataframe] == [one.to_csv() for one in before]


def decorators(text: str) -> list[tuple[str, str]]:
    """Every cache of a source: the function or name, and the call that makes it."""
    found = []
    for node in ast.walk(ast.parse(text)):
        made = []
        if isinstance(node, ast.FunctionDef):
            made = [(node.name, ast.unparse(one)) for one in node.decorator_list]
        elif isinstance(node, ast.Assign):
            made = [(ast.unparse(node.targets[0]), ast.unparse(node.value))]
        found += [one for one in made if "cache_" in one[1] or re.match(r"(functools\.)?(lru_)?cache\b(?!d)", one[1])]
    return found


def test_every_cache_ends_with_its_session_or_holds_no_patient() -> None:
    """Facts 11 and 12 and T-MEM-2, by the source."""
    for path in [*ROOT.glob("app.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("cdanalysis/**/*.py")]:
        name, text = str(path.relative_to(ROOT)).removeprefix("cdanalysis/"), path.read_text(encoding="utf-8")
        assert "cache_resource" not in text, name
        for function, made in decorators(text):
            if "cache_data" in made:
                assert "scope='session'" in made, name
                assert "max_entries=" in made, name
            else:
                assert function in OF_THE_PROCESS.get(name, ()), f"{name} {function}: {made}"


def test_the_core_keeps_nothing_of_a_cohort_between_two_calls() -> None:
    """Fact 12 by the source: what is remembered is in ui/memory/, or in a value that the caller gave."""
    for path in sorted(ROOT.glob("cdanalysis/**/*.py")):
        name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        if name.startswith("cdanalysis/ui/"):
            continue
        assert "weakref" not in text, name
        for node in ast.parse(text).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            assert value is None or ast.unparse(value) not in ("{}", "[]", "set()", "dict()"), f"{name}:{node.lineno}"


def test_a_cohort_with_a_memory_gives_the_numbers_of_one_without() -> None:
    cohort, memory = cd.demo_cohort(), session_memory.Parts(122)
    kept = cohort.with_memory(memory)
    assert cohort.memory is None
    for cutoff in (10, 14, 10):
        settings = cd.Settings(cutoffs=f"crp>{cutoff}")
        ours, theirs = (cd.analyses.predictors(one, settings) for one in (kept, cohort))
        assert [row.label for row in ours.rows] == [row.label for row in theirs.rows]
        for one, other in zip(ours.rows, theirs.rows, strict=True):
            assert (one.n, one.n_events) == (other.n, other.n_events)
            numbers = [
                (row.univariable_p, row.multivariable_p) for row in (one, other)
            ]  # a batch differs in its last digit
            assert numbers[0] == pytest.approx(numbers[1], rel=1e-9, nan_ok=True)
        assert ours.handles[0].logrank == theirs.handles[0].logrank
    assert memory


def test_a_memory_is_emptied_when_it_is_full() -> None:
    parts = session_memory.Parts(10_000_000)
    for place in range(parts.most + 1):
        parts[place] = place
    assert dict(parts) == {parts.most: parts.most}


def test_a_sweep_ends_those_whose_time_is_up_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fact 11 without a browser: the storage is Streamlit's own, its clock is turned on by hand."""
    from streamlit.runtime.memory_session_storage import MemorySessionStorage

    now, ended, states = [0.0], [], {}
    storage = MemorySessionStorage(ttl_seconds=120)
    storage._cache._timer = lambda: now[0]
    for name, time in (("gone", 0.0), ("here", 100.0)):
        now[0] = time
        state = {"cohort": name}
        states[name] = state
        session = SimpleNamespace(id=name, shutdown=lambda name=name: ended.append(name), session_state=state)
        storage.save(SimpleNamespace(session=session))
    instance = SimpleNamespace(_session_mgr=SimpleNamespace(_session_storage=storage))
    monkeypatch.setattr(inside, "runtime", SimpleNamespace(exists=lambda: True, get_instance=lambda: instance))
    now[0] = 119.0
    assert sweep.sweep() == 0
    now[0] = 121.0
    assert sweep.sweep() == 1
    assert ended == ["gone"]
    assert states == {"gone": {}, "here": {"cohort": "here"}}
    assert [info.session.id for info in storage.list()] == ["here"]
