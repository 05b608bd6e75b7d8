"""python -m reports quarter: the whole set in one folder, all of it or nothing."""

# ruff: noqa: F811
from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path

import docx
import pandas as pd
import plotly.graph_objects as go
import pytest
from proof_fixtures import blank_picture, here, own_data  # noqa: F401  (fixtures)
from workbook_fixtures import opened

from catalogue.wording import say
from reports import __main__ as command
from reports import archive, files, layout
from reports.pictures import pack, picture
from reports.snapshot import Snapshot
from warehouse import read

Q3 = ("--period", "2021Q3", "--basis", "filed")
LACK = "没有安装Chromium。"
PICTURES = archive.PICTURES  # of which the last is the pack


@pytest.fixture
def run(here, capsys):
    """(exit code, what was printed, what was complained about)."""

    def told(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = command.main([str(one) for one in arguments])
        return code, *capsys.readouterr()

    return told


@pytest.fixture
def bare(monkeypatch):
    """A server that draws no pictures."""
    monkeypatch.setattr(picture, "available", lambda: LACK)


@pytest.fixture
def quick(monkeypatch):
    """Two kinds of files only, made at once."""
    kinds = {
        "summary": files.Kind("xlsx", lambda snapshot, _: b"x"),
        "county_workbook": files.Kind("xlsx", lambda snapshot, unit: unit.encode(), lambda plan: plan.units),
        "poster": files.Kind("png", lambda snapshot, _: picture.png(go.Figure())),
    }
    monkeypatch.setattr(archive, "DOCUMENTS", ("summary", "county_workbook"))
    monkeypatch.setattr(archive, "PICTURES", ("poster",))
    monkeypatch.setitem(files.KINDS, "summary", kinds["summary"])
    monkeypatch.setitem(files.KINDS, "county_workbook", kinds["county_workbook"])
    monkeypatch.setitem(files.KINDS, "poster", kinds["poster"])


def listed(folder: Path, name: str = "目录.csv") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text("utf-8-sig"), newline="")))


