"""The way to the catalogue is encrypted, and a server that is not who it says is not spoken to."""

from __future__ import annotations

import os
import shutil
import socket

import psycopg
import pytest
from cluster_fixtures import certificates
from lake_fixtures import written
from postgres_fixtures import PROGRAMS, Server, short_folder
from warehouse_fixtures import House, a_receipt, rows_in

from warehouse import store
from warehouse.lake import address, connections
from warehouse.lock import StoreError


@pytest.fixture
def tls_server(postgres_server):
    """postgres_server: only so that its reasons to be skipped are ours. Gives (conninfo, folder of certificates)."""
    assert (PROGRAMS / "initdb").exists()
    folder = short_folder()
    server = Server(folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        certificates(folder / "certs")
        if os.geteuid() == 0:
            shutil.chown(folder, server.user)
            for path in (folder / "certs", *(folder / "certs").iterdir()):
                shutil.chown(path, server.user)
        (folder / "certs" / "key.pem").chmod(0o600)
        tls = f"-c ssl=on -c ssl_cert_file={folder}/certs/cert.pem -c ssl_key_file={folder}/certs/key.pem"
        server.start(f"-c listen_addresses=127.0.0.1 -c port={port} {tls}")
        with psycopg.connect(host="127.0.0.1", port=port, user="tester", dbname="postgres", autocommit=True) as con:
            con.execute("create database lake")
        yield f"host=127.0.0.1 port={port} user=tester dbname=lake", folder / "certs"
    finally:
        server.stop()
        shutil.rmtree(folder)


def test_a_lake_over_tls_is_used_and_one_with_another_certificate_is_not(tls_server, tmp_path, monkeypatch):
    conninfo, certs = tls_server
    (tmp_path / "files").mkdir()
    ours, other = certs / "ca.pem", tmp_path / "other"
    certificates(other)
    for trusted, known in ((ours, True), (other / "ca.pem", False)):
        told = f"{conninfo} sslmode=verify-full sslrootcert={trusted}"
        monkeypatch.setenv(address.VARIABLE, written(told, f"{tmp_path}/files/"))
        house = House(tmp_path / "data")
        if known:
            house.publish(lambda writer: writer.add_receipt(a_receipt()))
            assert rows_in(store.latest(house.folder), "receipt") == 1
            with connections.writing(address.configured()) as con:
                con.execute(
                    "create table spoken as select * from postgres_query('__ducklake_metadata_lake', 'select ssl from pg_stat_ssl where pid = pg_backend_pid()')"
                )
                assert con.execute("from spoken").fetchall() == [(True,)]
            connections.forget(address.configured())
        else:
            with pytest.raises(StoreError, match="certificate"):
                store.newest(house.folder)
