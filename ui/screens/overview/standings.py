"""All promises as they stand, computed once per version, quarter and returns; and which of them the address asks for."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from sentences.lights import LIGHTS
from ui import reads
from ui.app import filters
from ui.kit import figures
from ui.reads.kept import per_version
from ui.screens.overview import standing
from ui.screens.overview.standing import PromiseStanding


@per_version(64, by=figures.key)
def of(basis: str, period: str) -> list[PromiseStanding]:
    return standing.standings(basis, period)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Part of the promises: those of a theme, those at a light, or both; "" for all."""

    theme: str = ""
    light: str = ""

    def __bool__(self) -> bool:
        return bool(self.theme or self.light)

    def among(self, told: list[PromiseStanding]) -> list[PromiseStanding]:
        return [
            one
            for one in told
            if self.theme in ("", one.indicator.theme) and self.light in ("", one.light, one.provisional)
        ]


def chosen() -> Chosen:
    """What the address asks for; a theme or light that does not exist is said, and not applied."""
    asked = {name: st.query_params.get(name, "") for name in ("theme", "light")}
    known = {"theme": set(reads.plan().themes), "light": set(LIGHTS)}
    for name, value in asked.items():
        filters.note_known(name)
        if value and value not in known[name]:
            filters.note_unknown(name, value)
            asked[name] = ""
    return Chosen(**asked)
