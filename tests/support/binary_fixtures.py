"""The least that is an xls or an xlsb, written record by record: any cells, texts and flags a test needs."""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence

from cells_fixtures import PACKAGE, RELATIONS, archive, record, xlsb_text

# Styles of both kinds, by number: plain, struck through, a percentage, a date.
PLAIN, STRUCK, PERCENT, DATE = range(4)
SECTOR = 512


def styled_xlsb(
    cells: bytes,
    texts: Sequence[bytes] = (),
    *,
    sheet: str = "表1",
    since_1904: bool = False,
    later: bool = False,
    behind: bytes = b"",
) -> bytes:
    """cells: records of the first row. texts: rich texts ([MS-XLSB] 2.5.122). later: all is computed on opening. behind: records
    behind the table.

    Fonts: 0 plain, 1 struck through, 2 raised.
    """
    listed = record(156, struct.pack("<II", 0, 1) + xlsb_text("r1") + xlsb_text(sheet))
    calculation = record(157, struct.pack("<IIIdIH", 0, 1, 0, 0.001, 1, int(later)))
    main = record(131) + record(153, struct.pack("<II", int(since_1904), 0) + xlsb_text("")) + record(143) + listed
    row = record(0, struct.pack("<IIHBBBI", 0, 0, 300, 0, 0, 0, 0))
    fonts = b"".join(
        record(43, struct.pack("<HHHHBBBB", 220, flags, 400, raised, 0, 2, 0, 0) + bytes(9) + xlsb_text("宋体"))
        for flags, raised in ((0, 0), (8, 0), (0, 1))
    )
    styles = b"".join(record(47, struct.pack("<HHHHHHI", 0, *pair, 0, 0, 0, 0)) for pair in _STYLES)
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}.bin"/>'
        for n, (kind, target) in enumerate(
            (("worksheet", "worksheets/sheet1"), ("styles", "styles"), ("sharedStrings", "sharedStrings")), start=1
        )
    )
    return archive(
        {
            "[Content_Types].xml": f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types"/>',
            "xl/workbook.bin": main + record(144) + calculation + record(132),
            "xl/_rels/workbook.bin.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, struct.pack("<IIII", 0, 0, 0, 0))
            + record(145)
            + row
            + cells
            + record(146)
            + behind
            + record(130),
            "xl/styles.bin": record(278)
            + record(611, struct.pack("<I", 3))
            + fonts
            + record(612)
            + record(617, struct.pack("<I", len(_STYLES)))
            + styles
            + record(618)
            + record(279),
            "xl/sharedStrings.bin": record(159, struct.pack("<II", len(texts), len(texts)))
            + b"".join(record(19, text) for text in texts)
            + record(160),
        }
    )


_STYLES = ((0, 0), (0, 1), (10, 0), (14, 0))  # number format, font


def biff(kind: int, body: bytes = b"") -> bytes:
    """One record of an xls."""
    return struct.pack("<HH", kind, len(body)) + body


def label(row: int, column: int, style: int, text: int) -> bytes:
    return biff(0x00FD, struct.pack("<HHHI", row, column, style, text))


def number(row: int, column: int, style: int, value: float) -> bytes:
    return biff(0x0203, struct.pack("<HHHd", row, column, style, value))


def formula(row: int, column: int, result: float, flags: int = 0) -> bytes:
    """=1, with that result."""
    return biff(0x0006, struct.pack("<HHHdHI", row, column, 0, result, flags, 0) + struct.pack("<HBH", 3, 0x1E, 1))


def xls_text(text: str) -> bytes:
    return struct.pack("<HB", len(text.encode("utf-16-le")) // 2, 1) + text.encode("utf-16-le")


def styled_xls(
    cells: bytes,
    texts: Sequence[bytes] = (),
    *,
    since_1904: bool = False,
    continued: tuple[Sequence[bytes], int] | None = None,
    after_begin: bytes = b"",
    changed: Callable[[bytes], bytes] = bytes,
) -> bytes:
    """cells: records of the sheet. texts: its shared texts (`xls_text`). continued: what of their table stands in
    further records, and how many texts there are. after_begin: records put in front. changed: what becomes
    of the whole stream.

    Fonts: 0 to 3 plain, 5 raised, 6 struck through; there is no 4.
    """
    begin = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0x0600)) + after_begin
    fonts = b"".join(
        biff(0x0031, struct.pack("<HHHHHBBBB", 200, flags, 0x7FFF, 400, raised, 0, 0, 134, 0) + b"\1\0A\0")
        for flags, raised in ((0, 0), (0, 0), (0, 0), (0, 0), (0, 1), (8, 0))
    )
    styles = b"".join(
        biff(0x00E0, struct.pack("<HHH", font, form, 0) + bytes(14))
        for form, font in ((0, 0), (0, 6), (10, 0), (14, 0))
    )
    further, count = continued or ((), len(texts))
    table = biff(0x00FC, struct.pack("<II", count, count) + b"".join(texts))
    table += b"".join(biff(0x003C, piece) for piece in further)
    name = "表1".encode("utf-16-le")
    epoch = biff(0x0022, struct.pack("<H", int(since_1904)))

    def listed(start: int) -> bytes:
        return biff(0x0085, struct.pack("<IHBB", start, 0, len(name) // 2, 1) + name)

    start = len(begin + epoch + fonts + styles + listed(0) + table + biff(0x000A))
    whole = begin + epoch + fonts + styles + listed(start) + table + biff(0x000A)
    part = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0x0600))
    return compound({"Workbook": changed(whole + part + cells + biff(0x000A))})


def compound(streams: dict[str, bytes]) -> bytes:
    """An OLE file of these streams ([MS-CFB]), each filled up to the 4096 bytes from which it has sectors of its own."""
    body, chains, entries = b"", [], []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")
        start, count = len(body) // SECTOR, -(-len(data) // SECTOR)
        body += data.ljust(count * SECTOR, b"\0")
        chains += [*range(start + 1, start + count), 0xFFFFFFFE]
        entries.append((name, 2, start, len(data)))
    names = [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]
    directory = b"".join(
        _entry(name, kind, start, size, child=1 if kind == 5 else -1, right=n + 1 if 0 < n < len(names) - 1 else -1)
        for n, (name, kind, start, size) in enumerate(names)
    )
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    first = len(body) // SECTOR
    body += directory
    chains += [*range(first + 1, first + len(directory) // SECTOR), 0xFFFFFFFE]
    tables = 1
    while (len(chains) + tables) * 4 > tables * SECTOR:
        tables += 1
    places = [len(chains) + n for n in range(tables)]
    chains += [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(tables * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, tables, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, places[0])
    return header + struct.pack(f"<{108}I", *places[1:], *[0xFFFFFFFF] * (109 - tables)) + body + table


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBiii", len(text) + 2, kind, 1, -1, right, child)
        + bytes(36)
        + struct.pack("<IQ", start if kind == 2 else 0xFFFFFFFE, size)
    )
