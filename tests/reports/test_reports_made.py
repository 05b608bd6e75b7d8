"""python -m reports workbook, picture, briefing, pack, layout: which file each makes, and what it says where it makes none."""

# ruff: noqa: F811
from __future__ import annotations

import pytest
from proof_fixtures import here, own_data  # noqa: F401  (fixtures)

from catalogue.wording import say
from reports import __main__ as command
from reports.pictures import picture

Q3 = ("--period", "2021Q3", "--basis", "filed")


@pytest.fixture
def run(here, capsys):
    """(exit code, what was printed, what was complained about)."""

    def told(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = command.main([str(one) for one in arguments])
        return code, *capsys.readouterr()

    return told


@pytest.fixture
def wrong(here, capsys):
    """What argparse says about arguments there are not; its code is 2."""

    def told(*arguments: object) -> str:
        with pytest.raises(SystemExit) as ended:
            command.main([str(one) for one in arguments])
        assert ended.value.code == 2
        return capsys.readouterr().err

    return told


@pytest.mark.parametrize(
    "arguments",
    [
        ("workbook", "--county", "210402"),
        ("workbook", "--indicator", "public-share"),
        ("layout", "季度快报.xlsx"),
    ],
)
def test_a_file_is_made_and_named(run, tmp_path, arguments):
    out = tmp_path / "成品.xlsx"
    assert run(*arguments, *Q3, "--out", out) == (0, f"{out}\n", "")
    code, said, _ = run("verify", out)
    assert code == 0 and said.startswith("成品.xlsx：截至2021年9月30日 · 含未审核 · 23/25份报表")


@pytest.mark.parametrize(
    ("arguments", "kind", "about"),
    [
        (("workbook",), "summary", ""),
        (("workbook", "--county", "210402"), "county_workbook", "210402"),
        (("workbook", "--indicator", "public-share"), "indicator_workbook", "public-share"),
        (("picture", "overview"), "poster", ""),
        (("picture", "county", "210402"), "county_card", "210402"),
        (("picture", "project", "canteen"), "project_sheet", "canteen"),
        (("briefing",), "briefing", ""),
        (("pack",), "pack", ""),
        (("layout", "季度快报.xlsx"), "layout", "季度快报.xlsx"),
    ],
)
def test_each_command_makes_its_kind_of_file(run, tmp_path, monkeypatch, arguments, kind, about):
    asked = []

    def make(*given):
        asked.append((given[0], given[1].period, given[1].basis, given[1].version.number, given[2]))
        return b"x"

    monkeypatch.setattr(command, "make", make)
    out = tmp_path / "x"
    assert run(*arguments, "--period", "2021Q3", "--version", 1, "--out", out)[0] == 0 and out.read_bytes() == b"x"
    assert asked == [(kind, "2021Q3", "approved", 1, about)]


def test_only_what_was_approved_counts_unless_asked_for(run, tmp_path):
    out = tmp_path / "x.xlsx"
    run("layout", "季度快报.xlsx", "--period", "2021Q3", "--out", out)
    assert f" · {say('basis.approved')} · " in run("verify", out)[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("workbook", "--period", "2031Q1", "--county", "210402"),
            "工作要点没有2031Q1这个报告期，可用：2020Q4、2021Q1",
        ),
        (("workbook", "--period", "2021Q3", "--county", "999999"), "没有“999999”，可用：210402"),
        (("workbook", "--period", "2021Q3", "--county", ""), "请写明是关于哪一个的，可用：210402"),
        (("workbook", "--period", "2021Q3", "--indicator", "K99"), "没有“K99”，可用："),
        (("picture", "county", "--period", "2021Q3"), "请写明是关于哪一个的，可用："),
        (("picture", "overview", "210402", "--period", "2021Q3"), "这种文件是关于全市的"),
        (("layout", "没有.xlsx", "--period", "2021Q3"), "没有“没有.xlsx”，可用：季度快报.xlsx"),
        (("workbook", "--period", "2021Q3", "--version", "99"), "数据第99版已不在本机。"),
    ],
)
def test_what_cannot_be_made_is_said_and_nothing_is_written(run, tmp_path, arguments, said):
    code, printed, complained = run(*arguments, "--out", tmp_path / "x")
    assert (code, printed) == (2, "") and complained.startswith(said)
    assert not (tmp_path / "x").exists()


def test_a_place_that_cannot_be_written_is_said(run, tmp_path):
    out = tmp_path / "没有" / "x.xlsx"
    assert run("layout", "季度快报.xlsx", *Q3, "--out", out) == (2, "", f"{say('files.not_written', path=out)}\n")


def test_a_picture_without_a_browser_is_said(run, tmp_path, monkeypatch):
    monkeypatch.setattr(picture, "available", lambda: "没有安装Chromium。")
    assert run("picture", "overview", *Q3, "--out", tmp_path / "x") == (2, "", "没有安装Chromium。\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("workbook", "--period", "2021-3", "--out", "x"), "“2021-3”不是季度，请写成 2021Q3"),
        (("workbook", *Q3, "--county", "210402", "--indicator", "public-share", "--out", "x"), "--county"),
        (("picture", "film", *Q3, "--out", "x"), "film"),
        (("picture", *Q3, "--out", "x"), "of"),
        (("make", "summary", *Q3, "--out", "x"), "make"),
        (("briefing", "--out", "x"), "--period"),
        (("briefing", "--period", "2021Q3"), "--out"),
        ((), "COMMAND"),
    ],
)
def test_arguments_there_are_not_end_with_two(wrong, arguments, said):
    assert said in wrong(*arguments)
