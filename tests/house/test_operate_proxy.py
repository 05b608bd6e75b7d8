"""docs/operate/nginx.conf with a real nginx and TLS, before the dashboard as the systemd unit starts it."""

from __future__ import annotations

import os
import re
import socket
import ssl
import subprocess
import time
from http.client import RemoteDisconnected
from pathlib import Path
from unittest import mock
from urllib.parse import urlencode

import pytest
from gate_fixtures import PASSWORD, kinds
from operate_fixtures import NAME, NGINX, Proxy, blocks, dashboard, exchanged, nginx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from access import accounts, audit, db, settings
from bench.browser import wait_until_healthy
from catalogue.load import current_plan

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine: apt-get install nginx-light")
ELSEWHERE = "203.0.113.9"


class House:
    """down: what the proxy said before the dashboard was there. session: the cookies of somebody signed in."""

    def __init__(self, proxy: Proxy, data: Path, down: tuple[int, str]) -> None:
        self.proxy, self.data, self.down = proxy, data, down
        self.cookies = signed_in(proxy)


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    data, rules = tmp_path_factory.mktemp("operate") / "var", tmp_path_factory.mktemp("rules")
    ours = exchanged(
        settings.DEFAULT.read_text("utf-8"), ("trusted_proxies = []", 'trusted_proxies = ["127.0.0.1/32"]')
    )
    (rules / "access.toml").write_text(ours, "utf-8")
    with mock.patch.dict(os.environ, {"DASHBOARD_DATA": str(data)}):
        for name, role in (("boss", "leader"), ("chief", "admin")):
            accounts.create(
                name=name, person="某人", role=role, password=PASSWORD, plan=current_plan(), by=None, must_change=False
            )
        db.dispose()
    with nginx() as proxy:
        before = proxy.ask("/")
        with dashboard(proxy.app, data, rules):
            wait_until_healthy(f"http://127.0.0.1:{proxy.app}")
            yield House(proxy, data, (before.status, before.text))


def signed_in(proxy: Proxy) -> dict[str, str]:
    """By the form, as a browser would."""
    shown = proxy.ask("/sign-in", Accept="text/html")
    cookies = given(shown)
    fields = {"form": re.search(r'name="form" value="([^"]+)"', shown.text)[1], "name": "boss", "password": PASSWORD}
    answer = proxy.ask(
        "/sign-in",
        "POST",
        urlencode(fields).encode(),
        **{
            "Cookie": written(cookies),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": f"https://{proxy.address}",
            "X-Forwarded-For": ELSEWHERE,
            "X-Real-IP": ELSEWHERE,
            "X-Plan-Client": ELSEWHERE,
        },
    )
    assert answer.status == 303, answer.text
    return cookies | given(answer)


def given(answer) -> dict[str, str]:
    found = {}
    for line in answer.headers.get_all("Set-Cookie") or ():
        name, _, rest = line.partition("=")
        found[name] = rest.partition(";")[0]
        assert {"secure", "httponly", "samesite=lax"} <= {part.strip().lower() for part in rest.split(";")}, line
    return found


