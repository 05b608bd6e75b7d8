"""A version that is damaged or gone: the newest whole one serves, it is said so, and no number is given twice."""

from __future__ import annotations

import json
import logging
import os
import random
import shutil
from datetime import datetime
from itertools import count

import pytest
from warehouse_fixtures import House, a_receipt, rows_in

from catalogue.wording import use_language
from warehouse import store
from warehouse.lock import StoreError
from warehouse.versions import file_store, files, journal, listed, recovery

AT = datetime(2021, 4, 6)
LATER = count(2 * 10**18)  # nanoseconds: files changed within one tick of the clock would look alike


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """Three versions: A filed 10 pupils, B 20 more, and A was sent back."""
    house = House(tmp_path_factory.mktemp("filled"))
    house.file("unit | period | pupils\nA | 2021Q1 | 10")
    house.file("unit | period | pupils\nB | 2021Q1 | 20")
    house.review(1, "returned", "数值有误")
    return house.folder


@pytest.fixture
def house(filled, tmp_path):
    shutil.copytree(filled, tmp_path / "var")
    return House(tmp_path / "var")


def newest_file(house):
    return files.path_of(house.folder, files.last_published(house.folder))


def harm(path, change) -> None:
    path.write_bytes(change(path.read_bytes()))
    stamp = next(LATER)
    os.utime(path, ns=(stamp, stamp))


def pupils(version) -> dict[str, float]:
    """By reporter, of the returns that count."""
    sql = "select c.reporter, f.value from current_receipt as c join fact as f on f.load_id = c.load_id where c.basis = 'filed'"
    with store.open_version(version) as con:
        return {reporter: float(value) for reporter, value in con.execute(sql).fetchall()}


HARMS = {
    "cut": lambda path, by: harm(path, lambda content: content[: by.randrange(1, len(content))]),
    "flipped": lambda path, by: harm(path, lambda content: flipped(content, by)),
    "emptied": lambda path, by: harm(path, lambda content: b""),
    "longer": lambda path, by: harm(path, lambda content: content + by.randbytes(by.randrange(1, 5000))),
    "deleted": lambda path, by: path.unlink(),
}


def flipped(content: bytes, by: random.Random) -> bytes:
    found = bytearray(content)
    for _ in range(by.choice((1, 1, 2, 50))):
        found[by.randrange(len(found))] ^= 1 << by.randrange(8)
    return bytes(found) if found != content else flipped(content, by)


def test_fifty_damages_of_the_newest_give_right_values_and_the_sentence(house):
    by, third = random.Random(20211015), newest_file(house)
    content, manifest = third.read_bytes(), third.with_suffix(".json").read_bytes()
    for turn in range(50):
        HARMS[list(HARMS)[turn % len(HARMS)]](third, by)
        served = store.newest(house.folder)
        assert (served.number, pupils(served)) == (2, {"A": 10, "B": 20})
        assert store.damage(house.folder) == store.Damage((3,), 2)
        assert [each.number for each in store.versions(house.folder)] == [1, 2]
        if third.exists():
            with pytest.raises(StoreError, match="第3版的文件已损坏"):
                store.version(house.folder, 3)
        harm(third, lambda old: content) if third.exists() else third.write_bytes(content)
        assert pupils(store.newest(house.folder)) == {"B": 20}
        assert store.damage(house.folder) is None
    assert third.with_suffix(".json").read_bytes() == manifest


def test_a_file_that_is_damaged_while_it_is_open_is_not_read_on(house):
    assert pupils(store.newest(house.folder)) == {"B": 20}
    harm(newest_file(house), lambda content: content[:-9])
    assert store.newest(house.folder).number == 2


def test_a_damaged_manifest_does_not_condemn_a_whole_version(house):
    harm(newest_file(house).with_suffix(".json"), lambda content: content.replace(b"sha256", b"sha265"))
    listed._verdicts.clear()
    assert (store.newest(house.folder).number, store.damage(house.folder)) == (3, None)


