"""What is not said means the same in every statistic: 95 %, Efron's ties, log-log, an even two-sided test, seed 0, no shuffle."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections import defaultdict

from cdanalysis import statistics

# Of a parameter's name: its default wherever it has one, as `cdanalysis/README.md` and the docstrings of the functions say.
EVERYWHERE = {
    "conf_level": {0.95},
    "alpha": {0.05},
    "power": {0.8},
    "explained": {0.0},
    "seed": {0},
    "ties": {"efron"},
    "min_fraction": {0.1},  # of the patients on each side of a cut-off
    "min_events": {0},
    "per": {1.0},  # person-time
    "cause": {1},
    "lag": {0.0},
    "n_knots": {4},  # of a spline
    "groups": {None, 3},  # of a calibration: thirds
    "permutations": {0, 2000},  # none where the tests are approximations too, 2,000 where there is no other P
    "resamples": {0, 200, 1000, 2000},
}
RESAMPLED = {"adjusted_curves": 0, "optimism": 200, "cutoff_stability": 1000, "bootstrap": 2000, "two_cutoffs": 2000}


def defaults() -> dict[str, dict[str, object]]:
    """Of each parameter's name the default by function, as far as they have one."""
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for module in pkgutil.walk_packages(statistics.__path__, f"{statistics.__name__}."):
        for name, one in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            if one.__module__ == module.name:
                for parameter in inspect.signature(one).parameters.values():
                    if parameter.default is not parameter.empty:
                        found[parameter.name][name] = parameter.default
    return found


def test_a_parameter_of_one_name_has_one_default() -> None:
    found = defaults()
    told = {name: set(by_function.values()) for name, by_function in found.items() if name in EVERYWHERE}
    assert told == EVERYWHERE
    drawn = {**found["resamples"], **{name: n for name, n in found["permutations"].items() if n}}
    assert drawn == RESAMPLED
