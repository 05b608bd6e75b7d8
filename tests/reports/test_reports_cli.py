"""python -m reports: what it prints and the exit code a script may rely on."""

# ruff: noqa: F811
from __future__ import annotations

import re
import shutil

import pytest
from layout_fixtures import laid, snapshot  # noqa: F401  (fixtures)
from proof_fixtures import blank_picture, here, move_on, own_data, seen_from, with_cells  # noqa: F401  (fixtures)

from catalogue.wording import say
from reports import __main__ as command
from reports import codes, layout
from reports.pictures import png_text
from reports.snapshot import take

HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
Q3 = ("--period", "2021Q3", "--basis", "filed")


@pytest.fixture
def run(here, capsys):
    """(exit code, what was printed, what was complained about)."""

    def told(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = command.main([str(one) for one in arguments])
        return code, *capsys.readouterr()

    return told


@pytest.fixture(scope="module")
def moved(own_data, here):
    folder = own_data.parent / "moved"
    shutil.copytree(own_data, folder)
    move_on(folder)
    return folder


@pytest.fixture
def file(here, tmp_path):
    """An indicator's workbook on disk."""
    path = tmp_path / "资助.xlsx"
    path.write_bytes(here.made("indicator_workbook"))
    return path


@pytest.fixture
def changed(file):
    path = file.with_name("改过.xlsx")
    number = next(one for one in command.verify.verify(file.name, file.read_bytes())[0].proof.numbers if one.place)
    path.write_bytes(with_cells(file.read_bytes(), {number.place: 999_999}))
    return path


@pytest.fixture
def stranger(tmp_path):
    path = tmp_path / "别人.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


# verify


def test_a_true_file_ends_with_nought(run, file):
    code, said, complained = run("verify", file)
    assert (code, complained) == (0, "") and "版一致（" in said


def test_a_changed_file_ends_with_one_and_names_the_place(run, changed):
    code, said, _ = run("verify", changed)
    assert code == 1 and "文件中有1处与导出时不同" in said and "→ 999999" in said


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("file", "changed"), 1),
        (("changed", "file"), 1),
        (("file", "stranger"), 2),
        (("stranger", "changed", "file"), 2),
        (("changed", "stranger"), 2),
        (("file", "file"), 0),
    ],
)
def test_of_several_files_the_worst_counts_and_all_are_told(run, request, names, code):
    paths = [request.getfixturevalue(name) for name in names]
    found, said, complained = run("verify", *paths)
    assert found == code
    assert all(path.name in said + complained for path in paths)
    assert ("别人.pdf" in complained) is ("stranger" in names)


def test_a_file_that_is_not_there_ends_with_two(run, tmp_path):
    path = tmp_path / "没有.xlsx"
    assert run("verify", path) == (2, "", f"{path}：没有这个文件。\n")
    assert run("verify", tmp_path)[0] == 2
    assert run("verify") == (2, "", "请写明文件，或用 --code 写明校验码。\n")


def test_strict_minds_that_the_newest_has_moved_on(run, file, moved):
    with seen_from(moved):
        code, said, _ = run("verify", file)
        assert code == 0 and "与最新的第" in said and "个已变" in said
        assert run("verify", "--strict", file)[0] == 1
    assert run("verify", "--strict", file)[0] == 0


def test_a_file_of_a_version_that_is_gone_cannot_be_told_about(run, file, changed, moved, tmp_path):
    shutil.copytree(moved, tmp_path / "var")
    (tmp_path / "var" / "warehouse" / "000001.duckdb").unlink()
    with seen_from(tmp_path / "var"):
        code, said, _ = run("verify", file)
        assert code == 2 and "已不在本机，不能与之核对" in said
        assert run("verify", changed)[0] == 1


def test_a_picture_of_a_pack_without_its_text_is_told(run, here, tmp_path):
    path = tmp_path / "图.png"
    path.write_bytes(png_text.put(blank_picture(), here.proof("poster").as_json()))
    assert run("verify", path)[0] == 0
    path.write_bytes(blank_picture())
    assert run("verify", path)[0] == 2


# Codes


