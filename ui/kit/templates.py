"""HTML is written in Jinja2 templates, in `ui/templates/`, a folder for each screen; nowhere else.

What is put into a template is escaped; `Markup` is HTML already and goes in as it is. Only a template makes Markup, so text
is never escaped twice and never left out. A name that a template asks for and is not given raises UndefinedError.

A line break in a template, with the indentation after it, is layout and no part of the page; inside a tag it is one blank.
Known in every template: say, pick, language and quarter as in the catalogue, `phrase`, `address`, and MARKS of the lights.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, cast
from urllib.parse import quote, urlencode

import streamlit as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from markupsafe import Markup, escape

from catalogue.display import quarter
from catalogue.wording import language, pick, say, wordings
from sentences.lights import MARKS
from ui.app import filters

FOLDER = Path(__file__).parents[1] / "templates"
_BREAK = re.compile(r"\s*\n\s*")
_BETWEEN = "\x1f"  # in no text that comes from a workbook


class Joined(Extension):
    """Takes the line breaks of a template out of its text."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        in_tag = False
        for token in stream:
            if token.type != "data":
                yield token
                continue
            parts, joined = _BREAK.split(token.value), ""
            for n, part in enumerate(parts):
                joined += (" " if in_tag and n else "") + part
                in_tag = _ends_in_tag(part, in_tag)
            yield Token(token.lineno, "data", joined)


def _ends_in_tag(text: str, before: bool) -> bool:
    opened, closed = text.rfind("<"), text.rfind(">")
    return before if opened == closed else opened > closed


def phrase(key: str, **fields: object) -> Markup:
    """The wording of `key` as HTML; a field that is Markup keeps its tags, all else is escaped."""
    return escape(wordings(language())[key]).format(**fields)


def address(screen: str, query: Mapping[str, str]) -> str:
    """A screen of ours, for the quarter and the returns now on show. query: what else its address needs."""
    return f"{screen}?{urlencode({**filters.kept(), **query})}"


def picture(drawing: str) -> str:
    """A small SVG as an address: Streamlit takes drawings out of HTML, and leaves pictures in."""
    return f"data:image/svg+xml,{quote(str(drawing), safe=' =:/,').replace(chr(39), '%27')}"


def apart(words: Iterable[str], html: str) -> Markup:
    """Words with HTML between them, escaped all at once: a long table has thousands. html: what the template writes."""
    return Markup(str(escape(_BETWEEN.join(words))).replace(_BETWEEN, html))


ENVIRONMENT = Environment(
    loader=FileSystemLoader(FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    extensions=[Joined],
    auto_reload=False,
    cache_size=-1,
)
ENVIRONMENT.globals.update(
    say=say, pick=pick, language=language, quarter=quarter, phrase=phrase, address=address, zip=zip, MARKS=MARKS
)
ENVIRONMENT.filters.update(picture=picture, apart=apart)


def render(name: str, /, **given: Any) -> Markup:
    """A whole template: overview/head.html."""
    return Markup(ENVIRONMENT.get_template(name).render(given))


class Macros:
    """The macros of a template, each a function that gives HTML. The template is read when the first of them is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, macro: str) -> Callable[..., Markup]:
        found = getattr(ENVIRONMENT.get_template(self._name).module, macro)
        setattr(self, macro, found)
        return cast(Callable[..., Markup], found)


def show_html(content: Markup, width: Literal["stretch", "content"] = "stretch") -> None:
    """Puts it on the screen; nothing for no content, which Streamlit refuses. Tables are shown by `ui.kit.tables.html`."""
    if content:
        st.html(str(content), width=width)


def joined(pieces: Iterable[Markup], between: str = "") -> Markup:
    """One after the other. between: text."""
    return escape(between).join(pieces)
