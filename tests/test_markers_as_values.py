"""Nothing but the dictionary, the study's printed results and the readers names a marker in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"(?i)\bcrp\b|crp_|_crp|\btgn\b|tgn_|_tgn|6-tgn")
# What may name them: rows of the dictionary, the readers of files, the printed study, and the link of earlier versions.
MAY = (
    "cdanalysis/dictionary/",
    "cdanalysis/reading/",
    "cdanalysis/sections/reproduction/",
    "cdanalysis/settings/as_text/earlier.py",
)


def product_files() -> Iterator[Path]:
    for path in sorted([*ROOT.glob("app.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("cdanalysis/**/*.py")]):
        if not path.relative_to(ROOT).as_posix().startswith(MAY):
            yield path


def words_in(tree: ast.AST) -> Iterator[str]:
    """Every name and every text of a file that is not a docstring."""
    told = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value
        for field in ("id", "attr", "arg", "name"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield value


def test_no_marker_is_named_in_code() -> None:
    found = {
        f"{path.relative_to(ROOT)}: {word[:60]}"
        for path in product_files()
        for word in words_in(ast.parse(path.read_text(encoding="utf-8")))
        if NAMED.search(word)
    }
    assert found == set()


def test_a_named_marker_would_be_found() -> None:
    source = 'settings.crp_cutoff\nx = "6-TGN"\ndef f(tgn=1):\n    "CRP in a docstring is no code"\n'
    assert sum(bool(NAMED.search(word)) for word in words_in(ast.parse(source))) == 3
