"""Everything rebuilt from the stored workbooks and the journal; and what is kept for meetings is never thinned out."""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile

import pytest
from actions_fixtures import filed, saved_again
from admin_fixtures import AT, acting, house, lived_in, move_to, newest, publish  # noqa: F401  (fixtures)
from pages_fixtures import demonstration, on_stage, screen, words  # noqa: F401  (fixtures)

from access import db
from access import demo as demo_mode
from actions import __main__ as command
from actions import backup, restoring, versions
from actions.errors import NotNow
from catalogue.load import current_plan
from catalogue.wording import say
from etl import rebuilding
from ui.app import starting
from warehouse import __main__ as repairing
from warehouse import originals, store
from warehouse.versions import files, journal, keeping
from warehouse.versions.verify import verify


def test_the_sample_returns_rebuilt_from_their_workbooks_differ_in_nothing(demo, capsys):
    assert command.main(["verify"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("第1版核对无误：1个版本文件、85份报表")
    assert re.fullmatch(r"重读原始报表78份（85份回执，\d{4}项数据）：0处不同。", "\n".join(said[1:]))


@pytest.fixture
def one_return(tmp_path, monkeypatch):
    """The data folder in which only 抚顺县 has filed; gives the return's number and SHA-256."""
    on_stage(tmp_path, monkeypatch)
    demo_mode.ensure_demo(current_plan())
    filed()
    with store.open_version(newest()) as con:
        [found] = con.execute("select number, sha256 from receipt").fetchall()
    yield found
    db.dispose()


def test_an_entry_that_is_not_what_the_workbook_says_is_named_with_its_cell(one_return):
    def change(writer) -> None:
        writer._con.execute("update fact set value = value + 1 where sheet = '学前教育' and cell = 'E7'")
        writer.lock("2021Q2", "county", "", AT, "somebody")

    assert rebuilding.rebuild().problems == []
    publish(change)
    [problem] = rebuilding.rebuild().problems
    assert problem.startswith(f"回执 {one_return[0]} 学前教育!E7：库中为“value ")


def test_a_workbook_that_is_gone_is_not_read_and_said_so(one_return):
    number, sha256 = one_return
    originals.path_of(sha256).unlink()
    found = rebuilding.rebuild()
    assert (found.returns, found.problems) == (0, []) and number in found.notes[0]


def test_a_receipted_return_is_not_lost_with_its_version_and_its_number_not_given_again(one_return, capsys):
    number, sha256 = one_return
    newest().path.unlink()
    assert repairing.main(["repair"]) == 0
    assert f"已补回报表，回执号 {number}。" in capsys.readouterr().out
    assert filed(saved_again(1)).number == number[:-2] + "02"
    with store.open_version(newest()) as con:
        assert (number, sha256) in con.execute("select number, sha256 from receipt").fetchall()
    assert (verify(store.data_folder()).problems, rebuilding.rebuild().problems) == ([], [])


# After a restore


def test_a_restored_house_has_journal_manifests_and_marks_and_nothing_differs(lived_in, tmp_path, monkeypatch, capsys):  # noqa: F811
    backup.make(tmp_path / "b.zip")
    move_to(tmp_path / "new", monkeypatch)
    assert command.main(["restore", str(tmp_path / "b.zip"), "--into", str(tmp_path / "new"), "--quick"]) == 0
    assert "已恢复到" in capsys.readouterr().out
    assert keeping.kept(tmp_path / "new") == {1}
    assert files.numbers(tmp_path / "new", "json") == [1, 2]
    assert (tmp_path / "new" / journal.NAME).read_bytes() == (lived_in / journal.NAME).read_bytes()
    assert files.last_published(tmp_path / "new") == 2 and store.damage(tmp_path / "new") is None


def test_a_backup_of_a_damaged_house_takes_what_the_journal_knows_of_the_loss(lived_in, tmp_path, monkeypatch):  # noqa: F811
    newest().path.write_bytes(b"")
    made = backup.make(tmp_path / "b.zip")
    assert (made.newest, made.versions) == (1, [1])
    move_to(tmp_path / "new", monkeypatch)
    restoring.restore(tmp_path / "b.zip")
    assert store.damage(tmp_path / "new") == store.Damage((2,), 1)


def test_a_frozen_version_that_is_damaged_is_left_out_and_named(lived_in, tmp_path):  # noqa: F811
    files.path_of(lived_in, 1).write_bytes(b"")
    made = backup.make(tmp_path / "b.zip")
    assert (made.versions, made.damaged) == ([2], ["v1"])


def test_a_backup_of_an_older_program_is_restored_and_gets_its_manifests(lived_in, tmp_path, monkeypatch):  # noqa: F811
    backup.make(tmp_path / "b.zip")
    as_an_older_program_made_it(tmp_path / "b.zip", tmp_path / "old.zip")
    move_to(tmp_path / "new", monkeypatch)
    assert restoring.restore(tmp_path / "old.zip").newest == 2
    assert files.numbers(tmp_path / "new", "json") == [1, 2]


def as_an_older_program_made_it(path, to) -> None:
    """Format 1: without journal and manifests of versions."""
    with zipfile.ZipFile(path) as file, zipfile.ZipFile(to, "w") as old:
        told = json.loads(file.read("manifest.json"))
        new = {name for name in told["members"] if name == "journal.jsonl" or name.endswith(".json")}
        told["members"] = {name: each for name, each in told["members"].items() if name not in new}
        for name in told["members"]:
            old.writestr(name, file.read(name))
        old.writestr("manifest.json", json.dumps({**told, "format": 1}))


# Kept for meetings


def test_a_version_is_marked_when_it_is_frozen_and_not_any_more_when_it_is_let_go(house):  # noqa: F811
    versions.freeze(acting(), 1, "三季度调度会")
    assert keeping.kept(house) == {1}
    versions.unfreeze(acting(), 1)
    assert keeping.kept(house) == set()
    with pytest.raises(NotNow):
        versions.freeze(acting(), 7, "没有的版本")


def test_a_folder_of_an_older_program_learns_at_the_start_which_are_for_meetings(lived_in, capsys):  # noqa: F811
    shutil.rmtree(keeping.marks_of(lived_in))
    starting.heal()
    assert keeping.kept(lived_in) == {1}
    shutil.rmtree(keeping.marks_of(lived_in))
    versions.unfreeze(acting(), 1)
    assert command.main(["keep"]) == 0
    assert capsys.readouterr().out == "会议版0个，清理时保留。\n" and keeping.kept(lived_in) == set()


# On the screens


def test_every_screen_says_first_that_a_version_is_damaged_and_shows_the_one_before(house):  # noqa: F811
    publish(lambda writer: writer.lock("2021Q1", "county", "", AT, "李四"))
    newest().path.unlink()
    for page, who in (("pages/overview.py", "demo-leader"), ("pages/filing.py", "demo-210421")):
        app = screen(page, account=who)
        assert [each.value for each in app.error] == [str(store.Damage((2,), 1))]
        assert "第1版" in words(app)


def test_without_a_whole_version_the_screen_is_the_sentence(house):  # noqa: F811
    newest().path.write_bytes(b"")
    app = screen()
    assert [each.value for each in app.error] == [str(store.Damage((1,), 0))]


def test_the_screen_of_versions_tells_the_space_and_the_rules(house, tmp_path, monkeypatch):  # noqa: F811
    told = words(screen("pages/versions.py", account="demo-admin"))
    taken = store.space(house)
    assert f"1个版本 {taken.version_bytes / 2**20:.1f} MB" in told and "7天内的版本全部保留" in told
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("newest = 0")
    monkeypatch.setitem(os.environ, keeping.VARIABLE, str(wrong))
    app = screen("pages/versions.py", account="demo-admin")
    assert say("store.rule_range", file="wrong.toml", field="newest", least=1, most=36500) in words(app)