def written(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


def test_signing_in_works_and_its_cookies_are_tied_to_this_host(house):
    assert set(house.cookies) == {"__Host-plan_form", "__Host-plan_session"}
    assert house.proxy.ask("/", Accept="text/html").status == 303
    shown = house.proxy.ask("/", Accept="text/html", Cookie=written(house.cookies))
    assert shown.status == 200 and '<div id="root">' in shown.text


def test_the_log_has_the_address_that_the_proxy_saw_whatever_the_client_says(house):
    with mock.patch.dict(os.environ, {"DASHBOARD_DATA": str(house.data)}):
        [line] = audit.entries(event="sign_in")
        db.dispose()
    assert (line.name, line.ip) == ("boss", "127.0.0.2")


def line_to(house: House, origin: str, cookies: dict[str, str]):
    proxy = house.proxy
    return connect(
        f"wss://{proxy.address}/_stcore/stream",
        sock=socket.create_connection(("127.0.0.1", proxy.https), 20),
        ssl=proxy.context,
        server_hostname=NAME,
        origin=origin,
        subprotocols=["streamlit", "token"],
        additional_headers={"Cookie": written(cookies)} if cookies else {},
        max_size=None,
        proxy=None,
    )


def test_a_screen_comes_over_its_websocket(house):
    asked = BackMsg()
    asked.rerun_script.SetInParent()
    with line_to(house, f"https://{house.proxy.address}", house.cookies) as line:
        line.send(asked.SerializeToString())
        found: list[ForwardMsg] = []
        # at / the first drawing only leads to the screen
        while not found or found[-1].script_finished != ForwardMsg.FINISHED_SUCCESSFULLY or "delta" not in kinds(found):
            found.append(ForwardMsg.FromString(line.recv(timeout=30)))
        assert "delta" in kinds(found) and "auth_redirect" not in kinds(found)


def test_a_websocket_of_another_site_or_of_nobody_is_refused(house):
    for origin, cookies in (("https://evil.example", house.cookies), (f"https://{house.proxy.address}", {})):
        with pytest.raises(InvalidStatus) as refused, line_to(house, origin, cookies):
            pass
        assert refused.value.response.status_code == 403


PATHS = ("/", "/sign-in", "/_stcore/health", "/api/v1/values", "/media/none.xlsx", "/no-such-thing")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_its_security_headers_once(house, path):
    answer = house.proxy.ask(path, Accept="text/html", Cookie=written(house.cookies) if path == "/" else "")
    for name, value in {
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Referrer-Policy": "same-origin",
    }.items():
        assert answer.headers.get_all(name) == [value], (name, answer.status)
    [policy] = answer.headers.get_all("Content-Security-Policy")
    assert "frame-ancestors" in policy and "base-uri" in policy
    assert answer.getheader("Server") == "nginx"


def test_people_are_led_to_https_and_programs_are_not(house):
    led = house.proxy.plain("/overview?period=2021Q3")
    assert (led.status, led.getheader("Location")) == (301, f"https://{NAME}/overview?period=2021Q3")
    assert house.proxy.plain("/api/v1/values").status == 403


def test_whoever_asks_for_another_name_gets_no_answer(house):
    with pytest.raises(RemoteDisconnected):
        house.proxy.plain("/", host="203.0.113.1")
    raw = socket.create_connection(("127.0.0.1", house.proxy.https), 20)
    with raw, pytest.raises(ssl.SSLError):
        ssl._create_unverified_context().wrap_socket(raw, server_hostname="elsewhere.example")


def test_old_protocols_are_refused_and_the_newest_is_spoken(house):
    old = ssl._create_unverified_context()
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning):
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    raw = socket.create_connection(("127.0.0.1", house.proxy.https), 20)
    with raw, pytest.raises(ssl.SSLError, match="ALERT_PROTOCOL_VERSION"):
        old.wrap_socket(raw, server_hostname=NAME)
    raw = socket.create_connection(("127.0.0.1", house.proxy.https), 20)
    with house.proxy.context.wrap_socket(raw, server_hostname=NAME) as line:
        assert line.version() == "TLSv1.3"


def test_a_trace_and_a_body_beyond_all_limits_are_refused(house):
    assert house.proxy.ask("/", "TRACE").status == 405
    assert house.proxy.ask("/sign-in", "POST", b"", **{"Content-Length": str(66 * 2**20)}).status == 413


def test_before_the_dashboard_is_up_people_are_told_so(house):
    status, told = house.down
    assert status == 503 and "系统正在启动或维护" in told


def test_no_query_is_kept_in_the_log_of_visits(house):
    house.proxy.ask("/api/v1/values?token=plan_neverkeepthistokenanywhere")
    log = house.proxy.folder / "access.log"
    for _ in range(40):
        if "/api/v1/values" in log.read_text("utf-8"):
            break
        time.sleep(0.05)
    kept = log.read_text("utf-8")
    assert '"GET /api/v1/values"' in kept and "plan_never" not in kept and "127.0.0.2" in kept


def test_the_commands_that_ask_the_running_server_are_answered(house):
    for block in blocks("sh server"):
        said = subprocess.run(
            ["bash", "-euc", exchanged(block, ("8501", str(house.proxy.app)))], capture_output=True, text=True
        )
        assert (said.returncode, said.stdout) == (0, "ok"), said.stderr
