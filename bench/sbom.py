"""`make sbom`: what the dashboard is made of, as a CycloneDX 1.6 file: every package that is installed, its version, its
licence as it names it, and the hashes that requirements.lock accepts.

Without a time and without a number of its own, so that the same lock gives the same file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

from catalogue.folders import data_folder
from catalogue.release import release

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
NAME = "sbom.cdx.json"
_PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)(?: ; ([^\\]+))?", re.I)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def pins(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """(name, version, SHA-256 of every file of it that may be installed) of a lock file, in its order."""
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        if found := _PIN.match(entry):
            yield found[1], found[2], _HASH.findall(entry)


def sbom(lock: str) -> dict[str, Any]:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "fushun-education-plan-monitor", "version": release()}
        },
        "components": [_component(*pin) for pin in pins(lock)],
    }


def _component(name: str, version: str, hashes: list[str]) -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    made: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    if licence := _licence(name):
        made["licenses"] = [{"license": {"name": licence}}]
    made["externalReferences"] = [
        {
            "type": "distribution",
            "url": f"https://pypi.org/project/{name}/{version}/",
            "hashes": [{"alg": "SHA-256", "content": each} for each in hashes],
        }
    ]
    return made


def _licence(name: str) -> str:
    """As the package names it; "" where it is not installed here (another system's) or says nothing short."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return ""
    named = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    said = _first(told, "License-Expression") or "; ".join(named) or _first(told, "License")
    return said if "\n" not in said and len(said) < 100 else ""


def _first(told: metadata.PackageMetadata, field: str) -> str:
    return str((told.get_all(field) or [""])[0]).strip()


def main() -> None:
    path = data_folder() / NAME
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(sbom(LOCK.read_text("utf-8")), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(path)


if __name__ == "__main__":
    main()