def test_a_code_is_looked_up(run, here, monkeypatch):
    proof = here.proof("poster")
    monkeypatch.setattr(codes, "everywhere", lambda: iter([take("2021Q3", "filed")]))
    code, said, _ = run("verify", "--code", proof.code.lower())
    assert (
        code == 0 and said.startswith(f"{proof.code}：{say('poster.overview')}，2021年第三季度。") and "也一致" in said
    )
    assert run("verify", "--code", "0") == (
        2,
        "",
        "没有找到校验码“0”。请核对字母和数字；所属数据版本可能已不在本机。\n",
    )


def test_strict_minds_a_picture_whose_numbers_have_moved_too(run, here, moved, monkeypatch):
    monkeypatch.setattr(codes, "find", lambda code, among: ("图", here.proof("chart")))
    with seen_from(moved):
        assert run("verify", "--code", "x")[0] == 0
        assert run("verify", "--code", "x", "--strict")[0] == 1
    assert run("verify", "--code", "x", "--strict")[0] == 0


def test_a_code_and_a_file_are_both_told(run, here, file, stranger, monkeypatch):
    monkeypatch.setattr(codes, "find", lambda code, among: ("图", here.proof("chart")) if code == "x" else None)
    assert run("verify", "--code", "x", stranger)[0] == 2
    code, said, complained = run("verify", "--code", "y", file)
    assert code == 2 and "资助.xlsx" in said and "“y”" in complained


def test_every_version_is_looked_through_newest_first(here, moved):
    with seen_from(moved):
        found = [(one.version.number, one.period, one.basis) for one in codes.everywhere()]
    assert found[:3] == [(2, "2021Q4", "approved"), (2, "2021Q4", "filed"), (2, "2021Q3", "approved")]
    assert len(found) == len(set(found)) == 2 * 5 * 2 and found[-1] == (1, "2020Q4", "filed")


# layouts


def test_layouts_are_tried(run, laid, monkeypatch, tmp_path):
    assert run("layouts", "--period", "2021Q3") == (0, "季度快报.xlsx：占位符无误\n", "")
    good, old = laid({"B2": "{{K02.value}}"}), tmp_path / "旧表.xls"
    old.write_bytes(b"x")
    monkeypatch.setattr(layout, "files_there", lambda: [good, old])
    monkeypatch.setattr(command, "files_there", layout.files_there)
    code, said, _ = run("layouts", "--period", "2021Q3")
    assert code == 1 and said.splitlines() == ["快报.xlsx：占位符无误", "旧表.xls", say("layout.other_format")]
    laid({"B2": "{{K99.value}}"})
    assert "快报!B2：" in run("layouts", "--period", "2021Q3")[1]
    monkeypatch.setattr(command, "files_there", list)
    assert run("layouts", "--period", "2021Q3")[1].startswith("表样文件夹里没有文件：")


# Nothing there, another language


def test_where_nothing_was_published_it_is_said(run, file, tmp_path):
    with seen_from(tmp_path / "empty"):
        for arguments in (
            ("verify", file),
            ("workbook", *Q3, "--out", tmp_path / "x"),
            ("layouts", "--period", "2021Q3"),
        ):
            assert run(*arguments) == (2, "", "尚未发布任何数据。\n")
        assert run("verify", "--code", "0000-0000-0000-0000")[0] == 2


def test_in_english_it_speaks_english(run, here, file, changed, stranger, tmp_path):
    named = re.compile("|".join(map(re.escape, (file.name, changed.name, stranger.name, here.snapshot.plan.document))))
    made = [
        ("--lang", "en", "workbook", *Q3, "--county", "x", "--out", "x"),
        ("--lang", "en", "verify"),
        ("--lang", "en", "layouts", "--period", "2021Q3"),
    ]
    for arguments in (*made, *(("--lang", "en", "verify", path) for path in (stranger, tmp_path / "x"))):
        said = "".join(run(*arguments)[1:]).replace("季度快报", "").replace(str(tmp_path), "")
        assert said.strip() and not HAN.search(named.sub("", said)), said
    for path, code in ((file, 0), (changed, 1)):
        found, said, _ = run("--lang", "en", "verify", path)
        places = re.sub(r"(?m)^  \S+!", "", named.sub("", said))  # sheets of a file made in Chinese
        assert found == code and "data version 1" in said and not HAN.search(places), said
