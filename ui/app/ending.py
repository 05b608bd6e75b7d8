"""How a screen ends early: it has said why, or has shown all there is. What surrounds it stays."""

from __future__ import annotations

from typing import NoReturn


class Ended(Exception):
    """Caught where the screen is run. `st.stop` would take the foot of the page and its files along."""


def end() -> NoReturn:
    raise Ended
