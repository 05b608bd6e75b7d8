"""A Dask cluster of the test's own: a scheduler and two workers on this machine, with TLS and certificates made for it."""

from __future__ import annotations

import datetime
import ipaddress
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import distributed
import pytest
from command_line import ROOT
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = ipaddress.ip_address("127.0.0.1")


class Cluster:
    def __init__(self, folder: Path) -> None:
        self.folder, self.certs, self.told = folder, folder / "certs", folder / "scheduler.json"
        self.programs: list[subprocess.Popen] = []
        certificates(self.certs)

    def start(self) -> None:
        self._run("scheduler", "--host", "tls://127.0.0.1", "--port", "0", "--dashboard-address", "127.0.0.1:0")
        until = time.monotonic() + 60
        while not self.told.exists() or not self.told.stat().st_size:
            assert time.monotonic() < until, "the scheduler does not start"
            time.sleep(0.1)
        where = ("--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0", "--local-directory", str(self.folder))
        for _ in range(2):
            self._run("worker", "--nthreads", "1", "--no-nanny", "--death-timeout", "30", *where)
        ca, cert, key = (str(self.certs / name) for name in ("ca.pem", "cert.pem", "key.pem"))
        tls = distributed.Security(tls_ca_file=ca, tls_client_cert=cert, tls_client_key=key, require_encryption=True)
        with distributed.Client(scheduler_file=str(self.told), security=tls, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    @property
    def address(self) -> str:
        """As DASHBOARD_EXECUTOR has it."""
        return f"dask:{json.loads(self.told.read_text())['address']}?certs={self.certs}"

    def kill_a_worker(self) -> None:
        os.kill(self.programs[-1].pid, signal.SIGKILL)

    def stop(self) -> None:
        for program in reversed(self.programs):
            program.kill()
            program.wait()

    def _run(self, which: str, *options: str) -> None:
        tls = {"--tls-ca-file": "ca.pem", "--tls-cert": "cert.pem", "--tls-key": "key.pem"}
        named = [part for option, name in tls.items() for part in (option, str(self.certs / name))]
        command = [sys.executable, "-m", f"distributed.cli.dask_{which}", *named, "--scheduler-file", str(self.told)]
        with (self.folder / f"{which}-{len(self.programs)}.log").open("wb") as log:
            self.programs.append(subprocess.Popen([*command, *options], cwd=ROOT, stdout=log, stderr=log))


def certificates(folder: Path) -> None:
    """One of 127.0.0.1 that signs itself, for everybody."""
    folder.mkdir()
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(HERE)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    for file in ("ca.pem", "cert.pem"):
        (folder / file).write_bytes(made)
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


@pytest.fixture
def cluster(tmp_path) -> Iterator[Cluster]:
    found = Cluster(tmp_path)
    try:
        found.start()
        yield found
    finally:
        found.stop()
