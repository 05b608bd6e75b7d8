"""The styles of a workbook: a cell's fill told as text, and styles that differ from one in nothing but the fill."""

from __future__ import annotations

import re
from copy import deepcopy

from lxml import etree

from etl.annotate.package import MAIN, OFFICE, Element, PackageParts

NO_FILL = "none"
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs")
# What Excel takes for granted: it uses the first of each, and of fills the first two.
_FIRST = {
    "fonts": "<font/>",
    "fills": '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border/>",
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
}
_NONE = (
    f'<styleSheet xmlns="{MAIN[1:-1]}"><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_RGB = re.compile(r"[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8}")
_OWN = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))


class CellLooks:
    """Styles by the number a cell has for it."""

    def __init__(self, package: PackageParts) -> None:
        self._package = package
        name = package.shared("styles")
        if name is None:
            name = "xl/styles.xml"
            package.put(name, _NONE.encode(), _TYPE)
            package.relate(package.main, "styles", name)
        self._name = name
        self._root = package.tree(name)
        self._known: dict[str, dict[bytes, int]] = {}  # what a table has -> where
        self._made: dict[tuple[int, str], int] = {}
        self._taken: dict[int, int] = {}

    def fill(self, style: int) -> str | None:
        """none, rgb:FFFFF9DF, theme:4:0.4 or indexed:22; None for patterns and gradients."""
        fills = self._table("fills")
        number = int(self._xf(style).get("fillId", 0))
        pattern = fills[number].find(f"{MAIN}patternFill") if number < len(fills) else None
        if pattern is None or pattern.get("patternType", NO_FILL) == NO_FILL:
            return NO_FILL if number >= len(fills) or fills[number].find(f"{MAIN}gradientFill") is None else None
        colour = pattern.find(f"{MAIN}fgColor")
        if pattern.get("patternType") != "solid" or colour is None:
            return None
        kind = next((kind for kind in ("rgb", "theme", "indexed") if colour.get(kind)), None)
        tint = float(colour.get("tint", 0))
        return f"{kind}:{colour.get(kind)}" + (f":{tint}" if tint else "") if kind else None

    def is_locked(self, style: int) -> bool:
        protection = self._xf(style).find(f"{MAIN}protection")
        return protection is None or protection.get("locked", "1") not in ("0", "false")

    def with_fill(self, style: int, fill: str) -> int:
        """The style with a fill as `fill` tells it; a text that somebody changed gives none."""
        if (style, fill) not in self._made:
            kind, _, rest = fill.partition(":")
            value, _, tint = rest.partition(":")
            sound = _RGB.fullmatch(value) if kind == "rgb" else kind in ("theme", "indexed") and value.isdecimal()
            xf = deepcopy(self._xf(style))
            xf.set("fillId", str(self._add("fills", _solid(kind, value, tint)) if sound else 0))
            xf.set("applyFill", "1")
            self._made[style, fill] = self._add("cellXfs", xf)
        return self._made[style, fill]

    def is_quoted(self, style: int) -> bool:
        """Whether what begins like a formula stays a text when its cell is edited."""
        return self._xf(style).get("quotePrefix", "0") in ("1", "true")

    def quoted(self, style: int) -> int:
        xf = deepcopy(self._xf(style))
        xf.set("quotePrefix", "1")
        return self._add("cellXfs", xf)

    def take(self, other: CellLooks, style: int) -> int:
        """Another workbook's style, brought over; its number format must be General."""
        if style not in self._taken:
            xf = deepcopy(other._xf(style))
            for key, table in _OWN:
                own = other._table(table)[int(xf.get(key, 0))]
                xf.set(key, str(self._add(table, deepcopy(own))))
            xf.attrib.pop("xfId", None)
            self._taken[style] = self._add("cellXfs", xf)
        return self._taken[style]

    def _xf(self, style: int) -> Element:
        table = self._table("cellXfs")
        return table[style if style < len(table) else 0]

    def _table(self, name: str) -> Element:
        table = self._root.find(f"{MAIN}{name}")
        if table is None or len(table) == 0:
            if table is None:
                before = [one for one in self._root if etree.QName(one).localname in _ORDER[: _ORDER.index(name)]]
                table = self._root.makeelement(f"{MAIN}{name}")
                self._root.insert(len(before), table)
            table.extend(etree.fromstring(f'<x xmlns="{MAIN[1:-1]}" xmlns:r="{OFFICE}">{_FIRST[name]}</x>'))
        return table

    def _add(self, name: str, item: Element) -> int:
        """Its number; what is there already is not added again, or each round of marking would leave its own."""
        table = self._table(name)
        if name not in self._known:
            self._known[name] = {_written(one): n for n, one in reversed(list(enumerate(table)))}
        known, written = self._known[name], _written(item)
        if written not in known:
            known[written] = len(table)
            table.append(item)
            table.set("count", str(len(table)))
            self._package.changed(self._name)
        return known[written]


def _written(item: Element) -> bytes:
    return bytes(etree.tostring(item, method="c14n", exclusive=True, with_tail=False))


def _solid(kind: str, value: str, tint: str) -> Element:
    fill = etree.Element(f"{MAIN}fill", nsmap={None: MAIN[1:-1]})
    pattern = etree.SubElement(fill, f"{MAIN}patternFill", patternType="solid")
    colour = etree.SubElement(pattern, f"{MAIN}fgColor", {kind: value})
    if re.fullmatch(r"-?[0-9.]+", tint):
        colour.set("tint", tint)
    etree.SubElement(pattern, f"{MAIN}bgColor", {kind: value})
    return fill
