"""Several dashboards behind one port: one Python process fills one core. For `make run WORKERS=2`; a server has its own units.

    python -m ui.app.several --workers 2 --address 127.0.0.1 --port 8501

nginx stands before them and leads everybody to the same one each time, by the cookie of their session, because a screen's state
lives in its process. One that ends is started again; meanwhile the others answer for it. What they share lies in the data
folder and the account store: sign-in, drafts, publications, the log.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from access.settings import settings
from access.web.origin import within
from catalogue.command_line import complain
from catalogue.wording import say

ROOT = Path(__file__).resolve().parents[2]
MOST = 16
REST = 1.0  # seconds before one that ended is started again
_LOOK = 0.2
_CONF = """daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    map $http_upgrade $plan_connection {{ default upgrade; "" ""; }}
    map $http_cookie $plan_who {{
        default $remote_addr;
        "~plan_session=(?<plan_session>[^;]+)" $plan_session;
    }}
    upstream plan_monitor {{
        hash $plan_who consistent;
{servers}
    }}
    server {{
        listen {address}:{port};
        client_max_body_size 65m;
        add_header X-Plan-Worker $upstream_addr always;
        location / {{
            proxy_pass http://plan_monitor;
            proxy_http_version 1.1;
            proxy_set_header Host $http_host;
{forwarded}
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $plan_connection;
            proxy_read_timeout 300s;
        }}
    }}
}}
"""


# Whoever comes to an address of this machine comes from this machine, and may use the demonstration: nothing is said of a
# proxy, and what another proxy has said goes on as it is. Elsewhere the address that comes is told, in the place of what a client sends.
_FORWARDED = """            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;"""
LOOPBACK = ("127.0.0.0/8", "::1/128")


@dataclass(slots=True)
class Several:
    """workers: how many. address, port: where people come."""

    workers: int
    address: str
    port: int
    folder: Path
    _ports: list[int] = field(default_factory=list)
    _running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    _ended: dict[int, float] = field(default_factory=dict)
    _proxy: subprocess.Popen[bytes] | None = None
    _stopping: bool = False

    def run(self) -> int:
        """Until it is told to end, or the proxy ends; the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self._ports = free_ports(self.workers)
        try:
            for port in self._ports:
                self._start(port)
            self._proxy = subprocess.Popen([nginx(), "-p", self.folder, "-e", "stderr", "-c", self._written()])
            while not self._stopping and self._proxy.poll() is None:
                self._look_after()
                time.sleep(_LOOK)
            return 0 if self._stopping else 1
        finally:
            self._end()

    def _look_after(self) -> None:
        for port, worker in self._running.items():
            if worker.poll() is not None:
                if port not in self._ended:
                    print(say("several.ended", port=port, code=worker.returncode), file=sys.stderr, flush=True)
                if time.monotonic() - self._ended.setdefault(port, time.monotonic()) >= REST:
                    del self._ended[port]
                    self._start(port)
                    return

    def _start(self, port: int) -> None:
        where = ("--server.address", "127.0.0.1", "--server.port", str(port))
        command = [sys.executable, "-m", "streamlit", "run", "app.py", *where]
        self._running[port] = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)

    def _written(self) -> Path:
        # One that does not answer is left alone for two seconds.
        servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in self._ports)
        user = "user root;\n" if hasattr(os, "geteuid") and os.geteuid() == 0 else ""
        forwarded = "" if within(self.address, LOOPBACK) else _FORWARDED
        given = {"folder": self.folder, "servers": servers, "address": self.address, "port": self.port, "user": user}
        path = self.folder / "nginx.conf"
        path.write_text(_CONF.format(**given, forwarded=forwarded), "utf-8")
        return path

    def _stop(self, *_: object) -> None:
        self._stopping = True

    def _end(self) -> None:
        running = [*self._running.values(), *([self._proxy] if self._proxy else [])]
        for each in running:
            each.terminate()
        for each in running:
            try:
                each.wait(timeout=20)
            except subprocess.TimeoutExpired:
                each.kill()


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m ui.app.several", description=say("several.describe"))
    parser.add_argument("--workers", type=int, choices=range(1, MOST + 1), metavar=f"1–{MOST}", default=2)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8501)
    args = parser.parse_args(arguments)
    if nginx() == "":
        return complain(say("several.no_nginx"), 2)
    if not within(args.address, LOOPBACK) and not within("127.0.0.1", settings().trusted_proxies):
        return complain(say("several.not_trusted", address=args.address), 2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((args.address, args.port))
        except OSError as problem:
            return complain(say("several.port", port=args.port, problem=problem.strerror), 2)
    with tempfile.TemporaryDirectory(prefix="plan-several-") as folder:
        return Several(args.workers, args.address, args.port, Path(folder)).run()


def nginx() -> str:
    """Where it is; "" for nowhere. Debian keeps it where ordinary people do not look."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or ""


def free_ports(count: int) -> list[int]:
    """Of 127.0.0.1, and nobody's a moment ago."""
    held = [socket.socket() for _ in range(count)]
    try:
        for each in held:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in held]
    finally:
        for each in held:
            each.close()


if __name__ == "__main__":
    sys.exit(main())
