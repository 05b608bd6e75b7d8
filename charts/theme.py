"""The one chart language: colours, type, axes, title and caption, picture button.

Accent blue is what happened, a dark solid line is the target, a thin dashed line is 序时. The four light
colours are for lights only, never without their mark and word; their lightness differs, so they hold in grey.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import plotly.graph_objects as go

from catalogue.display import quarter
from catalogue.model import Indicator
from catalogue.period import Period
from catalogue.wording import language, pick, say
from charts.wrap import DESK, PHONE, width, wrap

Mode = Literal["light", "dark"]

# CJK first by name: an unknown family falls back to Japanese glyph forms.
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
SIZE, SMALL, LARGE = 12, 11, 15
SIDE = 12  # px between the picture's edge and its words
LINE = 1.3  # plotly's line height, in font sizes
BUTTON = 38  # px the picture button takes beside the title

LIGHTS = ("green", "yellow", "red", "grey")
MARKS: Mapping[str, str] = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours of one mode. `lights` are strong (marks), `tints` lie under words; `steps` run pale to strong."""

    ground: str
    ink: str
    muted: str
    faint: str  # grid and tracks
    accent: str
    past: str  # the year before, for comparison
    target: str
    pace: str
    steps: tuple[str, ...]
    on_step: tuple[str, ...]  # colour of words on each step
    lights: Mapping[str, str]
    tints: Mapping[str, str]


PALETTES: Mapping[str, Palette] = {
    "light": Palette(
        ground="#ffffff", ink="#1c2733", muted="#5d6b7a", faint="#e8ecf1",
        accent="#2563a8", past="#b9c6d6", target="#1c2733", pace="#6b7785",
        steps=("#e3edf8", "#bcd4ee", "#8db5df", "#5a90c8", "#2563a8"),
        on_step=("#1c2733", "#1c2733", "#1c2733", "#ffffff", "#ffffff"),
        lights={"green": "#2c9a68", "yellow": "#f0b429", "red": "#a8201a", "grey": "#9aa5b1"},
        tints={"green": "#e2f3eb", "yellow": "#fdf2d3", "red": "#f8e1df", "grey": "#f1f3f6"},
    ),
    "dark": Palette(
        ground="#0e1117", ink="#e8edf3", muted="#9ba8b6", faint="#232b36",
        accent="#6fa8e8", past="#4a5a6e", target="#e8edf3", pace="#9ba8b6",
        steps=("#17263a", "#1f3b5e", "#2b5586", "#4680bd", "#6fa8e8"),
        on_step=("#e8edf3", "#e8edf3", "#e8edf3", "#0e1117", "#0e1117"),
        lights={"green": "#43bd86", "yellow": "#ffd35c", "red": "#d13c35", "grey": "#76828f"},
        tints={"green": "#15302a", "yellow": "#3a321a", "red": "#3b1c20", "grey": "#1b222c"},
    ),
}


def palette(mode: Mode) -> Palette:
    """Raises KeyError for a mode other than light and dark."""
    return PALETTES[mode]


def mark(light: str, mode: Mode) -> str:
    """The light's mark in its colour, as plotly text."""
    return f"<span style='color:{palette(mode).lights[light]}'>{MARKS[light]}</span>"


def lamp(light: str, mode: Mode) -> str:
    """Mark and word: ● 绿灯."""
    return f"{mark(light, mode)} {say(f'light.{light}')}"


def lamp_width() -> int:
    """px that the widest of the four lights takes, mark and word."""
    return 18 + round(max(width(say(f"light.{light}"), SIZE) for light in LIGHTS) * 1.04)


def figure(mode: Mode) -> go.Figure:
    """An empty figure with type, colours and hover set and nothing draggable, so that a phone scrolls past."""
    look = palette(mode)
    return go.Figure(layout={
        "template": "none",
        "paper_bgcolor": look.ground,
        "plot_bgcolor": look.ground,
        "font": {"family": FONT, "size": SIZE, "color": look.ink},
        "hoverlabel": {
            "bgcolor": look.ground, "bordercolor": look.muted, "align": "left",
            "font": {"family": FONT, "size": SIZE, "color": look.ink},
        },
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": look.muted, "activecolor": look.accent},
        "showlegend": False,
        "dragmode": False,
        "xaxis": bare_axis(),
        "yaxis": bare_axis(),
    })


def bare_axis(**more: Any) -> dict[str, Any]:
    """An axis that only places things: no line, grid, ticks or zoom."""
    return {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True, **more}


def note(text: str, mode: Mode, **more: Any) -> dict[str, Any]:
    """A small quiet annotation without arrow; `more` places it."""
    font = {"size": SMALL, "color": palette(mode).muted}
    return {"text": text, "showarrow": False, "font": font, **more}


