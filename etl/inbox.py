"""What came: the files named, those a folder holds, those in a zip. None is passed over in silence."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from etl.archive import is_archive, members
from etl.cells import LIMITS
from etl.cells.limits import MB, megabytes
from etl.errors import BadArchive, NotRead, ReturnRefused, TooLarge
from etl.ledger import NAME, Intake, read_ledger

SUFFIXES = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et", ".csv"}
ARCHIVE = ".zip"
IN_ARCHIVE = "!/"  # between the name of a zip and the name of what it holds
OURS = {NAME, "meetings.toml"}  # read, or meant for us, where they stand beside the files
_README = {"readme", "readme.md", "readme.txt"}
# What systems and office programs leave in folders: nobody's answer to anything.
_DROPPINGS = {".ds_store", "thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".gitkeep", ".gitignore"}
_OWNER_FILE = 1024  # bytes; an office program's ~$name says who has the file open
_KINDS = {
    "download": "download crdownload part partial opdownload tmp temp aria2 td xltd filepart !ut",
    "template": "xltx xltm xlt ett ots",
    "document": "doc docx docm wps wpt rtf odt txt pages md",
    "scan": "pdf ofd jpg jpeg png gif bmp tif tiff webp heic",
    "archive": "rar 7z tar gz tgz bz2 xz z",
}
_KIND = {f".{suffix}": kind for kind, suffixes in _KINDS.items() for suffix in suffixes.split()}


@dataclass(frozen=True, slots=True)
class InboxFile:
    """One file. name: as it is called to staff, 报表.zip!/抚顺县.xlsx in a zip; path: where it, or its zip, lies.

    refusal: why there is no content: it is no workbook by its name, or could not be taken out of its zip.
    """

    path: Path
    name: str
    content: bytes = b""
    intake: Intake | None = None
    refusal: ReturnRefused | None = None

    @property
    def file_name(self) -> str:
        """The workbook's own name, without folder and zip."""
        return PurePosixPath(self.name.rpartition(IN_ARCHIVE)[2]).name


def files_in(paths: Iterable[Path]) -> Iterator[InboxFile]:
    """Each file named, and every file below each folder named, with its line in that folder's ledger.

    A file named is read whatever it is called; in a folder the endings of workbooks and .zip are, any other file has a
    refusal. Left out: the ledger itself, a README, what systems leave in folders. Raises FileNotFoundError.
    """
    for path in paths:
        if path.is_dir():
            ledger = read_ledger(path)
            for file in sorted(path.rglob("*")):
                if not _silent(file, path):
                    yield from _opened(file, ledger.get(file.resolve()))
        elif path.exists():
            yield from _opened(path, read_ledger(path.parent).get(path.resolve()), named=True)
        else:
            raise FileNotFoundError(path)


def unpacked(name: str, content: bytes) -> list[tuple[str, bytes | ReturnRefused]]:
    """(name, content) of an upload: itself, or for a zip each file in it, a refusal where it cannot be read."""
    if is_dropping(name, len(content)):
        return []
    suffix = _suffix(name)
    if suffix == ARCHIVE or (suffix not in SUFFIXES and is_archive(content)):
        return [(_inside(name, inside), found) for inside, found in _held(content)]
    return [(name, content if suffix in SUFFIXES else not_read(name))]


def is_dropping(name: str, size: int) -> bool:
    """What a system or an office program left beside the files: Thumbs.db, ~$报表.xlsx, .~lock.报表.ods#, ._报表.xlsx."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    last = parts[-1].lower() if parts else ""
    if "__MACOSX" in parts or last in _DROPPINGS or last.startswith("._"):
        return True
    return size <= _OWNER_FILE and (last.startswith("~$") or (last.startswith(".~lock.") and last.endswith("#")))


def not_read(name: str) -> NotRead:
    """Why a file of this name is left unread."""
    suffix = _suffix(name)
    return NotRead(why=_KIND.get(suffix, "other"), suffix=suffix)


def _suffix(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()


def _inside(archive: str, name: str) -> str:
    """A member's name behind its zip's; "" is the zip itself."""
    return f"{archive}{IN_ARCHIVE}{name}" if name else archive


def _silent(file: Path, folder: Path) -> bool:
    if file.is_dir() and not file.is_symlink():
        return True  # what it holds is listed itself
    if file.name.lower() in _README or (file.parent == folder and file.name in OURS):
        return True
    try:
        return is_dropping(str(file.relative_to(folder)), file.stat().st_size)
    except OSError:
        return False


def _opened(file: Path, intake: Intake | None, named: bool = False) -> Iterator[InboxFile]:
    suffix = file.suffix.lower()
    if not named and suffix not in SUFFIXES and suffix != ARCHIVE:
        yield InboxFile(file, file.name, intake=intake, refusal=not_read(file.name))
        return
    try:
        content = _content(file)
    except ReturnRefused as refusal:
        yield InboxFile(file, file.name, intake=intake, refusal=refusal)
        return
    if suffix == ARCHIVE or (suffix not in SUFFIXES and is_archive(content)):
        for inside, found in _held(content):
            name = _inside(file.name, inside)
            if isinstance(found, ReturnRefused):
                yield InboxFile(file, name, intake=intake, refusal=found)
            else:
                yield InboxFile(file, name, found, intake)
    else:
        yield InboxFile(file, file.name, content, intake)


def _content(file: Path) -> bytes:
    """Raises NotRead, TooLarge, BadArchive."""
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise NotRead(why="no_file", suffix="")
        if about.st_size > LIMITS.bytes:
            found, limit = megabytes(about.st_size), LIMITS.bytes // MB
            if file.suffix.lower() == ARCHIVE:
                raise BadArchive(why="bytes", found=found, limit=limit)
            raise TooLarge(what="bytes", found=found, limit=limit, where="")
        return file.read_bytes()
    except OSError as problem:
        raise NotRead(why="no_access", suffix="") from problem


def _held(content: bytes) -> Iterator[tuple[str, bytes | ReturnRefused]]:
    """What a zip holds; one refusal under the name "" where the zip itself cannot be used."""
    empty = True
    try:
        for name, size, take in members(content, LIMITS):
            suffix = _suffix(name)
            if name.lower() in _README or is_dropping(name, size):
                continue
            empty = False
            if suffix in SUFFIXES:
                yield name, take()
            else:
                yield name, BadArchive(why="nested") if suffix == ARCHIVE else not_read(name)
        if empty:
            yield "", BadArchive(why="empty")
    except BadArchive as refusal:
        yield "", refusal
