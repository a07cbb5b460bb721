"""Many readers at once: 20 sessions that slide on the bundled cohort against one alone, and 100 uploads that are closed.

Loopback only. Bounded: readers, moves and uploads by the arguments, every answer by a minute, all by TIME_LIMIT.
Prints p50 and p95 from the release of the CRP handle until everything that follows it has been sent, errors (must be 0), and
the server's memory before, during and after. `python benchmarks/load.py [readers] [moves] [uploads] [processes]`; with
processes they are served as `make serve` does, behind nginx.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from session import Session, connected

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser.conftest import free_port, wait_until_healthy  # noqa: E402

TIME_LIMIT = 540  # seconds
MOST_READERS, MOST_MOVES, MOST_UPLOADS = 50, 50, 200
SESSION_SECONDS = 5  # the server keeps a closed session this long here; 120 as shipped
WITHIN = 0.20
COLUMNS = "patient_id,crp,tgn,relapse_months,relapse_event,follow_up_months,ward"


@contextmanager
def serving(processes: int) -> Iterator[tuple[str, int]]:
    """The app on a free port of this machine, by itself (0) or as several processes: its address and its process."""
    port = free_port()
    alone = ["-m", "streamlit", "run", "app.py", "--server.port", str(port)]
    several = [".ci/serve/processes.py", "--port", str(port), "--workers", str(processes)]
    named = {**os.environ, "STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": str(SESSION_SECONDS)}
    process = subprocess.Popen(
        [sys.executable, *(several if processes else alone)],
        cwd=ROOT,
        env=named,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        if processes and process.stdout:
            process.stdout.readline()  # until all are ready
        wait_until_healthy(process, f"http://localhost:{port}")
        yield f"http://localhost:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)


def memory_mb(pid: int) -> float:
    """What the server and the processes that it started hold in memory."""
    status = Path(f"/proc/{pid}/status").read_text()
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024 + sum(memory_mb(int(child)) for child in children)


async def arrived(address: str) -> Session:
    """A reader who has opened the Predictors page."""
    reader = await connected(address)
    try:
        await reader.open("predictors")
    except (TimeoutError, OSError) as error:
        reader.errors.append(type(error).__name__)
    reader.errors += [] if reader.handle[0] else ["no handle on the page"]
    return reader


async def slide(reader: Session, moves: int, first: int) -> list[float]:
    """Seconds of each release of the handle by a reader, one after the other; then she leaves."""
    taken: list[float] = []
    try:
        for move in range(moves if reader.handle[0] else 0):
            taken.append(await reader.release(5.0 + ((first + move) * 7 % 60) / 2))
    except (TimeoutError, OSError) as error:
        reader.errors.append(type(error).__name__)
    finally:
        await reader.socket.close()
    return taken


async def sliding(address: str, readers: int, moves: int) -> tuple[list[float], float, list[str]]:
    """All readers at once, when each has her page: the seconds of each release, of all of them together, and the errors."""
    here = await asyncio.gather(*(arrived(address) for _ in range(readers)))
    began = time.perf_counter()
    found = await asyncio.gather(*(slide(reader, moves, 11 * place) for place, reader in enumerate(here)))
    seconds = time.perf_counter() - began
    return [one for taken in found for one in taken], seconds, [error for reader in here for error in reader.errors]


def clinic(number: int, patients: int = 300) -> bytes:
    """A file of about 100 kB that no other reader has, as a text the app can read."""
    lines = [COLUMNS + "".join(f",note_{place}" for place in range(20))]
    lines += [
        f"C{number}-{row},{1 + row * 7 % 60},{100 + row * 13 % 300},{4 + row % 80},{row % 2},{90 + row % 30},w{row % 4}"
        + "".join(f",{number * row % 97 + place:012.3f}" for place in range(20))
        for row in range(patients)
    ]
    return "\n".join(lines).encode()


async def upload_and_leave(address: str, number: int) -> list[str]:
    """A reader who uploads a file, looks at the predictors and closes the tab."""
    reader = await connected(address)
    try:
        await reader.open("")
        await reader.upload(f"clinic-{number}.csv", clinic(number))
        await reader.open("predictors")
    except (TimeoutError, OSError) as error:
        reader.errors.append(type(error).__name__)
    finally:
        await reader.socket.close()
    return reader.errors


def told(name: str, taken: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = sorted(one * 1000 for one in taken)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{name:<24} {len(ordered):4} releases   p50 {statistics.median(ordered):6.0f} ms   p95 {p95:6.0f} ms"


async def uploads_of(address: str, pid: int, n: int) -> tuple[list[str], float]:
    """Uploads one after the other, two readers at a time; the errors, and the most memory held meanwhile."""
    errors, most = [], 0.0
    for first in range(0, n, 2):
        found = await asyncio.gather(*(upload_and_leave(address, number) for number in range(first, min(first + 2, n))))
        errors += [error for one in found for error in one]
        most = max(most, memory_mb(pid))
    return errors, most


async def settled_memory(pid: int) -> float:
    """What is held once every closed session has been swept."""
    await asyncio.sleep(4 * SESSION_SECONDS)
    return memory_mb(pid)


async def measure(address: str, pid: int, readers: int, moves: int, uploads: int) -> int:
    """All of it; 1 if there was an error or the memory did not return."""
    *_, errors = await sliding(address, 1, 3)  # imports and the first answers
    alone, _, more = await sliding(address, 1, moves)
    errors += more
    warm = memory_mb(pid)
    together, seconds, more = await sliding(address, readers, moves)
    errors, slid = errors + more, memory_mb(pid)
    # The first files make the reading itself warm: parsers, their pages of memory.
    more, _ = await uploads_of(address, pid, 10)
    errors, before = errors + more, await settled_memory(pid)
    more, most = await uploads_of(address, pid, uploads)
    errors, after = errors + more, await settled_memory(pid)
    print(told("one reader alone", alone))
    print(told(f"{readers} readers at once", together), f"  {len(together) / seconds:.1f} a second")
    print(f"errors: {len(errors)} {sorted(set(errors))}")
    print(f"memory: {warm:.0f} MB warm, {slid:.0f} MB after the readers")
    print(
        f"{uploads} uploads: {before:.0f} MB before, {most:.0f} MB at most, {after:.0f} MB after ({after / before - 1:+.0%})"
    )
    return int(bool(errors) or after > before * (1 + WITHIN))


def main(readers: int = 20, moves: int = 15, uploads: int = 100, processes: int = 0) -> int:
    """Within the bounds, whatever was asked for."""
    asked = min(readers, MOST_READERS), min(moves, MOST_MOVES), min(uploads, MOST_UPLOADS)
    started = time.perf_counter()
    with serving(processes) as (address, pid):
        code = asyncio.run(asyncio.wait_for(measure(address, pid, *asked), TIME_LIMIT))
    print(f"took {time.perf_counter() - started:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:5])))
