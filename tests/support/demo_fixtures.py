"""What the chapters about the sample returns share."""

from __future__ import annotations

from pathlib import Path

from catalogue.load import PLANS, load_plan
from catalogue.period import Period

PLAN = load_plan(PLANS / "2021")
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "data" / "demo"
RESAVED = ROOT / "tests" / "support" / "fixtures" / "resaved"
Q4, Q1, Q2, Q3 = (Period.parse(text) for text in ("2020Q4", "2021Q1", "2021Q2", "2021Q3"))
QUARTERS = (Q4, Q1, Q2, Q3)
