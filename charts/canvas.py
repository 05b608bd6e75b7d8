"""A sheet of paper as a plotly figure: words, bars and rules at places in px, from the top down.

One figure, so that a server without a browser can still show it on the screen and the viewer's own browser saves it.
"""

from __future__ import annotations

from typing import Any, Literal

import plotly.graph_objects as go

from charts.theme import FONT, Mode, palette
from charts.wrap import width, wrap
from sentences.lights import MARKS

WIDTH = 540  # px; at scale 2 a picture 1080 wide, as phones show them
SIDE = 24
BODY, SMALL, HEAD, TITLE = 13.5, 12, 15.5, 21  # at scale 2 nothing under 24 px: messengers press pictures
LINE = 1.45  # line height in type sizes
Anchor = Literal["left", "center", "right"]
_SIDE_OF: dict[Anchor, str] = {"left": "middle right", "center": "middle center", "right": "middle left"}

Spot = tuple[float, float]  # px from the left and from the top


class Canvas:
    """y: where the next line goes; whoever places something below moves it on."""

    def __init__(self, mode: Mode = "light", width: int = WIDTH) -> None:
        self.look = palette(mode)
        self.width = width
        self.y = 0.0
        self._words: list[tuple[float, float, str, float, str, str]] = []
        self._shapes: list[dict[str, Any]] = []

    @property
    def room(self) -> float:
        """px between the margins."""
        return self.width - 2 * SIDE

    def words(
        self,
        text: str,
        at: Spot,
        size: float = BODY,
        colour: str = "",
        anchor: Anchor = "left",
        bold: bool = False,
    ) -> None:
        """One line, its middle on the height of `at`."""
        told = f"<b>{text}</b>" if bold else text
        self._words.append((*at, told, size, colour or self.look.ink, _SIDE_OF[anchor]))

    def paragraph(
        self,
        text: str,
        size: float = BODY,
        x: float = SIDE,
        room: float | None = None,
        colour: str = "",
        bold: bool = False,
    ) -> None:
        """As many lines as it takes; the next goes below them."""
        given = (self.width - SIDE - x if room is None else room) / (1.06 if bold else 1)
        for line in filter(None, wrap(text, size, given).text.split("<br>")):
            self.words(line, (x, self.y + size * LINE / 2), size, colour, bold=bold)
            self.y += size * LINE

    def heading(self, text: str) -> None:
        self.y += 14
        self.box(SIDE, self.y + 3, SIDE + 4, self.y + 3 + HEAD, self.look.accent)
        self.words(text, (SIDE + 11, self.y + HEAD * LINE / 2), HEAD, bold=True)
        self.y += HEAD * LINE + 6

    def light(self, light: str, x: float, y: float, size: float = BODY) -> None:
        """Its mark alone; its word stands near."""
        self.words(MARKS[light], (x, y), size, self.look.lights[light], "center")

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: str, line: str = "") -> None:
        self._shapes.append(
            {
                "type": "rect",
                "layer": "below",
                "x0": x0,
                "x1": x1,
                "y0": y0,
                "y1": y1,
                "fillcolor": colour,
                "line": {"width": 1 if line else 0, "color": line or colour},
            }
        )

    def stroke(self, start: Spot, end: Spot, colour: str, thick: float = 1, dash: str = "solid") -> None:
        (x0, y0), (x1, y1) = start, end
        self._shapes.append(
            {
                "type": "line",
                "x0": x0,
                "x1": x1,
                "y0": y0,
                "y1": y1,
                "line": {"color": colour, "width": thick, "dash": dash},
            }
        )

    def rule(self, gap: float = 8) -> None:
        self.y += gap
        self.stroke((SIDE, self.y), (self.width - SIDE, self.y), self.look.faint)
        self.y += gap

    def meter(
        self,
        at: Spot,
        long: float,
        share: float | None,
        pace: float | None,
        partial: bool = False,
        goal: float = 1.0,
    ) -> None:
        """A bar of parts of the track, the target a dark tick at `goal`, 序时 a dashed one; no bar without a value."""
        (x, y), look, half, reach = at, self.look, 4, long / 1.12
        self.box(x, y - half, x + reach, y + half, look.faint)
        if share is not None:
            self.box(
                x,
                y - half,
                x + reach * min(max(share, 0), 1.12),
                y + half,
                look.steps[1] if partial else look.accent,
                look.accent if partial else "",
            )
        self.stroke((x + reach * goal, y - half - 3), (x + reach * goal, y + half + 3), look.target, 2)
        if pace is not None and pace < 1 and pace != goal:
            self.stroke((x + reach * pace, y - half - 3), (x + reach * pace, y + half + 3), look.pace, 1.5, "2px,2px")

    def figure(self) -> go.Figure:
        """As high as what stands on it."""
        height = round(self.y + SIDE)
        xs, ys, texts, sizes, colours, places = zip(*self._words, strict=True)
        axis = {"visible": False, "fixedrange": True}
        return go.Figure(
            data=[
                {
                    "type": "scatter",
                    "mode": "text",
                    "x": xs,
                    "y": ys,
                    "text": texts,
                    "textposition": places,
                    "cliponaxis": False,
                    "textfont": {"size": sizes, "color": colours, "family": FONT},
                    "hoverinfo": "skip",
                }
            ],
            layout={
                "template": "none",
                "width": self.width,
                "height": height,
                "margin": {"t": 0, "b": 0, "l": 0, "r": 0},
                "paper_bgcolor": self.look.ground,
                "plot_bgcolor": self.look.ground,
                "font": {"family": FONT, "size": BODY},
                "xaxis": {**axis, "range": [0, self.width]},
                "yaxis": {**axis, "range": [height, 0]},
                "shapes": self._shapes,
                "showlegend": False,
                "dragmode": False,
            },
        )


def fitted(text: str, size: float, room: float) -> str:
    """The text, cut with … where it is longer than its place."""
    if width(text, size) <= room:
        return text
    kept = text
    while kept and width(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"
