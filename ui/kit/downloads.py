"""A file made when it is asked for: rights are checked and the log written then, not when the screen is drawn."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextvars import copy_context
from typing import Any

import streamlit as st

from catalogue.wording import language, say, use_language
from ui.kit.refusals import REFUSALS
from ui.kit.refused_files import refused

MIME = "application/octet-stream"
log = logging.getLogger(__name__)


def button(label: str, file_name: str, make: Callable[[], bytes], key: str, **how: Any) -> None:
    """`make` runs in a thread that knows nothing of the screen. What it raises becomes a .txt the person can read."""
    lang = language()

    def content() -> bytes:
        def made() -> bytes:
            use_language(lang)
            try:
                return make()
            except REFUSALS as problem:
                return refused(str(problem))
            except Exception:
                log.exception("download %s", file_name)
                return refused(say("filing.download_failed"))

        return copy_context().run(made)

    st.download_button(label, data=content, file_name=file_name, mime=MIME, on_click="ignore", key=key, **how)
