"""Every page says how to read it, and every control says in one sentence what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from page_tables import with_open_groups
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from cdanalysis.demo import demo_cohort
from cdanalysis.settings import Settings
from cdanalysis.ui.cohort_page import home
from cdanalysis.ui.shell import frame, menu

ROOT = Path(__file__).parents[2]
NO_CONTROLS = {"component", "page_link"}  # the figures' own controls carry titles of their own (assets/)


def opened(name: str, **query: str) -> AppTest:
    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60))
    for field, value in query.items():
        app.query_params[field] = value
    return (app if name == "app.py" else app.switch_page(name)).run()


def controls(block: Any) -> list[Any]:
    """Every element that has an identity, as only widgets and buttons do."""
    found = []
    for child in block.children.values():
        if isinstance(child, Block):
            found += controls(child)
        elif getattr(child, "proto", None) is not None and child.type not in NO_CONTROLS:
            proto = getattr(child.proto, child.type, child.proto) if child.type in {"download_button"} else child.proto
            if getattr(proto, "id", "") and "help" in {field.name for field in proto.DESCRIPTOR.fields}:
                found.append(proto)
    return found


def how_to_read(app: AppTest) -> str:
    """The text behind a page's "How to read this"."""
    (popover,) = app.get("popover")
    return popover.markdown[0].value


@pytest.mark.parametrize("page", frame.MENU, ids=lambda page: page.path)
def test_every_page_says_how_to_read_it(page: menu.Page) -> None:
    app = opened(page.path)
    assert app.title[0].value == (
        home.heading(demo_cohort()) if page.path == "app.py" else menu.title_of(page, demo_cohort(), Settings())
    )
    assert 150 < len(how_to_read(app)) < 520


def test_no_page_says_what_another_says() -> None:
    told = [how_to_read(opened(page.path)) for page in frame.MENU]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("name", [page.path for page in frame.MENU])
def test_every_control_says_what_it_does_in_a_sentence(name: str) -> None:
    app = opened(name, relapse_definition="custom")
    found = [proto for root in (app.main, app.sidebar) for proto in controls(root)]
    assert found
    silent = [proto.label for proto in found if not proto.help.strip()]
    assert silent == []
    assert [
        proto.help for proto in found if not 10 < len(proto.help) < 140 or not proto.help.strip().endswith(".")
    ] == []
