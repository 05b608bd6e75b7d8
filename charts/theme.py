"""The one chart language: colours, type, marks, picture button.

Accent blue is what happened, a dark solid line is the target, a thin dashed line is 序时. The four light
colours are for lights only, never without their mark and word; their lightness differs, so they hold in grey.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from catalogue.display import quarter
from catalogue.model import Indicator
from catalogue.naming import for_files
from catalogue.period import Period
from catalogue.wording import knows, language, pick, say
from charts.wrap import width
from sentences.lights import LIGHTS, MARKS

Mode = Literal["light", "dark"]

# CJK first by name: an unknown family falls back to Japanese glyph forms.
FONT = "Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
SIZE, SMALL, LARGE = 12, 11, 15
SIDE = 12  # px between the picture's edge and its words
BUTTON = 38  # px the picture button takes beside the title


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
        ground="#ffffff",
        ink="#1c2733",
        muted="#5d6b7a",
        faint="#e8ecf1",
        accent="#2563a8",
        past="#b9c6d6",
        target="#1c2733",
        pace="#6b7785",
        steps=("#e3edf8", "#bcd4ee", "#8db5df", "#5a90c8", "#2563a8"),
        on_step=("#1c2733", "#1c2733", "#1c2733", "#ffffff", "#ffffff"),
        lights={"green": "#2c9a68", "yellow": "#f0b429", "red": "#a8201a", "grey": "#9aa5b1"},
        tints={"green": "#e2f3eb", "yellow": "#fdf2d3", "red": "#f8e1df", "grey": "#f1f3f6"},
    ),
    "dark": Palette(
        ground="#0e1117",
        ink="#e8edf3",
        muted="#9ba8b6",
        faint="#232b36",
        accent="#6fa8e8",
        past="#4a5a6e",
        target="#e8edf3",
        pace="#9ba8b6",
        steps=("#17263a", "#1f3b5e", "#2b5586", "#4680bd", "#6fa8e8"),
        on_step=("#e8edf3", "#e8edf3", "#e8edf3", "#0e1117", "#0e1117"),
        lights={"green": "#43bd86", "yellow": "#ffd35c", "red": "#d13c35", "grey": "#76828f"},
        tints={"green": "#15302a", "yellow": "#3a321a", "red": "#3b1c20", "grey": "#1b222c"},
    ),
}


def palette(mode: Mode) -> Palette:
    """Raises KeyError for a mode other than light and dark."""
    return PALETTES[mode]


def dark_to_light() -> dict[str, str]:
    """Each colour of the dark mode and the one that stands for it on white."""
    found: dict[str, str] = {}
    for dark, light in zip(_colours("dark"), _colours("light"), strict=True):
        found.setdefault(
            dark, light
        )  # pace and small words are one grey in the dark, and are told apart by their dashes
    return found


def _colours(mode: Mode) -> list[str]:
    of = palette(mode)
    single = [of.ground, of.ink, of.muted, of.faint, of.accent, of.past, of.target, of.pace]
    return [*single, *of.steps, *of.on_step, *of.lights.values(), *of.tints.values()]


def mark(light: str, mode: Mode) -> str:
    """The light's mark in its colour, as plotly text."""
    return f"<span style='color:{palette(mode).lights[light]}'>{MARKS[light]}</span>"


def lamp(light: str, mode: Mode) -> str:
    """Mark and word: ● 绿灯."""
    return f"{mark(light, mode)} {say(f'light.{light}')}"


def lamp_width() -> int:
    """px that the widest of the four lights takes, mark and word."""
    return 18 + round(max(width(say(f"light.{light}"), SIZE) for light in LIGHTS) * 1.04)


def picture_name(indicator: Indicator | str, period: Period | str | None = None) -> str:
    """公办幼儿园在园幼儿占比_2021年第三季度. A figure about many indicators goes by its kind, targets or matrix."""
    if isinstance(indicator, str):
        name = say(f"charts.kind.{indicator}") if knows(f"charts.kind.{indicator}") else indicator
    else:
        name = pick(indicator)
    return for_files(f"{name}_{quarter(period)}" if period else name).strip("_.")


def png_config(filename: str, wide: int = 720) -> dict[str, Any]:
    """Plotly config: one button, the picture. Always `wide` px at scale 2, whatever screen it is taken on."""
    tip = say("charts.picture")
    return {
        "displaylogo": False,
        "displayModeBar": True,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": {
            "format": "png",
            "filename": for_files(filename).strip("_."),
            "scale": 2,
            "width": wide,
        },
        "locale": "zh-CN" if language() == "zh" else "en",
        # The bundle speaks English only; these words come with the chart instead of from a CDN.
        "locales": {"zh-CN": {"dictionary": {"Download plot as a PNG": tip, "Download plot as a png": tip}}},
        "scrollZoom": False,
        "doubleClick": False,
        "showTips": False,
        "responsive": True,
    }
