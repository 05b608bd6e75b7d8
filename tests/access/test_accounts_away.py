"""The database of accounts does not answer: everybody is told so in a sentence, and nobody has to be started anew."""

from __future__ import annotations

import asyncio
import json

import pytest
from gate_fixtures import Browser, run, two_accounts  # noqa: F401  (fixture)
from sqlalchemy.exc import ProgrammingError
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from access import accounts, sessions
from access.web.gate import Gate
from access.web.routes import ROUTES
from access.web.socket import STREAM


async def _answered_inside(scope, receive, send) -> None:
    """Stands for Streamlit's socket: takes one message after another until there is no more."""
    while (await receive())["type"] != "websocket.disconnect":
        await send({"type": "websocket.send", "bytes": b"drawn"})


async def _app(scope, receive, send) -> None:
    await (_answered_inside if scope["type"] == "websocket" else _pages)(scope, receive, send)


_pages = Starlette(routes=[*ROUTES, Route("/{rest:path}", lambda request: PlainTextResponse("inside"))])
APP = Gate(_app)
NOBODY = "postgresql://somebody:secret-word@127.0.0.1:1/none"


@pytest.fixture
def leader(two_accounts) -> Browser:  # noqa: F811
    token, _ = sessions.start(accounts.get("xinfu"), "127.0.0.1")
    return Browser(APP, cookies={"plan_session": token})


@pytest.fixture
def away(monkeypatch):
    """From now on, or until it is back."""

    def is_away(now: bool = True) -> None:
        if now:
            monkeypatch.setenv("DASHBOARD_ACCOUNTS", NOBODY)
        else:
            monkeypatch.delenv("DASHBOARD_ACCOUNTS")

    return is_away


@pytest.mark.parametrize(("query", "words"), [("", "现在连不上存放账号的数据库"), ("?lang=en", "cannot be reached")])
@pytest.mark.parametrize("path", ["/overview", "/sign-in", "/password"])
def test_a_page_says_so_and_shows_no_address(leader, away, caplog, path, query, words):
    away()
    answer = leader.get(path + query)
    assert answer.status == 503 and words in answer.text
    assert "somebody" not in answer.text and "127.0.0.1:1" not in answer.text
    assert "secret-word" not in caplog.text and "127.0.0.1:1" in caplog.text  # whoever runs the server is told where


def test_a_form_that_is_sent_is_answered_too(leader, away):
    away()
    answer = Browser(APP).send("/sign-in", {"name": "xinfu", "password": "whatever", "form": ""})
    assert answer.status == 503 and "没有丢失" in answer.text


def test_a_program_gets_the_sentence_as_data(leader, away):
    away()
    answer = leader.get("/api/values", accept="application/json", authorization="Bearer 0123456789")
    assert answer.status == 503
    assert json.loads(answer.text)["error"] == {"status": 503, "message": "暂时连不上账号库，请稍后再试。"}


def test_what_is_no_page_gets_no_page(leader, away):
    away()
    answer = leader.get("/media/some.png", accept="image/png")
    assert (answer.status, answer.text) == (503, "")


def test_once_it_is_back_the_same_session_goes_on(leader, away):
    away()
    assert leader.get("/overview").status == 503
    away(False)
    assert (leader.get("/overview").status, leader.get("/overview").text) == (200, "inside")


def test_a_fault_of_ours_is_not_called_a_database_that_is_away(leader, monkeypatch):
    monkeypatch.setattr(
        sessions,
        "find",
        lambda *_, **__: (_ for _ in ()).throw(ProgrammingError("select", {}, Exception("no such column"))),
    )
    with pytest.raises(ProgrammingError):
        leader.get("/overview")


def spoken(browser: Browser, *between) -> list[dict]:
    """A tab that is opened and then sends one message after each of `between`; what it is sent."""
    sent: list[dict] = []
    steps = iter(between)

    async def receive() -> dict:
        step = next(steps, None)
        if step is None:
            return {"type": "websocket.disconnect"}
        step()
        return {"type": "websocket.receive", "bytes": b""}

    async def send(message: dict) -> None:
        sent.append(message)

    async def whole() -> None:
        await asyncio.wait_for(APP(browser.scope("websocket", STREAM, {}), receive, send), 20)

    run(whole())
    return sent


def test_an_open_tab_is_closed_so_that_it_comes_again_by_itself(leader, away):
    drawn = {"type": "websocket.send", "bytes": b"drawn"}
    assert spoken(leader, lambda: None, away) == [drawn, {"type": "websocket.close", "code": 1013}]
    away(False)
    assert spoken(leader, lambda: None) == [drawn]


def test_a_new_tab_is_refused_before_it_is_open(leader, away):
    away()
    assert spoken(leader, lambda: None) == [{"type": "websocket.close"}]
