"""The table of facts says what is there: each has a defence, each defence a place in the source and tests that exist."""

from __future__ import annotations

import ast

import pytest
from facts.hostile import ROOT
from facts.table import DEFENCES, FACTS, Defence


def test_each_of_the_fifteen_has_a_defence() -> None:
    assert list(FACTS) == list(range(1, 16))
    assert {one.fact for one in DEFENCES} == set(FACTS)


@pytest.mark.parametrize("defence", DEFENCES, ids=lambda one: f"{one.fact}: {one.what}")
def test_a_defence_stands_once_in_its_file_and_its_tests_exist(defence: Defence) -> None:
    for file, old, new in defence.edits:
        text = (ROOT / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, old
        if file.endswith(".py"):
            ast.parse(text.replace(old, new))
    assert defence.tests
    for test in defence.tests:
        file, name = test.split("::")
        tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test
