"""How an official document looks (党政机关公文格式, GB/T 9704): page, type, numbering of headings, page numbers.

Where a computer lacks a typeface of the standard, the file itself names what stands in for it.
"""

from __future__ import annotations

from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from lxml import etree

from catalogue import clock
from catalogue.wording import language
from reports.briefing.word import Element, field, paragraph, run, w

SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"
# typeface -> what stands in for it, the first that is there
STAND_INS = {
    "方正小标宋简体": ("FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", "宋体", "SimSun", SERIF),
    "仿宋_GB2312": ("FangSong_GB2312", "仿宋", "FangSong", "华文仿宋", "STFangsong", SERIF),
    "楷体_GB2312": ("KaiTi_GB2312", "楷体", "KaiTi", "华文楷体", "STKaiti", SERIF),
    "黑体": ("SimHei", SANS),
    "宋体": ("SimSun", SERIF),
}
TITLE, HEI, KAI, FANG, SONG = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
LATIN = "Times New Roman"
MARGINS = {
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
    "header_distance": 15,
    "footer_distance": 24,
}  # mm
SAN_HAO, ER_HAO, SI_HAO, XIAO_SI, XIAO_WU = 32, 44, 28, 24, 18  # half points
LINE = 560  # 28 points, in twentieths
INDENT = {"firstLineChars": 200, "firstLine": 640}  # two characters


def new(title: str) -> Any:
    """An empty document of python-docx with this look."""
    document = Document()
    _lighten(document)
    _page(document.sections[0])
    _styles(document)
    _numbering(document)
    _fonts(document)
    _settings(document.settings)
    about = document.core_properties
    about.title, about.author, about.comments = title, "", ""
    about.created = about.modified = clock.now()
    about.language = "zh-CN" if language() == "zh" else "en-GB"
    return document


def _settings(settings: Any) -> None:
    """Pages on both sides, of a Word of today, in Chinese."""
    settings.odd_and_even_pages_header_footer = True
    settings.element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for one in settings.element.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), "15")


def _lighten(document: Any) -> None:
    """Without what the empty document of python-docx brings along: a picture of itself, styles of Word 2010, a bibliography."""
    for part in (document.part, document.part.package):
        for name, relation in list(part.rels.items()):
            if relation.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml")):
                part.rels.pop(name)


def _page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, size in MARGINS.items():
        setattr(section, name, Mm(size))


# id -> name in Word, typeface, half points, properties of its paragraphs
def _looks() -> dict[str, tuple[str, str, int, list[Element]]]:
    return {
        "Title": ("Title", TITLE, ER_HAO, [_lines(680, "exact", after=LINE), _aligned("center")]),
        "Heading1": (
            "heading 1",
            HEI,
            SAN_HAO,
            [w("keepNext"), _numbered(0), w("ind", **INDENT), w("outlineLvl", val=0)],
        ),
        "Heading2": (
            "heading 2",
            KAI,
            SAN_HAO,
            [w("keepNext"), _numbered(1), w("ind", **INDENT), w("outlineLvl", val=1)],
        ),
        "Item": ("List Number", FANG, SAN_HAO, [_numbered(2), w("ind", **INDENT)]),
        "BodyText": ("Body Text", FANG, SAN_HAO, [w("ind", **INDENT)]),
        "Salutation": ("Salutation", FANG, SAN_HAO, []),
        "Attached": (
            "Attached",
            FANG,
            SAN_HAO,
            [_lines(LINE, "exact", before=LINE), w("ind", leftChars=200, left=640)],
        ),
        "AttachedMore": ("Attached More", FANG, SAN_HAO, [w("ind", leftChars=500, left=1600)]),
        "Signature": (
            "Signature",
            FANG,
            SAN_HAO,
            [
                w("keepNext"),
                _lines(LINE, "exact", before=2 * LINE),
                w("ind", rightChars=200, right=640),
                _aligned("right"),
            ],
        ),
        "SignatureMore": (
            "Signature More",
            FANG,
            SAN_HAO,
            [w("keepNext"), w("ind", rightChars=200, right=640), _aligned("right")],
        ),
        "Date": ("Date", FANG, SAN_HAO, [w("ind", rightChars=400, right=1280), _aligned("right")]),
        "Demo": ("Demo", KAI, SAN_HAO, [_aligned("center")]),
        "Picture": ("Picture", FANG, XIAO_SI, [w("keepNext"), _lines(), _aligned("center")]),
        "Caption": ("caption", HEI, XIAO_SI, [_aligned("center")]),
        "TableCaption": ("Table Caption", HEI, XIAO_SI, [w("keepNext"), _aligned("center")]),
        "Cell": ("Cell", FANG, XIAO_SI, [w("keepNext"), _lines(), _aligned("center")]),
        "AnnexMark": ("Annex Mark", HEI, SAN_HAO, [w("keepNext"), w("pageBreakBefore"), w("outlineLvl", val=0)]),
        "AnnexTitle": (
            "Annex Title",
            TITLE,
            ER_HAO,
            [w("keepNext"), _lines(680, "exact", after=240), _aligned("center")],
        ),
        "AnnexCell": ("Annex Cell", FANG, XIAO_WU, [_lines(), _aligned("left")]),
        "Note": ("Note", SONG, XIAO_WU, [_lines(300, before=120), _aligned("left")]),
        "Header": ("header", SONG, XIAO_WU, [_lines(), _aligned("right")]),
        "Footer": ("footer", SONG, SI_HAO, []),
    }


