"""A PostgreSQL server of the tests' own: a cluster in a temporary folder, reached by a socket, gone at the end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
OWNERS = ("postgres", "nobody")  # the server refuses to run as root
# Nothing in it outlives the tests, so nothing need reach the disk.
OPTIONS = (
    "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c wal_level=minimal -c max_wal_senders=0"
    " -c autovacuum=off -c max_connections=300 -c shared_buffers=16MB"
)


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder, self.data, self.user = folder, folder / "data", _owner()

    def run(self, program: str, *arguments: str) -> None:
        as_owner = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        command = [*as_owner, str(PROGRAMS / program), *arguments]
        done = subprocess.run(
            command, cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, options: str = "-c listen_addresses=''") -> None:
        # The port only names the socket, which lies in our own folder, so no two servers meet.
        self.run("initdb", "-D", str(self.data), "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        log = str(self.folder / "log")
        self.run(
            "pg_ctl", "-D", str(self.data), "-w", "-l", log, "-o", f"{OPTIONS} {options} -k {self.folder}", "start"
        )

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.data), "-m", "immediate", "stop")

    def fresh_database(self) -> str:
        """The URL of an empty database."""
        return f"postgresql://tester@/{self._fresh()}?host={self.folder}"

    def fresh_conninfo(self, template: str = "template1") -> str:
        """As `fresh_database`, as keywords. template: the database of which it is a copy, at which nobody is."""
        return f"host={self.folder} user=tester dbname={self._fresh(template)}"

    def _fresh(self, template: str = "template1") -> str:
        name = f"d{secrets.token_hex(8)}"
        with psycopg.connect(host=str(self.folder), user="tester", dbname="postgres", autocommit=True) as con:
            con.execute(f"create database {name} template {template} strategy file_copy")
        return name


def short_folder() -> Path:
    """Short, because a socket's path may not be long; and not below pytest's own, which other users may not enter."""
    return Path(tempfile.mkdtemp(prefix="pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))


def lacking(why: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(why, pytrace=False)
    pytest.skip(why)


def _owner() -> str:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OWNERS if name in known)


@pytest.fixture(scope="session")
def postgres_server():
    """One for each worker. Where there is none the tests are skipped, but fail on CI: there it has to be."""
    if not (PROGRAMS / "initdb").exists():
        lacking(f"PostgreSQL 15 is not installed in {PROGRAMS}: apt-get install postgresql-15")
    if os.geteuid() == 0 and shutil.which("runuser") is None:
        lacking("PostgreSQL does not run as root, and runuser is missing: apt-get install util-linux")
    folder = short_folder()
    server = Server(folder)
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, server.user)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)
