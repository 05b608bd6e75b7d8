"""How a return stands: word and shape, never a colour alone."""

from __future__ import annotations

from typing import Literal

from catalogue.wording import say

MARKS = {"missing": "○", "draft": "✎", "filed": "▷", "returned": "↩", "approved": "✓", "locked": "■", "withdrawn": "—"}
COLOURS: dict[str, Literal["gray", "violet", "blue", "red", "green"]] = {
    "missing": "gray",
    "draft": "violet",
    "filed": "blue",
    "returned": "red",
    "approved": "green",
    "locked": "gray",
    "withdrawn": "gray",
}


def state_label(state: str) -> str:
    return f"{MARKS[state]} {say(f'state.{state}')}"
