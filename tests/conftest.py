"""What every test shares: pages whose tables can be read, one look through the installed packages, and the order of the files."""

from __future__ import annotations

import gc
from functools import cache
from itertools import groupby

import one_thread  # noqa: F401
import page_tables
import pytest
from hypothesis import HealthCheck, settings
from streamlit.components.v2 import manifest_scanner

# Drawn examples are the same in every run and none is timed, so that a busy machine fails no test; `make thorough` draws new ones.
settings.register_profile(
    "steady", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("new", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
page_tables.install()
# Each page under test looks through the metadata of every installed package for components, a third of a second: once will do.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


def pytest_configure(config: pytest.Config) -> None:
    """Choose how examples are drawn before any test is imported."""
    settings.load_profile("new" if config.option.markexpr == "thorough" else "steady")


def pytest_collection_finish() -> None:
    """What was imported stays: whoever collects garbage need not look through it again and again."""
    gc.freeze()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's files spread among the first two thirds of the others.

    They wait more than they compute, and none of them is what two workers wait for at the end.
    """
    files = [list(tests) for _, tests in groupby(items, key=lambda test: test.path)]
    browser = [tests for tests in files if tests[0].get_closest_marker("browser")]
    others = [tests for tests in files if not tests[0].get_closest_marker("browser")]
    beside = len(others) * 2 // 3 // max(1, len(browser))
    spread = [
        one for place, tests in enumerate(browser) for one in (tests, *others[place * beside : (place + 1) * beside])
    ]
    items[:] = [test for tests in (*spread, *others[len(browser) * beside :]) for test in tests]
