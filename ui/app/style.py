"""What Streamlit's own style lacks, with the colours of the charts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from markupsafe import Markup

from charts.theme import Mode, palette
from sentences.lights import LIGHTS
from ui.kit.templates import render

SHEETS = tuple(Path(__file__).parents[1] / "static" / name for name in ("style.css", "streamlit.css"))


@cache
def sheet() -> str:
    """The style sheet, for both colour schemes; it follows the browser's at once."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_colours('dark')} }} }}"
    return "\n".join((f":root {{ {_colours('light')} }}", dark, *(each.read_text("utf-8") for each in SHEETS)))


@cache
def always(mode: Mode) -> Markup:
    """A <style> for a screen that has one scheme whatever the browser's is."""
    return render("app/style.html", colours=_colours(mode))


def _colours(mode: Mode) -> str:
    look, by_day = palette(mode), mode == "light"
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
        "card": look.ground if by_day else "#161c26",
        "banner": "#17457f" if by_day else "#132f57",
        "deep-green": "#1f7a50" if by_day else look.lights["green"],
        "on-deep": "#ffffff" if by_day else look.ground,
        "on-red": "#ffffff",
        "red-ink": look.lights["red"] if by_day else "#ff8079",  # words, which need more contrast than a mark
        "on-yellow": "#1c2733",
        **{light: look.lights[light] for light in LIGHTS},
        **{f"tint-{light}": look.tints[light] for light in LIGHTS},
    }
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())
