"""Writes every number, title, alt text and sentence that the pages and their parts show to one JSON, to compare two states.

python tests/snapshot.py before.json               the bundled cohort; with ../shared/golden/real beside it those five too
python tests/snapshot.py after.json before.json    and what differs from an earlier one

What differs is a fault, or it is named in CHANGELOG.md. It takes some minutes and is no test.
"""

from __future__ import annotations

import json
import logging
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
REAL = ROOT.parent / "shared" / "golden" / "real"
FILES = ("spss72.csv", "breast_firth.csv", "hmp2_baseline.csv", "hmp2_followup.csv", "thiomon.csv")
DIGITS = 9


def main(path: str, earlier: str = "") -> None:
    """Write the snapshot, and print what differs from an earlier one."""
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    found = dict(_all())
    Path(path).write_text(json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False), encoding="utf-8")
    print(f"{len(found)} entries written to {path}")
    if earlier:
        before = json.loads(Path(earlier).read_text(encoding="utf-8"))
        for key in sorted(before.keys() | found.keys()):
            if before.get(key) != found.get(key):
                print(f"{key}: {_first_difference(before.get(key), found.get(key))}")


def _all() -> Iterator[tuple[str, Any]]:
    import cdanalysis as cd

    cohorts = {"bundled": None}
    for name in FILES:
        if (REAL / name).is_file():
            try:
                cohorts[name] = cd.read_cohort(REAL / name)
            except cd.CohortError as refusal:
                yield f"{name}/refused", str(refusal)
    for name, cohort in cohorts.items():
        for number, query in enumerate(_two_settings()):
            yield from _of_one(f"{name}/{number}", cohort, query)


def _two_settings() -> tuple[dict[str, str], dict[str, str]]:
    return {}, {
        "crp_cutoff": "14",
        "survival_group": "location",
        "km_interval": "log",
        "ties": "breslow",
        "clock": "naive",
    }


def _of_one(name: str, cohort: Any, query: dict[str, str]) -> Iterator[tuple[str, Any]]:
    from cdanalysis.ui.shell import frame

    for page in (one.path for one in frame.MENU):
        app = _page(page, cohort, query)
        texts = [one.value for kind in ("markdown", "caption", "warning", "info") for one in app.get(kind)]
        yield f"{name}/{page}/texts", texts
        yield f"{name}/{page}/exceptions", [one.value for one in app.exception]
    app = _page("pages/report.py", cohort, query)
    if not app.button:
        return
    app.radio(key="bundle-for").set_value("me").run()
    app.button(key="make-bundle").click().run()
    kept = app.session_state["bundle"].kept
    for figure in (one.block for one in kept.figures.values()):
        yield (
            f"{name}/figure/{figure.id}",
            {"alt": figure.alt, "spec": _rounded(figure.spec), "live": _rounded(figure.handle and figure.handle.whole)},
        )
    for table in (one.block for one in kept.tables.values()):
        yield f"{name}/table/{table.id}/words", [table.title, table.footnote, table.convention]
        for kind, frame_ in (("shown", table.shown), ("numbers", table.numbers)):
            if frame_ is not None:
                yield f"{name}/table/{table.id}/{kind}", _rounded(frame_.astype(object).to_dict("split"))
    yield f"{name}/left out", list(kept.left_out)


def _page(page: str, cohort: Any, query: dict[str, str]) -> Any:
    from page_tables import with_open_groups
    from streamlit.testing.v1 import AppTest

    app = with_open_groups(AppTest.from_file(str(ROOT / "app.py"), default_timeout=600))
    if cohort is not None:
        app.session_state["cohort"] = cohort
    for field, value in query.items():
        app.query_params[field] = value
    return (app if page == "app.py" else app.switch_page(page)).run()


def _rounded(value: Any) -> Any:
    """The same as plain JSON, numbers to nine significant digits."""
    if isinstance(value, dict):
        return {str(key): _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        return [_rounded(one) for one in value] if not hasattr(value, "tolist") else _rounded(value.tolist())
    if isinstance(value, float):
        return f"{value:.{DIGITS}g}"
    return value if isinstance(value, bool | int | str | None) else str(value)


def _first_difference(before: Any, after: Any) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                return f"{key}: {_first_difference(before.get(key), after.get(key))}"
    if isinstance(before, list) and isinstance(after, list):
        for one, other in zip(before, after, strict=False):
            if one != other:
                return _first_difference(one, other)
        return f"{len(before)} entries, now {len(after)}"
    return f"{str(before)[:200]!r}, now {str(after)[:200]!r}"


if __name__ == "__main__":
    main(*sys.argv[1:])
