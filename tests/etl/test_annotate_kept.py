"""A marked workbook keeps what was in theirs: whatever is not a mark goes back as it came."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from annotate_fixtures import (
    AMBER,
    DROPOUTS,
    PRESCHOOL,
    RED,
    SHEET,
    SITES,
    checked,
    filed,
    fill_of,
    marked,
    note_of,
    opened,
    wrong,
)
from lxml import etree
from package_fixtures import MINE, OFFICE, RELATIONSHIPS, parts_of, related, with_parts
from workbook_fixtures import rewritten

from etl.annotate.package import MAIN, PackageParts

X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
TOUCHED = re.compile(r"\[Content_Types\]\.xml|xl/(workbook|styles)\.xml|.*\.rels|xl/worksheets/sheet\d+\.xml")


RICH = b'<r><t>1200m</t></r><r><rPr><vertAlign val="superscript"/><color rgb="FFFF0000"/></rPr><t>2</t></r>'
LISTS = (
    f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{X14}"><x14:dataValidations count="1" '
    f'xmlns:xm="{XM}"><x14:dataValidation type="list"><x14:formula1><xm:f>填报说明!$A$1:$A$5</xm:f></x14:formula1>'
    f"<xm:sqref>H7</xm:sqref></x14:dataValidation></x14:dataValidations></ext>"
    f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{X14}"><x14:sparklineGroups/></ext></extLst>'
).encode()
EMBEDDED = (
    f'<oleObjects><oleObject progId="Package" shapeId="1025" xmlns:r="{OFFICE}" r:id="rIdOle"/></oleObjects>'.encode()
)
PICTURES = b'<c r="H8" t="e" vm="1"><v>#VALUE!</v></c><c r="I8" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
ADDED = {
    "xl/cellimages.xml": b"<etc:cellImages xmlns:etc='u'/>",
    "xl/media/image7.png": b"\x89PNG picture of a cell",
    "xl/metadata.xml": b"<metadata/>",
    "xl/richData/rdrichvalue.xml": b"<rvData/>",
    "xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0 embedded",
    "xl/drawings/drawing7.xml": b"<xdr:wsDr xmlns:xdr='u'><xdr:sp/></xdr:wsDr>",
    "xl/media/image8.emf": b"an old picture",
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/ctrlProps/ctrlProp1.xml": b"<formControlPr/>",
    "xl/printerSettings/printerSettings1.bin": b"a printer",
    "customXml/item1.xml": b"<x/>",
}


def decorated() -> bytes:
    """A wrong return with all that a library which reads and writes whole workbooks leaves out."""

    def change(name: str, data: bytes) -> bytes:
        if name == MINE:
            data = re.sub(rb'(<row r="8".*?)</row>', rb"\1" + PICTURES + b"</row>", data, count=1, flags=re.S)
            data = re.sub(rb'<c r="F9".*?</c>', rb'<c r="F9" t="inlineStr"><is>' + RICH + b"</is></c>", data)
            return data.replace(b"</worksheet>", EMBEDDED + LISTS + b"</worksheet>")
        if name == "xl/_rels/workbook.xml.rels":
            kind = "http://www.wps.cn/officeDocument/2020/cellImage"
            return data.replace(b"</Relationships>", related(kind, "cellimages.xml", "rIdCell"))
        if name == "[Content_Types].xml":
            return data.replace(b"<Override", b'<Default Extension="bin" ContentType="application/x"/><Override', 1)
        return data

    rels = RELATIONSHIPS.replace(
        b"</Relationships>", related(f"{OFFICE}/oleObject", "../embeddings/oleObject1.bin", "rIdOle")
    )
    added = {**ADDED, "xl/worksheets/_rels/sheet1.xml.rels": rels}
    return with_parts(wrong(), added, change)


def test_every_part_that_bears_no_mark_is_the_same_to_the_byte():
    before = decorated()
    found = marked(before)
    was, now = parts_of(before), parts_of(found.content)
    assert (found.refilled, found.lost) == (False, ())
    assert {name for name, data in was.items() if now.get(name) != data and not TOUCHED.fullmatch(name)} == set()
    assert b"rIdCell" in now["xl/_rels/workbook.xml.rels"]
    assert b"rIdOle" in now["xl/worksheets/_rels/sheet1.xml.rels"]


def test_a_sheet_that_was_marked_differs_in_its_styles_alone():
    before = decorated()
    now = parts_of(marked(before).content)[MINE]
    assert RICH in now and b'vm="1"' in now and b"DISPIMG" in now and b"x14:sparklineGroups" in now
    assert plain(now) == plain(parts_of(before)[MINE])


def plain(part: bytes) -> bytes:
    """Without the styles of cells and the reference to the boxes of notes, in one way of writing."""
    root = etree.fromstring(part)
    for one in root.iter():
        if one.tag == f"{MAIN}c":
            one.attrib.pop("s", None)
        one.attrib.pop("tabSelected", None)
    for one in root.findall(f"{MAIN}legacyDrawing"):
        root.remove(one)
    return etree.tostring(root, method="c14n")


def test_it_is_marked_all_the_same_and_comes_back_the_same_twice():
    first = marked(decorated())
    second = marked(first.content, first.file_name)
    for found in (first.content, second.content):
        assert (fill_of(found, DROPOUTS), fill_of(found, SITES)) == (RED, AMBER)
        assert note_of(found, SITES).startswith("核实：本期41所")
        assert plain(parts_of(found)[MINE]) == plain(parts_of(decorated())[MINE])
    assert parts_of(second.content).keys() == parts_of(first.content).keys()


def test_drop_down_lists_of_both_kinds_are_kept():
    before, after = (
        opened(content)[PRESCHOOL].data_validations.dataValidation for content in (wrong(), marked(wrong()).content)
    )
    assert [(str(rule.sqref), rule.formula1) for rule in after] == [(str(rule.sqref), rule.formula1) for rule in before]
    assert b"x14:dataValidation " in parts_of(marked(decorated()).content)[MINE]


def test_rounds_of_marking_do_not_pile_up_styles():
    second = marked(marked(wrong()).content).content
    third = marked(second).content
    assert len(parts_of(third)["xl/styles.xml"]) == len(parts_of(second)["xl/styles.xml"])


def test_names_keep_to_their_sheets_when_a_sheet_comes_in_front_and_goes_again():
    def areas(content: bytes) -> dict[str, tuple[object, object]]:
        return {s.title: (s.print_area, s.print_title_rows) for s in opened(content) if s.title != SHEET}

    first = marked(wrong()).content
    second = marked(first).content
    assert areas(first) == areas(second) == areas(wrong())
    assert opened(second)[SHEET].print_title_rows == opened(first)[SHEET].print_title_rows == "$6:$6"


def test_the_order_to_compute_in_is_given_up_with_a_sheet_that_it_may_name():
    chain = with_parts(
        marked(wrong()).content,
        {"xl/calcChain.xml": b"<calcChain/>"},
        lambda name, data: (
            data.replace(b"</Relationships>", related(f"{OFFICE}/calcChain", "calcChain.xml", "rIdChain"))
            if name == "xl/_rels/workbook.xml.rels"
            else data
        ),
    )
    assert "xl/calcChain.xml" not in parts_of(marked(chain).content)


def test_a_sheet_of_theirs_that_bears_our_name_stays():
    found = marked(wrong(lambda book: book.create_sheet(SHEET))).content
    assert opened(found).sheetnames[0] == f"{SHEET}1" and SHEET in opened(found).sheetnames


def test_a_sheet_whose_tags_bear_a_prefix_is_marked():
    def prefixed(name: str, data: bytes) -> bytes:
        if name != MINE:
            return data
        return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data).replace(b"xmlns=", b"xmlns:x=")

    content = rewritten(wrong(), prefixed)
    found = marked(content)
    assert (found.refilled, fill_of(found.content, SITES)) == (False, AMBER)
    assert note_of(found.content, SITES).startswith("核实")
    assert checked(found.content).ret.entries == checked(content).ret.entries


def test_a_workbook_without_styles_is_marked():
    def bare(name: str, data: bytes) -> bytes:
        if name.startswith("xl/worksheets/"):
            return re.sub(rb' (s|style)="\d+"', b"", data)
        if name == "xl/_rels/workbook.xml.rels":
            return re.sub(rb"<Relationship [^>]*styles[^>]*>", b"", data)
        return data

    found = marked(rewritten(wrong(), bare))
    assert (found.refilled, fill_of(found.content, SITES)) == (False, AMBER)


@pytest.mark.parametrize("name", ["xl/Styles.xml", "XL/styles.xml"])
def test_parts_are_found_whatever_the_case_of_their_names(name):
    content = rewritten(filed("2021Q3"), lambda _, data: data)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as before, zipfile.ZipFile(made, "w") as after:
        for part in before.namelist():
            after.writestr(name if part == "xl/styles.xml" else part, before.read(part))
    package = PackageParts(made.getvalue())
    assert package.tree(package.shared("styles")).tag == f"{MAIN}styleSheet"
