"""A patient's timeline on the page: chosen by a click or in the box, in the session only."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cdanalysis.sections.blocks import Figure
from cdanalysis.ui.widgets import show

ROOT = Path(__file__).parents[2]


def survival_page() -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.session_state["look-closer"] = "Each patient"
    return app.switch_page("pages/survival.py").run()


def test_the_box_chooses_whose_timeline_is_shown_and_the_link_does_not_say_whose() -> None:
    app = survival_page()
    assert not app.exception
    assert any(one.value.startswith("Patient 1: ") for one in app.markdown)
    app.selectbox(key="timeline-of-lane").set_value(5).run()
    assert any(one.value.startswith("Patient 5: ") for one in app.markdown)
    assert not {name: value for name, value in app.query_params.items() if "imeline" in f"{name}{value}"}
    assert "SYN-" not in str(dict(app.query_params))


def test_a_click_chooses_in_the_session_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, object] = {}
    monkeypatch.setattr(show.st, "session_state", session)
    act = show._picking(Figure("lanes", {}, "", chooses="timeline-of-lane"))
    assert act is not None
    act(7)
    assert session == {"timeline-of-lane": 7}
    assert show._picking(Figure("lanes", {}, "")) is None
