"""docs/load.svg: how long the slowest twentieth of the clicks takes, over the number of viewers."""

from __future__ import annotations

from pathlib import Path

import plotly.graph_objects as go

TARGET = Path(__file__).resolve().parents[1] / "docs" / "load.svg"


def draw(found: dict[tuple[str, int], float]) -> None:
    """found: (what served, viewers) -> 95th percentile in ms."""
    figure = go.Figure()
    for what in dict.fromkeys(name for name, _ in found):
        points = sorted((viewers, ms) for (name, viewers), ms in found.items() if name == what)
        figure.add_scatter(x=[x for x, _ in points], y=[y for _, y in points], name=what, mode="lines+markers")
    figure.update_xaxes(title="viewers, a click every 5 s each", rangemode="tozero")
    figure.update_yaxes(title="95th percentile of a click, ms", type="log")
    figure.update_layout(width=800, height=420, margin={"t": 20}, template="plotly_white")
    figure.write_image(TARGET)
