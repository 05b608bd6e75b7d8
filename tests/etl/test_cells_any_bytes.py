"""Whatever the bytes are, they are read or refused."""

from __future__ import annotations

import io
import zipfile

from cells_fixtures import archive, kept, set_apart_workbook, typical, xlsb
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.cells import read_cells
from etl.errors import Unreadable
from etl.model import Cells

# The largest inputs of the chapter are mutated files, some 10 kB; the children are warm.
FEW = settings(max_examples=60, deadline=None)


def read_or_refused(content: bytes) -> None:
    try:
        assert isinstance(read_cells(content), Cells)
    except Unreadable as refused:
        assert str(refused) and refused.mend()


@FEW
@given(
    st.binary(max_size=2000),
    st.sampled_from([b"", b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%", b"<", b"a,b\n"]),
)
def test_random_bytes_are_read_or_refused(content, head):
    read_or_refused(head + content)


def mutated(content: bytes, changes: list[tuple[float, int]]) -> bytes:
    file = bytearray(content)
    for where, byte in changes:
        file[int(where * (len(file) - 1))] = byte
    return bytes(file)


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12)
WHOLE = [typical(), kept("office.xls"), kept("office.ods"), xlsb(), kept("encrypted.xlsx"), kept("not_computed.xls"),
         kept("set_apart.xls"), kept("set_apart.ods"), set_apart_workbook()]  # fmt: skip


@FEW
@given(st.sampled_from(WHOLE), CHANGES)
def test_mutated_files_are_read_or_refused(content, changes):
    read_or_refused(mutated(content, changes))


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


INSIDE = [
    (parts_of(kept("office.xlsx")), "xl/worksheets/sheet1.xml"),
    (parts_of(kept("office.xlsx")), "xl/workbook.xml"),
    (parts_of(kept("office.xlsx")), "xl/sharedStrings.xml"),
    (parts_of(kept("office.xlsx")), "xl/styles.xml"),
    (parts_of(kept("office.ods")), "content.xml"),
    (parts_of(xlsb()), "xl/worksheets/sheet1.bin"),
    (parts_of(xlsb()), "xl/workbook.bin"),
]


@FEW
@given(st.sampled_from(INSIDE), CHANGES)
def test_archives_with_a_mutated_part_are_read_or_refused(inside, changes):
    parts, name = inside
    read_or_refused(archive({**parts, name: mutated(parts[name], changes)}))


@FEW
@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_any_text_is_read_or_refused(text, encoding):
    read_or_refused(text.encode(encoding, "replace"))
