"""A running dashboard and a headless Chromium to look at it with: for the browser tests, the gallery, the measurements."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ui.app.several import free_ports

ROOT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
COOKIE = "plan_session"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=zh-CN",
]
DEMONSTRATION = {"DASHBOARD_DEMO": "1", "DASHBOARD_TODAY": "2021-10-15"}


def free_port() -> int:
    return free_ports(1)[0]


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[str]:
    """The dashboard as a demonstration on a free port of 127.0.0.1, stopped at the end; gives its address."""
    port = free_port()
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "streamlit",
            "run",
            "app.py",
            "--server.address",
            "127.0.0.1",
            "--server.port",
            str(port),
        ],
        cwd=ROOT,
        env={**os.environ, **DEMONSTRATION, "DASHBOARD_DATA": str(data), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_healthy(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_healthy(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} did not come up in 30 s")


def enter(page, address: str, account: str = "demo-leader") -> None:
    """Sign in as the demonstration's own button does, once per browser context, without loading a screen for it.

    tests/browser/test_gate_browser.py clicks the button itself.
    """
    if any(cookie["name"] == COOKIE for cookie in page.context.cookies()):
        return
    [token] = re.findall(r'name="form" value="([^"]+)"', page.request.get(f"{address}/sign-in").text())[:1]
    page.request.post(f"{address}/sign-in/demo", form={"form": token, "name": account}, max_redirects=0)
    assert any(cookie["name"] == COOKIE for cookie in page.context.cookies()), account


def settled(page, text: str) -> None:
    """Wait until `text` stands on the page and the script has come to rest."""
    page.get_by_text(text).first.wait_for(timeout=30_000)
    page.wait_for_function(
        "() => document.querySelector('.stApp')?.getAttribute('data-test-script-state') === 'notRunning'",
        timeout=30_000,
    )
