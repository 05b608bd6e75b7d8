"""The reading processes from the parent's side.

Plain subprocesses, not multiprocessing: those run the main script again in every child (here that
is a Streamlit page), and share locks between children that a killed one may hold.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from io import FileIO
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from etl.cells.limits import LIMITS, MB, Limits, megabytes
from etl.cells.parse import Parsed, as_cells
from etl.cells.worker import OUT_OF_TIME, SWOLLEN, receive, send
from etl.errors import EmptyFile, ReaderDied, ReadTimeout, ReturnRefused, TooLarge
from etl.model import Cells
from etl.turns import Turns

T = TypeVar("T")
R = TypeVar("R")

# The child finds the modules that the parent found, wherever it was started from.
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from etl.cells.worker import serve; serve()"
_ROOT = str(Path(__file__).resolve().parents[2])


def read_cells(content: bytes) -> Cells:
    """All cells of a workbook at their true addresses. The name of the file plays no part.

    Blank cells are left out. An error or a formula without a stored result is a cell with that
    state, never blank; a formula that shows "" is a cell with state BLANK, raw "".
    Raises Unreadable or a subclass, and nothing else whatever the bytes are.
    """
    return _shared().read(content)


def read_many(
    contents: Iterable[bytes], workers: int | None = None, limits: Limits = LIMITS
) -> Iterator[Cells | ReturnRefused]:
    """Cells, or the refusal, for each of `contents` in its order. No file can spoil another.

    workers: how many processes; default: one per processor, at most 4. At most twice as many
    files are held in memory at a time.
    """
    workers = workers or _processors()
    readers = Readers(workers, limits)
    threads = ThreadPoolExecutor(workers, thread_name_prefix="read_many")
    try:
        yield from in_order(threads, readers.read_or_refusal, contents, 2 * workers)
    finally:
        threads.shutdown(cancel_futures=True)
        readers.close()


def read_or_refusal(content: bytes) -> Cells | ReturnRefused:
    """As `read_cells`, but the refusal is given back."""
    return _shared().read_or_refusal(content)


def in_order(pool: Executor, work: Callable[[T], R], given: Iterable[T], ahead: int) -> Iterator[R]:
    """What `work` makes of each, in their order. At most `ahead` are under way, so that few are held in memory."""
    waiting: deque[Future[R]] = deque()
    for each in given:
        waiting.append(pool.submit(work, each))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


class Readers:
    """Up to `size` warm processes, started when needed. Any number of threads may read.

    slow: how many more there may be for files that take longer than `patience` seconds; see `Turns`.
    """

    def __init__(self, size: int, limits: Limits = LIMITS, *, slow: int = 0, patience: float = 2) -> None:
        self.limits = limits
        self._places = Turns(size, slow=slow, patience=patience)
        self._idle: deque[_Reader] = deque()

    def read(self, content: bytes) -> Cells:
        """See `read_cells`. Waiting for a free process does not count as reading time."""
        if not content:
            raise EmptyFile()
        if len(content) > self.limits.bytes:
            found = megabytes(len(content))
            raise TooLarge(what="bytes", found=found, limit=self.limits.bytes // MB, where="")
        with self._places.place() as place:
            reader = self._warm()
            try:
                answer = reader.ask(content)
            except BaseException:  # an interrupt too: its answer would be taken for the next file's
                reader.end()
                raise
            if place.slow or reader.swollen:  # one more than there are places, or one that keeps too much memory
                reader.end()
            else:
                self._idle.append(reader)
        if isinstance(answer, ReturnRefused):
            raise answer
        return as_cells(answer)

    def read_or_refusal(self, content: bytes) -> Cells | ReturnRefused:
        try:
            return self.read(content)
        except ReturnRefused as refusal:
            return refusal

    def close(self) -> None:
        while self._idle:
            self._idle.pop().end()

    def _warm(self) -> _Reader:
        """The one used last, so that few stay busy; a new one where none is left alive."""
        while True:
            try:
                reader = self._idle.pop()
            except IndexError:
                return _Reader(self.limits)
            if reader.alive:
                return reader
            reader.end()


class _Reader:
    """One child process. Used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._seconds, self.swollen = limits.seconds, False
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BOOT, _ROOT, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        # bufsize=0: neither pipe is buffered
        self._to, self._from = cast(FileIO, self._process.stdin), cast(FileIO, self._process.stdout)
        _running.add(self)
        try:
            self._exchange(pickle.dumps(limits))
        except BaseException:
            self.end()
            raise

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, content: bytes) -> Parsed | ReturnRefused:
        message = self._exchange(content)
        self.swollen = message[:1] == SWOLLEN
        answer: Parsed | ReturnRefused = pickle.loads(memoryview(message)[1:])
        return answer

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self.forget()

    def forget(self) -> None:
        """Let go of the pipes. In a forked process, where the child is not ours to end."""
        _running.discard(self)
        self._to.close()
        self._from.close()
        self._process.returncode = self._process.returncode or 0

    def _exchange(self, message: bytes) -> bytes:
        """The clock counts beside the exit code: a process that is ended for its time may trip over that, too."""
        begun = time.monotonic()
        try:
            send(self._to, message)
            return receive(self._from)
        except (EOFError, OSError) as problem:
            late = time.monotonic() - begun >= self._seconds
            code = self._process.wait()
            raise (ReadTimeout(seconds=self._seconds) if late or code == OUT_OF_TIME else ReaderDied()) from problem


_running: set[_Reader] = set()
_lock = Lock()
_readers: Readers | None = None


def _processors() -> int:
    return min(4, os.cpu_count() or 1)


def _shared() -> Readers:
    """This process's readers: one per processor, two at least, and as many again for slow files."""
    global _readers
    with _lock:
        if _readers is None:
            size = max(2, os.cpu_count() or 1)
            _readers = Readers(size, slow=size)
        return _readers


def _end_all() -> None:
    for reader in tuple(_running):
        reader.end()


def _start_over() -> None:
    """After a fork the children are the parent's: leave them be, and start our own when needed."""
    global _lock, _readers
    for reader in tuple(_running):
        reader.forget()
    _lock, _readers = Lock(), None


atexit.register(_end_all)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_over)
