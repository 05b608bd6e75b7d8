"""The virus scanner of whoever runs the server, asked about a file before it is read.

DASHBOARD_SCAN is a command; the file's path is put behind it. It ends with 0: clean; 1: refuse; anything else, or not at
all within SECONDS: not scanned, and refused as well. Without the variable nothing is asked.
"""

from __future__ import annotations

import logging
import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from etl.errors import Infected, NotScanned

VARIABLE = "DASHBOARD_SCAN"
SECONDS = 60
CLEAN, FOUND = 0, 1
log = logging.getLogger(__name__)


def scan(content: bytes) -> None:
    """Raises Infected, or NotScanned where the scanner does not answer: what nobody looked at is not opened."""
    try:
        command = shlex.split(os.environ.get(VARIABLE, ""))
        answer = _asked(command, content) if command else CLEAN
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        log.error("%s did not answer: %s", VARIABLE, problem)
        raise NotScanned() from problem
    if answer == FOUND:
        raise Infected()
    if answer != CLEAN:
        raise NotScanned()


def _asked(command: list[str], content: bytes) -> int:
    """The command's exit code. The file has no name of its sender's, and only this account can read it."""
    with tempfile.TemporaryDirectory(prefix="scan-") as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        done = subprocess.run(
            [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    if done.returncode != CLEAN:
        log.warning("%s ended with %s: %s", VARIABLE, done.returncode, (done.stdout + done.stderr)[-500:])
    return done.returncode
