"""A house with the sample returns, an account of every role, and programs that ask it (演示数据)."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import Any

import pytest
from gate_fixtures import Answer, Browser
from starlette.applications import Starlette

from access import accounts, db, passwords, tokens
from access.web import refusals
from access.web.gate import Gate
from catalogue.load import current_plan
from ui.app import api_log, api_routes

APP = Gate(Starlette(routes=api_routes.routes()))
UNIT = "210402"
ROLES = {"leader": "", "filer": UNIT, "reviewer": "planning", "admin": "", "auditor": ""}
PASSWORD = "Tulip-48-green"


@pytest.fixture
def house(demo_data, tmp_path, monkeypatch):
    """Its own copy, so that versions can be published; the fifteenth of October 2021."""
    shutil.copytree(demo_data / "warehouse", tmp_path / "var" / "warehouse")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    for name in ("DASHBOARD_ACCOUNTS", "DASHBOARD_DEMO", "DASHBOARD_ACCESS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(refusals, "_noted", {})
    api_log._told.clear()
    people()
    yield tmp_path / "var"
    db.dispose()
    passwords.set_ordinary_cost()


def people() -> None:
    """An account of every role in the house in use."""
    passwords.set_cost(1, 8, 1)
    for role, office in ROLES.items():
        accounts.create(
            name=f"the-{role}",
            person="某人（演示数据）",
            role=role,
            office=office,
            password=PASSWORD,
            plan=current_plan(),
            by=None,
            must_change=False,
        )


@dataclass
class Program:
    """Asks with the token of one account."""

    role: str
    app: Any = APP

    def __post_init__(self) -> None:
        self.token = tokens.issue(accounts.get(f"the-{self.role}"), "试用")

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        sent = {"accept": "*/*", "authorization": f"Bearer {self.token}", **headers}
        return Browser(self.app).request(method, f"/api/v1/{path}", b"", sent)

    def json(self, path: str) -> dict[str, Any]:
        answer = self.get(path)
        assert answer.status == 200, answer.text
        return json.loads(answer.content)

    def rows(self, path: str) -> list[dict[str, Any]]:
        return self.json(path)["rows"]

    def error(self, path: str) -> dict[str, Any]:
        return self.json_of(path)["error"]

    def json_of(self, path: str) -> dict[str, Any]:
        """Whatever the status."""
        return json.loads(self.get(path).content)
