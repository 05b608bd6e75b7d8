"""The four lights, worst last but for grey, and the mark that stands beside each colour."""

from __future__ import annotations

from collections.abc import Mapping

LIGHTS = ("green", "yellow", "red", "grey")
MARKS: Mapping[str, str] = {"green": "●", "yellow": "▲", "red": "■", "grey": "○"}
