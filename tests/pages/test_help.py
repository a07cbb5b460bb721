"""Every page says how to read it, and every control says in one sentence what it does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from cdanalysis import wording
from cdanalysis.ui.shell import frame

ROOT = Path(__file__).parents[2]
NO_CONTROLS = {"component", "page_link"}  # the figures' own controls carry titles of their own (assets/)


def opened(name: str, **query: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
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


@pytest.mark.parametrize(("name", "title"), [(page, title) for page, title, _ in frame.MENU])
def test_every_page_says_how_to_read_it(name: str, title: str) -> None:
    app = opened(name)
    assert app.title[0].value == title
    text = wording.HOW_TO_READ[title]
    assert text in [one.value for one in app.markdown]
    assert 150 < len(text) < 520


@pytest.mark.parametrize("name", [page for page, _, _ in frame.MENU])
def test_every_control_says_what_it_does_in_a_sentence(name: str) -> None:
    app = opened(name, relapse_definition="custom")
    found = [proto for root in (app.main, app.sidebar) for proto in controls(root)]
    assert found
    silent = [proto.label for proto in found if not proto.help.strip()]
    assert silent == []
    assert [
        proto.help for proto in found if not 10 < len(proto.help) < 140 or not proto.help.strip().endswith(".")
    ] == []
