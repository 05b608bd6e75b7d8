"""How numbers are judged and computed, and what our words mean: sentences filled with the plan's own thresholds."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.display import number, quantity
from catalogue.naming import light_settings
from catalogue.wording import language, say, wordings
from sentences.lights import LIGHTS
from ui import reads
from ui.kit import markup
from ui.screens.method.entry import ENTRY, MethodEntry

# Names of sentences in method.toml, in order.
SIDES = ("each", "subtarget", "milestone", "partial")
SUMS = {
    "value": ("ratio", "blank", "coverage", "basis", "returns"),
    "compare": ("pace", "change", "like_for_like", "rank", "moved", "strong"),
    "ahead": ("gap", "contribution", "projection", "weight"),
}


def lights() -> list[MethodEntry]:
    """The four lights, the rules in use with the promises each judges, what holds on partial returns, the verdicts."""
    plan = reads.plan()
    judged: dict[str, list[tuple[str, str]]] = {}
    for promise in plan.commitments.values():
        judged.setdefault(promise.light, []).append((promise.id, promise.indicator))
    told = [
        MethodEntry(say("method.lights.four"), markup.lamp(light), ENTRY.sentence(say(f"light_help.{light}")))
        for light in LIGHTS
    ]
    told += [_light_rule(rule, "rules", promises) for rule, promises in judged.items()]
    told += [_light_rule(rule, "parts") for rule in SIDES]
    return [*told, *_verdicts()]


def _light_rule(rule: str, group: str, promises: Sequence[tuple[str, str]] = ()) -> MethodEntry:
    """promises: those it judges, each with its indicator."""
    words = say(f"method.light_rule_is.{rule}", **light_settings(reads.plan()))
    return MethodEntry(
        say(f"method.lights.{group}"), say(f"method.light_rule.{rule}"), ENTRY.light_rule(words, promises)
    )


def _verdicts() -> list[MethodEntry]:
    """Every verdict there is wording for, under the light it gives; that one is the warehouse's to say."""
    given = reads.verdicts()
    words = {
        key.removeprefix("verdict."): text for key, text in wordings(language()).items() if key.startswith("verdict.")
    }
    told = []
    for light in (*LIGHTS, ""):
        lines = [text for verdict, text in words.items() if given.get(verdict, "") == light]
        if lines:
            head = markup.lamp(light) if light else ""
            told.append(MethodEntry(say("method.lights.verdicts"), head, ENTRY.listed(lines)))
    return told


def sums() -> list[MethodEntry]:
    plan = reads.plan()
    quarters = len(plan.periods)
    known = {
        **light_settings(reads.plan()),
        "hard": number(1),
        "soft": number(plan.lights.attention_soft),
        "shares": say("method.stop").join(quantity(100 * n / quarters, "percent") for n in range(1, quarters + 1)),
    }
    return [
        MethodEntry(
            say(f"method.sums.{group}"),
            say(f"method.sum.{kind}"),
            ENTRY.sentence(say(f"method.sum_is.{kind}", **known)),
        )
        for group, kinds in SUMS.items()
        for kind in kinds
    ]


def words() -> list[MethodEntry]:
    """Our own; the other language's name is found too."""
    terms = [key.split(".")[1] for key in wordings("zh") if key.startswith("glossary.") and key.endswith(".name")]
    heading = say("method.part.words")
    return [
        MethodEntry(
            heading,
            say(f"glossary.{term}.name"),
            ENTRY.sentence(say(f"glossary.{term}.what")),
            also=" ".join(say(f"glossary.{term}.name", lang) for lang in ("zh", "en")),
        )
        for term in terms
    ]
