"""Versions are thinned out by age; those for a meeting, those of a quarter's end and those in use stay."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from warehouse_fixtures import House, a_receipt, rows_in

from catalogue import clock
from warehouse import __main__ as command
from warehouse import store
from warehouse.lock import StoreError
from warehouse.versions import files, keeping
from warehouse.versions.keeping import Rules, to_go

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2022, 6, 15, 12)


def every(step: timedelta, days: int) -> list[tuple[int, datetime]]:
    """(number, when), the newest now."""
    times = [NOW - n * step for n in range(int(timedelta(days) / step) + 1)][::-1]
    return list(enumerate(times, start=1))


def staying(published, kept=(), **rules: int) -> list[datetime]:
    gone = set(to_go(published, set(kept), Rules(**rules), NOW))
    return [at for number, at in published if number not in gone]


def test_all_of_a_week_stay_then_the_last_of_each_day_then_of_each_week():
    stay = staying(every(timedelta(hours=6), 400))
    ages = [(NOW - at).days for at in stay]
    assert sum(age < 7 for age in ages) == 28
    daily = [at for at in stay if 8 <= (NOW - at).days < 92]
    assert len(daily) == len({at.date() for at in daily}) == 84 and {at.hour for at in daily} == {18}
    weekly = [at for at in stay if (NOW - at).days > 93]
    assert len({at.isocalendar()[:2] for at in weekly}) >= 43
    quarters = {datetime(2021, 6, 30, 18), datetime(2021, 9, 30, 18), datetime(2021, 12, 31, 18)}
    assert {at for at in weekly if at.isoweekday() != 7} == quarters


def test_the_last_of_every_quarter_and_those_kept_stay_for_ever():
    published = every(timedelta(days=1), 2000)
    stay = staying(published, kept={1, 17}, weekly_days=100)
    old = [at for at in stay if (NOW - at).days > 101]
    ends = [at for at in old if (at + timedelta(days=1)).month in (1, 4, 7, 10) and (at + timedelta(days=1)).day == 1]
    assert set(old) - set(ends) == {published[0][1], published[16][1]}
    assert len(ends) == 21


def test_the_newest_few_stay_however_old():
    published = [(number, NOW - timedelta(days=900, minutes=60 - number)) for number in range(1, 11)]
    assert [at for _, at in published[-3:]] == staying(published, newest=3)


@pytest.mark.parametrize("published", [[], every(timedelta(days=1), 0)])
def test_nothing_goes_where_there_is_nothing_or_one(published):
    assert to_go(published, set(), Rules(newest=1), NOW) == []


# On disk


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Seven versions a minute apart, more than a year ago; A to G filed."""
    house = House(tmp_path_factory.mktemp("filled"))
    with pytest.MonkeyPatch.context() as patch:
        for turn, unit in enumerate("ABCDEFG"):
            patch.setattr(clock, "real_now", lambda turn=turn: datetime(2021, 5, 3, 9) + timedelta(minutes=turn))
            house.publish(lambda writer, unit=unit: writer.add_receipt(a_receipt(unit)))
    return house.folder


@pytest.fixture
def house(filled, tmp_path, monkeypatch):
    shutil.copytree(filled, tmp_path / "var")
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(clock, "real_now", lambda: NOW)
    return House(tmp_path / "var")


def left(house) -> list[int]:
    return files.numbers(house.folder)


def test_thinning_takes_file_and_manifest_and_leaves_the_newest_its_kept_ones_and_its_history(house):
    store.keep(house.folder, [1])
    size = files.path_of(house.folder, 2).stat().st_size
    done = store.thin(house.folder)
    assert (done.gone, done.left, done.freed >= size) == ((2,), 6, True)
    assert left(house) == files.numbers(house.folder, "json") == [1, 3, 4, 5, 6, 7]
    assert [each.number for each in store.versions(house.folder)] == [1, 3, 4, 5, 6, 7]
    assert rows_in(store.newest(house.folder), "receipt") == 7 and store.damage(house.folder) is None
    store.let_go(house.folder, 1)
    assert store.thin(house.folder).gone == (1,)


