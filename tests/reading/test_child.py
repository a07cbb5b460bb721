"""The child process that parses: its limits, its death as a sentence, and nothing of a file on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from corpus.builders import FLAT, table, workbook

import cdanalysis as cd
from cdanalysis.reading.bytes import child, parser

BOOK = workbook({"patients": FLAT})


def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Another program in the parser's place."""
    path = tmp_path / "parser.py"
    path.write_text(program)
    monkeypatch.setattr(child, "PARSER", path)


@pytest.mark.parametrize(
    "program",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os; os.abort()",
        "import sys; sys.exit(3)",
        "print('\"end\"' [:3])",
        'print(\'{"name": "patients", "visible": true}\')',  # half an answer
        "",
    ],
)
def test_the_death_of_the_child_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    instead(tmp_path, monkeypatch, program)
    with pytest.raises(cd.CohortError, match="could not be read: its reader"):
        cd.read_cohort(BOOK)


def test_a_child_that_does_not_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(tmp_path, monkeypatch, "while True: pass")
    with pytest.raises(cd.CohortError, match="could not be read"):
        child.parse("zip", BOOK, seconds=0.3)


def test_a_python_that_cannot_be_started_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(cd.CohortError, match="could not be read"):
        cd.read_cohort(BOOK)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps every limit")
def test_the_child_may_not_take_the_memory_that_a_reader_would_take() -> None:
    """What the budget did not see is caught by the limits: 3 GB are refused, and no core file is left."""
    program = f"""
import runpy
parser = runpy.run_path({parser.__file__!r})
parser["_limit"]()
import resource
assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
assert resource.getrlimit(resource.RLIMIT_CPU)[0] == {parser.CPU_SECONDS}
try:
    bytearray(3_000_000_000)
except MemoryError:
    print("refused")
"""
    done = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "refused\n"


def test_a_system_without_limits_reads_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """As on Windows, which has no `resource`."""
    program = f"import sys; sys.modules['resource'] = None; sys.path.insert(0, {str(Path(parser.__file__).parent)!r})\n"
    instead(tmp_path, monkeypatch, program + f"import runpy; runpy.run_path({parser.__file__!r}, run_name='__main__')")
    assert len(cd.read_cohort(BOOK).patients) == len(FLAT) - 1


def test_the_bytes_of_a_file_are_never_on_the_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever the child opens for writing, makes or removes is a failure; every kind of file is read so."""
    from corpus.builders import ods, statistical, xls

    files = (BOOK, xls(), ods(), statistical("sav"), statistical("dta"), table())
    hook = """
import sys
sys.dont_write_bytecode = True  # of a fresh tree, whose modules no child has imported before
def watch(event, args):
    writes = event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+")
    if writes or event in ("os.mkdir", "os.remove", "os.rename", "tempfile.mkstemp", "tempfile.mkdtemp", "socket.connect"):
        import os
        os._exit(9)
sys.addaudithook(watch)
"""
    instead(tmp_path, monkeypatch, hook + f"import runpy; runpy.run_path({parser.__file__!r}, run_name='__main__')")
    for content in files:
        assert len(cd.read_cohort(content).patients) == len(FLAT) - 1


def test_macros_and_links_are_never_run_and_no_import_of_the_statistics_is_needed() -> None:
    """The child knows no pandas: what a file could reach there is small."""
    program = f"""
import io, json, runpy, sys
sys.stdin = io.TextIOWrapper(io.BytesIO(open(0, "rb").read()))
parser = runpy.run_path({parser.__file__!r})
parser["main"]("zip")
sys.stdout.flush()
print(json.dumps([name in sys.modules for name in ("pandas", "scipy", "streamlit", "socket")]))
"""
    done = subprocess.run([sys.executable, "-I", "-c", program], input=BOOK, capture_output=True, check=True)
    assert done.stdout.splitlines()[-1] == b"[false, false, false, false]"


def test_more_than_the_most_is_never_taken_from_a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever took over the child cannot fill the server's memory either; the same answer within the bound is taken."""
    path = tmp_path / "parser.py"
    path.write_text(
        'print(\'{"name": "patients"}\')\nfor number in range(200):\n    print(f\'[[{number}, "{"x" * 100}"]]\')\n'
        "print('\"end\"')\n".replace('{"x" * 100}', "x" * 100)
    )
    monkeypatch.setattr(child, "PARSER", path)
    assert len(child.parse("zip", b"")[0].rows) == 200
    monkeypatch.setattr(child, "MOST_TOLD", 5_000)
    with pytest.raises(cd.CohortError, match="could not be read"):
        child.parse("zip", b"")
