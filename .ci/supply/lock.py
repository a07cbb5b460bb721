"""Locks for this machine: every package that requirements.txt brings, its version and the SHA-256 of its file.

    python .ci/supply/lock.py [requirements.txt]          prints the lock of the Python that runs it
    python .ci/supply/lock.py --name                      prints its name: .ci/supply/<system>-<machine>-py<version>.txt

pip itself resolves (the newest of the ranges); `make lock` writes the lock of every tested Python it finds, and `make run` and
`make test` install from it where there is one. A lock holds the files of one kind of machine, hence its name.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def name_of_lock() -> str:
    """Where the lock of this Python on this kind of machine is."""
    kind = f"{platform.system()}-{platform.machine()}".lower()
    return f".ci/supply/{kind}-py{sys.version_info.major}.{sys.version_info.minor}.txt"


def lock_of(report: dict[str, object]) -> str:
    """The lock's text from pip's report of what it would install; sorted, so that two locks can be compared."""
    lines = [_line(one) for one in report["install"]]  # type: ignore[union-attr]
    head = f"# Made by `make lock` from requirements.txt for Python {platform.python_version()}; do not edit.\n"
    return head + "".join(sorted(lines))


def _line(one: dict[str, dict[str, object]]) -> str:
    digest = one["download_info"]["archive_info"]["hashes"]["sha256"]  # type: ignore[index]
    name = re.sub(r"[-_.]+", "-", str(one["metadata"]["name"])).lower()
    return f"{name}=={one['metadata']['version']} --hash=sha256:{digest}\n"


def resolved(requirements: str) -> dict[str, object]:
    """What pip would install of a file of requirements into an empty environment."""
    asked = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed",
             "--only-binary", ":all:", "--no-binary", "autograd-gamma", "--report", "-", "-r", requirements]  # fmt: skip
    return json.loads(subprocess.run(asked, check=True, stdout=subprocess.PIPE).stdout)


if __name__ == "__main__":
    if sys.argv[1:] == ["--name"]:
        print(name_of_lock())
    else:
        print(lock_of(resolved(sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "requirements.txt"))), end="")
