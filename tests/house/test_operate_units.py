"""The units of docs/operate/ are read by systemd, and what they begin begins; certificates.sh makes what their TLS needs."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import time
from pathlib import Path

import pytest
from command_line import ROOT
from operate_fixtures import COMMON, DOCS, begun, placed, unit, whole

from catalogue.wording import say
from etl import executor
from etl.model import Cells
from ui.app.several import free_ports

UNITS = sorted(path.name for path in DOCS.glob("plan-*.*") if path.is_file())
WITH_DATA = [name for name in UNITS if name.startswith("plan-monitor") and name.endswith(".service")]
DASK = [name for name in UNITS if name.startswith("plan-dask")]
RETURNS = sorted((ROOT / "data/demo/2021Q3").glob("抚顺市_*区_*县区季度报表.xlsx"))


def read_by_systemd(folder: Path, name: str) -> tuple[int, str]:
    """What systemd says of a unit as it would be installed, with what is common to all."""
    for path in (*DOCS.glob("plan-*.*"), COMMON):
        if path.is_file():
            place = folder / path.relative_to(DOCS)
            place.parent.mkdir(exist_ok=True)
            if not place.exists():
                place.write_text(placed(path.read_text("utf-8")), "utf-8")
    read = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", folder / name], capture_output=True, text=True, cwd=folder
    )
    return read.returncode, read.stderr


needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_knows_every_line_of_a_unit(name, tmp_path):
    assert read_by_systemd(tmp_path, name) == (0, "")


@needs_systemd
@pytest.mark.parametrize("name", WITH_DATA + DASK)
def test_systemd_reads_what_is_common_behind_each(name, tmp_path):
    wrong = tmp_path / COMMON.relative_to(DOCS)
    wrong.parent.mkdir()
    wrong.write_text("[Service]\nProtectSistem=strict\n", "utf-8")
    assert "ProtectSistem" in read_by_systemd(tmp_path, name)[1]


def test_the_units_agree_on_where_things_are():
    assert len(WITH_DATA) == 4 and len(DASK) == 2
    for key in ("User", "Group", "WorkingDirectory", "Environment", "EnvironmentFile", "StateDirectory"):
        [agreed] = {tuple(unit(whole(name), key)) for name in WITH_DATA}
        assert agreed
    common = COMMON.read_text("utf-8")
    for key in ("IPAddressDeny", "IPAddressAllow", "ProtectSystem", "NoNewPrivileges", "CapabilityBoundingSet"):
        assert unit(common, key) and not any(unit((DOCS / name).read_text("utf-8"), key) for name in UNITS)
    assert unit(common, "IPAddressDeny") == ["any"]
    assert "--server.address 127.0.0.1" in unit(whole("plan-monitor@.service"), "ExecStart")[0]


def test_no_unit_starts_without_what_is_common_and_all_end_with_the_target():
    for name in WITH_DATA + DASK:
        text = whole(name)
        assert unit(text, "AssertPathExists") == [f"/etc/systemd/system/{COMMON.relative_to(DOCS)}"]
        assert unit(text, "PartOf") == ["plan-monitor.target"] and "plan-monitor.target" in unit(text, "After")
        assert unit(text, "WantedBy") == ([] if unit(text, "Type") == ["oneshot"] else ["plan-monitor.target"])


def test_a_command_by_hand_has_the_settings_of_the_units():
    said = (DOCS / "as-plan.sh").read_text("utf-8")
    for name in WITH_DATA:
        text = whole(name)
        for key in ("StateDirectory", "StateDirectoryMode", "EnvironmentFile"):
            assert f"--property={key}={unit(text, key)[0]} " in said
        assert f"--uid={unit(text, 'User')[0]} --gid={unit(text, 'Group')[0]} " in said
        assert unit(text, "ExecStart")[0].split()[0] in (f"{ROOT}/.venv/bin/python", f"{ROOT}/docs/operate/backup.sh")
    assert '--unit="plan-by-hand-' in said and "/opt/plan-monitor/.venv/bin/python" in said


def test_the_cluster_is_told_no_secret_and_sees_no_data():
    for name in DASK:
        text = whole(name)
        assert unit(text, "User") == unit(text, "Group") == ["plan-dask"] != unit(whole(WITH_DATA[0]), "User")
        assert unit(text, "EnvironmentFile") == unit(text, "ReadWritePaths") == unit(text, "StateDirectory") == []
        assert "DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION=true" in unit(text, "Environment")
    [kept_from] = unit(whole("plan-dask-worker@.service"), "InaccessiblePaths")
    for name in WITH_DATA:
        written = " ".join(unit(whole(name), "ReadWritePaths"))
        assert set(kept_from.split()) >= {path for path in written.split() if "backups" not in path}
        assert f"-/var/lib/{unit(whole(name), 'StateDirectory')[0]}" in kept_from.split()


@pytest.fixture(scope="module")
def authorities(tmp_path_factory) -> Path:
    """db/db for the database, dask/one and dask/two for two machines of a cluster: each with an authority of its own."""
    folder = tmp_path_factory.mktemp("authorities")
    certified(folder / "db", "db", "plan-db", "10.20.0.11")
    certified(folder / "dask", "one", "plan-scheduler", "127.0.0.1")
    certified(folder / "dask", "two", "10.20.0.12", "fd00::12")
    return folder


def certified(*what: Path | str) -> None:
    done = subprocess.run(["bash", DOCS / "certificates.sh", *what], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def greeted(server: Path, host: str, trusted: Path, client: Path | None = None) -> str:
    """What becomes of a caller who asks `server` for `host` and trusts `trusted`; with a certificate of `client` where one is
    asked for. "" is a good end."""
    calls, answers = ssl.create_default_context(cafile=trusted), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    calls.verify_flags |= ssl.VERIFY_X509_STRICT  # as Python 3.13 does by itself
    answers.load_cert_chain(server / "cert.pem", server / "key.pem")
    if client is not None:
        calls.load_cert_chain(client / "cert.pem", client / "key.pem")
        answers.load_verify_locations(server / "ca.pem")
        answers.verify_mode, answers.verify_flags = ssl.CERT_REQUIRED, answers.verify_flags | ssl.VERIFY_X509_STRICT
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [calls.wrap_bio(back, there, server_hostname=host), answers.wrap_bio(there, back, server_side=True)]
    for _ in range(4):
        for end in ends:
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            except ssl.SSLError as problem:
                return str(problem)
    assert all(end.version() == "TLSv1.3" for end in ends)
    return ""


@pytest.mark.parametrize(
    ("name", "hosts"),
    [("db/db", ["plan-db", "10.20.0.11"]), ("dask/one", ["plan-scheduler"]), ("dask/two", ["10.20.0.12", "fd00::12"])],
)
def test_a_certificate_is_good_for_the_machine_it_names_and_for_no_other(authorities, name, hosts):
    machine = authorities / name
    for host in hosts:
        assert greeted(machine, host, machine / "ca.pem") == ""
    for other in ("plan.example.gov.cn", "10.20.0.99", "10.99.0.11"):
        assert "mismatch" in greeted(machine, other, machine / "ca.pem")


def test_a_cluster_lets_in_its_own_and_not_whom_the_database_s_authority_vouches_for(authorities):
    one, two, db = (authorities / name for name in ("dask/one", "dask/two", "db/db"))
    assert greeted(one, "plan-scheduler", two / "ca.pem", two) == ""
    assert "verify failed" in greeted(one, "plan-scheduler", two / "ca.pem", db)
    assert "verify failed" in greeted(db, "plan-db", one / "ca.pem")


def test_a_certificate_is_made_anew_by_the_same_authority_and_its_key_goes_nowhere(authorities):
    folder = authorities / "dask"
    kept, before = (folder / "ca.pem").read_bytes(), (folder / "two/cert.pem").read_bytes()
    certified(folder, "two", "10.20.0.12", "fd00::12")
    assert (folder / "ca.pem").read_bytes() == kept == (folder / "two/ca.pem").read_bytes()
    assert (folder / "two/cert.pem").read_bytes() != before
    assert greeted(folder / "two", "10.20.0.12", folder / "ca.pem", folder / "one") == ""
    assert sorted(path.name for path in (folder / "two").iterdir()) == ["ca.pem", "cert.pem", "key.pem"]
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*"))


def test_without_a_host_no_certificate_is_made(tmp_path):
    done = subprocess.run(["bash", DOCS / "certificates.sh", tmp_path / "ca", "one"], capture_output=True, text=True)
    assert done.returncode == 2 and "HOST" in done.stderr and not (tmp_path / "ca").exists()


def test_the_cluster_of_the_units_reads_returns_and_answers_nobody_else(authorities, tmp_path, monkeypatch):
    rules, (port, seen, own) = tmp_path / "rules", free_ports(3)
    shutil.copytree(authorities / "dask/one", rules / "dask")
    at = (("plan-scheduler", "127.0.0.1"), ("8786", str(port)))
    with (
        begun("plan-dask-scheduler.service", *at, ("8787", str(seen)), rules=rules),
        begun("plan-dask-worker@.service", *at, ("plan-worker", "127.0.0.1"), ("%i", str(own)), rules=rules),
    ):
        ours, theirs = (f"dask:tls://127.0.0.1:{port}?certs={authorities / name}" for name in ("dask/two", "db/db"))
        contents = [path.read_bytes() for path in RETURNS[:2]]
        monkeypatch.setenv(executor.VARIABLE, ours)
        until = time.monotonic() + 60
        while (found := read(contents)) is None:
            assert time.monotonic() < until, "scheduler and worker do not start"
            time.sleep(0.2)
        assert len(found) == 2 and all(isinstance(cells, Cells) for cells in found)
        monkeypatch.setattr(executor, "PATIENCE", 2)
        for others in (theirs, f"dask:tcp://127.0.0.1:{port}"):
            monkeypatch.setenv(executor.VARIABLE, others)
            assert read(contents) is None
        monkeypatch.setenv(executor.VARIABLE, ours)
        assert read(contents) == found, "it is still there"


def read(contents: list[bytes]) -> list | None:
    """None where the cluster does not answer, or has no worker yet."""
    try:
        return list(executor.read_all(contents))
    except executor.ExecutorProblem:
        return None


def test_the_inbox_of_the_unit_is_taken_and_the_night_s_tidying_done(tmp_path):
    data, inbox = tmp_path / "var", tmp_path / "inbox"
    inbox.mkdir()
    shutil.copy(RETURNS[0], inbox)
    once = {"more": "--once --every 0.1", "data": data, "rules": tmp_path}
    taken = said_by("plan-monitor-watch.service", ("/srv/plan/inbox", str(inbox)), **once)
    assert RETURNS[0].name in taken and [path.name for path in inbox.rglob("done/*/*")] == [RETURNS[0].name]
    for key in ("ExecStartPre", "ExecStart"):  # without the first it would not know what to keep
        tidied = said_by("plan-monitor-tidy.service", key=key, data=data, rules=tmp_path)
    assert tidied == say("store.tidied", gone=0, freed="0.0", left=1) + "\n"


def said_by(name: str, *pairs: tuple[str, str], **more) -> str:
    """Of a unit's command that ends by itself, and well."""
    with begun(name, *pairs, told=subprocess.PIPE, **more) as program:
        said, problems = program.communicate(timeout=60)
    assert (program.returncode, problems) == (0, "")
    return said
