"""What a lost version had written is put back; what is not damaged stays as it is; all of it can be verified."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from warehouse_fixtures import House, a_fact, a_finding, a_receipt, rows_in

from warehouse import __main__ as command
from warehouse import originals, store
from warehouse.build import MARTS
from warehouse.lock import StoreError
from warehouse.versions import connections, files, journal
from warehouse.versions.ledger import TABLES
from warehouse.versions.repair import repair
from warehouse.versions.verify import verify
from warehouse.write import RemarkRow

AT = datetime(2021, 4, 6)


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Every kind of row, in four versions."""
    house = House(tmp_path_factory.mktemp("filled"))
    PLACE["folder"] = house.folder
    house.publish(filing("A", "10"))
    house.publish(filing("B", "20", approve=True))

    def decide(writer):
        remark = RemarkRow(subject="A", element="pupils", sheet="表", cell="D7", remark="请核对")
        writer.review(1, "returned", AT, "reviewer", "数值有误", [remark])
        writer.lock("2021Q1", "county", "B", AT, "reviewer")
        writer.deadline("2021Q2", ("", ""), date(2021, 7, 20), AT, "admin", "汛情")

    house.publish(decide)
    house.publish(filing("A", "12", at=datetime(2021, 4, 7), correction="更正漏报"))
    return house.folder


@pytest.fixture
def house(filled, tmp_path, monkeypatch):
    folder = PLACE["folder"] = tmp_path / "var"
    shutil.copytree(filled, folder)
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    return House(folder)


def filing(unit: str, pupils: str, at: datetime = AT, approve: bool = False, correction: str = ""):
    def change(writer):
        sha256 = originals.keep(f"{unit} {pupils}".encode(), PLACE["folder"])
        load_id = writer.add_receipt(a_receipt(unit, received=at, sha256=sha256))
        writer.add_facts(load_id, [a_fact("pupils", pupils, unit), a_fact("done", text="印发“方案”\n二", subject=unit)])
        writer.add_findings(load_id, [a_finding()])
        if correction:
            writer.correct(load_id, correction)
        if approve:
            writer.review(load_id, "approved", at, "reviewer")

    return change


PLACE: dict[str, Path] = {}  # where the workbooks go


def says(version) -> dict[str, list]:
    """Everything but the numbers that tell rows apart."""
    told = {}
    with store.open_version(version) as con:
        for name in (*TABLES, *(mart.name for mart in MARTS)):
            rows = con.execute(f"select columns(c -> c not in ('load_id', 'event_id')) from {name} order by all")
            told[name] = rows.fetchall()
    return told


def remove(house, *numbers: int) -> None:
    for number in numbers:
        files.path_of(house.folder, number).unlink()


@pytest.mark.parametrize("lost", [(4,), (3, 4), (2, 3, 4), (1, 2, 3, 4)])
def test_what_lost_versions_wrote_is_put_back_to_the_last_row(house, lost):
    before = says(store.newest(house.folder))
    remove(house, *lost)
    done = repair(house.folder, house.plan)
    assert (done.version, done.lost, done.complete) == (5, lost, True)
    assert says(store.newest(house.folder)) == before
    assert store.damage(house.folder) is None
    assert verify(house.folder).problems == []


def test_with_the_whole_folder_gone_all_is_put_back_from_the_journal(house):
    before = says(store.newest(house.folder))
    shutil.rmtree(house.folder / "warehouse")
    assert repair(house.folder, house.plan).version == 5
    assert says(store.newest(house.folder)) == before and verify(house.folder).problems == []


def test_a_damaged_file_is_set_aside_and_stays_for_whoever_wants_to_look(house):
    path = files.path_of(house.folder, 4)
    path.write_bytes(b"rubbish")
    assert repair(house.folder, house.plan).set_aside == ["000004.duckdb"]
    assert (path.parent / "damaged" / path.name).read_bytes() == b"rubbish" and not path.exists()


def test_what_was_filed_and_decided_since_stays_and_is_not_overtaken_by_the_older_decision(house):
    remove(house, 3, 4)
    house.publish(lambda writer: writer.review(1, "approved", datetime(2021, 4, 9), "reviewer"))
    house.publish(filing("A", "13", at=datetime(2021, 4, 10)))
    done = repair(house.folder, house.plan)
    assert done.put_back.receipts == ["2021Q1-A-county-02"]
    assert done.put_back.overtaken == ["2021Q1-A-county-01"]
    newest = store.newest(house.folder)
    with store.open_version(newest) as con:
        states = dict(con.execute("select number, state from receipt_state").fetchall())
        counts = con.execute(
            "select value from fact as f join current_receipt as c on c.load_id = f.load_id "
            "where c.reporter = 'A' and c.basis = 'filed' and f.element = 'pupils'"
        ).fetchall()
        assert con.execute("select due from due_day where period = '2021Q2' limit 1").fetchone() == (date(2021, 7, 20),)
    assert states == {
        "2021Q1-A-county-01": "approved",
        "2021Q1-B-county-01": "approved",
        "2021Q1-A-county-02": "filed",
        "2021Q1-A-county-03": "filed",
    }
    assert counts == [(13,)]
    assert verify(house.folder).problems == []


