"""docs/api.md: its examples are run as they stand, against a real server; and the numbers are those of the command line."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import duckdb
import pandas as pd
import pytest
from api_fixtures import Program, house  # noqa: F401  (fixture)
from command_line import ROOT, VALUES, called_etl
from gate_fixtures import script_serving

from reports.api.resources import PARAMETERS, RESOURCES

MANUAL = (ROOT / "docs" / "api.md").read_text("utf-8")
ROUNDED = ("value", "target", "pace")


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", MANUAL, re.DOTALL)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_examples_run_as_they_stand(house, tmp_path, monkeypatch):  # noqa: F811
    there = tmp_path / "there"
    there.mkdir()
    monkeypatch.chdir(there)
    with script_serving(ROOT / "app.py", house) as address:
        told = {**os.environ, "PLAN": f"{address}/api/v1", "TOKEN": Program("leader").token, "PYTHONUTF8": "1"}
        for script in examples("sh"):
            for _ in range(2):  # the second time with what the first has left
                subprocess.run(
                    ["bash", "-ec", script.replace("python3", sys.executable)], env=told, check=True, timeout=120
                )
        [program] = examples("python")
        printed = subprocess.run(
            [sys.executable, "-c", program], env=told, check=True, capture_output=True, text=True, timeout=60
        ).stdout
    assert any(line.startswith("public-share 45.") for line in printed.splitlines())
    for name in ("values.csv", "old.parquet", "values.json", "values.etag", "deadlines.ics", "plan/facts.parquet"):
        assert (there / name).stat().st_size > 0, name
    [query] = examples("sql")
    assert len(duckdb.sql(query).fetchall()) > 100


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_the_lines_of_both_readmes_run_as_they_stand(house):  # noqa: F811
    told = [
        re.findall(r"```sh\n(.*?)```", (ROOT / name).read_text("utf-8"), re.DOTALL)
        for name in ("README.md", "README.zh-CN.md")
    ]
    assert told[0] == told[1]
    [[lines]] = told[:1]
    setting, duckdb_line, pandas_line = lines.splitlines()
    assert setting.startswith("export PLAN=") and "import duckdb" in duckdb_line and "import os, pandas" in pandas_line
    with script_serving(ROOT / "app.py", house) as address:
        known = {**os.environ, "PLAN": f"{address}/api/v1", "TOKEN": Program("leader").token, "PYTHONUTF8": "1"}

        def printed(line: str) -> str:
            line = line.replace(".venv/bin/python", sys.executable)
            how = {"env": known, "check": True, "capture_output": True, "text": True, "timeout": 60}
            return subprocess.run(["bash", "-o", "pipefail", "-ec", line], **how).stdout

        counted, table = printed(duckdb_line), printed(pandas_line)
    rows = Program("leader").rows("values?period=2021Q3")
    city = Counter(row["light"] for row in rows if row["subject"] is None)
    assert dict(re.findall(r"(?m)^\d+ +(\w+) +(\d+)$", counted)) == {light: str(count) for light, count in city.items()}
    assert f"[{len(rows)} rows x" in table


def test_the_manual_names_every_resource_and_parameter():
    for name in (*(each.name for each in RESOURCES), *PARAMETERS):
        assert f"`{name}`" in MANUAL, name


@pytest.mark.parametrize("basis", ["filed", "approved"])
def test_values_are_those_of_the_command_line(house, basis):  # noqa: F811
    told = json.loads(called_etl(house, "values", "--period", "2021Q3", "--basis", basis, "--json").stdout)
    rows = Program("leader").rows(f"values?period=2021Q3&basis={basis}")
    ours = [{("reporting_unit" if name == "subject" else name): value for name, value in row.items()} for row in rows]
    shown = [
        {name: round(row[name], 4) if name in ROUNDED and row[name] is not None else row[name] for name in VALUES}
        for row in ours
    ]
    assert sorted(map(str, shown)) == sorted(map(str, told))
    lines = pd.read_csv(io.BytesIO(Program("leader").get(f"values?period=2021Q3&basis={basis}&format=csv").content))
    assert lines["value"].dropna().tolist() == [row["value"] for row in rows if row["value"] is not None]
