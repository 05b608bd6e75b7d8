"""What axe-core finds serious on the screen on show: contrast, names, roles, order of headings."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

GRAVE = ("serious", "critical")
# Every rule is tried; the thousands of elements that are right are not listed. What is loaded beforehand serves one rule on trial,
# which is off, and one that is not grave.
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"], "preload": False}
# What is being drawn anew is pale for a moment, and fades back.
AT_REST = """() => !document.querySelector('[data-stale="true"]') && document.getAnimations().every(
  one => one.playState !== 'running' || one.effect.getComputedTiming().iterations === Infinity)"""
_AXE = Axe()


def grave_findings(page) -> list[str]:
    """Rule, element and reason of each, once nothing moves any more."""
    page.wait_for_function(AT_REST, timeout=30_000)
    found = _AXE.run(page, options=ONLY_WHAT_IS_WRONG).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]
