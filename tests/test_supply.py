"""What the program is delivered with: locks that requirements.txt allows, a bill of materials, Streamlit's names that we use."""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module, resources
from pathlib import Path
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from test_layers import ROOT, parse, python_files

from cdanalysis.ui.server import plotly_part

LOCKS = sorted((ROOT / ".ci" / "supply").glob("*-py3.*.txt"))
PINNED = re.compile(r"([a-z0-9-]+)==(\S+) --hash=sha256:[0-9a-f]{64}")

# Streamlit's private names and modules that we reach into, as `module:name.name`: another release may name them differently,
# so each is looked up here, and the exact release in requirements.txt changes only with this list. Of the first group
# tests/browser/test_served.py calls each on a running server.
PRIVATE = (
    "streamlit.runtime.runtime:Runtime.uploaded_file_mgr",
    "streamlit.runtime.websocket_session_manager:WebsocketSessionManager.get_session_info",
    "streamlit.runtime.websocket_session_manager:WebsocketSessionManager.list_active_sessions",
    "streamlit.runtime.memory_session_storage:MemorySessionStorage",
    "streamlit.runtime.memory_uploaded_file_manager:MemoryUploadedFileManager",
    "streamlit.runtime.scriptrunner_utils.script_run_context_attr:SCRIPT_RUN_CONTEXT_ATTR_NAME",
    "streamlit.runtime.scriptrunner:StopException",
    "streamlit.runtime.scriptrunner:get_script_run_ctx",
    "streamlit.runtime.scriptrunner.script_runner:ScriptRunner._run_script",
    "streamlit.runtime.uploaded_file_manager:UploadedFile",
    "streamlit.delta_generator:DeltaGenerator",
    "streamlit.errors:StreamlitSecretNotFoundError",
    "streamlit.components:v2.component",
    "streamlit:config",
    "streamlit:runtime.exists",
    "streamlit:runtime.get_instance",
)
# Attributes of its objects that are made when they run: where each is set.
SET = {
    "_session_mgr": "streamlit.runtime.runtime",
    "_session_storage": "streamlit.runtime.websocket_session_manager",
    "_cache": "streamlit.runtime.memory_session_storage",
    "_user_info": "streamlit.runtime.app_session",
    "file_storage": "streamlit.runtime.memory_uploaded_file_manager",
}


def requirements() -> dict[str, Requirement]:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    found = (Requirement(line.split("#")[0]) for line in lines if line.split("#")[0].strip())
    return {canonicalize_name(one.name): one for one in found}


def pins(lock: Path) -> dict[str, str]:
    found = [PINNED.fullmatch(line) for line in lock.read_text().splitlines() if not line.startswith("#")]
    assert all(found), "a line without a hash"
    return {one[1]: one[2] for one in found if one}


def test_there_is_a_lock_for_each_tested_python() -> None:
    assert [re.search(r"py(3\.\d+)", lock.name)[1] for lock in LOCKS] == ["3.11", "3.12", "3.13"]  # type: ignore[index]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_all_that_is_required_within_its_range(lock: Path) -> None:
    found = pins(lock)
    assert len(found) > 60
    wanted = requirements()
    assert not wanted.keys() - found.keys()
    assert [name for name, one in wanted.items() if found[name] not in one.specifier] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_the_bill_of_a_lock_names_each_package_with_its_hash_and_licence(lock: Path) -> None:
    from supply.sbom import UNKNOWN, bill

    made = bill(lock.read_text())
    assert json.loads(json.dumps(made))["bomFormat"] == "CycloneDX"
    assert re.fullmatch(
        r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", made["serialNumber"]
    )
    *packages, script = made["components"]
    assert {one["name"]: one["version"] for one in packages} == pins(lock)
    assert script["purl"] == "pkg:npm/plotly.js-cartesian-dist-min@4.1.1"
    assert all(one["hashes"][0]["alg"] == "SHA-256" for one in made["components"])
    licences = {one["name"]: one["licenses"][0]["license"]["name"] for one in made["components"]}
    assert licences["numpy"] not in (UNKNOWN, "none stated")
    assert "GPL" not in " ".join(licence for licence in licences.values() if "LGPL" not in licence)


def test_the_part_of_plotly_is_the_published_one_of_the_version_that_is_installed() -> None:
    """The hash is that of package/plotly-cartesian.min.js in npm's plotly.js-cartesian-dist-min-4.1.1.tgz."""
    content = gzip.decompress(plotly_part.FILE.read_bytes())
    assert sha256(content).hexdigest() == "79542150855a52c567260e3137095dbe2b744e6d702a5cabe67da246942fba7a"
    installed = resources.files("plotly") / "package_data" / "plotly.min.js"
    with installed.open() as file:
        assert f"plotly.js v{plotly_part.VERSION}\n" in file.read(200)


def test_a_lock_is_made_from_what_pip_says() -> None:
    from supply.lock import lock_of

    one = {
        "metadata": {"name": "Some.Name", "version": "1.2"},
        "download_info": {"archive_info": {"hashes": {"sha256": "a" * 64}}},
    }
    assert lock_of({"install": [one]}).splitlines()[1] == f"some-name==1.2 --hash=sha256:{'a' * 64}"


@pytest.mark.parametrize("name", PRIVATE)
def test_a_name_of_streamlit_that_we_use_is_there(name: str) -> None:
    module, _, dotted = name.partition(":")
    found: object = import_module(module)
    for part in dotted.split("."):
        found = getattr(found, part)
    assert found is not None


@pytest.mark.parametrize("name", SET)
def test_an_attribute_of_a_running_streamlit_that_we_use_is_set_in_it(name: str) -> None:
    source = Path(str(import_module(SET[name]).__file__)).read_text(encoding="utf-8")
    assert f"self.{name}" in source


def test_no_other_private_name_of_streamlit_is_used() -> None:
    listed = {part for name in PRIVATE for part in name.replace(":", ".").split(".")} | SET.keys()
    listed |= {"_replace"}  # of a named tuple
    used = {name for path in python_files() for name in _private(path)}
    assert used - listed == set()
    assert {"_session_mgr", "_cache", "_user_info"} <= used


def _private(path: Path) -> Iterator[str]:
    """Modules and names imported from below Streamlit's face, and private attributes of other objects than our own."""
    for node in ast.walk(parse(path)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("streamlit"):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.Attribute) and re.match(r"_[a-z]", node.attr) and not _is_own(node.value):
            yield node.attr


def _is_own(value: ast.expr) -> bool:
    """Whether a private attribute is of an object of ours: self, cls, or a thing of the standard library that has such names."""
    return isinstance(value, ast.Name)


def test_what_is_own_is_told() -> None:
    tree = SimpleNamespace(own=ast.parse("self._x").body[0], other=ast.parse("a.b()._x").body[0])
    assert _is_own(tree.own.value.value)  # type: ignore[attr-defined]
    assert not _is_own(tree.other.value.value)  # type: ignore[attr-defined]
