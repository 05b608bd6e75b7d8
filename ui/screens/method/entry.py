"""One entry of the manual: a name at the left, what there is to say about it at the right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape

from catalogue.wording import say
from ui.kit import markup

_TAGS = re.compile("<[^>]+>")


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """head, body: HTML. group: the heading it stands under. also: words it is found by though they are not shown."""

    group: str
    head: str
    body: str
    also: str = ""

    def has(self, what: str) -> bool:
        """Every word of `what` is somewhere in it."""
        told = unescape(_TAGS.sub(" ", f"{self.group} {self.head} {self.body} {self.also}")).casefold()
        return all(word in told for word in what.casefold().split())


def facts(told: Iterable[tuple[str, str]]) -> str:
    """(key of method.label, HTML); what is empty is left out."""
    lines = (f"<dt>{markup.text(say(f'method.label.{label}'))}</dt><dd>{html}</dd>" for label, html in told if html)
    return f"<dl>{''.join(lines)}</dl>"


def sentence(words: str) -> str:
    return f"<p>{markup.text(words)}</p>"


def listed(entries: Iterable[MethodEntry]) -> str:
    """Their HTML, each group under its heading."""
    parts, group = [], None
    for entry in entries:
        if entry.group != group:
            group = entry.group
            parts.append(f"<h3>{markup.text(group)}</h3>")
        parts.append(f'<div class="method-entry"><h4>{entry.head}</h4><div>{entry.body}</div></div>')
    return f'<div class="method">{"".join(parts)}</div>'