def there(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_the_whole_set_is_there_and_opens(run, here, bare, tmp_path):
    folder = tmp_path / "2021年第三季度"
    code, said, complained = run("quarter", *Q3, "--out", folder)
    assert (code, said, complained) == (0, f"{folder}\n", f"{say('archive.no_pictures', why=LACK)}\n")
    rows = listed(folder)
    assert there(folder) == {row["文件"] for row in rows} | {"目录.csv"}
    assert {"季度汇总表.xlsx", "督查通报.docx", "数据表/新抚区.xlsx", "自有表样/季度快报.xlsx"} <= there(folder)
    assert len([name for name in there(folder) if name.startswith("数据表/")]) == len(here.snapshot.plan.units)
    for row in rows:
        content = (folder / row["文件"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["SHA-256"]
        assert (row["报告期"], row["填报覆盖"], row["数据版本"], row["说明"]) == (
            "2021年第三季度",
            "23/25份报表",
            "1",
            "演示数据",
        )
        assert bool(row["校验码"]) is not row["文件"].endswith(".csv"), row["文件"]
        if row["文件"].endswith(".xlsx"):
            assert opened(content).sheetnames
    assert docx.Document(str(folder / "督查通报.docx")).paragraphs
    values = here.snapshot.ask(lambda con: read.values(con, "2021Q3", read.ALL, basis="filed"))
    assert len(pd.read_csv(folder / "数据" / "values.csv")) == len(values)
    assert set(pd.read_csv(folder / "数据" / "facts.csv")["period"]) == {"2021Q3"}
    assert run("verify", *(folder / row["文件"] for row in rows if row["校验码"]))[0] == 0


def test_with_pictures_there_are_posters_cards_and_the_pack(run, here, quick, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "PICTURES", PICTURES)
    for kind in PICTURES[:-1]:
        drawn = files.Kind(
            files.KINDS[kind].ending, lambda snapshot, about: here.made("poster"), files.KINDS[kind].abouts
        )
        monkeypatch.setitem(files.KINDS, kind, drawn)
    monkeypatch.setattr(picture, "draw", lambda jobs: [here.made("chart")] * len(jobs))
    monkeypatch.setattr(pack, "LOT", 200)
    assert run("quarter", *Q3, "--out", tmp_path / "x")[::2] == (0, "")
    plan = here.snapshot.plan
    assert {"总览长图.png", "全部图表.zip", "县区卡片/新抚区.png"} <= there(tmp_path / "x")
    assert len(list((tmp_path / "x" / "县区卡片").iterdir())) == len(plan.units)
    assert len(list((tmp_path / "x" / "项目情况").iterdir())) == len(plan.projects)
    assert len(list((tmp_path / "x" / "指标长图").iterdir())) == len(plan.indicators)
    assert "总览长图.pdf" in there(tmp_path / "x")
    codes = {row["文件"]: row["校验码"] for row in listed(tmp_path / "x")}
    assert codes["总览长图.png"] == here.proof("poster").code and codes["全部图表.zip"] == ""


def test_where_drawing_fails_half_way_there_is_no_picture_at_all(run, quick, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "PICTURES", ("pack", "poster"))
    monkeypatch.setitem(files.KINDS, "pack", files.Kind("zip", lambda snapshot, _: b"PK"))
    monkeypatch.setattr(picture, "available", lambda: LACK)
    code, _, complained = run("quarter", *Q3, "--out", tmp_path / "x")
    assert code == 0 and LACK in complained and "全部图表.zip" not in there(tmp_path / "x")


def test_a_second_run_is_refused_and_changes_nothing(run, quick, bare, tmp_path):
    folder = tmp_path / "x"
    folder.mkdir()  # an empty one may be there
    assert run("quarter", *Q3, "--out", folder)[0] == 0
    before = there(folder)
    for place in (folder, folder / "目录.csv"):
        assert run("quarter", *Q3, "--out", place) == (2, "", f"{say('archive.occupied', folder=place)}\n")
    assert there(folder) == before and [path.name for path in tmp_path.iterdir()] == ["x"]


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (layout.LayoutBroken("B2：写错了"), 2),
        (OSError("disk full"), 2),
        (KeyboardInterrupt(), None),
        (KeyError("x"), None),
    ],
)
def test_a_failure_leaves_nothing(run, quick, bare, tmp_path, monkeypatch, problem, code):
    def broken(snapshot: Snapshot, unit: str) -> bytes:
        raise problem

    kind = files.KINDS["county_workbook"]
    monkeypatch.setitem(files.KINDS, "county_workbook", files.Kind("xlsx", broken, kind.abouts))
    if code:
        assert run("quarter", *Q3, "--out", tmp_path / "x")[0] == code
    else:
        with pytest.raises(type(problem)):
            run("quarter", *Q3, "--out", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_made_is_said(run, quick, tmp_path):
    no_folder = tmp_path / "没有" / "x"
    for arguments, said in (
        (("--period", "2031Q1", "--out", tmp_path / "x"), "工作要点没有2031Q1这个报告期"),
        (("--period", "2021Q3", "--version", 9, "--out", tmp_path / "x"), "数据第9版已不在本机。"),
        (("--period", "2021Q3", "--out", no_folder), say("files.not_written", path=no_folder)),
    ):
        code, printed, complained = run("quarter", *arguments)
        assert (code, printed) == (2, "") and complained.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_in_english_its_names_are_english(run, quick, bare, tmp_path):
    assert run("--lang", "en", "quarter", *Q3, "--out", tmp_path / "x")[0] == 0
    assert {"Summary.xlsx", "CONTENTS.csv", "Data/values.csv"} <= there(tmp_path / "x")
    assert listed(tmp_path / "x", "CONTENTS.csv")[0]["File"] == "Summary.xlsx"
