"""The child process that parses: one file in, one answer out, until its input closes.

A message is 8 bytes of length and a pickle, an answer has FIT or SWOLLEN before it. The first one in is the Limits; one empty message
out says that the child is warm.
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import re
import signal
import sys
from io import FileIO
from pathlib import Path

from etl.cells.limits import MB, Limits, megabytes
from etl.cells.parse import parse
from etl.errors import ReturnRefused, TooLarge, Unreadable

# Exit codes.
OUT_OF_TIME = 1  # faulthandler's own
OUT_OF_MEMORY = 70
# What an answer begins with: may the process go on, or is it to be ended?
FIT, SWOLLEN = b"\0", b"\1"


def serve() -> None:
    """The time limit is kept in here, by a thread of C that nothing a file does can hold up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which closes our input
    incoming, outgoing = _own_streams()
    limits: Limits = pickle.loads(receive(incoming))
    _confine(limits)
    send(outgoing, b"")
    nowhere = open(os.devnull, "w")  # noqa: SIM115 - open as long as we are
    try:
        while True:
            content = receive(incoming)
            faulthandler.dump_traceback_later(limits.seconds, exit=True, file=nowhere)
            message = answer(content, limits)
            faulthandler.cancel_dump_traceback_later()
            send(outgoing, (SWOLLEN if _swollen(limits) else FIT) + message)
    except (EOFError, BrokenPipeError):
        return


def answer(content: bytes, limits: Limits) -> bytes:
    """The pickled Parsed, or the refusal."""
    try:
        parsed = pickle.dumps(parse(content, limits), pickle.HIGHEST_PROTOCOL)
        if len(parsed) > limits.unzipped:
            found = megabytes(len(parsed))
            raise TooLarge(what="unzipped", found=found, limit=limits.unzipped // MB, where="")
        return parsed
    except ReturnRefused as refusal:
        return pickle.dumps(refusal)
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # calamine, when its own runs out, ends the process as well
    except BaseException as problem:
        # The edge of the process: whatever trips over a hostile file, a panic of calamine's
        # (no Exception) included, is a file we cannot read.
        return pickle.dumps(Unreadable(problem=f"{type(problem).__name__}: {problem}"))


def send(stream: FileIO, message: bytes) -> None:
    """Raises BrokenPipeError when the other side is gone."""
    rest = memoryview(len(message).to_bytes(8, "little") + message)
    while rest:
        rest = rest[stream.write(rest) :]


def receive(stream: FileIO) -> bytes:
    """Raises EOFError when the other side is gone."""
    return _exactly(stream, int.from_bytes(_exactly(stream, 8), "little"))


def _exactly(stream: FileIO, count: int) -> bytes:
    message = bytearray(count)
    rest = memoryview(message)
    while rest:
        read = stream.readinto(rest)
        if not read:
            raise EOFError
        rest = rest[read:]
    return bytes(message)


def _swollen(limits: Limits) -> bool:
    """Whether this process has ever needed more memory than it should keep: a fresh one gives it back.

    Told by Linux alone; getrusage counts what the parent needed before it started us.
    """
    try:
        told = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return False
    found = re.search(r"^VmHWM:\s+(\d+) kB", told, re.M)
    return found is not None and int(found[1]) * 1024 > limits.kept


def _own_streams() -> tuple[FileIO, FileIO]:
    """The pipes, with the standard streams turned away: what a library prints is no answer."""
    incoming, outgoing = FileIO(os.dup(0), "rb"), FileIO(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return incoming, outgoing


def _confine(limits: Limits) -> None:
    """Memory, and no core files of people's returns. Windows has neither limit."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    except (ValueError, OSError):
        return  # macOS knows the name and refuses the limit