def test_a_second_loss_after_a_first_is_put_back_with_it(house):
    remove(house, 4)
    house.publish(filing("C", "30"))
    remove(house, 5)
    house.publish(filing("D", "40"))
    assert store.damage(house.folder).versions == (4, 5)
    done = repair(house.folder, house.plan)
    assert done.put_back.receipts == ["2021Q1-A-county-02", "2021Q1-C-county-01"]
    assert rows_in(store.newest(house.folder), "receipt") == 5 and verify(house.folder).problems == []


def test_repairing_what_is_whole_changes_nothing(house):
    before = {path: path.stat().st_mtime_ns for path in house.folder.rglob("*.*") if path.suffix != ".lock"}
    assert repair(house.folder, house.plan).nothing
    assert {path: path.stat().st_mtime_ns for path in house.folder.rglob("*.*") if path.suffix != ".lock"} == before


def test_a_loss_of_which_the_journal_tells_nothing_is_named(house):
    cut = next(line.start for line in journal.lines(house.folder) if line.entry.version == 4)
    content = (house.folder / journal.NAME).read_bytes()
    (house.folder / journal.NAME).write_bytes(content[:cut])
    remove(house, 4)
    done = repair(house.folder, house.plan)
    assert (done.lost, done.silent, done.complete) == ((4,), (4,), False)
    assert any("第4版在流水里没有记录" in sentence for sentence in command.repaired(done))


def test_without_a_version_and_without_a_journal_only_a_backup_helps(house):
    remove(house, 1, 2, 3, 4)
    (house.folder / journal.NAME).unlink()
    with pytest.raises(StoreError, match="请从备份恢复"):
        repair(house.folder, house.plan)


def test_damaged_lines_of_the_journal_are_written_anew_and_missing_manifests_too(house):
    content = bytearray((house.folder / journal.NAME).read_bytes())
    content[200] ^= 1
    (house.folder / journal.NAME).write_bytes(content)
    files.manifest_path(files.path_of(house.folder, 2)).unlink()
    assert any("流水有1行损坏" in problem for problem in verify(house.folder).problems)
    done = repair(house.folder, house.plan)
    assert (done.bad_lines, done.measured, done.version) == (1, [2], 0)
    found = verify(house.folder)
    assert (found.problems, found.notes) == ([], [])
    assert rows_in(house.publish(filing("C", "30")), "receipt") == 4 and verify(house.folder).problems == []


# Verified


def test_nothing_differs_and_the_command_says_what_was_looked_at(house, capsys):
    assert command.main(["verify"]) == 0
    assert capsys.readouterr().out == "第4版核对无误：4个版本文件、3份报表、流水4行，重建后没有不同。\n"


@pytest.mark.parametrize(
    ("sql", "named"),
    [
        ("update fact set value = value + 1 where load_id = 1 and element = 'pupils'", "fact，2021Q1-A-county-01"),
        ("delete from review where load_id = 2", "review，2021Q1-B-county-01"),
        (
            "update plan_2021.judged_city set value = 5 where indicator = 'pupils' and period = '2021Q1'",
            "judged_city，2021Q1",
        ),
        ("update quarter_lock set locked = false", "quarter_lock，2021Q1"),
        ("delete from finding", "finding，2021Q1-B-county-01"),
    ],
)
def test_a_row_that_somebody_changed_in_the_file_is_named(house, sql, named):
    path = files.path_of(house.folder, 4)
    with store.scratch(store.newest(house.folder)) as con:
        con.execute(sql)
        connections.commit(con)
        [(file,)] = con.execute("select path from duckdb_databases() where path is not null").fetchall()
        content = Path(file).read_bytes()
    path.write_bytes(content)
    files.write_manifest(path, files.measured(path))
    problems = verify(house.folder).problems
    assert any(f"重建后不同：{named}" in problem for problem in problems), problems


def test_a_workbook_that_is_gone_or_changed_is_named_by_its_receipt(house):
    with store.open_version(store.newest(house.folder)) as con:
        [(first,), (second,)] = con.execute("select sha256 from receipt order by load_id limit 2").fetchall()
    originals.path_of(first, house.folder).unlink()
    path = originals.path_of(second, house.folder)
    path.chmod(0o644)
    path.write_bytes(b"changed")
    told = "\n".join(verify(house.folder).problems)
    assert "2021Q1-A-county-01 的原始报表不在" in told and "2021Q1-B-county-01 的原始报表已损坏" in told


def test_the_commands_say_in_both_languages_what_was_done(house, capsys):
    remove(house, 4)
    assert command.main(["verify", "--lang", "en"]) == 1
    assert "python -m warehouse repair" in capsys.readouterr().out
    assert command.main(["tidy"]) == 2
    assert "已损坏或丢失" in capsys.readouterr().err
    assert command.main(["repair", "--lang", "en"]) == 0
    assert "version 4 held was put back into version 5; returns: 1" in capsys.readouterr().out
    assert command.main(["repair"]) == 0
    assert capsys.readouterr().out == "一切完好，没有需要修复的。\n"


def test_a_version_of_another_release_is_verified_but_for_the_marts_which_that_worked_out_otherwise(house):
    path = files.path_of(house.folder, 4)
    with store.scratch(store.newest(house.folder)) as con:
        con.execute("update edition set marts_digest = 'of another release'")
        con.execute("drop table plan_2021.judged_city")
        connections.commit(con)
        [(file,)] = con.execute("select path from duckdb_databases() where path is not null").fetchall()
        content = Path(file).read_bytes()
    path.write_bytes(content)
    files.write_manifest(path, files.measured(path))
    found = verify(house.folder)
    assert found.problems == []
    assert any("未作比较" in note for note in found.notes)
