"""Through the blocks of a section, into those that hold others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cdanalysis.sections.parts import Choose, Dial, Folded, Form, LookCloser, SideBySide, Tabs

MOST_OPTIONS = 2


def walked(blocks: Iterable[object], *, n_patients: int = 0) -> Iterator[object]:
    """Every block that a section shows; n_patients: of so many at most, those too that a reader opens."""
    for block in blocks:
        yield block
        for inner in _shown(block) if not n_patients else (*_shown(block), *_opened(block, n_patients)):
            yield from walked(inner, n_patients=n_patients)


def _shown(block: object) -> Iterator[Iterable[object]]:
    if isinstance(block, SideBySide):
        yield from block.columns
    elif isinstance(block, Tabs):
        yield from block.by_name.values()
    elif isinstance(block, Folded):
        yield block.blocks


def _opened(block: object, n_patients: int) -> Iterator[Iterable[object]]:
    if isinstance(block, Choose):
        yield from map(block.blocks, list(block.options)[:MOST_OPTIONS])
    elif isinstance(block, Dial | Form):
        yield block.at_start
    elif isinstance(block, LookCloser):
        yield from (part.blocks for part in block.parts if part.slow_beyond > n_patients)
