"""同比 under 较上期: small, on a line of its own, with last year's quarter under the pointer."""

from __future__ import annotations

from sentences.year_before import YearBefore
from ui.kit import markup


def html(one: YearBefore | None, with_unit: bool = True) -> str:
    """Empty where nothing can be said. with_unit: False in a narrow column, below a change that has it."""
    told = one.words(with_unit) if one else ""
    return (
        f'<small class="muted on-the-year" title="{markup.text(one.hint)}">{markup.text(told)}</small>'
        if one and told
        else ""
    )
