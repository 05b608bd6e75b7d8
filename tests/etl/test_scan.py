"""A scanner that the server names is asked about every file before it is read."""

from __future__ import annotations

import sys

import pytest
from annotate_fixtures import good

from etl import batch, scan
from etl.__main__ import main
from etl.errors import Infected, NotScanned
from etl.scan import VARIABLE


def scanner(code: str) -> str:
    """A command that is given the path last, as sys.argv[1]."""
    return f'{sys.executable} -S -c "{code}"'


EXITS = "import sys; data = open(sys.argv[1], 'rb').read(); sys.exit({})"


def test_without_a_scanner_nothing_is_asked(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    scan.scan(b"EICAR")


@pytest.mark.parametrize(("data", "refusal"), [(b"clean", None), (b"EICAR", Infected), (b"odd", NotScanned)])
def test_the_scanner_sees_the_very_bytes_and_its_exit_code_counts(monkeypatch, data, refusal):
    monkeypatch.setenv(VARIABLE, scanner(EXITS.format("{b'clean': 0, b'EICAR': 1}.get(data, 2)")))
    if refusal is None:
        scan.scan(data)
    else:
        with pytest.raises(refusal) as refused:
            scan.scan(data)
        assert "扫描" in str(refused.value) and refused.value.mend()


@pytest.mark.parametrize("command", ["/no/such/scanner", "scanner 'unclosed", scanner("import time; time.sleep(9)")])
def test_a_scanner_that_is_not_there_or_does_not_end_lets_nothing_through(monkeypatch, command):
    monkeypatch.setenv(VARIABLE, command)
    monkeypatch.setattr(scan, "SECONDS", 0.2)
    with pytest.raises(NotScanned):
        scan.scan(b"x")


def test_the_path_tells_nothing_of_the_sender_and_is_gone_afterwards(monkeypatch, tmp_path):
    told = tmp_path / "told"
    monkeypatch.setenv(VARIABLE, scanner(f"import sys; open('{told}', 'w').write(sys.argv[1])"))
    scan.scan(b"x")
    path = told.read_text()
    assert path.endswith("/upload")
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: SIM115


def test_a_load_refuses_what_the_scanner_refuses_and_does_not_read_it(monkeypatch, tmp_path):
    (tmp_path / "一.xlsx").write_bytes(good())
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    monkeypatch.setenv(VARIABLE, scanner(EXITS.format(1)))
    monkeypatch.setattr(batch, "read_all", lambda contents: iter([] if not list(contents) else pytest.fail("was read")))
    [outcome] = batch.load([tmp_path])
    assert isinstance(outcome.refusal, Infected)


def test_a_load_onto_a_full_disk_says_so_in_a_sentence(monkeypatch, tmp_path, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    (tmp_path / "一.xlsx").write_bytes(good())
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(batch.originals, "keep", full)
    assert main(["load", str(tmp_path / "一.xlsx"), "--quiet"]) == 2
    assert "数据盘已满" in capsys.readouterr().err
