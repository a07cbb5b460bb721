"""How long each page's first view and each part behind it takes to compute: CPU seconds of one process, with what the page shares.

    python benchmarks/opening/parts.py [file] [setting=value ...]

Without a file the bundled cohort. A result that the page has already is not computed again, as in a session; every choice of a
part is opened at its first option, and what takes long and is asked for by a switch is opened too, and marked. Wall time is left
out: others may use the machine. What is over 3 seconds and says nothing meanwhile is marked with an exclamation mark.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import cdanalysis as cd  # noqa: E402
from cdanalysis import sections  # noqa: E402
from cdanalysis.sections import parts  # noqa: E402
from cdanalysis.ui.memory.session_memory import Parts  # noqa: E402

LIMIT = 3.0
Take = Callable[[str, bool, Iterable[Any]], None]


class Recall:
    """Remembers as a session does, by the pipeline and what it is given."""

    def __init__(self) -> None:
        self.kept: dict[Any, Any] = {}
        self.waited = False

    def __call__(self, pipeline: Callable[..., Any], *given: Any, waiting: str = "") -> Any:
        self.waited |= bool(waiting)
        key = (pipeline, *(getattr(one, "fingerprint", one) for one in given))
        if key not in self.kept:
            self.kept[key] = pipeline(*given)
        return self.kept[key]


def walk(name: str, found: Iterable[Any], recall: Recall, says: bool = False) -> None:
    """Go through the blocks and tell what each view took; says: whether the page says that it computes."""
    inside: list[tuple[str, Iterable[Any], bool]] = []
    recall.waited, started = False, process_time()
    _through(name, found, inside)
    seconds = process_time() - started
    silent = seconds > LIMIT and not (says or recall.waited)
    print(
        f"{'!' if silent else ' '} {seconds:7.2f} s  {name}{'  (says that it waits)' if says or recall.waited else ''}"
    )
    for title, blocks, waits in inside:
        walk(title, blocks, recall, waits)


def _through(name: str, found: Iterable[Any], inside: list[tuple[str, Iterable[Any], bool]]) -> None:
    """What is seen at once is gone through; what opens on demand is left for later."""
    for block in found:
        if isinstance(block, parts.LookCloser):
            inside += [(f"{name} / {one.title}", one.blocks, bool(one.waiting or one.long_run)) for one in block.parts]
        elif isinstance(block, parts.LongRun):
            inside.append((f"{name} / [{block.label}]", block.blocks, False))
        for blocks in _seen(block):
            _through(name, blocks, inside)


def _seen(block: Any) -> Iterable[Iterable[Any]]:
    """The blocks that are seen with one that holds others."""
    if isinstance(block, parts.Choose):
        return (block.blocks(next(iter(block.options)) if block.start is None else block.start),)
    if isinstance(block, parts.Dial):
        return (block.blocks(block.start),)
    if isinstance(block, parts.SideBySide):
        return block.columns
    if isinstance(block, parts.Tabs):
        return tuple(block.by_name.values())
    return (block.blocks,) if isinstance(block, parts.Folded) else ()


def main(given: list[str]) -> None:
    """Every section of the cohort."""
    files = [one for one in given if "=" not in one]
    settings, dropped = cd.Settings.from_query(dict(one.split("=", 1) for one in given if "=" in one))
    assert not dropped, dropped
    cohort = cd.read_cohort(Path(files[0]), file_name=files[0]) if files else cd.demo_cohort()
    cohort, recall = cohort.with_memory(Parts(len(cohort.patients))), Recall()
    for name in sections.NAMES:
        if files and name == "reproduction":
            continue  # of the bundled study's own results
        walk(name, sections.named(name)(cohort, settings, recall), recall)


if __name__ == "__main__":
    main(sys.argv[1:])
