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
        **{light: look.lights[light] for light in LIGHTS},
        **{f"tint-{light}": look.tints[light] for light in LIGHTS},
    }
    told = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return f"<style>:root{{{told}}}\n{SHEET.read_text('utf-8')}</style>"