@pytest.mark.parametrize("place", [0.0, 0.3, 0.9])
def test_without_a_manifest_every_row_is_looked_at(house, place):
    third = newest_file(house)
    third.with_suffix(".json").unlink()
    assert store.newest(house.folder).number == 3
    at = int(place * third.stat().st_size)
    harm(third, lambda content: content[:at] + bytes(len(content[at:])))
    assert store.newest(house.folder).number == 2


@pytest.mark.parametrize("told", ["", "rubbish", "2 00000000", "\x00\xff"])
def test_a_damaged_pointer_is_made_good_by_listing_the_folder(house, told):
    (house.folder / "warehouse" / "newest").write_text(told)
    assert store.newest(house.folder).number == 3


def test_the_newest_is_found_without_listing_the_folder(house, monkeypatch):
    store.newest(house.folder)
    monkeypatch.setattr(files, "numbers", lambda *_: pytest.fail("listed"))
    assert store.newest(house.folder).number == 3


def test_a_pointer_that_a_killed_writer_left_behind_leads_to_the_newest_all_the_same(house):
    files.point_to(house.folder, 1)
    assert store.newest(house.folder).number == 3


def test_the_damage_is_said_once_to_whoever_runs_a_command(house, caplog):
    newest_file(house).unlink()
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            store.newest(house.folder)
    [said] = [record.getMessage() for record in caplog.records]
    assert said == (
        "数据第3版的文件已损坏或丢失，其中的内容暂缺，现在显示的是第2版。请管理员在服务器上运行 python -m warehouse repair。"
    )
    use_language("en")
    assert "shown is version 2" in str(store.damage(house.folder))


def test_where_no_version_is_whole_the_sentence_says_so_and_nothing_is_published(house):
    for each in store.versions(house.folder):
        each.path.unlink()
    with pytest.raises(StoreError, match=r"没有一版可以打开.*python -m warehouse repair"):
        store.newest(house.folder)
    with pytest.raises(StoreError, match="没有一版可以打开"):
        house.publish(lambda writer: writer.add_receipt(a_receipt("C")))
    shutil.rmtree(house.folder / "warehouse")
    with pytest.raises(StoreError, match="没有一版可以打开"):
        house.publish(lambda writer: writer.add_receipt(a_receipt("C")))


# Numbers


def test_no_receipt_or_version_number_is_given_twice_after_the_newest_is_deleted(house):
    given = house.publish(lambda writer: writer.add_receipt(a_receipt("C", sha256="c" * 64)))
    given.path.unlink()
    again = house.publish(lambda writer: writer.add_receipt(a_receipt("C", sha256="d" * 64)))
    with store.open_version(again) as con:
        numbers = con.execute("select number, sha256 from receipt where reporter = 'C'").fetchall()
    assert (again.number, numbers) == (5, [("2021Q1-C-county-02", "d" * 64)])
    told = [line.entry.receipts for line in journal.lines(house.folder)][-2:]
    assert told == [(("2021Q1-C-county-01", "c" * 64),), (("2021Q1-C-county-02", "d" * 64),)]


def test_the_loss_is_told_until_it_is_put_right_even_after_others_have_published(house):
    newest_file(house).unlink()
    house.publish(lambda writer: writer.add_receipt(a_receipt("C")))
    house.publish(lambda writer: writer.add_receipt(a_receipt("D")))
    assert store.damage(house.folder) == store.Damage((3,), 5)


# Killed between


