"""A software bill of materials (CycloneDX 1.6, JSON) of a lock: every package, its version, hash and licence; and of plotly.js.

    python .ci/supply/sbom.py [lock] > sbom.json          `make sbom`

Licences are what the installed packages say of themselves; one that is not installed here has none and is told apart.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import uuid
from hashlib import sha256
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+) --hash=sha256:(?P<digest>[0-9a-f]{64})")
UNKNOWN = "not installed here"


def components(lock: str) -> list[dict[str, Any]]:
    """A component a package of the lock."""
    return [_component(**found.groupdict()) for found in map(PINNED.fullmatch, lock.splitlines()) if found]


def brought_along() -> dict[str, Any]:
    """The component of the script that is no package: the part of plotly.js in assets/, as its npm package has it."""
    version = re.search(r'VERSION = "([\d.]+)"', (ROOT / "cdanalysis/ui/server/plotly_part.py").read_text())
    content = gzip.decompress((ROOT / "assets/plotly-cartesian.min.js.gz").read_bytes())
    return _library(
        "plotly.js-cartesian-dist-min", version[1] if version else "0", sha256(content).hexdigest(), "MIT", "npm"
    )


def bill(lock: str) -> dict[str, Any]:
    """The bill; its serial number follows from the lock, so that one lock has one bill."""
    serial = uuid.uuid5(uuid.NAMESPACE_URL, sha256(lock.encode()).hexdigest())
    version = re.search(r'RESULTS_VERSION = "(\d+)"', (ROOT / "cdanalysis" / "__init__.py").read_text())
    program = {
        "type": "application",
        "name": "cdanalysis",
        "version": version[1] if version else "0",
        "licenses": [{"license": {"id": "MIT"}}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {"component": program},
        "components": [*components(lock), brought_along()],
    }


def licence_of(about: PackageMetadata) -> str:
    """The licence as an expression where the package gives one, else its classifiers, else its first line of text."""
    expression = about.get("License-Expression")
    if expression:
        return expression
    classified = [
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License ::")
    ]
    lines = str(about.get("License") or "").strip().splitlines()
    return "; ".join(classified) or (lines[0] if lines else "none stated")


def _component(name: str, version: str, digest: str) -> dict[str, Any]:
    try:
        licence = licence_of(metadata(name))
    except PackageNotFoundError:
        licence = UNKNOWN
    return _library(name, version, digest, licence)


def _library(name: str, version: str, digest: str, licence: str, registry: str = "pypi") -> dict[str, Any]:
    purl = f"pkg:{registry}/{name}@{version}"
    return {
        "type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl,
        "hashes": [{"alg": "SHA-256", "content": digest}], "licenses": [{"license": {"name": licence}}],
    }  # fmt: skip


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / ".ci"))
    from supply.lock import name_of_lock

    print(json.dumps(bill((ROOT / (sys.argv[1] if len(sys.argv) > 1 else name_of_lock())).read_text()), indent=1))
