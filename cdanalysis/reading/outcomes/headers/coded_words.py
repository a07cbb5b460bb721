"""What codes mean where a header says it without a sign between: `SURVIVAL_STATUS_Dead 1_Alive_0`, `relapse_yes1_no0`."""

import re

_STATES = (
    "dead|died|death|deceased|alive|living|yes|no|event|censored|relapsed?|recurrence|progressed|progression|none|free"
)
_CODED = re.compile(rf"(?<![^\W_])({_STATES})[\s_-]*([012])(?![^\W_])", re.IGNORECASE)
# They end the header: in `relapse 0 no 1 yes` each word stands behind its code.
_AT_THE_END = re.compile(rf"(?:(?<![^\W_])(?:{_STATES})[\s_-]*[012](?:[\s_,;/)\]-]+|$)){{2,3}}$", re.IGNORECASE)


def coded_words(header: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Each code with its word, and the header without them; nothing where fewer than two words have codes of their own."""
    tail = _AT_THE_END.search(header)
    found = _CODED.findall(tail[0]) if tail else []
    if tail is None or len({code for _, code in found}) < len(found):
        return (), header
    return tuple((code, word.casefold()) for word, code in found), header[: tail.start()].strip(" _-([,;/")