def finish(chart: go.Figure, title: str, caption: tuple[str, str], plot: int, mode: Mode, *, left: int = SIDE,
           right: int = SIDE, above: int = 12, below: int = 26, wide: bool = False) -> go.Figure:
    """Title, as-of line and source line go into the figure, so that its picture carries them.

    caption: as-of and coverage (under the title), source (at the foot). plot: px of the drawing itself;
    the figure's height follows from it and the lines of words. above, below: px beside the drawing that
    labels and ticks need. wide: lines as long as a column of a desk screen, else as a phone's.
    """
    room = DESK if wide else PHONE
    head = wrap(title, LARGE, room - 2 * SIDE - BUTTON)
    state, source = wrap(caption[0], SIZE, room - 2 * SIDE), wrap(caption[1], SMALL, room - 2 * SIDE)
    under = round(state.lines * SIZE * LINE) + 12 + above
    top = SIDE + round(head.lines * LARGE * LINE) + 4 + under
    foot = round(source.lines * SMALL * LINE) + 10
    chart.update_layout(
        height=top + plot + below + foot, margin={"t": top, "b": below + foot, "l": left, "r": right, "pad": 0},
    )
    # Annotations, not layout.title: a title of two lines climbs out of the picture.
    edge = {"xref": "paper", "yref": "paper", "x": 0, "xanchor": "left", "xshift": SIDE - left, "align": "left", "borderpad": 0}
    look = palette(mode)
    chart.add_annotation(note(f"<b>{head.text}</b>", mode, **edge, name="title", y=1, yanchor="bottom", yshift=under,
                              font={"size": LARGE, "color": look.ink}))
    chart.add_annotation(note(state.text, mode, **edge, name="state", y=1, yanchor="bottom", yshift=above + 10,
                              font={"size": SIZE, "color": look.muted}))
    chart.add_annotation(note(source.text, mode, **edge, name="source", y=0, yanchor="top", yshift=-below))
    return chart


def beside(text: str, y: float, place: int, mode: Mode, muted: bool = False, anchor: str = "right") -> dict[str, Any]:
    """Words in the right margin on the height of `y`, ending (anchor left: beginning) `place` px past the drawing."""
    look = palette(mode)
    font = {"size": SIZE, "color": look.muted if muted else look.ink}
    return note(text, mode, x=1, xref="paper", xanchor=anchor, xshift=place, y=y, yref="y", font=font)


def pointed(customdata: list[Any], hovertext: list[str]) -> dict[str, Any]:
    """What a trace says under the pointer and hands over at a click."""
    return {"customdata": customdata, "hovertext": hovertext, "hovertemplate": "%{hovertext}<extra></extra>"}


def catcher(count: int, reach: float, customdata: list[Any], hovertext: list[str]) -> go.Bar:
    """An unseen bar over each of `count` rows, so that the whole row takes pointer and click."""
    unseen = {"marker": {"opacity": 0}}
    return go.Bar(
        name="catcher", y=list(range(count)), x=[reach] * count, width=0.96, orientation="h", **unseen,
        selected=unseen, unselected=unseen, **pointed(customdata, hovertext),
    )


def nothing(title: str, mode: Mode, wide: bool = False, words: str = "charts.nothing") -> go.Figure:
    """What an empty frame draws: 暂无数据 or the wording `words`, no axes."""
    chart = figure(mode)
    chart.update_layout(xaxis={"visible": False}, yaxis={"visible": False})
    chart.add_annotation(note(say(words), mode, name="nothing", xref="paper", yref="paper", x=0.5, y=0.5))
    return finish(chart, title, ("", ""), 120, mode, wide=wide)


def picture_name(indicator: Indicator | str, period: Period | str | None = None) -> str:
    """公办幼儿园在园幼儿占比_2021年第三季度."""
    name = indicator if isinstance(indicator, str) else pick(indicator)
    return _for_files(f"{name}_{quarter(period)}" if period else name)


def _for_files(name: str) -> str:
    """Without the signs that file systems refuse."""
    return "".join("_" if sign in '\\/:*?"<>|\n\t ' else sign for sign in name).strip("_.")


def png_config(filename: str) -> dict[str, Any]:
    """Plotly config: one button, the picture. Always 720 px wide at scale 2, whatever screen it is taken on."""
    tip = say("charts.picture")
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {"format": "png", "filename": _for_files(filename), "scale": 2, "width": 720},
        "locale": "zh-CN" if language() == "zh" else "en",
        # The bundle speaks English only; these words come with the chart instead of from a CDN.
        "locales": {"zh-CN": {"dictionary": {"Download plot as a PNG": tip, "Download plot as a png": tip}}},
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "responsive": True,
    }
