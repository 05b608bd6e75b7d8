"""The one before and the one after what is on show, in the order of its picker. HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup

from ui.kit.templates import Macros

_BESIDE = Macros("kit/beside.html")


def links(screen: str, name: str, options: Sequence[str], shown: str, label: Callable[[str], str]) -> Markup:
    """‹ 普惠性幼儿园覆盖率 … 集团成员学校占比 ›; at either end one of them is missing. name: of the choice in the address."""
    at = options.index(shown)
    neighbours = [("before", f"‹ {label(options[at - 1])}", options[at - 1])] if at else []
    if at + 1 < len(options):
        neighbours.append(("after", f"{label(options[at + 1])} ›", options[at + 1]))
    return _BESIDE.beside(screen, name, neighbours)
