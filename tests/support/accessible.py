"""What axe-core finds serious on the screen on show: contrast, names, roles, order of headings."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

GRAVE = ("serious", "critical")
ONLY_WHAT_IS_WRONG = {
    "resultTypes": ["violations"]
}  # every rule is tried; the thousands of elements that are right are not listed
_AXE = Axe()


def grave_findings(page) -> list[str]:
    """Rule, element and reason of each."""
    found = _AXE.run(page, options=ONLY_WHAT_IS_WRONG).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
