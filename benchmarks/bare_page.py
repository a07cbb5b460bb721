"""The framework's own floor: a slider and one static survival figure of comparable content, in a fragment."""

import numpy as np
import plotly.graph_objects as go
import streamlit as st

RNG = np.random.default_rng(7)
N = 98
MARKER = np.round(np.exp(RNG.normal(2.3, 0.9, N)), 1)
TIME = np.round(RNG.exponential(60, N), 1).clip(1, 90)
EVENT = RNG.random(N) < 0.3


def curve(inside: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A group's survival steps."""
    time, event = TIME[inside], EVENT[inside]
    falls = np.unique(time[event])
    at_risk = np.array([(time >= t).sum() for t in falls])
    deaths = np.array([(event & (time == t)).sum() for t in falls])
    return np.append(0, falls), np.append(1, np.cumprod(1 - deaths / at_risk))


@st.fragment
def report() -> None:
    """One slider, one figure with curves, bands, censor marks and the number at risk."""
    cutoff = st.slider("Cut-off", 1.0, 50.0, 10.0, 0.5, key="cutoff")
    traces = []
    for g, inside in enumerate((cutoff >= MARKER, cutoff < MARKER)):
        x, y = curve(inside)
        censored = np.unique(TIME[inside & ~EVENT])
        band = {"mode": "lines", "line": {"width": 0, "shape": "hv"}, "showlegend": False}
        traces += [
            go.Scatter(x=x, y=np.clip(y - 0.1, 0, 1), **band),
            go.Scatter(x=x, y=np.clip(y + 0.1, 0, 1), fill="tonexty", **band),
            go.Scatter(x=x, y=y, line={"shape": "hv"}, name=f"group {g} (n = {inside.sum()})"),
            go.Scatter(x=censored, y=y[np.searchsorted(x[1:], censored, "right")], mode="markers", showlegend=False),
            go.Scatter(x=np.arange(0, 90, 12), y=[-g] * 8, mode="text", yaxis="y2", showlegend=False,
                       text=[str((TIME[inside] >= t).sum()) for t in range(0, 90, 12)]),
        ]  # fmt: skip
    layout = {
        "title": {"text": f"Cut-off {cutoff:g}"},
        "height": 520,
        "yaxis": {"domain": [0.31, 1]},
        "yaxis2": {"domain": [0, 0.1]},
    }
    st.plotly_chart(go.Figure(traces, layout), key="figure")


report()
