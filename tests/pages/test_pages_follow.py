"""Pages follow the cohort: titles, menu, parts and sentences name her outcome, and what a page cannot do without is said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

import pytest
from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest

import cdanalysis as cd
from cdanalysis.sections import named
from cdanalysis.sections.blocks import Figure, Looked, Sentence, Table
from cdanalysis.sections.parts import Block, Choose, Dial, Folded, Form, LookCloser, SideBySide, Tabs
from tests.facts.hostile import ROOT

N = 40
ROWS = "".join(f"P{i},{i % 7},{(i * 5) % 11},{i % 2},{3 + i % 20},{int(i % 3 == 0)}\n" for i in range(N))
DEATHS = f"id,ferritin,albumin (g/L),sex_male,death_months,death\n{ROWS}".encode()


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """Everything that a section says, in its parts too."""
    for block in blocks:
        if isinstance(block, Figure):
            yield from (block.id, block.alt, json.dumps(block.spec, default=str))
            yield json.dumps(block.handle.whole, default=str) if block.handle else ""
        elif isinstance(block, Table):
            yield f"{block.id} {block.title} {block.footnote} {block.shown.to_csv()}"
        elif isinstance(block, LookCloser | Choose | Dial | Form | SideBySide | Tabs | Folded):
            for inside in within(block):
                yield from texts(inside)
        elif not isinstance(block, Looked):
            yield (
                getattr(block, "text", "") or getattr(block, "reason", "") or (block if isinstance(block, str) else "")
            )


def within(block: LookCloser | Choose | Dial | Form | SideBySide | Tabs | Folded) -> Iterator[Iterable[Block]]:
    """The blocks inside a block, what is said of each first."""
    if isinstance(block, LookCloser):
        for part in block.parts:
            yield (Sentence(f"{part.title} {part.about}"),)
            yield part.blocks
    elif isinstance(block, Choose):
        yield (Sentence(f"{block.label} {block.about}"),)
        yield block.blocks(next(iter(block.options)))
    elif isinstance(block, Form):
        yield tuple(Sentence(f"{one.label} {one.about}") for one in block.fields)
        yield block.at_start
    elif isinstance(block, Dial):
        yield (Sentence(f"{block.label} {block.about}"),)
        yield block.at_start
    elif isinstance(block, SideBySide | Tabs):
        yield from block.columns if isinstance(block, SideBySide) else block.by_name.values()
    else:
        yield block.blocks


@pytest.mark.parametrize("section", ["flow", "baseline", "survival", "predictors", "cutoffs"])
def test_nothing_says_relapse_where_the_outcome_is_death(section: str) -> None:
    cohort = cd.read_cohort(DEATHS)
    settings = cd.Settings(survival_group="ferritin", baseline_group="relapse")
    said = [text for text in texts(named(section)(cohort, settings)) if not text.startswith("Not for this outcome")]
    assert any("death" in text.lower() for text in said)
    assert not [text[:200] for text in said if "relapse" in text.lower() and "Followed for" not in text]


def app(page: str, content: bytes = DEATHS, **query: str) -> AppTest:
    found = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=120))
    found.session_state["cohort"] = cd.read_cohort(content)
    for name, value in query.items():
        found.query_params[name] = value
    found = found.run() if page == "app.py" else found.switch_page(page).run()
    assert not found.exception
    return found


def links(found: AppTest) -> dict[str, str]:
    """The entries of the menu with what each would need."""
    return {one.proto.label: one.proto.help for one in found.sidebar.get("page_link")}


def test_the_menu_names_the_outcome_and_greys_what_the_cohort_cannot_use() -> None:
    menu = links(app("app.py"))
    assert menu["Predictors of death"] == ""
    assert menu[":gray[Endoscopy]"].startswith("Needs a sheet endoscopy")
    assert menu[":gray[Response and remission]"].startswith("Needs visits with a disease index")
    assert not [label for label in menu if "relapse" in label]


@pytest.mark.parametrize(
    ("page", "needed"), [("induction", "visits with a disease index"), ("safety", "a sheet adverse\\_events")]
)
def test_a_page_that_the_cohort_cannot_use_says_what_it_would_need_and_nothing_else(page: str, needed: str) -> None:
    found = app(f"pages/{page}.py")
    assert [one.value for one in found.info if needed in one.value]
    assert not found.warning
    assert not found.main.selectbox


def test_without_an_outcome_the_curves_say_so_and_that_questions_are_open() -> None:
    found = app("pages/survival.py", DEATHS.replace(b"death_months", b"time"))
    assert "Questions on the Cohort page are still open" in found.info[0].value
    assert found.info[0].value.startswith("This page needs an outcome that can be used; no patient has both a time and")


def test_an_outcome_is_chosen_joined_and_named_in_the_set_up() -> None:
    found = app("app.py", DEATHS.replace(b"death_months,death", b"colectomy_months,colectomy"), outcome="colectomy")
    assert found.selectbox(key="setting-outcome").options == ["Colectomy"]
    found.text_input(key="setting-outcome_noun").set_value("operation").run()
    assert "Predictors of operation" in links(found)


def test_the_first_of_two_outcomes_is_chosen_in_the_set_up() -> None:
    rows = "".join(f"P{i},{i},{i + 1},{i % 2},{i + 2},{i % 3 // 2}\n" for i in range(20))
    found = app("app.py", f"id,x,flare_months,flare,death_months,death\n{rows}".encode())
    assert found.selectbox(key="setting-outcome").options == ["Flare", "Death"]
    assert found.multiselect(key="outcome-further").options == ["Death"]
    found.multiselect(key="outcome-further").set_value(["death"]).run()
    assert "Predictors of flare or death" in links(found)
    found.selectbox(key="setting-outcome").set_value("death").run()
    assert "Predictors of death" in links(found)


def test_definitions_of_what_cannot_be_derived_are_not_asked_for() -> None:
    found = app("pages/predictors.py")
    keys = {one.key for one in found.sidebar.selectbox}
    assert not {"setting-relapse_definition", "setting-response_definition", "setting-clock"} & keys
    assert "setting-outcome" in keys


def test_who_is_analysed_is_chosen_with_counts_and_stands_in_the_link() -> None:
    found = app("pages/survival.py")
    found.multiselect(key="selection-columns").set_value(["ferritin"]).run()
    found.number_input(key="selection-ferritin->=").set_value(3.0).run()
    assert found.session_state["settings"].patients == "ferritin>=3"
    kept = sum(i % 7 >= 3 for i in range(N))
    assert f"**{kept} of {N} patients** meet the conditions." in [one.value for one in found.sidebar.caption]
    assert found.query_params["patients"] in ("ferritin>=3", ["ferritin>=3"])
    assert any(f"{kept} patients are analysed" in one.value for one in found.main.caption)
    found.multiselect(key="selection-columns").set_value([]).run()
    assert found.session_state["settings"].patients == ""


def test_conditions_that_nobody_meets_are_said_and_taken_away_by_a_press() -> None:
    found = app("pages/survival.py", patients="ferritin>=100")
    assert "0 patients meet the conditions" in found.info[0].value
    found.button(key="everybody").click().run()
    assert not found.exception
    assert found.session_state["settings"].patients == ""