def test_killed_before_the_rename_the_line_and_the_manifest_are_taken_back(house, monkeypatch):
    before = (house.folder / journal.NAME).read_bytes()
    leave_as_killed(house, monkeypatch, "replace")
    assert len((house.folder / journal.NAME).read_bytes()) > len(before)
    assert (store.newest(house.folder).number, store.damage(house.folder)) == (3, None)
    again = house.publish(lambda writer: writer.add_receipt(a_receipt("D")))
    assert (again.number, rows_in(again, "lost_version"), rows_in(again, "taken_number")) == (4, 0, 0)
    assert [line.entry.version for line in journal.lines(house.folder)] == [1, 2, 3, 4]
    with store.open_version(again) as con:
        assert con.execute("select number from receipt where reporter = 'D'").fetchall() == [("2021Q1-D-county-01",)]


def leave_as_killed(house, monkeypatch, at: str) -> None:
    """The disk as it is when a writer dies at the rename that would have made its version."""
    folder = house.folder
    kept = folder.with_name("kept-as-it-was")

    def die(*_):
        shutil.copytree(folder, kept)
        raise KeyboardInterrupt

    real = os.replace
    with monkeypatch.context() as patch:
        patch.setattr(file_store.os, at, lambda old, new: die() if str(new).endswith(".duckdb") else real(old, new))
        with pytest.raises(KeyboardInterrupt):
            house.publish(lambda writer: writer.add_receipt(a_receipt("D")))
    shutil.rmtree(folder)
    os.rename(kept, folder)


def test_an_error_at_the_rename_leaves_neither_line_nor_manifest(house, monkeypatch):
    before = (house.folder / journal.NAME).read_bytes()
    real = os.replace

    def full(old, new):
        if str(new).endswith(".duckdb"):
            raise OSError(28, "No space left on device")
        real(old, new)

    monkeypatch.setattr(file_store.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        house.publish(lambda writer: writer.add_receipt(a_receipt("D")))
    assert (house.folder / journal.NAME).read_bytes() == before
    assert files.numbers(house.folder, "json") == [1, 2, 3]


def test_a_line_that_was_cut_short_is_taken_off_before_the_next(house):
    with (house.folder / journal.NAME).open("ab") as file:
        file.write(b'0123456789abcdef {"version": 4')
    recovery.roll_back(house.folder)
    house.publish(lambda writer: writer.add_receipt(a_receipt("D")))
    assert [line.entry.version for line in journal.lines(house.folder)] == [1, 2, 3, 4]


# Folders of an older program, and a journal that is lost


def as_an_older_program_left_it(house) -> None:
    for name in ("000001.json", "000002.json", "000003.json", "newest"):
        (house.folder / "warehouse" / name).unlink()
    shutil.rmtree(house.folder / "warehouse" / "kept")
    (house.folder / journal.NAME).unlink()


def test_an_older_folder_opens_as_before_and_the_first_publication_adopts_it(house):
    as_an_older_program_left_it(house)
    assert pupils(store.newest(house.folder)) == {"B": 20} and store.damage(house.folder) is None
    assert not (house.folder / journal.NAME).exists()
    after = house.publish(lambda writer: writer.add_receipt(a_receipt("C")))
    lines = [line.entry for line in journal.lines(house.folder)]
    assert [(line.version, len(line.receipts)) for line in lines] == [(3, 2), (4, 1)]
    after.path.unlink()
    assert store.damage(house.folder) == store.Damage((4,), 3)


@pytest.mark.parametrize("left", [0, 10, 400])
def test_a_journal_that_is_cut_short_is_written_anew_from_the_version(house, left):
    harm(house.folder / journal.NAME, lambda content: content[:left])
    house.publish(lambda writer: writer.add_receipt(a_receipt("C")))
    lines = [line.entry for line in journal.lines(house.folder)]
    assert sorted({number for line in lines for number, _ in line.receipts}) == [
        "2021Q1-A-county-01",
        "2021Q1-B-county-01",
        "2021Q1-C-county-01",
    ]
    assert None not in lines


def test_the_manifest_says_what_the_file_is(house):
    third = newest_file(house)
    told = json.loads(third.with_suffix(".json").read_text())
    assert (told["size"], told["sha256"]) == (third.stat().st_size, files.measured(third).sha256)
