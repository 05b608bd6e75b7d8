"""What Streamlit's own style lacks, with the colours of the charts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from charts.theme import Mode, palette
from sentences.lights import LIGHTS

SHEET = Path(__file__).parents[1] / "static" / "style.css"


@cache
def style(mode: Mode) -> str:
    look = palette(mode)
    colours = {
        "ground": look.ground,
        "ink": look.ink,
        "muted": look.muted,
        "faint": look.faint,
        "line": look.past,
        "accent": look.accent,
        "pale": look.steps[1],
        "hover": look.steps[0],
        "target": look.target,
        "pace": look.pace,
        "card": "#ffffff" if mode == "light" else "#161c26",
        "page": "#f3f5f9" if mode == "light" else "#0e1117",
        "banner": "#17457f" if mode == "light" else "#132f57",
        "deep-green": "#1f7a50" if mode == "light" else look.lights["green"],
        "on-deep": "#ffffff" if mode == "light" else look.ground,
        "on-red": "#ffffff",
        "on-yellow": "#1c2733",
        **{light: look.lights[light] for light in LIGHTS},
        **{f"tint-{light}": look.tints[light] for light in LIGHTS},
    }
    told = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f"<style>:root{{{told}}}\n{SHEET.read_text('utf-8')}</style>"
