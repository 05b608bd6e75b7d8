"""A figure in the making: traces, shapes and words are gathered, then built into a plotly Figure once.

Adding them to a Figure one by one makes plotly check everything again each time, ten times slower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

import plotly.graph_objects as go

from catalogue.period import Period
from catalogue.wording import say
from charts.stamp import stamp
from charts.theme import BUTTON, FONT, LARGE, SIDE, SIZE, SMALL, Mode, palette
from charts.wrap import DESK, PHONE, wrap

LINE = 1.3  # plotly's line height, in font sizes


class Shown(TypedDict, total=False):
    """How a figure is drawn. mode: light where it is not named. wide: words as long as a column of a desk screen, else as a
    phone's. period: the quarter drawn; where it is not named, or None, the newest that has a value."""

    mode: Mode
    wide: bool
    period: Period | str | None


def how(shown: Shown) -> tuple[Mode, bool]:
    """Mode, and whether it is wide."""
    return shown.get("mode", "light"), shown.get("wide", False)


@dataclass(frozen=True, slots=True)
class Margins:
    """px beside the drawing, and those above and below that labels and ticks need."""

    left: int = SIDE
    right: int = SIDE
    above: int = 12
    below: int = 26


class Drawing:
    """Type, colours and hover of one mode are set and nothing is draggable, so that a phone scrolls past."""

    def __init__(self, mode: Mode, wide: bool = False) -> None:
        """wide: words in lines as long as a column of a desk screen, else as a phone's."""
        self.mode: Mode = mode
        self.look = palette(mode)
        self.wide = wide
        self.traces: list[dict[str, Any]] = []
        self.shapes: list[dict[str, Any]] = []
        self.notes: list[dict[str, Any]] = []
        self.layout: dict[str, Any] = {}

    def bar(self, **trace: Any) -> None:
        self.traces.append({"type": "bar", **trace})

    def scatter(self, **trace: Any) -> None:
        self.traces.append({"type": "scatter", **trace})

    def shape(self, **shape: Any) -> None:
        self.shapes.append(shape)

    def note(self, text: str, **more: Any) -> None:
        """A small quiet annotation without arrow; `more` places it."""
        font = {"size": SMALL, "color": self.look.muted}
        self.notes.append({"text": text, "showarrow": False, "font": font, **more})

    def beside(self, text: str, y: float, place: int, muted: bool = False, anchor: str = "right") -> None:
        """Words in the right margin on the height of `y`, ending (anchor left: beginning) `place` px past the drawing."""
        font = {"size": SIZE, "color": self.look.muted if muted else self.look.ink}
        self.note(text, x=1, xref="paper", xanchor=anchor, xshift=place, y=y, yref="y", font=font)

    def catch(self, count: int, reach: float, customdata: list[Any], hovertext: list[str], base: float = 0) -> None:
        """An unseen bar from base to reach over each of `count` rows, so that the whole row takes pointer and click."""
        unseen = {"marker": {"opacity": 0}}
        self.bar(
            name="catcher",
            y=list(range(count)),
            x=[reach - base] * count,
            base=base,
            width=0.96,
            orientation="h",
            **unseen,
            selected=unseen,
            unselected=unseen,
            **pointed(customdata, hovertext),
        )

    def finish(
        self,
        title: str,
        caption: tuple[str, str],
        plot: int,
        margins: Margins | None = None,
    ) -> go.Figure:
        """The figure. Title, as-of line and source line stand in it, so that its picture carries them.

        caption: as-of and coverage (under the title), source (at the foot). plot: px of the drawing itself;
        the height follows from it and the lines of words.
        """
        margins = margins or Margins()
        left, right, above, below = margins.left, margins.right, margins.above, margins.below
        room = (DESK if self.wide else PHONE) - 2 * SIDE
        head = wrap(title, LARGE, room - BUTTON)
        state = wrap(caption[0], SIZE, room)
        source = wrap("\n".join(filter(None, (caption[1], stamp()))), SMALL, room)
        under = round(state.lines * SIZE * LINE) + 12 + above
        top = SIDE + round(head.lines * LARGE * LINE) + 4 + under
        bottom = below + round(source.lines * SMALL * LINE) + 10
        # Annotations, not layout.title: a title of two lines climbs out of the picture.
        edge = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "xshift": SIDE - left, "align": "left"}
        self.note(
            f"<b>{head.text}</b>",
            name="title",
            y=1,
            yanchor="bottom",
            yshift=under,
            **edge,
            font={"size": LARGE, "color": self.look.ink},
        )
        self.note(
            state.text,
            name="state",
            y=1,
            yanchor="bottom",
            yshift=above + 10,
            **edge,
            font={"size": SIZE, "color": self.look.muted},
        )
        self.note(source.text, name="source", y=0, yanchor="top", yshift=-below, **edge)
        size = {"height": top + plot + bottom, "margin": {"t": top, "b": bottom, "l": left, "r": right, "pad": 0}}
        return go.Figure(
            data=self.traces,
            layout={**self._frame(), **self.layout, **size, "shapes": self.shapes, "annotations": self.notes},
        )

    def _frame(self) -> dict[str, Any]:
        look = self.look
        return {
            "template": "none",
            "paper_bgcolor": look.ground,
            "plot_bgcolor": look.ground,
            "font": {"family": FONT, "size": SIZE, "color": look.ink},
            "hoverlabel": {
                "bgcolor": look.ground,
                "bordercolor": look.muted,
                "align": "left",
                "font": {"family": FONT, "size": SIZE, "color": look.ink},
            },
            "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.muted, "activecolor": look.accent},
            "showlegend": False,
            "dragmode": False,
        }


def bare_axis(**more: Any) -> dict[str, Any]:
    """An axis that only places things: no line, grid, ticks or zoom."""
    return {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True, **more}


def pointed(customdata: list[Any], hovertext: list[str]) -> dict[str, Any]:
    """What a trace says under the pointer and hands over at a click."""
    return {"customdata": customdata, "hovertext": hovertext, "hovertemplate": "%{hovertext}<extra></extra>"}


def nothing(title: str, mode: Mode, wide: bool = False, words: str = "charts.nothing") -> go.Figure:
    """What an empty frame draws: 暂无数据 or the wording `words`, no axes."""
    chart = Drawing(mode, wide)
    chart.layout = {"xaxis": {"visible": False}, "yaxis": {"visible": False}}
    chart.note(say(words), name="nothing", xref="paper", yref="paper", x=0.5, y=0.5)
    return chart.finish(title, ("", ""), 120)
