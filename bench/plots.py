"""Curves of what was measured, as a picture beside docs/figures.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from bench import page

Points = Sequence[tuple[float, float]]  # (how much there was, milliseconds)


def curves(name: str, found: Mapping[str, Points], across: str, up: str, logarithmic: bool = False) -> None:
    """docs/<name>.svg: a line for each key of `found`, dashed for a name that begins with "aim". up: logarithmic in any case."""
    figure = go.Figure()
    for what, points in found.items():
        dash = "dash" if what.startswith("aim") else "solid"
        figure.add_scatter(
            x=[x for x, _ in points], y=[y for _, y in points], name=what, mode="lines+markers", line={"dash": dash}
        )
    figure.update_xaxes(title=across, **({"type": "log"} if logarithmic else {"rangemode": "tozero"}))
    figure.update_yaxes(title=up, type="log")
    figure.update_layout(width=800, height=420, margin={"t": 20}, template="plotly_white")
    figure.write_image(page.DOCS / f"{name}.svg")
