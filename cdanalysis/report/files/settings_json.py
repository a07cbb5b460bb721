"""The settings as a small JSON file, and back with the validation of a link: what is impossible is dropped and said."""

import json
from dataclasses import asdict

from cdanalysis import RESULTS_VERSION
from cdanalysis.settings import Settings
from cdanalysis.settings.rows import as_text

LARGEST_BYTES = 100_000
NO_SETTINGS = "The file holds no settings of this program: expected the JSON that Save settings writes."


def settings_to_json(settings: Settings) -> str:
    """Every setting by name, the defaults too: a later version may have others."""
    return json.dumps(
        {"program": "cdanalysis", "results_version": RESULTS_VERSION, "settings": asdict(settings)}, indent=2
    )


def settings_from_json(content: bytes) -> tuple[Settings | None, tuple[str, ...]]:
    """The settings, and a sentence for each value that was dropped; None where the file holds none."""
    try:
        given = json.loads(content) if len(content) <= LARGEST_BYTES else None
    except (ValueError, RecursionError):
        given = None
    values = given.get("settings") if isinstance(given, dict) else None
    if not isinstance(values, dict):
        return None, (NO_SETTINGS,)
    plain = {name: _as_link_text(value) for name, value in values.items()}
    return Settings.from_query(plain, source="file")


def _as_link_text(value: object) -> str:
    """A value as a link writes it; a list or an object becomes a text that no setting of numbers accepts."""
    return as_text(value) if isinstance(value, bool | int | float | str) else f"{type(value).__name__}"
