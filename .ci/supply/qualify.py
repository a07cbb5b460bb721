"""Qualifies this installation: the bundled study and the comparisons with R, on this machine, into a dated report.

python .ci/supply/qualify.py [folder]            `make qualify`; ends with 1 where a requirement does not hold
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from supply.lock import name_of_lock  # noqa: E402

from cdanalysis.report.qualification import Check, study_checks, written  # noqa: E402

# What each file of tests says of the program; their answers are R's (tests/golden/README.md).
REQUIREMENTS = {
    "tests/statistics/test_golden.py": "Curves, tests and Cox models equal R's survival",
    "tests/statistics/test_second_sets.py": "The same on a second set of studies",
    "tests/statistics/test_proportional_hazards.py": "The test of proportional hazards equals R's cox.zph",
    "tests/statistics/test_competing_risks.py": "Incidence, Gray's test and Fine and Gray's model equal R's",
    "tests/statistics/test_recurrent.py": "Recurrent events equal R's survival",
    "tests/statistics/test_cutoff_scan.py": "The search for a cut-off equals R's maxstat",
    "tests/statistics/test_comparisons.py": "Comparisons of groups equal R's",
    "tests/statistics/test_imputation.py": "Multiple imputation pools as R's mice",
}


def golden_checks(requirements: dict[str, str]) -> Iterator[Check]:
    """Each test of those files as a check; a file that ran no test is one that failed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        asked = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *requirements]
        ended = subprocess.run([sys.executable, *asked], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []
    yield Check("The comparisons with R ran", "pytest", "0", str(ended.returncode), ended.returncode == 0)
    for path, requirement in requirements.items():
        own = [one for one in cases if one.get("classname", "").endswith(Path(path).stem)]
        yield Check(requirement, path, "tests that pass", f"{len(own)} tests", bool(own))
        yield from (_case(requirement, one) for one in own)


def _case(requirement: str, case: ElementTree.Element) -> Check:
    bad = [one.tag for one in case if one.tag in ("failure", "error", "skipped")]
    return Check(requirement, str(case.get("name")), "passes", bad[0] if bad else "passes", not bad)


def main(folder: str = ".") -> int:
    """Write the report, say where, and whether every requirement holds."""
    today = date.today().isoformat()
    checks = [*study_checks(), *golden_checks(REQUIREMENTS)]
    lock = ROOT / name_of_lock()
    locked = (
        f"{lock.name}, SHA-256 {sha256(lock.read_bytes()).hexdigest()}" if lock.exists() else "none for this Python"
    )
    path = Path(folder) / f"qualification-{today}.md"
    path.write_text(written(checks, today, (("Lock of the packages", locked),)), encoding="utf-8")
    failed = sum(not one.passed for one in checks)
    print(f"{path}: {len(checks)} checked, {failed} do not hold")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
