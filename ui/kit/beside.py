"""The one before and the one after what is on show, in the order of its picker. HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from catalogue.wording import say
from ui.kit import markup


def links(screen: str, name: str, options: Sequence[str], shown: str, label: Callable[[str], str]) -> str:
    """‹ 普惠性幼儿园覆盖率 … 集团成员学校占比 ›; at either end one of them is missing. name: of the choice in the address."""
    at = options.index(shown)
    before = _link(screen, name, options[at - 1], f"‹ {label(options[at - 1])}", "before") if at else ""
    after = ""
    if at + 1 < len(options):
        after = _link(screen, name, options[at + 1], f"{label(options[at + 1])} ›", "after")
    return f'<nav class="beside" aria-label="{markup.text(say("shell.beside"))}">{before}{after}</nav>'


def _link(screen: str, name: str, code: str, words: str, place: str) -> str:
    return f'<span class="{place}">{markup.go(screen, markup.text(words), **{name: code})}</span>'
