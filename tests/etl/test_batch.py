"""A folder loaded at once: what is read, what is named, which of two files for one return is taken, and when."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from datetime import date, datetime

import pytest
from demo_fixtures import FOLDER, PLAN
from returns_fixtures import edited, put, values_only

from catalogue import load as plans
from catalogue.period import Period
from etl import batch, report
from etl.batch import Outcome
from etl.errors import NotOver, TwoFiles
from etl.submission import fingerprint, refuse_early
from warehouse import store

Q1 = Period(2021, 1)
GOOD = next((FOLDER / "2021Q1").glob("*新抚区*.xlsx"))
LATER, EARLIER = datetime(2021, 4, 12, 9), datetime(2021, 4, 11, 9)


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    """An empty folder, and an empty data folder behind it."""
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "var"))
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def other(cell: str = "E7", value: int = 41) -> bytes:
    return edited(values_only(GOOD.read_bytes()), put("学前教育", cell, value))


def states(folder, **how) -> dict[str, str]:
    return {outcome.name: outcome.state for outcome in load(folder, **how)}


def load(folder, **how) -> list[Outcome]:
    return batch.load([folder], **{"now": LATER, **how})


def standing() -> list[tuple[str, int]]:
    """(file, kindergartens) that the newest version says."""
    with store.open_version(store.latest(store.data_folder())) as con:
        return con.execute(
            """
            select r.file_name, b.value::int
            from mart_base as b join receipt as r using (load_id)
            where b.basis = 'filed' and b.element = 'kindergarten.sites'
            """
        ).fetchall()


def ledger(folder, **lines: str) -> None:
    """file name without ending -> its line of intake.toml."""
    rows = [f'[[file]]\nfile = "{name}.xlsx"\nsender = "甲"\n{line}' for name, line in lines.items()]
    (folder / "intake.toml").write_text("\n\n".join(rows))


# Read or named


def test_a_zip_is_taken_file_by_file_and_what_nobody_reads_is_not_taken(inbox):
    with zipfile.ZipFile(inbox / "县区.zip", "w") as made:
        made.write(GOOD, "新抚区/一季度.xlsx")
    (inbox / "抚顺县.docx").write_bytes(b"PK\3\4")
    assert states(inbox) == {"县区.zip!/新抚区/一季度.xlsx": "accepted", "抚顺县.docx": "unread"}
    [(name, _)] = standing()
    assert name == "一季度.xlsx"


def test_what_was_not_read_is_printed_with_its_name_and_counted(inbox, capsys):
    with zipfile.ZipFile(inbox / "县区.zip", "w") as made:
        made.write(GOOD, "一季度.xlsx")
    (inbox / "抚顺县.xlsx.crdownload").write_bytes(b"PK\3\4")
    report.tell(batch.check([inbox], now=LATER), PLAN, quiet=False, dry_run=True, notes=False)
    said = capsys.readouterr().out
    assert "县区.zip!/一季度.xlsx：接收1个" in said
    assert "抚顺县.xlsx.crdownload  这是没有下载完的文件" in said
    assert "接收1个，未读取1个" in said


# Two for one


def test_of_two_files_that_differ_neither_is_taken(inbox, capsys):
    shutil.copy(GOOD, inbox / "甲.xlsx")
    (inbox / "乙.xlsx").write_bytes(other())
    shutil.copy(next((FOLDER / "2021Q1").glob("*望花区*.xlsx")), inbox / "望花区.xlsx")
    outcomes = {outcome.name: outcome for outcome in load(inbox)}
    assert [type(outcomes[name].refusal) for name in ("甲.xlsx", "乙.xlsx")] == [TwoFiles, TwoFiles]
    assert outcomes["望花区.xlsx"].taken
    report.tell([*outcomes.values()], PLAN, quiet=True, dry_run=False, notes=False)
    assert "甲.xlsx  与“乙.xlsx”是同一份报表" in capsys.readouterr().out.replace("\n", "")


def test_the_same_file_twice_is_taken_once_and_said(inbox, capsys):
    for name in ("甲.xlsx", "甲 (1).xlsx"):
        shutil.copy(GOOD, inbox / name)
    outcomes = load(inbox)
    assert sorted(outcome.state for outcome in outcomes) == ["accepted", "unchanged"]
    report.tell(outcomes, PLAN, quiet=True, dry_run=False, notes=False)
    assert "甲.xlsx：与“甲 (1).xlsx”是同一份报表，内容相同，只取一份。" in capsys.readouterr().out.replace("\n", "")
    assert len(standing()) == 1


def test_the_same_return_in_a_zip_and_beside_it_is_taken_once(inbox):
    shutil.copy(GOOD, inbox / "甲.xlsx")
    with zipfile.ZipFile(inbox / "县区.zip", "w") as made:
        made.write(GOOD, "乙.xlsx")
    assert sorted(states(inbox).values()) == ["accepted", "unchanged"]


def test_files_that_the_ledger_dates_are_an_order_and_the_later_one_counts(inbox):
    (inbox / "先.xlsx").write_bytes(other(value=45))
    (inbox / "后.xlsx").write_bytes(other(value=46))
    ledger(inbox, 后="received_at = 2021-04-10T09:00:00", 先="received_at = 2021-04-09T09:00:00")
    assert states(inbox) == {"先.xlsx": "accepted", "后.xlsx": "accepted"}
    assert standing() == [("后.xlsx", 46)]


def test_of_two_that_came_together_the_one_marked_as_the_correction_counts(inbox):
    (inbox / "乙.xlsx").write_bytes(other(value=45))
    (inbox / "甲.xlsx").write_bytes(other(value=46))
    when = "received_at = 2021-04-09T09:00:00"
    ledger(inbox, 甲=f'{when}\ncorrection = "漏报一所"', 乙=when)
    assert set(states(inbox).values()) == {"accepted"}
    assert standing() == [("甲.xlsx", 46)]


# What is not kept


def test_a_file_with_personal_data_is_not_kept(inbox):
    (inbox / "新抚区.xlsx").write_bytes(
        edited(values_only(GOOD.read_bytes()), put("学前教育", "H9", "210421201503070018"))
    )
    (inbox / "望花区.xlsx").write_bytes(next((FOLDER / "2021Q1").glob("*望花区*.xlsx")).read_bytes())
    assert states(inbox) == {"新抚区.xlsx": "refused", "望花区.xlsx": "accepted"}
    kept = [path.stem for path in (store.data_folder() / "originals").rglob("*.bin")]
    assert kept == [fingerprint((inbox / "望花区.xlsx").read_bytes())]


# Before the quarter is over


def test_a_quarter_is_not_taken_on_its_last_day_and_is_on_the_next(inbox):
    shutil.copy(GOOD, inbox)
    [early] = load(inbox, now=datetime(2021, 3, 31, 23, 59))
    assert isinstance(early.refusal, NotOver) and "2021年第一季度到2021年3月31日才结束" in str(early.refusal)
    assert store.newest(store.data_folder()) is None
    assert set(states(inbox, now=datetime(2021, 4, 1)).values()) == {"accepted"}


def test_a_receipt_that_the_ledger_dates_too_early_or_into_the_future_is_not_taken(inbox):
    shutil.copy(GOOD, inbox / "新抚区.xlsx")
    ledger(inbox, 新抚区="received_at = 2021-03-30T09:00:00")
    assert states(inbox) == {"新抚区.xlsx": "refused"}
    ledger(inbox, 新抚区="received_at = 2021-04-02T09:00:00")
    assert states(inbox, now=datetime(2021, 3, 20)) == {"新抚区.xlsx": "refused"}


def test_the_day_is_the_one_put_in_place_of_today(inbox, monkeypatch):
    shutil.copy(GOOD, inbox)
    monkeypatch.setenv("DASHBOARD_TODAY", "2021-03-31")
    [early] = batch.load([inbox])
    assert isinstance(early.refusal, NotOver)


def test_a_plan_may_take_returns_early_but_not_before_the_quarter_begins(inbox, monkeypatch):
    generous = replace(plans.current_plan(), early_returns=True)
    refuse_early(Q1, date(2021, 1, 1), generous)
    with pytest.raises(NotOver, match="2021年第一季度尚未开始"):
        refuse_early(Q1, date(2020, 12, 31), generous)
    monkeypatch.setattr(batch, "plans", lambda: (generous,))
    shutil.copy(GOOD, inbox)
    assert set(states(inbox, now=datetime(2021, 3, 1)).values()) == {"accepted"}
