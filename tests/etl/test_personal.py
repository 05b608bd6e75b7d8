"""Identity-card numbers are found however they are written and wherever they stand, and numbers that are none are let be."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl.comments import Comment
from returns_fixtures import AID, PRESCHOOL, county, edited, filled, put, read
from xlsxwriter.workbook import Workbook

from actions.uploading import masked as masked_in_the_log
from etl.cells import read_cells
from etl.errors import PersonalData
from etl.reading.personal import has_id_number, is_id_number, masked
from etl.submission import check_return

NUMBER = "210421201503070018"  # invented, as all of them here


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        "21042120150307001X",
        "210421 20150307 0018",
        "210421-20150307-0018",
        "210421－20150307－0018",
        "210421–2015–03–07–001x",
        "210421.20150307.0018",
        "210421/20150307/0018",
        "210421·20150307·0018",
        "210421_20150307_0018",
        "210421-201503070018",
        "2104 2120 1503 0700 18",
        "2-1-0-4-2-1-2-0-1-5-0-3-0-7-0-0-1-8",
        "２１０４２１２０１５０３０７００１８",
        "210421\n20150307\n0018",
        "学生甲（210421201503070018）等",
        "G210421201503070018",
        "身份证210421201503070018，电话13900000000",
        "210421800307001",
        "210421-800307-001",
        "210421 800307 001",
        "甲，210421800307001。",
        "2.10421201503070E+17",
        "'210421201503070018",
    ],
)
def test_a_number_is_found_however_it_is_written(text):
    assert has_id_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "1234567", "13900000000", "024-57651234", "13900000000、13911111111", "2021-03-15至2021-04-01",
        "210421201513070018", "210421201502300018", "2104212015030700180", "910421801307001", "991421800307001",
        "79.872204472843450", "0.210421800307001", "0.210421201503070018", "12.345.678.901.234", "6222021202012345678",
        "2.10421E+17", "20210315093000123", "抚教发〔2021〕1号", "210,421,201,503,070,018", "1-2-3-4-5-6-7-8-9-10-11-12",
        "{28A0092B-C50C-407E-A947-70E740481C1C}", "91210400MA0123456X",
    ],
)  # fmt: skip
def test_what_is_no_such_number_is_let_be(text):
    assert not has_id_number(text)


@pytest.mark.parametrize("number", [210421201503070018, 2.10421201503070e17, 210421800307001, 210421800307001.0])
def test_a_number_cell_holds_one_though_the_spreadsheet_rounds_it(number):
    assert is_id_number(number)


@pytest.mark.parametrize(
    "number", [True, 0, 1176, 1176.5, -210421800307001, 210421801307001, 21042180030700, 2.1e17, float("nan"), float("inf")]
)  # fmt: skip
def test_figures_are_no_such_numbers(number):
    assert not is_id_number(number)


def test_a_file_name_goes_into_the_log_without_it():
    assert NUMBER not in masked(f"{NUMBER}学生甲.xlsx") and masked(f"{NUMBER}.xlsx").endswith(".xlsx")
    assert masked("抚顺县2021年第三季度.xlsx") == "抚顺县2021年第三季度.xlsx"
    assert masked_in_the_log is masked


# In the file


def refused(content: bytes, name: str = "报表.xlsx") -> dict[str, str]:
    with pytest.raises(PersonalData) as problem:
        check_return(content, name)
    assert NUMBER not in str(problem.value) and problem.value.mend()
    return {key: problem.value.fields[key] for key in ("at", "source") if key in problem.value.fields}


@pytest.mark.parametrize("answer", [NUMBER, int(NUMBER), 210421800307001, f'=T("{NUMBER}")'])
def test_it_is_found_in_a_text_a_number_and_a_formula(answer):
    assert refused(county(put(PRESCHOOL, "H9", answer))) == {"at": "学前教育!H9"}


def test_it_is_found_in_the_cell_of_an_answer():
    assert refused(county(put(PRESCHOOL, "E9", int(NUMBER)))) == {"at": "学前教育!E9"}


def test_it_is_found_in_a_comment_and_the_cell_is_named():
    def note(book):
        book["义务教育"]["E14"].comment = Comment(f"学生甲 {NUMBER}", "填报人")

    assert refused(county(note)) == {"at": "义务教育!E14", "source": "comment"}


def test_it_is_found_in_a_comment_of_several_runs():
    assert refused(with_part(filled(), "xl/comments9.xml", comments(NUMBER[:6], NUMBER[6:])))["source"] == "comment"


def test_it_is_found_in_a_threaded_comment():
    part = f'<ThreadedComments><threadedComment ref="E9"><text>{NUMBER}</text></threadedComment></ThreadedComments>'
    assert refused(with_part(filled(), "xl/threadedComments/threadedComment1.xml", part)) == {
        "at": "E9",
        "source": "comment",
    }


def test_it_is_found_in_a_text_box_and_the_sheet_is_named():
    content = io.BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("说明").insert_textbox("B2", f"联系学生家长 {NUMBER}")
    cells = read_cells(content.getvalue())
    assert [(spot.source, spot.at) for spot in cells.personal] == [("text_box", "说明")]


def test_it_is_found_in_the_name_of_a_tab():
    assert refused(county(lambda book: book.create_sheet(NUMBER)))["source"] == "sheet_name"
    assert refused(county(lambda book: book.create_sheet("学生姓名")))["source"] == "sheet_name"


def test_it_is_found_in_a_header_under_a_merge_and_in_the_properties():
    def header(book):
        book[AID].oddHeader.center.text = NUMBER

    def merged(book):
        sheet = book.create_sheet("附")
        sheet["B2"] = NUMBER
        sheet.merge_cells("D5:E5")

    def hide(content: bytes) -> bytes:
        return repacked(content, lambda name, data: data.replace(b'ref="D5:E5"', b'ref="A2:B2"'))

    assert refused(county(header)) == {"at": AID, "source": "content"}
    assert refused(hide(county(merged)))["source"] == "content"
    assert (
        refused(edited(filled(), lambda book: setattr(book.properties, "description", NUMBER)))["source"] == "content"
    )


def test_it_is_found_in_an_ods_in_an_annotation_a_text_box_and_a_tab():
    for body, source in (
        (f"<office:annotation><text:p>{NUMBER[:9]}<text:span>{NUMBER[9:]}</text:span></text:p></office:annotation>", "comment"),
        (f"<draw:frame><draw:text-box><text:p>{NUMBER}</text:p></draw:text-box></draw:frame>", "text_box"),
    ):  # fmt: skip
        [spot] = read_cells(an_ods(body, "表")).personal
        assert (spot.source, spot.at) == (source, "表")
    [spot] = read_cells(an_ods("", NUMBER)).personal
    assert spot.source == "sheet_name"


def test_it_is_found_in_the_records_of_an_xls(monkeypatch):
    from etl.cells import personal_sources

    for text in (
        NUMBER.encode(),
        f"学{NUMBER}".encode("utf-16-le"),
        f"甲 {'-'.join((NUMBER[:6], NUMBER[6:14], NUMBER[14:]))}".encode("utf-16-le"),
    ):
        assert personal_sources._in_bytes(b"\x12\x00\xff" + text + b"\0\0")
    assert not personal_sources._in_bytes(b"\x12\x00" + b"79.872204472843450" + b"\0")


def test_it_is_found_in_the_name_of_the_file():
    assert refused(filled(), f"{NUMBER}.xlsx") == {"at": "", "source": "file_name"}


def test_a_sound_return_holds_none():
    assert read_cells(filled()).personal == ()
    assert read(filled()).reporter == "210402"


def comments(*runs: str) -> str:
    inside = "".join(f"<r><t>{run}</t></r>" for run in runs)
    return f'<comments><commentList><comment ref="B2"><text>{inside}</text></comment></commentList></comments>'


def with_part(content: bytes, name: str, part: str) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, old.read(member))
        new.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{part}')
    return saved.getvalue()


def repacked(content: bytes, change) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, change(member, old.read(member)))
    return saved.getvalue()


def an_ods(inside: str, tab: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("draw", "drawing"))
    )
    cell = f'<table:table-cell office:value-type="string">{inside}<text:p>x</text:p></table:table-cell>'
    table = f'<table:table table:name="{tab}"><table:table-row>{cell}</table:table-row></table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr(
            "content.xml", f"<?xml version='1.0'?><office:document-content {spaces}>{body}</office:document-content>"
        )
        made.writestr("META-INF/manifest.xml", "<manifest/>")
    return content.getvalue()
