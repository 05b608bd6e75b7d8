"""Where the project stands, and its command lines called as a script would."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
# Keys of a row of `python -m etl values --json`
VALUES = [
    "indicator",
    "commitment",
    "reporting_unit",
    "value",
    "measure",
    "target",
    "pace",
    "light",
    "filed",
    "approved",
    "expected",
]


def run_etl(data: Path, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """`python -m etl …` as a script would call it, writing below `data`. code None: any exit code will do."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "DASHBOARD_DATA": str(data), "PYTHONUTF8": "1"},
    )
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


def called_etl(data: Path, *arguments: str, code: int | None = 0) -> subprocess.CompletedProcess[str]:
    """As `run_etl`, in the test's own process: for what the command says and does, where the process is not what is tried."""
    from etl.__main__ import main

    out, err = io.StringIO(), io.StringIO()
    told = mock.patch.dict(os.environ, {"DASHBOARD_DATA": str(data)})
    with told, chdir(ROOT), redirect_stdout(out), redirect_stderr(err):
        try:
            ended = main(list(arguments))
        except SystemExit as end:  # of argparse
            ended = int(end.code or 0)
    done = subprocess.CompletedProcess(arguments, ended, out.getvalue(), err.getvalue())
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


def access(*arguments: str, typed: str = "", code: int = 0, **more: str) -> str:
    """`python -m access …`: what it prints, on both channels; in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "access", *arguments],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONUTF8": "1", **more},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr
