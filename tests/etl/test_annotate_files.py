"""Every kind of file goes back as one that opens, says what it lacks, and has the right name."""

from __future__ import annotations

import logging
import re
import shutil
import zipfile
from io import BytesIO
from time import perf_counter

import pytest
from annotate_fixtures import (
    AT,
    PLAN,
    PRESCHOOL,
    RED,
    SITES,
    checked,
    filed,
    fill_of,
    marked,
    opened,
    past,
    wrong,
)
from demo_fixtures import RESAVED
from openpyxl.chart import BarChart, Reference
from openpyxl.drawing.image import Image as Picture
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font
from openpyxl.workbook import Workbook
from package_fixtures import related
from PIL import Image
from returns_fixtures import put
from workbook_fixtures import rewritten

import etl.annotate
from demo.resave import PROGRAM, resaved
from etl.annotate import Remark, annotate, marked_name
from etl.annotate.own import opened as may_open
from etl.cells import read_cells
from etl.model import History
from etl.submission import check_return

TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def nothing_before(*_) -> History:
    return History()


# The name


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("报表.xlsx", "报表（核查结果）.xlsx"),
        ("报表.XLS", "报表（核查结果）.xlsx"),
        ("报表（核查结果）.xlsx", "报表（核查结果）.xlsx"),
        ("报表（核查结果） (1).xlsx", "报表（核查结果）.xlsx"),
        ("报表（核查结果）(2)（核查结果）.xlsx", "报表（核查结果）.xlsx"),
        ("C:\\上报\\三季度.ods", "三季度（核查结果）.xlsx"),
        ("../../etc/报表", "报表（核查结果）.xlsx"),
        ("报表（第一次报送）.xlsx", "报表（第一次报送）（核查结果）.xlsx"),
        ("长" * 300 + ".xlsx", "长" * 120 + "（核查结果）.xlsx"),
    ],
)
def test_a_marked_workbook_is_named_after_theirs_once(name, given):
    assert marked_name(name) == given


def test_a_workbook_with_macros_goes_back_under_an_ending_without():
    assert marked_name("报表.xlsm") == "报表（核查结果）.xlsx"


# Kinds that cannot be marked


@pytest.mark.parametrize("name", ["county.xls", "county.ods", "project.ods", "department.xls"])
def test_another_kind_goes_back_as_our_template_with_its_answers(name):
    content = (RESAVED / name).read_bytes()
    before = check_return(content, name, plan=PLAN, remember=nothing_before)
    slot = next(slot for slot, entry in before.ret.entries.items() if entry.value is not None)
    remark = Remark(slot.subject, slot.element, "", "", "请核对。")
    found = annotate(content, before, PLAN, remarks=[remark], at=AT)
    assert (found.file_name, found.refilled) == (f"{name.split('.')[0]}（核查结果）.xlsx", True)
    again = check_return(found.content, found.file_name, plan=PLAN, remember=nothing_before).ret

    def told(ret):
        return {slot: (entry.state, entry.value, entry.text, entry.reason) for slot, entry in ret.entries.items()}

    assert told(again) == told(before.ret)
    assert again.footer == before.ret.footer
    assert fill_of(found.content, str(again.entries[slot].at)) == "FFE7D6F3"
    assert before.kind in opened(found.content)["核查结果"]["A5"].value


def test_a_workbook_too_large_to_open_here_is_refilled(monkeypatch):
    monkeypatch.setattr(etl.annotate.own, "MOST_BYTES", 10_000)
    found = marked(wrong())
    assert found.refilled
    assert fill_of(found.content, SITES) == "FFFFE1A6"


@pytest.mark.parametrize("area", ["A1:XFD1048576", "B2:ZZ99999"])
def test_a_merge_over_half_the_world_is_not_walked_through(area):
    content = with_merge(wrong(), f'<mergeCell ref="{area}"/>')
    read = checked(wrong())
    started = perf_counter()
    found = annotate(content, read, PLAN, at=AT)
    assert not found.refilled and perf_counter() - started < 10


def test_pictures_do_not_make_a_workbook_too_large(monkeypatch):
    monkeypatch.setattr(etl.annotate.own, "MOST_BYTES", 600_000)
    assert not marked(with_part(wrong(), "xl/media/image9.png", b"0123456789" * 100_000)).refilled


