"""Files are read here or on a cluster, and what is read is the same; a worker that dies in the midst changes nothing."""

from __future__ import annotations

import pytest
from cluster_fixtures import cluster  # noqa: F401  (a fixture)
from demo_fixtures import FOLDER

from etl import executor
from etl.executor import VARIABLE, Cluster, ExecutorProblem, Local, configured, read_all

FILES = [path.read_bytes() for path in sorted((FOLDER / "2021Q1").glob("*.xlsx"))]


@pytest.mark.parametrize(("given", "found"), [("", Local(None)), ("local:1", Local(1)), ("local:16", Local(16))])
def test_without_a_cluster_this_machine_reads(monkeypatch, given, found):
    monkeypatch.setenv(VARIABLE, given)
    assert configured() == found


def test_a_cluster_on_this_machine_needs_no_certificates(monkeypatch):
    monkeypatch.setenv(VARIABLE, "dask:tcp://127.0.0.1:8786")
    assert configured() == Cluster("tcp://127.0.0.1:8786", None)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("local:0", "local:N"),
        ("local:many", "local:N"),
        ("spark://master:7077", "dask:tls://"),
        ("dask:tcp://10.0.0.5:8786", "TLS"),
        ("dask:tls://10.0.0.5:8786", "ca.pem，cert.pem，key.pem"),
        ("dask:tls://10.0.0.5:8786?certs=/nowhere", "ca.pem，cert.pem，key.pem"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused_with_what_it_should_be(monkeypatch, given, told):
    monkeypatch.setenv(VARIABLE, given)
    with pytest.raises(ExecutorProblem, match=told):
        list(read_all(FILES))


def test_a_file_that_cannot_be_read_is_a_refusal_in_its_place(monkeypatch):
    monkeypatch.setenv(VARIABLE, "local:2")
    good, bad, again = read_all([FILES[0], b"no workbook", FILES[0]])
    assert good == again and isinstance(bad, Exception)


def test_a_worker_of_another_release_reads_nothing():
    with pytest.raises(ExecutorProblem, match="到同一版本"):
        executor._read_batch(("0.0.1", FILES))


def test_a_cluster_that_does_not_answer_is_told_in_a_sentence(monkeypatch):
    monkeypatch.setenv(VARIABLE, "dask:tcp://127.0.0.1:9")
    monkeypatch.setattr(executor, "PATIENCE", 1)
    with pytest.raises(ExecutorProblem, match="什么都没有写入"):
        list(read_all(FILES))


def test_a_cluster_reads_what_this_machine_reads_even_where_a_worker_is_killed(monkeypatch, cluster):  # noqa: F811
    contents = [*FILES, b"no workbook", *FILES, *FILES]
    here = [repr(cells) for cells in read_all(contents)]
    monkeypatch.setenv(VARIABLE, cluster.address)
    monkeypatch.setattr(executor, "BATCH", 2)
    there = []
    for cells in read_all(contents):
        there.append(repr(cells))
        if len(there) == 2:
            cluster.kill_a_worker()
    assert cluster.programs[-1].wait(10) == -9
    assert there == here
