"""docs/operate.md and docs/operate/ as they would be followed: its commands, its files, with this machine's places for theirs."""

from __future__ import annotations

import datetime
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path

from command_line import ROOT
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ui.app import several
from ui.app.several import free_ports

DOCS = ROOT / "docs/operate"
PAGES = (ROOT / "docs/operate.md", DOCS / "machines.md")
COMMON = DOCS / "plan-.service.d/common.conf"
NAME = "plan.example.gov.cn"
FENCE = re.compile(r"^```([^\n]*)\n(.*?)^```$", re.M | re.S)
NGINX = several.nginx() or None


def blocks(*kinds: str) -> list[str]:
    """What stands in the fences of docs/operate.md and of the page of several machines that are marked so, in order."""
    return [body for page in PAGES for kind, body in FENCE.findall(page.read_text("utf-8")) if kind in kinds]


def placed(text: str, **places: Path | str) -> str:
    """With places of this test: program, data, rules, backups. Each of the text's own that is there is replaced."""
    named = {
        "program": "/opt/plan-monitor",
        "data": "/var/lib/plan-monitor",
        "rules": "/etc/plan-monitor",
        "backups": "/var/backups/plan-monitor",
    }
    for name, place in ({"program": ROOT} | places).items():
        text = text.replace(named[name], str(place))
    return text


def exchanged(text: str, *pairs: tuple[str, str]) -> str:
    """Each must be there, so that a change of the file is seen here."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def unit(text: str, key: str) -> list[str]:
    """What stands behind `key=` in a unit, line by line; one that goes on after a backslash is one."""
    lines = text.replace("\\\n", " ").splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def whole(name: str, **places: Path | str) -> str:
    """A unit of docs/operate/ with what is common to all, which systemd reads behind each."""
    return placed("\n".join(path.read_text("utf-8") for path in (DOCS / name, COMMON)), **places)


@contextmanager
def begun(
    name: str,
    *pairs: tuple[str, str],
    key: str = "ExecStart",
    more: str = "",
    told: int = subprocess.DEVNULL,
    **places: Path | str,
) -> Iterator[subprocess.Popen[str]]:
    """The program of a unit, begun by its command in its environment, and ended.

    key: which command; pairs: exchanged in the command; more: put behind it; told: where its words go.
    """
    text = whole(name, **places)
    given = dict(pair.split("=", 1) for line in unit(text, "Environment") for pair in line.split())
    [command] = unit(text, key)
    base = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    program = subprocess.Popen(
        shlex.split(f"{exchanged(command, *pairs)} {more}"),
        cwd=unit(text, "WorkingDirectory")[0],
        env=base | given,
        stdout=told,
        stderr=told,
        text=True,
    )
    try:
        yield program
    finally:
        program.terminate()
        program.communicate(timeout=20)


@contextmanager
def dashboard(port: int, data: Path, rules: Path) -> Iterator[subprocess.Popen[str]]:
    """Started as the systemd unit starts it: its command, its environment."""
    with begun("plan-monitor@.service", ("%i", str(port)), data=data, rules=rules) as server:
        yield server


@dataclass
class Proxy:
    """nginx with docs/operate/nginx.conf before 127.0.0.1:app. context: trusts its certificate and nothing else."""

    http: int
    https: int
    app: int
    folder: Path
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    @property
    def address(self) -> str:
        return f"{NAME}:{self.https}"

    def plain(self, path: str, host: str = NAME) -> HTTPResponse:
        """Over http. Raises RemoteDisconnected where nobody answers."""
        line = HTTPConnection("127.0.0.1", self.http, timeout=20)
        try:
            line.request("GET", path, headers={"Host": host})
            answer = line.getresponse()
            answer.read()
            return answer
        finally:
            line.close()

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> HTTPResponse:
        """Over https, from 127.0.0.2, read to its end."""
        line = _Tls(self, timeout=20)
        line.request(method, path, body, {"Host": self.address, **headers})
        answer = line.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        line.close()
        return answer


class _Tls(HTTPSConnection):
    """To nginx on this machine, called by its public name."""

    def __init__(self, proxy: Proxy, timeout: float) -> None:
        super().__init__(NAME, proxy.https, timeout=timeout, context=proxy.context)
        self._proxy = proxy

    def connect(self) -> None:
        raw = socket.create_connection(("127.0.0.1", self._proxy.https), self.timeout, source_address=("127.0.0.2", 0))
        self.sock = self._proxy.context.wrap_socket(raw, server_hostname=NAME)


@contextmanager
def nginx() -> Iterator[Proxy]:
    """As somebody who is not root. The folder lies where that one can read it."""
    folder = Path(tempfile.mkdtemp(prefix="plan-nginx-"))
    http, https, app = free_ports(3)
    try:
        _certificate(folder)
        (folder / "plan.conf").write_text(_site(folder, http, https, app), "utf-8")
        (folder / "nginx.conf").write_text(_MAIN.format(folder=folder), "utf-8")
        nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        if nobody:
            for path in (folder, *folder.iterdir()):
                os.chown(path, 65534, 65534)
        assert NGINX is not None
        server = subprocess.Popen([NGINX, "-p", folder, "-e", "stderr", "-c", folder / "nginx.conf"], **nobody)
        try:
            proxy = Proxy(http, https, app, folder)
            proxy.context = ssl.create_default_context(cafile=folder / "fullchain.pem")
            _wait_for(https, server)
            yield proxy
        finally:
            server.terminate()
            server.wait(timeout=20)
    finally:
        shutil.rmtree(folder)


def _site(folder: Path, http: int, https: int, app: int) -> str:
    return exchanged(
        (DOCS / "nginx.conf").read_text("utf-8"),
        ("/etc/nginx/plan-monitor/", f"{folder}/"),
        ("/var/log/nginx/plan-monitor.log", f"{folder}/access.log"),
        ("listen 80", f"listen 127.0.0.1:{http}"),
        ("listen 443", f"listen 127.0.0.1:{https}"),
        ("127.0.0.1:8501", f"127.0.0.1:{app}"),
    )


_MAIN = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/plan.conf;
}}
"""


def _certificate(folder: Path) -> None:
    """Signed by itself, for NAME and 127.0.0.1, a day long."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        assert server.poll() is None, "nginx did not start"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("nginx did not listen")