def test_a_strict_workbook_is_refilled():
    content = wrong()
    assert may_open(content, "xlsx", read_cells(content)) is not None
    strict = rewritten(
        content, lambda _, data: data.replace(TRANSITIONAL, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    )
    assert may_open(strict, "xlsx", read_cells(content)) is None


def with_merge(content: bytes, merge: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"<mergeCell ", merge.encode() + b"<mergeCell ", data, count=1)
            after.writestr(part, data)
    return out.getvalue()


def test_macros_are_not_passed_on_and_it_is_said():
    content = with_macros(filed("2021Q3"))
    assert checked(content).kind == "xlsm"
    found = annotate(
        content, checked(content), PLAN, remarks=[Remark("210402", "kindergarten.sites", "", "", "请核对。")], at=AT
    )
    assert (found.file_name, found.refilled, found.lost) == ("报表（核查结果）.xlsx", False, ("macros",))
    with zipfile.ZipFile(BytesIO(found.content)) as parts:
        assert not any(b"vba" in parts.read(name).lower() or "vba" in name.lower() for name in parts.namelist())
        assert len(parts.namelist()) == len(set(parts.namelist()))
        assert b"macroEnabled" not in parts.read("[Content_Types].xml")
    assert "宏" in opened(found.content)["核查结果"]["A5"].value
    assert read_cells(found.content).kind == "xlsx"
    assert checked(found.content).ret.entries == checked(content).ret.entries


def with_macros(content: bytes) -> bytes:
    def change(name: str, data: bytes) -> bytes:
        if name == "[Content_Types].xml":
            named = (
                b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
            )
            data = data.replace(
                b"openxmlformats-officedocument.spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main"
            )
            return data.replace(b"</Types>", named)
        if name == "xl/_rels/workbook.xml.rels":
            kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
            return data.replace(b"</Relationships>", related(kind, "vbaProject.bin", "rIdVba"))
        return data

    return with_part(rewritten(content, change), "xl/vbaProject.bin", b"macros")


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    out = BytesIO(content)
    with zipfile.ZipFile(out, "a") as parts:
        parts.writestr(name, data)
    return out.getvalue()


def test_charts_pictures_and_conditional_formats_are_kept():
    def decorated(book: Workbook) -> None:
        sheet = book[PRESCHOOL]
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=5, min_row=7, max_row=11))
        sheet.add_chart(chart, "H2")
        picture = BytesIO()
        Image.new("RGB", (4, 4), "red").save(picture, "PNG")
        sheet.add_image(Picture(picture), "H20")
        sheet.conditional_formatting.add("E7:E11", CellIsRule("greaterThan", ["100"], font=Font(bold=True)))

    found = marked(wrong(decorated))
    with zipfile.ZipFile(BytesIO(found.content)) as parts:
        names = parts.namelist()
    assert "xl/charts/chart1.xml" in names and "xl/media/image1.png" in names
    sheet = opened(found.content)[PRESCHOOL]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["E7:E11"]
    assert (len(sheet._charts), len(sheet._images), found.lost) == (1, 1, ())


def test_a_signature_would_be_broken_by_a_mark_and_is_taken_out_and_said_to_be():
    origin = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
    related = f'<Relationship Id="rIdSig" Type="{origin}" Target="_xmlsignatures/origin.sigs"/></Relationships>'
    signature = {"_xmlsignatures/origin.sigs": b"", "_xmlsignatures/sig1.xml": b"<Signature/>"}
    further = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature" '
        b'Target="sig1.xml"/></Relationships>'
    )
    content = rewritten(
        wrong(),
        lambda name, data: data.replace(b"</Relationships>", related.encode()) if name == "_rels/.rels" else data,
    )
    for name, data in {**signature, "_xmlsignatures/_rels/origin.sigs.rels": further}.items():
        content = with_part(content, name, data)
    found = marked(content)
    assert (found.lost, found.refilled) == (("signatures",), False)
    with zipfile.ZipFile(BytesIO(found.content)) as parts:
        assert not any("_xmlsignatures" in name for name in parts.namelist())
        assert b"digital-signature" not in parts.read("_rels/.rels")
    assert opened(found.content)["核查结果"]["A5"].value == (
        "原文件中的数字签名未能带入本文件，请以原文件为准；各项数据未改动。"
    )


def test_a_slip_of_ours_on_their_workbook_is_logged_and_they_get_the_template(monkeypatch, caplog):
    def broken(*_):
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr(etl.annotate, "drop_lost", broken)
    with caplog.at_level(logging.ERROR):
        assert marked(wrong()).refilled
    assert "a slip of ours" in caplog.text


def test_what_was_no_answer_is_shown_as_it_stood_in_the_template_too(monkeypatch):
    monkeypatch.setattr(etl.annotate.own, "MOST_BYTES", 10_000)
    found = marked(wrong(put(PRESCHOOL, "E14", "约6所")))
    assert opened(found.content)[PRESCHOOL]["E14"].value == "约6所"
    assert fill_of(found.content, f"{PRESCHOOL}!E14") == RED


# In an office program


@pytest.mark.skipif(shutil.which(PROGRAM) is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", [".xlsx", ".xls", ".ods"])
def test_a_marked_workbook_opens_in_an_office_program_and_comes_back(ending):
    back = check_return(resaved(marked(wrong()).content, ending), "x", plan=PLAN, remember=lambda *_: past())
    assert [f.rule for f in back.findings if f.is_open] == [f.rule for f in checked(wrong()).findings if f.is_open]