def _lines(line: int = 240, rule: str = "auto", before: int = 0, after: int = 0) -> Element:
    return w("spacing", before=before, after=after, line=line, lineRule=rule)


def _aligned(side: str) -> Element:
    return w("jc", val=side)


def _numbered(level: int) -> Element:
    return w("numPr", w("ilvl", val=level), w("numId", val=1))


def _styles(document: Any) -> None:
    root = document.styles.element
    for child in list(root):
        root.remove(child)
    tongue = w("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    root.append(w("docDefaults", w("rPrDefault", w("rPr", *_type(FANG, SAN_HAO), tongue)), w("pPrDefault", w("pPr"))))
    exact = w(
        "pPr",
        w("widowControl"),
        w("overflowPunct"),
        w("spacing", before=0, after=0, line=LINE, lineRule="exact"),
        w("jc", val="both"),
    )
    root.append(_style("Normal", "Normal", exact, w("rPr", *_type(FANG, SAN_HAO)), default=1))
    root.append(
        w(
            "style",
            w("name", val="Normal Table"),
            w("semiHidden"),
            w("tblPr", w("tblInd", w=0, type="dxa")),
            type="table",
            default=1,
            styleId="TableNormal",
        )
    )
    for code, (name, face, size, properties) in _looks().items():
        root.append(_style(code, name, w("pPr", *properties), w("rPr", *_type(face, size)), based="Normal"))


def _style(code: str, name: str, lines: Element, type_: Element, based: str = "", **more: Any) -> Element:
    parts = (
        w("name", val=name),
        w("basedOn", val=based) if based else None,
        w("next", val="BodyText") if code.startswith("Heading") else None,
        w("qFormat"),
    )
    return w("style", *parts, lines, type_, type="paragraph", styleId=code, **more)


def _type(face: str, size: int) -> list[Element]:
    return [w("rFonts", ascii=LATIN, hAnsi=LATIN, eastAsia=face, cs=LATIN), w("sz", val=size), w("szCs", val=size)]


def _numbering(document: Any) -> None:
    """一、（一）1.; in English 1. 1.1 (a). They count on when somebody adds or removes a heading in Word."""
    zh = language() == "zh"
    levels = (
        ("Heading1", "chineseCountingThousand" if zh else "decimal", "%1、" if zh else "%1.", None),
        ("Heading2", "chineseCountingThousand" if zh else "decimal", "（%2）" if zh else "%1.%2", None),
        ("Item", "decimal" if zh else "lowerLetter", "%3." if zh else "(%3)", w("b")),
    )
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    told = (
        w(
            "lvl",
            w("start", val=1),
            w("numFmt", val=fmt),
            w("pStyle", val=style),
            w("suff", val="nothing" if zh else "space"),
            w("lvlText", val=text),
            w("lvlJc", val="left"),
            w("pPr", w("ind", **INDENT)),
            w("rPr", bold) if bold is not None else None,
            ilvl=n,
        )
        for n, (style, fmt, text, bold) in enumerate(levels)
    )
    root.append(w("abstractNum", w("multiLevelType", val="multilevel"), *told, abstractNumId=0))
    root.append(w("num", w("abstractNumId", val=0), numId=1))


def _fonts(document: Any) -> None:
    """What stands in for each typeface, in the file's own table of them."""
    part = next(
        relation.target_part for relation in document.part.rels.values() if relation.reltype == RELATION.FONT_TABLE
    )
    root = parse_xml(f"<w:fonts {nsdecls('w')}/>")
    for face, others in STAND_INS.items():
        root.append(
            w(
                "font",
                w("altName", val=",".join(others)),
                w("charset", val="86"),
                w("family", val="swiss" if face == HEI else "roman"),
                w("pitch", val="variable"),
                name=face,
            )
        )
    root.append(w("font", w("charset", val="00"), w("family", val="roman"), w("pitch", val="variable"), name=LATIN))
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def edges(section: Any, head: str) -> None:
    """`head` over every page where there is any; — 1 — below, at the outer edge."""
    for footer, side, other in (
        (section.footer, "right", "rightChars"),
        (section.even_page_footer, "left", "leftChars"),
    ):
        line = paragraph("Footer", run("— "), *field("PAGE", "1"), run(" —"))
        line.find(qn("w:pPr")).extend([w("ind", **{other: 100, side: 280}), w("jc", val=side)])
        _only(footer, line)
    for header in (section.header, section.even_page_header):
        _only(header, paragraph("Header", run(head)))


def _only(edge: Any, line: Element) -> None:
    edge.is_linked_to_previous = False
    for child in list(edge._element):
        edge._element.remove(child)
    edge._element.append(line)
