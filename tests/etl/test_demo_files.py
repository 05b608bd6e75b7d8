"""The sample workbooks: anybody can make them again, and each is read back as it was written."""

from __future__ import annotations

import tomllib
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from demo_fixtures import FOLDER, PLAN, RESAVED

from demo.figures import NA
from demo.filings import filings
from demo.intake import ledger
from demo.resave import ENDINGS, FIXTURES
from demo.workbooks import answers, path, workbook
from demo.write import ending_of, write_folder, write_unfiled
from etl.backfill import unit_returns
from etl.cells import read_many
from etl.history import Memory
from etl.ledger import read_ledger
from etl.model import EntryState, History
from etl.submission import check_return

SAMPLE = [f for n, f in enumerate(filings(PLAN)) if n % 11 == 0]


@pytest.mark.parametrize("filing", SAMPLE, ids=lambda f: f"{f.period}-{f.form}-{f.reporter}")
def test_a_workbook_written_again_has_the_same_bytes(filing):
    assert workbook(PLAN, filing) == workbook(PLAN, filing)


@pytest.mark.parametrize(
    "filing",
    [f for f in filings(PLAN) if not ending_of(f)],
    ids=lambda f: f"{f.period}-{f.form}-{f.reporter}{f.suffix}",
)
def test_the_kept_workbook_is_what_the_generator_writes_now(filing):
    """Else run `python -m demo --out data/demo`. Packed bytes may differ between zlib builds, so parts are compared."""
    assert _parts((FOLDER / path(PLAN, filing)).read_bytes()) == _parts(workbook(PLAN, filing))


def _parts(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_kept_ledger_is_what_the_generator_writes_and_names_every_file():
    entries = [(path(PLAN, f, ending_of(f) or ".xlsx"), f) for f in filings(PLAN)]
    assert (FOLDER / "intake.toml").read_text("utf-8") == ledger(PLAN, entries)
    on_disk = {
        p.resolve()
        for p in FOLDER.rglob("*")
        if p.is_file() and p.name not in ("intake.toml", "meetings.toml", "README.md")
    }
    assert read_ledger(FOLDER).keys() == on_disk
    assert len(on_disk) == 78


def test_a_run_without_an_office_program_leaves_resaved_files_alone(tmp_path):
    done = write_folder(PLAN, tmp_path)
    assert len(done.missing) == len(ENDINGS) == 5
    assert not any(missing.exists() for missing in done.missing)
    done.missing[0].write_bytes(b"kept")
    again = write_folder(PLAN, tmp_path)
    assert again.kept == done.missing[:1]
    assert again.kept[0].read_bytes() == b"kept"


def test_resaved_files_are_what_their_names_say():
    starts = {".xls": b"\xd0\xcf\x11\xe0", ".ods": b"PK\x03\x04", ".xlsx": b"PK\x03\x04"}
    demo = [FOLDER / path(PLAN, f, ending_of(f)) for f in filings(PLAN) if ending_of(f)]
    kept = [
        RESAVED / f"{name}{'.resaved' * (end == '.xlsx')}{end}" for name, (_, ends) in FIXTURES.items() for end in ends
    ]
    assert (len(demo), len(kept)) == (5, 5)
    for file in (*demo, *kept):
        assert file.read_bytes().startswith(starts[file.suffix]), file.name
    for file in (file for file in (*demo, *kept) if file.suffix == ".xlsx"):
        with zipfile.ZipFile(file) as archive:
            assert b"LibreOffice" in archive.read("docProps/app.xml"), file.name


@pytest.mark.parametrize("name", FIXTURES)
def test_beside_a_resaved_fixture_lies_its_original(name):
    """Else run `python -m demo --out data/demo --resave --fixtures tests/support/fixtures/resaved`."""
    [filing] = [f for f in filings(PLAN) if f.key == FIXTURES[name][0]]
    assert _parts((RESAVED / f"{name}.xlsx").read_bytes()) == _parts(workbook(PLAN, filing))


@pytest.mark.parametrize("filing", SAMPLE[:4], ids=lambda f: f"{f.period}-{f.form}-{f.reporter}")
def test_every_sheet_to_fill_says_demo_data_and_senders_are_examples(filing):
    book = openpyxl.load_workbook(BytesIO(workbook(PLAN, filing)))
    for sheet in book.worksheets[:-1]:  # the last one explains how to fill the others
        assert any("演示数据" in str(cell.value) for row in sheet.iter_rows() for cell in row), sheet.title
    entry = tomllib.loads((FOLDER / "intake.toml").read_text("utf-8"))["file"]
    assert all("示例（" in line["sender"] for line in entry)


@pytest.mark.parametrize(("name", "ending"), [(name, end) for name, (_, ends) in FIXTURES.items() for end in ends])
def test_saving_again_changes_no_answer(name, ending):
    def entries(file):
        ret = check_return(file.read_bytes(), file.name, plan=PLAN, remember=lambda *_: History()).ret
        return {
            slot: (entry.state, entry.value, entry.text, entry.reason, str(entry.at))
            for slot, entry in ret.entries.items()
        }

    again = RESAVED / f"{name}{'.resaved' * (ending == '.xlsx')}{ending}"
    assert entries(again) == entries(RESAVED / f"{name}.xlsx")


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    """(filing, its file checked), one after another as they came; no other warehouse is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_DATA", str(tmp_path_factory.mktemp("data")))
        memory, found = Memory(), []
        in_order = sorted(filings(PLAN), key=lambda f: (f.period, f.received_at))
        contents = [(FOLDER / path(PLAN, f, ending_of(f) or ".xlsx")).read_bytes() for f in in_order]
        for filing, content, cells in zip(in_order, contents, read_many(contents), strict=True):
            one = check_return(content, "demo", plan=PLAN, remember=memory, cells=cells)
            found.append((filing, one))
            if filing.state != "returned":
                memory.add(one, unit_returns(one.ret, PLAN))
        return found


def test_no_sample_return_leaves_a_question_open(checked):
    questions = [(f.key, finding.rule, finding.at) for f, one in checked for finding in one.findings if finding.is_open]
    assert questions == []


def test_a_few_returns_carry_explained_changes(checked):
    explained = Counter(finding.rule for _, one in checked for finding in one.findings if finding.explained)
    assert explained == {"ratio_all_or_same": 15, "stock_jump": 12, "denominator_moved": 4, "zero_commitment": 1}


def test_what_is_read_from_a_workbook_is_what_was_written_into_it(checked):
    for filing, one in checked:
        read = {
            (slot.element, slot.subject): NA
            if entry.state is EntryState.NA
            else entry.text
            if entry.value is None
            else entry.value
            for slot, entry in one.ret.entries.items()
            if entry.state is not EntryState.BLANK and not PLAN.elements[slot.element].ratio_of
        }
        written = {
            key: str(value) if isinstance(value, date) else value for key, value in answers(PLAN, filing).items()
        }
        assert read == written, filing.key


def test_the_missing_return_can_be_written_for_a_demonstration(tmp_path):
    assert write_unfiled(PLAN, tmp_path).name == "抚顺市_抚顺县_2021年第三季度_教育工作要点县区季度报表.xlsx"


def test_the_folder_stays_small():
    assert sum(p.stat().st_size for p in FOLDER.rglob("*") if p.is_file()) < 3_000_000
