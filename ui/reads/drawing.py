"""What does not change while a screen is drawn is asked once for each drawing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

T = TypeVar("T")


def begin() -> None:
    """A drawing begins: what callbacks before it asked, and perhaps changed, is forgotten."""
    _answers().clear()


def once(ask: Callable[[], T]) -> Callable[[], T]:
    """`ask` without arguments, called once a drawing; outside of one, every time."""

    @wraps(ask)
    def answer() -> T:
        answers = _answers()
        if ask not in answers:
            answers[ask] = ask()
        return answers[ask]

    return answer


def ask_again(answer: Callable[[], T]) -> None:
    """What `once` made: the next to ask in this drawing gets a new answer."""
    _answers().pop(answer.__wrapped__, None)  # type: ignore[attr-defined]


def _answers() -> dict[Any, Any]:
    """Of the drawing that is going on. The web frame gives each its own cursors, a fragment's too."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return {}
    kept = getattr(context, "_asked_once", None)
    if kept is None or kept[0] is not context.cursors:
        kept = (context.cursors, {})
        context._asked_once = kept  # type: ignore[attr-defined]
    return kept[1]
