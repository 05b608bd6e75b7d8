"""A figure's points in one sentence, for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.wording import say


def with_points(key: str, title: str, points: Iterable[tuple[str, str]], left_out: str = "") -> str:
    """Wording `key`, which says what kind of figure it is, of the title and each (name, value). The title alone where none is drawn.

    left_out: what the figure says it leaves out, after the last point; "" for nothing.
    """
    named = [say("charts.alt.point", name=name, value=value) for name, value in points]
    if not named:
        return title
    listed = say("charts.alt.stop").join((*named, *filter(None, (left_out,))))
    return say(key, title=title, points=listed)
