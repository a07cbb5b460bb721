"""What codes mean where a header says it without a sign between: `SURVIVAL_STATUS_Dead 1_Alive_0`, `relapse_yes1_no0`."""

from __future__ import annotations

import re

_STATES = (
    "dead|died|death|deceased|alive|living|yes|no|event|censored|relapsed?|recurrence|progressed|progression|none|free"
)
_CODED = re.compile(rf"(?<![^\W_])({_STATES})[\s_-]*([012])(?![^\W_])", re.IGNORECASE)


def coded_words(header: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Each code with its word, and the header without them; nothing where fewer than two words have codes of their own."""
    found = _CODED.findall(header)
    if len(found) < 2 or len({code for _, code in found}) < len(found):
        return (), header
    return tuple((code, word.casefold()) for word, code in found), _CODED.sub(" ", header).strip(" _-")