def test_one_that_is_read_is_never_thinned_out(house):
    with store.open_version(store.version(house.folder, 2)) as con:
        assert store.thin(house.folder).gone == (1,)
        assert con.execute("select count(*) from receipt").fetchone() == (2,)


def test_one_that_another_process_reads_is_never_thinned_out(house):
    script = (
        "import sys; from pathlib import Path; from warehouse import store\n"
        "with store.open_version(store.version(Path(sys.argv[1]), 1)) as con:\n"
        "    print('open', flush=True); sys.stdin.readline()\n"
    )
    search = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    with subprocess.Popen(
        [sys.executable, "-c", script, str(house.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": search},
    ) as other:
        assert other.stdout.readline() == "open\n"
        assert store.thin(house.folder).gone == (2,)
        other.stdin.write("\n")
    assert store.thin(house.folder).gone == (1,)


def test_a_publication_thins_out_once_a_day(house, monkeypatch):
    stamp = house.folder / "warehouse" / "tidied"
    os.utime(stamp, (NOW.timestamp() - 86400 * 3,) * 2)
    house.publish(lambda writer: writer.add_receipt(a_receipt("H")))
    assert left(house) == [4, 5, 6, 7, 8]
    monkeypatch.setattr(keeping, "to_go", lambda *_: pytest.fail("looked at every version again"))
    monkeypatch.setattr(clock, "real_now", lambda: clock.of_file(stamp.stat().st_mtime))
    assert house.publish(lambda writer: writer.add_receipt(a_receipt("I"))).number == 9


def test_nothing_is_thinned_out_before_it_is_known_which_are_for_meetings(house):
    (house.folder / "warehouse" / "kept").rmdir()
    with pytest.raises(StoreError, match="尚不知道哪些版本是会议版"):
        store.thin(house.folder)
    os.utime(house.folder / "warehouse" / "tidied", (0, 0))
    house.publish(lambda writer: writer.add_receipt(a_receipt("H")))
    assert len(left(house)) == 8


def test_nothing_is_thinned_out_while_the_newest_is_damaged(house):
    files.path_of(house.folder, 7).write_bytes(b"")
    with pytest.raises(StoreError, match="第7版的文件已损坏"):
        store.thin(house.folder)
    assert len(left(house)) == 7


def test_the_command_says_how_much_went(house, capsys):
    assert command.main(["tidy"]) == 0
    assert capsys.readouterr().out.startswith("清理了2个版本，腾出")
    assert command.main(["tidy", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "Versions let go: 0; freed: 0.0 MB; kept: 5.\n"


def test_space_is_that_of_the_files(house):
    taken = store.space(house.folder)
    sizes = [path.stat().st_size for path in (house.folder / "warehouse").glob("*.duckdb")]
    assert (taken.versions, taken.version_bytes) == (7, sum(sizes))
    assert taken.journal_bytes == (house.folder / "journal.jsonl").stat().st_size > 0


# The rules


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("all_days = ", "warehouse.toml"),
        ("all_days = 0", "all_days 应为1至36500的整数"),
        ("newest = 0", "newest 应为1至36500的整数"),
        ('daily_days = "x"', "daily_days"),
        ("dayly_days = 3", "dayly_days"),
    ],
)
def test_a_mistake_in_the_rules_names_file_and_field_and_stops_no_publication(
    house, tmp_path, monkeypatch, content, told
):
    path = tmp_path / "warehouse.toml"
    path.write_text(content)
    monkeypatch.setenv(keeping.VARIABLE, str(path))
    with pytest.raises(StoreError, match=told):
        store.thin(house.folder)
    os.utime(house.folder / "warehouse" / "tidied", (0, 0))
    assert house.publish(lambda writer: writer.add_receipt(a_receipt("H"))).number == 8


def test_rules_that_are_not_there_are_named(monkeypatch, tmp_path):
    monkeypatch.setenv(keeping.VARIABLE, str(tmp_path / "no.toml"))
    with pytest.raises(StoreError, match=r"no\.toml.*DASHBOARD_KEEPING"):
        keeping.rules()


def test_the_rules_as_delivered_are_those_of_the_code(monkeypatch):
    monkeypatch.delenv(keeping.VARIABLE, raising=False)
    assert keeping.rules() == Rules()
