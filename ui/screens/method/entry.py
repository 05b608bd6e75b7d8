"""One entry of the manual: a name at the left, what there is to say about it at the right."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from itertools import groupby

from markupsafe import Markup

from ui.kit.templates import Macros, render

ENTRY = Macros("method/entry.html")
_TAGS = re.compile("<[^>]+>")


@dataclass(frozen=True, slots=True)
class MethodEntry:
    """group: the heading it stands under. also: words it is found by though they are not shown."""

    group: str
    head: str | Markup
    body: Markup
    also: str = ""

    def has(self, what: str) -> bool:
        """Every word of `what` is somewhere in it."""
        told = unescape(_TAGS.sub(" ", f"{self.group} {self.head} {self.body} {self.also}")).casefold()
        return all(word in told for word in what.casefold().split())


def listed(entries: Iterable[MethodEntry]) -> Markup:
    """Each group under its heading."""
    groups = [(heading, list(of_group)) for heading, of_group in groupby(entries, key=lambda entry: entry.group)]
    return render("method/listed.html", groups=groups)
