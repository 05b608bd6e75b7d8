"""A lake with many at it: killed writers, two loaders, merging beside a writer, files in S3, a machine without network."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime

import pytest
from command_line import ROOT
from demo_fixtures import FOLDER
from lake_fixtures import begun_lake, lake, one_thread, written  # noqa: F401  (fixtures)
from small_s3 import small_s3
from warehouse_fixtures import House, a_fact, a_receipt, rows_in

from etl.__main__ import main as etl
from warehouse import store
from warehouse.lake import address, connections
from warehouse.lock import StoreError

LOAD = (sys.executable, "-m", "etl", "load")


@pytest.fixture
def house(tmp_path, begun_lake):  # noqa: F811
    return House(tmp_path / "data")


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "inbox"
    folder.mkdir()
    for path in sorted((FOLDER / "2021Q1").glob("*.xlsx"))[:5]:
        shutil.copy(path, folder)
    return folder


def many(writer, minute: int = 0, period: str = "2021Q1") -> None:
    """Enough rows for a file of their own."""
    receipt = a_receipt(period=period, received=datetime(2021, 4, 5, 9, minute), sha256=str(minute))
    rows = [a_fact("kids", str(n), f"S{n}", period, cell=f"D{n}") for n in range(connections.INLINED + 1)]
    writer.add_facts(writer.add_receipt(receipt), rows)


def only_facts(writer, minute: int = 0) -> None:
    """As `many`, of a quarter of which no plan speaks and no mart tells."""
    many(writer, minute, "2019Q1")


def facts(folder) -> list[tuple]:
    """Every current fact, whichever receipt it stands on."""
    with store.open_version(store.latest(folder)) as con:
        return con.execute(
            "select f.* exclude (load_id), r.sha256 from current_receipt as c join fact as f using (load_id)"
            " join receipt as r using (load_id) where c.basis = 'filed' order by all"
        ).fetchall()


def loaded(tmp_path, name: str, inbox) -> subprocess.Popen:
    env = {**os.environ, "DASHBOARD_DATA": str(tmp_path / name), "DASHBOARD_TODAY": "2021-10-15"}
    return subprocess.Popen([*LOAD, str(inbox), "--quiet"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)


def test_a_loader_killed_in_its_transaction_leaves_nothing_and_is_run_again(tmp_path, lake, inbox, monkeypatch):  # noqa: F811
    slow = tmp_path / "sitecustomize.py"
    slow.write_text(
        "import time\nfrom warehouse.write import Writer\n"
        "real = Writer.add_findings\n"
        "def stop(self, *given):\n    real(self, *given)\n    print('writing', flush=True)\n    time.sleep(600)\n"
        "Writer.add_findings = stop\n"
    )
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-10-15")
    env = {**os.environ, "PYTHONPATH": f"{tmp_path}:{ROOT}", "DASHBOARD_DATA": str(tmp_path / "var")}
    with subprocess.Popen([*LOAD, str(inbox)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout.readline().strip() == "writing"
        program.send_signal(signal.SIGKILL)
    assert store.newest(tmp_path / "var") is None
    told = {}
    for name, where in (("var", os.environ[address.VARIABLE]), ("beside", "")):
        monkeypatch.setenv(address.VARIABLE, where)
        monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / name))
        assert etl(["load", str(inbox), "--quiet"]) == 0
        told[name] = facts(tmp_path / name)
    connections.forget(lake)
    assert told["var"] == told["beside"] and len(told["var"]) > 100


def test_two_loaders_of_one_inbox_double_nothing(tmp_path, lake, inbox):  # noqa: F811
    with loaded(tmp_path, "var", inbox) as one, loaded(tmp_path, "var", inbox) as other:
        assert (one.wait(120), other.wait(120)) == (0, 0)
    newest = store.latest(tmp_path / "var")
    assert newest.number == 1 and rows_in(newest, "receipt") == 5
    with store.open_version(newest) as con:
        doubled = "select load_id, subject, element from fact group by all having count(*) > 1"
        assert con.execute(doubled).fetchall() == []


def test_merging_beside_a_writer_loses_nothing_and_ends(house):
    stop, problems, begun = threading.Event(), [], time.monotonic()
    house.publish(many)

    def tidy() -> None:
        while not stop.is_set():
            try:
                store.thin(house.folder)
            except Exception as problem:
                problems.append(problem)

    thread = threading.Thread(target=tidy)
    thread.start()
    for minute in range(1, 4):
        house.publish(lambda writer, minute=minute: many(writer, minute))
    stop.set()
    thread.join(60)
    assert problems == [] and time.monotonic() - begun < 60
    assert rows_in(store.latest(house.folder), "fact") == 4 * (connections.INLINED + 1)
    assert rows_in(store.version(house.folder, 1), "fact") == connections.INLINED + 1, "merged, not changed"


def test_a_file_of_an_open_transaction_is_never_swept_away(house, begun_lake):  # noqa: F811
    """It is a day before a file that no version knows is taken for left behind."""
    house.publish(only_facts)
    with connections.writing(begun_lake) as con:
        con.execute("begin")
        con.execute(f"insert into main.fact select * from main.fact limit {connections.INLINED + 1}")
        store.thin(house.folder)
        con.execute("commit")
    with pytest.raises(StoreError, match="1 天"):
        store.thin(house.folder, days=0)
    with house.open() as con:
        assert con.execute("select count(*), sum(value) from fact").fetchall()[0][0] == connections.INLINED + 1
    with connections.writing(begun_lake) as con:
        assert con.execute("select count(*) from main.fact").fetchone() == (2 * (connections.INLINED + 1),)


def test_files_may_lie_in_s3_and_what_fails_there_leaves_nothing(tmp_path, postgres_server, monkeypatch):
    with small_s3() as s3:
        monkeypatch.setenv(address.VARIABLE, written(postgres_server.fresh_conninfo(), "s3://plan/lake/"))
        one_thread(monkeypatch)
        for name, value in (
            ("ACCESS_KEY_ID", "a"),
            ("SECRET_ACCESS_KEY", "b"),
            ("ENDPOINT_URL", s3.url),
            ("REGION", "x"),
        ):
            monkeypatch.setenv(f"AWS_{name}", value)
        house = House(tmp_path / "data")
        house.publish(only_facts)
        assert any(key.startswith("/plan/lake/main/fact/") for key in s3.objects)
        s3.down = True
        with pytest.raises(Exception, match=r"503|HTTP"):
            house.publish(lambda writer: only_facts(writer, 1))
        s3.down = False
        assert rows_in(store.latest(house.folder), "fact") == connections.INLINED + 1
        house.publish(lambda writer: only_facts(writer, 1))
        assert rows_in(store.latest(house.folder), "fact") == 2 * (connections.INLINED + 1)
        connections.forget(address.configured())


def test_a_machine_without_network_and_with_an_empty_home_opens_the_lake(tmp_path, house, begun_lake):  # noqa: F811
    """Every extension comes out of the installed packages, in the version of DuckDB itself."""
    house.publish(only_facts)
    home = tmp_path / "home"
    home.mkdir()
    asked = (
        "import duckdb\nfrom pathlib import Path\nfrom warehouse import store\n"
        f"with store.open_version(store.latest(Path({str(house.folder)!r}))) as con:\n"
        '    print(*con.execute("select extension_name, extension_version from duckdb_extensions() '
        "where loaded and install_mode = 'NOT_INSTALLED' or extension_name in ('ducklake', 'postgres_scanner')\").fetchall())\n"
        "    print(con.execute('select count(*) from fact').fetchone()[0], duckdb.__version__)\n"
    )
    env = {**os.environ, "HOME": str(home), "PYTHONPATH": str(ROOT)}
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        env[name] = "http://127.0.0.1:9"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines()[-1:] == [f"{connections.INLINED + 1} 1.5.5"], done.stdout + done.stderr


def test_a_catalogue_that_comes_back_is_used_again_without_a_restart(house, begun_lake, monkeypatch):  # noqa: F811
    house.publish(only_facts)
    real = address.configured()
    monkeypatch.setattr(address, "configured", lambda: address.LakeAddress("host=/nowhere dbname=x", real.data))
    with pytest.raises(StoreError):
        store.newest(house.folder)
    monkeypatch.setattr(address, "configured", lambda: real)
    assert rows_in(store.latest(house.folder), "receipt") == 1
