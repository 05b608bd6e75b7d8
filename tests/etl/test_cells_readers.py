"""The reading processes: warm, limited, and no trouble to whoever uses them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from cells_fixtures import archive, kept, typical, worksheet, xlsx, xlsx_parts

from etl.cells import LIMITS, read_many
from etl.cells.readers import Readers
from etl.errors import EmptyFile, NotAWorkbook, ReaderDied, ReadTimeout
from etl.model import Cells

ROOT = Path(__file__).resolve().parents[2]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="/proc")
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="forks and memory limits")


@pytest.fixture
def readers() -> Iterator[Readers]:
    readers = Readers(1)
    yield readers
    readers.close()


def with_limits(**limits) -> Readers:
    return Readers(1, replace(LIMITS, **limits))


def slow() -> bytes:
    """450,000 cells: within the limits, and more than half a second's work."""
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 30}</row>" for _ in range(15_000))
    return archive(xlsx_parts(worksheet(rows)))


def far() -> bytes:
    """Laid out by calamine, 512 GB: it ends its process."""
    return xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def inflating() -> bytes:
    """A text of a million letters that 1,000 cells share: 3 GB of texts in the end."""
    cells = '<c t="s"><v>0</v></c>' * 100
    parts = xlsx_parts(worksheet(f"<row>{cells}</row>" * 10))
    rels, main = "xl/_rels/workbook.xml.rels", "http://schemas.openxmlformats.org"
    shared = f'<Relationship Id="s" Type="{main}/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    parts[rels] = parts[rels].replace("</Relationships>", shared + "</Relationships>")
    texts = f'<?xml version="1.0"?><sst xmlns="{main}/spreadsheetml/2006/main"><si><t>{"长" * 2**20}</t></si></sst>'
    return archive({**parts, "xl/sharedStrings.xml": texts})


def test_a_file_that_takes_too_long_is_stopped_and_the_next_one_is_read():
    readers = with_limits(seconds=0.3)
    with pytest.raises(ReadTimeout) as refused:
        readers.read(slow())
    assert refused.value.fields == {"seconds": 0.3}
    assert readers.read(b"a,b").kind == "csv"
    readers.close()


@posix_only
def test_a_file_that_ends_its_process_is_refused_and_the_next_one_is_read():
    readers = with_limits(rows=2_000_000, columns=20_000, cells=10**12)
    for _ in range(2):
        with pytest.raises(ReaderDied):
            readers.read(far())
        assert readers.read(typical()).kind == "xlsx"
    readers.close()


@posix_only
def test_a_file_that_needs_too_much_memory_is_refused():
    readers = with_limits(memory=400 * 2**20)
    with pytest.raises(ReaderDied):
        readers.read(inflating())
    assert readers.read(typical()).kind == "xlsx"
    readers.close()


def test_a_process_that_was_killed_while_idle_is_replaced(readers):
    readers.read(b"a,b")
    (idle,) = readers._idle
    idle._process.kill()
    idle._process.wait()
    assert readers.read(b"a,b").kind == "csv"


def test_one_process_is_started_and_stays_warm(readers):
    readers.read(b"a,b")
    (first,) = readers._idle
    for content in (typical(), kept("office.xls"), b"c,d"):
        readers.read(content)
    assert list(readers._idle) == [first]


def test_a_refused_file_does_not_cost_the_process(readers):
    readers.read(b"a,b")
    (first,) = readers._idle
    with pytest.raises(NotAWorkbook):
        readers.read(b"%PDF-1.7")
    with pytest.raises(EmptyFile):
        readers.read(b"")
    assert list(readers._idle) == [first]


def test_many_threads_share_two_processes_and_get_their_own_file_back():
    readers = Readers(2)
    files = [f"代码,{number}".encode() for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(readers.read, files))
    assert [cells.sheets[0].cells[1, 2].raw for cells in found] == [str(number) for number in range(60)]
    assert len(readers._idle) <= 2
    readers.close()


def test_many_files_come_in_order_and_a_broken_one_is_alone_in_its_trouble():
    files = [b"a,0", b"", b"a,2", b"%PDF-1.7", typical(), far(), b"a,6"]
    found = list(read_many(files, workers=2))
    assert [type(item).__name__ for item in found] == [
        "Cells", "EmptyFile", "Cells", "NotAWorkbook", "Cells", "TooLarge", "Cells",
    ]  # fmt: skip
    assert found[6].sheets[0].cells[1, 2].raw == "6"


def test_many_files_are_taken_in_as_they_are_read():
    taken = []

    def files() -> Iterator[bytes]:
        for number in range(50):
            taken.append(number)
            yield b"a,b"

    found = read_many(files(), workers=2)
    assert isinstance(next(found), Cells)
    assert len(taken) <= 4
    found.close()


def run(script: Path, *, seconds: float = 60) -> str:
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=seconds,
        env={**os.environ, "PYTHONPATH": str(ROOT)}, cwd=script.parent, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return done.stdout


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int, within: float = 10) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        if not is_running(pid):
            return True
        time.sleep(0.05)
    return False


CHILD = "from etl.cells import readers\npid = readers._shared()._idle[0]._process.pid\n"


@posix_only
def test_a_script_without_a_main_guard_is_run_once_and_ends_with_its_children(tmp_path):
    script = tmp_path / "page.py"
    script.write_text(
        f"print('ran')\nfrom etl.cells import read_cells\nprint(read_cells(b'a,b').kind)\n{CHILD}print(pid)\n"
    )
    ran, kind, pid = run(script).split()
    assert (ran, kind) == ("ran", "csv")
    assert gone(int(pid))


@posix_only
def test_children_end_by_themselves_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "page.py"
    script.write_text(
        f"from etl.cells import read_cells\nread_cells(b'a,b')\n{CHILD}import os\nprint(pid, flush=True)\nos.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert gone(int(done.stdout))


@posix_only
def test_a_fork_reads_with_its_own_child_and_leaves_the_parents_alone(tmp_path):
    script = tmp_path / "page.py"
    script.write_text(
        f"""
import os, sys
from etl.cells import read_cells
read_cells(b'a,b')
{CHILD}
if (forked := os.fork()) == 0:
    assert read_cells(b'a,b').kind == 'csv'
    assert readers._shared()._idle[0]._process.pid != pid
    sys.exit(7)
assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 7
assert read_cells(b'a,b').kind == 'csv'
assert readers._shared()._idle[0]._process.pid == pid
print('fine')
"""
    )
    assert run(script) == "fine\n"


@linux_only
def test_a_process_that_needed_much_memory_gives_it_back_by_ending(readers):
    readers.read(b"a,b")
    (kept,) = readers._idle
    readers.read(b"a,b")
    assert list(readers._idle) == [kept]
    small = with_limits(kept=2**20)
    assert small.read(b"a,b").kind == small.read(b"a,b").kind == "csv" and not small._idle


def test_what_the_server_itself_needs_does_not_count_against_a_reading_process(readers):
    large = b"x" * (LIMITS.kept + 2**20)
    readers.read(b"a,b")
    (kept,) = readers._idle
    readers.read(b"a,b")
    assert list(readers._idle) == [kept] and large


def test_a_process_that_trips_while_it_is_ended_for_its_time_was_too_slow_all_the_same():
    readers = with_limits(seconds=0.1)
    try:
        readers.read(b"a,b")
        (idle,) = readers._idle
        idle._seconds = 0.0  # whatever it died of, its time was over
        idle._process.kill()
        with pytest.raises(ReadTimeout):
            idle.ask(b"a,b")
    finally:
        readers.close()
