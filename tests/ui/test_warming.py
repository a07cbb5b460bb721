"""Before the first reader comes every module that a page imports is loaded, and the bundled cohort is read."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
WARM = """
import sys
from cdanalysis.ui.server import warming
warming.warm()
from cdanalysis.demo import demo_cohort
print(demo_cohort.cache_info().currsize)
print(*[name for name in sys.modules if name.startswith("cdanalysis")])
"""


def imported_by_pages() -> set[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in [ROOT / "app.py", *ROOT.glob("pages/*.py")]]
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = {f"{node.module}.{alias.name}" for node in nodes for alias in node.names} | {node.module for node in nodes}
    return {name for name in names if (ROOT / f"{name.replace('.', '/')}.py").exists()}


def test_every_module_of_a_page_is_loaded_before_anybody_comes() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WARM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    n_cohorts, loaded = done.stdout.splitlines()[-2:]
    wanted = imported_by_pages() - {"cdanalysis.ui.server.server"}
    assert "cdanalysis.sections.safety.section" in wanted
    assert wanted <= set(loaded.split())
    assert n_cohorts == "1"
