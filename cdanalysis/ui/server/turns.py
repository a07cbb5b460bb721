"""One page at a time is computed: of those that wait, the first that came.

Python computes in one thread at once, and twenty that compute at the same time hand the interpreter to each other every few
milliseconds: together they took 1.6 times what they take one after the other, and everybody waited for everybody. A
computation that lasts longer than LONGEST_SECONDS no longer keeps the others waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

LONGEST_SECONDS = 0.5


class Turns:
    """The line of those that compute or wait to: its first computes, with whoever took longer than `longest` seconds."""

    def __init__(self, longest: float = LONGEST_SECONDS) -> None:
        self._longest = longest
        self._line: list[object] = []
        self._moved = Condition()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, and give it back at the end."""
        mine = object()
        try:
            self._wait(mine)
            yield
        finally:  # also of one that was ended while it waited
            with self._moved:
                self._leave(mine)

    def __len__(self) -> int:
        return len(self._line)

    def _wait(self, mine: object) -> None:
        with self._moved:
            self._line.append(mine)
            while (first := self._line[0]) is not mine:
                if not self._moved.wait(self._longest) and self._line[0] is first:
                    self._leave(first)

    def _leave(self, one: object) -> None:
        if one in self._line:
            self._line.remove(one)
            self._moved.notify_all()
