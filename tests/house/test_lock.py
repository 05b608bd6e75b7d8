"""What is installed is what was tried: every package by version and hash, direct or not."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bench import sbom

ROOT = Path(__file__).resolve().parents[2]
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;#]+)", re.M)


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(file: str) -> dict[str, str]:
    return {plain(name): version for name, version in PIN.findall((ROOT / file).read_text("utf-8"))}


def locked(file: str) -> dict[str, tuple[str, list[str]]]:
    found = sbom.pins((ROOT / file).read_text("utf-8"))
    return {plain(name): (version, hashes) for name, version, hashes in found}


@pytest.mark.parametrize("kind", ["requirements", "requirements-dev"])
def test_the_lock_holds_what_is_asked_for_at_that_version(kind):
    """After a change of requirements*.txt: make lock."""
    asked, held = wanted(f"{kind}.txt"), locked(f"{kind}.lock")
    assert {name: held.get(name, ("",))[0] for name in asked} == asked


@pytest.mark.parametrize("kind", ["requirements", "requirements-dev"])
def test_every_package_of_the_lock_has_hashes(kind):
    text, held = (ROOT / f"{kind}.lock").read_text("utf-8"), locked(f"{kind}.lock")
    assert len(held) == len(re.findall(r"^\S", text, re.M)) > len(wanted(f"{kind}.txt"))
    assert [name for name, (_, hashes) in held.items() if not hashes] == []


def test_the_tests_run_with_the_very_packages_that_the_dashboard_runs_on():
    run, tested = locked("requirements.lock"), locked("requirements-dev.lock")
    assert {name: tested.get(name) for name in run} == run


def test_make_installs_from_the_lock():
    make = (ROOT / "Makefile").read_text("utf-8")
    assert "LOCK ?= requirements.lock\n" in make and "-r $(LOCK)\n" in make and "-r $(LOCK_DEV)\n" in make


def test_the_bill_of_materials_names_every_package_with_its_hashes(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path))
    sbom.main()
    made = json.loads((tmp_path / sbom.NAME).read_text("utf-8"))
    held = locked("requirements.lock")
    assert {plain(each["name"]): each["version"] for each in made["components"]} == {n: v for n, (v, _) in held.items()}
    assert all(each["externalReferences"][0]["hashes"] for each in made["components"])
    assert (made["bomFormat"], made["metadata"]["component"]["version"] != "") == ("CycloneDX", True)
    licensed = [each for each in made["components"] if each.get("licenses")]
    assert len(licensed) > len(held) / 2
    first = (tmp_path / sbom.NAME).read_bytes()
    sbom.main()
    assert (tmp_path / sbom.NAME).read_bytes() == first and capsys.readouterr().out.count(sbom.NAME) == 2
