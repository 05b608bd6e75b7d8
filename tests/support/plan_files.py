"""The 2021 plan folder as plain TOML tables, read without the catalogue code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PLAN = Path(__file__).resolve().parents[2] / "data" / "plans" / "2021"


def rows(name: str, key: str) -> list[dict]:
    return tomllib.loads((PLAN / f"{name}.toml").read_text("utf-8"))[key]


def unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


SECTIONS = rows("tasks", "section")
TASKS = {task["number"]: task for task in rows("tasks", "task")}
DEPARTMENTS = {department["code"]: department for department in rows("departments", "department")}
MILESTONES = rows("milestones", "milestone")
COMMITMENTS = {commitment["id"]: commitment for commitment in rows("commitments", "commitment")}
