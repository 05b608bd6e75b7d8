"""Notes beside those of theirs, and marks on cells that are not in the file: the parts of a sheet, written by hand."""

from __future__ import annotations

import re

from annotate_fixtures import RED, TRAINED, fill_of, marked, note_of, wrong
from lxml import etree
from package_fixtures import MINE, OFFICE, RELATIONSHIPS, parts_of, related, with_parts
from workbook_fixtures import rewritten

from etl.annotate import Remark
from etl.annotate.grid import Grid
from etl.annotate.package import MAIN

THEIRS = (
    f'<comments xmlns="{MAIN[1:-1]}"><authors><author>张三</author><author>tc={{A}}</author></authors><commentList>'
    '<comment ref="E7" authorId="0"><text><r><rPr><b/></rPr><t>张三：</t></r><r><t xml:space="preserve"> 已核对</t></r></text>'
    '</comment><comment ref="E17" authorId="1"><text><t>[Threaded comment]</t></text></comment></commentList></comments>'
)
BOX = (
    "<v:shape id='_x0000_s1030' type='#_x0000_t202' style='position:absolute;\n  margin-left:59pt;width:108pt;height:59pt;"
    "z-index:1' fillcolor='#00ff00'><v:textbox><div>a<br></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:Anchor>1, 2, 3, 4"
    "</x:Anchor><x:Row>6</x:Row><x:Column>4</x:Column></x:ClientData></v:shape>"
)
DRAWING = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    f'xmlns:x="urn:schemas-microsoft-com:office:excel">{BOX}</xml>'
)


def noted() -> bytes:
    """Notes as Excel writes them: one of theirs, partly bold, in a green box of theirs, and a thread of comments."""
    named = f'<legacyDrawing xmlns:r="{OFFICE}" r:id="rId2"/></worksheet>'.encode()
    rels = RELATIONSHIPS.replace(b"</Relationships>", related(f"{OFFICE}/comments", "../comments1.xml", "rId1"))
    rels = rels.replace(b"</Relationships>", related(f"{OFFICE}/vmlDrawing", "../drawings/vmlDrawing1.vml", "rId2"))
    types = (
        b'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/><Override '
        b'PartName="/xl/comments1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
    )
    return with_parts(
        wrong(),
        {
            "xl/comments1.xml": THEIRS.encode(),
            "xl/drawings/vmlDrawing1.vml": DRAWING.encode(),
            "xl/worksheets/_rels/sheet1.xml.rels": rels,
        },
        lambda name, data: (
            data.replace(b"</worksheet>", named)
            if name == MINE
            else data.replace(b"<Override", types + b"<Override", 1)
            if name == "[Content_Types].xml"
            else data
        ),
    )


def test_a_note_of_theirs_keeps_its_looks_and_its_box_is_made_wide_enough():
    parts = parts_of(marked(noted()).content)
    told, boxes = parts["xl/comments1.xml"].decode(), parts["xl/drawings/vmlDrawing1.vml"].decode()
    assert "<b/></rPr><t>张三：</t>" in told and "——核查——" in told
    [box] = [box for box in re.findall(r"<v:shape .*?</v:shape>", boxes, re.S) if "<x:Row>6</x:Row>" in box]
    assert "fillcolor='#00ff00'" in box and "width:330px" in box and "x:Anchor" not in box and "<br>" in box


def test_a_thread_of_comments_is_left_alone_and_its_cell_has_its_colour():
    found = marked(noted()).content
    assert (note_of(found, TRAINED), fill_of(found, TRAINED)) == ("[Threaded comment]", RED)


def test_when_ours_is_taken_off_theirs_is_what_it_was():
    def mended(name: str, data: bytes) -> bytes:
        return data.replace(b"<v>41</v>", b"<v>33</v>") if name == MINE else data

    told = parts_of(marked(rewritten(marked(noted()).content, mended)).content)["xl/comments1.xml"].decode()
    [note] = [one for one in etree.fromstring(told.encode()).iter(f"{MAIN}comment") if one.get("ref") == "E7"]
    assert ("".join(note.itertext()), "<b/></rPr><t>张三：</t>" in told) == ("张三： 已核对", True)


def test_boxes_have_numbers_of_their_own():
    remark = Remark("210402", "kindergarten.children", "", "", "请核对。")
    boxes = parts_of(marked(noted(), remarks=[remark]).content)["xl/drawings/vmlDrawing1.vml"].decode()
    numbers = re.findall(r"<v:shape id=['\"]_x0000_s(\d+)", boxes)
    assert len(numbers) == len(set(numbers)) > 1 and 'id="_x0000_t202"' in boxes


# Cells


def grid(rows: str, before: str = "", after: str = "") -> Grid:
    return Grid(
        etree.fromstring(f'<worksheet xmlns="{MAIN[1:-1]}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>')
    )


def order(made: Grid) -> list[list[str]]:
    return [[cell.get("r") for cell in row] for row in made._data]


def test_a_blank_cell_is_made_where_it_belongs_with_the_style_of_its_row_or_column():
    made = grid(
        '<row r="2" s="5" customFormat="1" spans="1:2"><c r="B2"/><c r="D2"/></row><row r="5"/>',
        '<cols><col min="3" max="4" style="7"/></cols>',
    )
    assert [made.cell(at).get("s") for at in ("C2", "E2", "D3", "A1", "C9")] == ["5", "5", "7", "0", "7"]
    assert order(made) == [["A1"], ["B2", "C2", "D2", "E2"], ["D3"], [], ["C9"]]


def test_cells_that_do_not_say_where_they_stand_come_one_after_the_other():
    made = grid("<row><c/><c/></row><row><c r='C2'/><c/></row>")
    assert [at for at, _ in made] == ["A1", "B1", "C2", "D2"]
    made.cell("A2")
    assert order(made)[1] == ["A2", "C2", "D2"]


def test_the_cell_that_shows_for_a_merged_one_is_its_first():
    made = grid("", after='<mergeCells><mergeCell ref="B2:D4"/></mergeCells>')
    assert [made.shown(at) for at in ("C3", "B2", "E4")] == ["B2", "B2", "E4"]
