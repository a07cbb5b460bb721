"""A box for anyone's printed results: can the ratio, its interval and its P, or n/N and %, be true together?"""

from __future__ import annotations

import streamlit as st

from cdanalysis import wording
from cdanalysis.sections.reproduction.printed_text import Printed, parse_lines
from cdanalysis.statistics.describe.printed import (
    CONSISTENT,
    INCONSISTENT,
    PrintedCheck,
    check_median,
    check_percentage,
    check_ratio,
)

EXAMPLE = """HR 4.72 (95% CI 1.19-18.75), P = 0.027
HR 5.58 (1.02-65.9), P = 0.048
22/98 (22.4%)
median 74.7 (39.6-109.9) months"""
CHECKS = {"ratio": check_ratio, "percentage": check_percentage, "median": check_median}
ICONS = {CONSISTENT: ":material/check_circle:", INCONSISTENT: ":material/error:"}


def box() -> None:
    """One printed result a line; what is pasted stays in the session and is not part of the link."""
    text = st.text_area("Printed results, one a line", EXAMPLE, height=130, key="printed-results",
                        help="Hazard ratios with interval and P, n/N with a percentage, medians with an interval.")  # fmt: skip
    st.caption("A ratio with its interval and P, n/N with a percentage, or a median with its interval. 95% intervals.")
    for one in parse_lines(text):
        _show(one, CHECKS[one.kind](*one.parts) if one.parts else None)


def _show(one: Printed, found: PrintedCheck | None) -> None:
    line = wording.escape_markdown(one.line)
    if found is None:
        st.markdown(f":material/help: {line}: {wording.escape_markdown(one.fault)}")
        return
    icon = ICONS.get(found.verdict, ":material/help:")
    st.markdown(f"{icon} **{found.verdict}** · {line}")
    st.caption(" ".join(map(wording.escape_markdown, found.sentences)))
