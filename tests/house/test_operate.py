"""docs/operate.md is followed to the letter: its commands are run. Its units: test_operate_units.py."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from command_line import ROOT, run_etl
from gate_fixtures import PASSWORD
from operate_fixtures import DOCS, FENCE, PAGES, blocks, placed

from catalogue.wording import say

RUN = ("sh", "sh terminal")
NOT_HERE = ("sh root", "sh server")  # tried for their syntax; of `server` tests/house/test_operate_proxy.py runs them
PROMPT = re.compile(f"{re.escape(say('access.password_again'))}|{re.escape(say('access.password'))}")


def test_every_block_says_what_it_is():
    kinds = {kind for page in PAGES for kind, _ in FENCE.findall(page.read_text("utf-8"))}
    assert kinds == {*RUN, *NOT_HERE, "ini"}


@pytest.mark.parametrize("script", [*blocks(*RUN, *NOT_HERE), *(path.read_text("utf-8") for path in DOCS.glob("*.sh"))])
def test_every_command_is_a_command(script):
    assert subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True).stderr == ""


def test_what_is_copied_from_the_program_is_there():
    named = {path for block in blocks("sh root") for path in re.findall(r"/opt/plan-monitor/(docs/\S+)", block)}
    assert len(named) == 4 and all(list(ROOT.glob(path)) for path in named)


def followed(script: str, data: Path, rules: Path, backups: Path) -> str:
    """What a shell says that is given these commands, by somebody at a terminal who types PASSWORD when asked."""
    keyboard, terminal = pty.openpty()
    env = {name: value for name, value in os.environ.items() if not name.startswith("DASHBOARD_")}
    shell = subprocess.Popen(
        ["bash", "-euo", "pipefail", "-c", placed(script, data=data, rules=rules, backups=backups)],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,  # no terminal but the one it is given
        env=env | {"PYTHONUTF8": "1"},
    )
    os.close(terminal)
    said, answered = b"", 0
    while piece := _read(keyboard):
        said += piece
        while answered < len(PROMPT.findall(said.decode("utf-8", "ignore"))):
            os.write(keyboard, f"{PASSWORD}\n".encode())
            answered += 1
    os.close(keyboard)
    told = said.decode().replace("\r\n", "\n")
    assert shell.wait() == 0, told[-2000:]
    return told


def _read(keyboard: int) -> bytes:
    """Nothing when the last who had the terminal is gone."""
    try:
        return os.read(keyboard, 65536)
    except OSError:
        return b""


def test_every_command_runs_in_its_order(tmp_path, monkeypatch):
    if not (ROOT / ".venv/bin/python").exists():
        pytest.skip("no environment of the project in .venv: make setup")
    data, rules, backups, spare = (tmp_path / name for name in ("var", "rules", "backups", "spare"))
    rules.mkdir()
    spare.mkdir()
    monkeypatch.setenv("TMPDIR", str(spare))
    run_etl(data, "load", *sorted((ROOT / "data/demo/2021Q1").glob("抚顺市_*区_*.xlsx"))[:2], "--quiet")
    said = followed("\n".join(blocks(*RUN)), data, rules, backups)
    assert 'trusted_proxies = ["127.0.0.1/32"]' in (rules / "access.toml").read_text("utf-8")
    assert "wang.wei\t王伟\tadmin" in said and PASSWORD not in said
    [backup] = backups.glob("plan-*.zip")
    assert backup.stat().st_mode & 0o077 == 0 and len(list(backups.glob("log-*.csv"))) == 1
    assert said.count(say("access.log_good", count="#", head="").split("#")[0]) == 3
    assert str(spare) in said and list(spare.iterdir()) == []  # the rehearsal took place, and nothing of it is left


def test_of_backups_the_newest_thirty_stay_and_a_failed_one_takes_none_away(tmp_path):
    """With a stand-in for the program, since only the script is looked at."""
    home, backups = tmp_path / "home", tmp_path / "backups"
    (home / "docs/operate").mkdir(parents=True)
    (home / ".venv/bin").mkdir(parents=True)
    backups.mkdir()
    shutil.copy(DOCS / "backup.sh", home / "docs/operate")
    python = home / ".venv/bin/python"
    python.write_text('#!/bin/sh\ntest "$3" != backup || echo made > "$4"\ntest "$3" != "$FAILS"\n')
    python.chmod(0o755)
    for day in range(10, 45):
        (backups / f"plan-200101{day}-023000.zip").touch()

    def run(fails: str) -> int:
        return subprocess.run(
            ["bash", home / "docs/operate/backup.sh", backups], env={**os.environ, "FAILS": fails}
        ).returncode

    assert run("verify") != 0 and len(list(backups.iterdir())) == 36
    for made in backups.glob("plan-20[2-9]*"):
        made.unlink()
    assert run("") == 0
    left = sorted(path.name for path in backups.iterdir())
    assert len(left) == 30 and left[0] == "plan-20010116-023000.zip" and not left[-1].startswith("plan-2001")
