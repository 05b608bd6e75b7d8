"""The number of this release, from one place: pyproject.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def release() -> str:
    """The version of this program, as pyproject.toml has it."""
    with (Path(__file__).resolve().parents[1] / "pyproject.toml").open("rb") as file:
        number: str = tomllib.load(file)["project"]["version"]
    return number
