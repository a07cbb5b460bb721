"""What is not at its default is listed in the sidebar, in words, and goes back alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.settings import Settings
from cdanalysis.ui.widgets.side.changed import changes

ROOT = Path(cd.__file__).parents[1]
CHANGED = Settings(
    relapse_definition="cdai", landmark_week=12, show_interval=False, outcome="surgery", survival_group="sex",
    handles="esr,age", cutoffs="crp>14,esr>=30", second_cutoffs="crp=20", patients="sex=male",
)  # fmt: skip
IN_WORDS = {
    "Relapse: CDAI only": {"relapse_definition": "study"},
    "Responders at week: 12": {"landmark_week": 24},
    "Show the interval: off": {"show_interval": True},
    "Outcome: Surgery": {"outcome": "relapse"},
    "Groups: Male sex": {"survival_group": ""},
    "Markers with a slider": {"handles": Settings().handles},
    "CRP cut-off: > 14": {"cutoffs": "esr>=30"},
    "ESR cut-off: ≥ 30": {"cutoffs": "crp>14"},
    "CRP second cut-off: 20": {"second_cutoffs": ""},
    "Who is analysed": {"patients": ""},
}


def test_every_choice_that_was_changed_is_one_line_in_words() -> None:
    assert {one.words for one in changes(cd.demo_cohort(), CHANGED)} == set(IN_WORDS)
    assert not list(changes(cd.demo_cohort(), Settings()))


@pytest.mark.parametrize("words", IN_WORDS)
def test_a_line_takes_back_its_own_choice_and_no_other(words: str) -> None:
    (line,) = (one for one in changes(cd.demo_cohort(), CHANGED) if one.words == words)
    differing = {name: value for name, value in vars(line.without).items() if value != getattr(CHANGED, name)}
    assert differing == IN_WORDS[words]


def test_a_press_on_a_line_takes_it_back_and_the_last_line_goes() -> None:
    page = AppTest.from_file(f"{ROOT}/app.py", default_timeout=60)
    page.session_state["settings"] = Settings(landmark_week=12, ties="breslow")
    page.switch_page("pages/baseline.py").run()
    (line,) = (button for button in page.button if button.label == "Responders at week: 12")
    line.click().run()
    assert page.session_state["settings"] == Settings(ties="breslow")
    assert [button.label for button in page.button if str(button.key).startswith("undo-")] == ["Tied times: Breslow"]
    page.button("undo-0").click().run()
    assert page.session_state["settings"] == Settings()
    assert not [button for button in page.button if str(button.key).startswith("undo-")]
