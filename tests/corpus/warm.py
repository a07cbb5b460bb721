"""The parser's program kept warm: it is started once and forks for every file, which costs a tenth of a new Python each.

The same code under the same limits, and a process for each file as in production; only the start is shared. The real start
is tested by reading/test_child.py and pages/test_corpus_page.py. Where the system cannot fork, the real one is used.
"""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from threading import Lock
from typing import Any

import pytest

from cdanalysis.reading.bytes import child

PARSER = str(child.PARSER)  # a test may put another program in its place
ASKED, ANSWERED = struct.Struct("<16sQ"), struct.Struct("<iQ")  # kind and length; exit code and length
SERVE = f"""
import importlib, io, os, runpy, struct, sys, types
asked, answered = struct.Struct({ASKED.format!r}), struct.Struct({ANSWERED.format!r})
parser = runpy.run_path({PARSER!r})
for name, folder in (("cdanalysis", parser["READING"].parent), ("cdanalysis.reading", parser["READING"])):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [str(folder)]
for name in ("errors", "reading.bytes.formats", "reading.bytes.workbook", "reading.bytes.statistical"):
    module = importlib.import_module("cdanalysis." + name)
for kind in module.STATISTICAL:  # a first reading loads what the library loads late
    try:
        list(module.read_statistical(kind, b"nothing"))
    except Exception:
        continue

def parse(kind, content, out):
    sys.stdin, sys.stdout = io.TextIOWrapper(io.BytesIO(content)), io.TextIOWrapper(os.fdopen(out, "wb"))
    try:
        parser["main"](kind)
        sys.stdout.flush()
        os._exit(0)
    except BaseException:
        os._exit(3)

while head := sys.stdin.buffer.read(asked.size):
    kind, size = asked.unpack(head)
    content = sys.stdin.buffer.read(size)
    back, out = os.pipe()
    number = os.fork()
    if not number:
        os.close(back)
        parse(kind.rstrip(bytes(1)).decode(), content, out)
    os.close(out)
    with os.fdopen(back, "rb") as pipe:
        said = pipe.read()
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    sys.stdout.buffer.write(answered.pack(code, len(said)) + said)
    sys.stdout.buffer.flush()
"""


class Warm:
    """The program that forks for every file, started for the first; one file at a time."""

    def __init__(self) -> None:
        self._turn = Lock()

    @cached_property
    def process(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-I", "-c", SERVE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **child.THREADS},
        )

    def answer(self, kind: str, content: bytes) -> tuple[int, bytes]:
        """How a parser of such a file ends, and what it tells."""
        with self._turn:
            asking, answering = self.process.stdin, self.process.stdout
            asking.write(ASKED.pack(kind.encode(), len(content)) + content)
            asking.flush()
            code, size = ANSWERED.unpack(answering.read(ANSWERED.size))
            return code, answering.read(size)

    def end(self) -> None:
        if "process" in vars(self):
            with self.process:
                self.process.kill()


class Asked(io.BytesIO):
    """What is written to a parser: it is asked when that is all."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self._parser = parser

    def close(self) -> None:
        if not self.closed:
            self._parser.hear(self.getvalue())
        super().close()


class Parser:
    """In the place of `Popen` in child.py: answers as a new parser would."""

    def __init__(self, warm: Warm, kind: str) -> None:
        self.stdin, self.stdout, self.returncode = Asked(self), io.BytesIO(), 0
        self._warm, self._kind = warm, kind

    def hear(self, content: bytes) -> None:
        self.returncode, said = self._warm.answer(self._kind, content)
        self.stdout = io.BytesIO(said)

    def kill(self) -> None:
        """It has ended already."""

    def __enter__(self) -> Parser:
        return self

    def __exit__(self, *_: object) -> None:
        self.stdin.close()


@contextmanager
def warm_parser() -> Iterator[None]:
    """Every file that is parsed inside is parsed by a fork of one warm program."""
    if not hasattr(os, "fork"):
        yield
        return
    warm = Warm()

    def opened(command: list[str], **given: Any) -> Parser | subprocess.Popen[bytes]:
        return Parser(warm, command[-1]) if command[-2] == PARSER else subprocess.Popen(command, **given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(child, "Popen", opened)
        try:
            yield
        finally:
            warm.end()
