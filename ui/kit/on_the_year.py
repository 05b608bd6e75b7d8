"""同比 under 较上期: small, on a line of its own, with last year's quarter under the pointer."""

from __future__ import annotations

from ui.kit import markup
from ui.reads.year_before import YearBefore


def html(one: YearBefore | None) -> str:
    """Empty where nothing can be said."""
    if one is None or not one.words:
        return ""
    return f'<small class="muted on-the-year" title="{markup.text(one.hint)}">{markup.text(one.words)}</small>'
