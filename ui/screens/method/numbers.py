"""What is reported and what is computed from it: an entry for every indicator and every data element."""

from __future__ import annotations

from catalogue.display import quarter
from catalogue.model import Commitment, Element, Indicator
from catalogue.naming import aim, element_name
from catalogue.wording import pick, say
from ui import reads
from ui.kit import markup, show
from ui.screens.method.entry import ENTRY, MethodEntry


def indicators() -> list[MethodEntry]:
    """Under the plan's themes, in its order."""
    plan = reads.plan()
    return [
        _indicator(indicator, reads.promise_of(code), pick(plan.themes[indicator.theme], "title"))
        for code, indicator in plan.indicators.items()
    ]


def _indicator(indicator: Indicator, promise: Commitment | None, theme: str) -> MethodEntry:
    name = f"{promise.id} {pick(indicator)}" if promise else pick(indicator)
    traps = pick(indicator, "traps")
    told = (
        ("definition", pick(indicator, "definition")),
        ("formula", show.formula(indicator)),
        ("scope", _joined(say(f"method.scope.{indicator.scope}"), say(f"method.better.{indicator.better}"))),
        (
            "units",
            _joined(
                reporters(indicator.units),
                _measure(indicator.measure),
                say("method.from_quarter", quarter=indicator.due_from) if indicator.due_from > 1 else "",
            ),
        ),
        *(_promised(promise) if promise else ()),
        ("trap", ENTRY.listed(traps) if traps else ""),
    )
    link = markup.go("indicator", name, title=say("method.link", name=pick(indicator)), indicator=indicator.code)
    return MethodEntry(theme, link, ENTRY.facts(told), also=f"{indicator.code} {indicator.name} {indicator.name_en}")


def _promised(promise: Commitment) -> tuple[tuple[str, str], ...]:
    """Target, the plan's own words, and the rule that judges it."""
    plan = reads.plan()
    task = plan.tasks[promise.task]
    goal = f"{aim(promise)} · {say('method.by_quarter', quarter=quarter(promise.due))} · {say(f'clause.{promise.strength}')}"
    if promise.assumption:
        goal += f" · {say('clause.implied')}"
    where = say("clause.where", document=plan.document_of(promise), number=task.number, title=pick(task, "title"))
    who = say("clause.who", label=task.label, units=show.responsible(task))
    return (
        ("target", goal),
        ("clause", ENTRY.clause(promise.quote, f"{where} · {who}")),
        ("light", say(f"method.light_rule.{promise.light}")),
    )


def reporters(codes: tuple[str, ...]) -> str:
    """7个县区和市直, 7个县区, or one by one."""
    plan = reads.plan()
    counties = {unit.code for unit in plan.counties}
    if set(codes) == set(plan.units):
        return say("method.all_units", counties=len(counties))
    if set(codes) == counties:
        return say("method.all_counties", counties=len(counties))
    return say("method.stop").join(reads.subject_name(code) for code in codes)


def elements() -> list[MethodEntry]:
    """Under their form and sheet."""
    plan = reads.plan()
    used: dict[str, list[Indicator]] = {}
    for indicator in plan.indicators.values():
        for code in dict.fromkeys((*indicator.numerator, *indicator.denominator)):
            used.setdefault(code, []).append(indicator)
    return [_element(element, used.get(code, [])) for code, element in plan.elements.items() if counted(element)]


def counted(element: Element) -> bool:
    """It is a number; what is told in words is explained on the form itself."""
    return element.kind in ("integer", "decimal")


def _element(element: Element, used: list[Indicator]) -> MethodEntry:
    plan = reads.plan()
    form = plan.forms[element.form]
    told = (
        ("definition", element.definition),
        ("answers", _joined(_measure(element.measure), say(f"method.nature.{element.nature}"), *_answers(element))),
        ("units", reporters(element.units) if element.units else ""),
        ("used", ENTRY.links([(pick(one), one.code) for one in used])),
    )
    group = say("method.form.of_form", form=pick(form, "title"), what=form.sheets[element.sheet])
    head = f"{element.row} {element_name(plan, element.code)}"
    return MethodEntry(group, head, ENTRY.facts(told), also=f"{element.code} {element.name} {element.name_en}")


def _answers(element: Element) -> tuple[str, ...]:
    if element.ratio_of:
        return (say("method.answer.check"),)
    kind = "na" if element.na else "zero" if element.required else "optional"
    start = (say("method.answer.from", quarter=element.due_from),) if element.due_from > 1 else ()
    kept_back = (say("method.answer.suppressed"),) if element.suppressible else ()
    return (say(f"method.answer.{kind}"), *kept_back, *start)


def _measure(measure: str) -> str:
    """单位：%; nothing for a number without one."""
    unit = say(f"measure.{measure}")
    return say("method.measure", unit=unit) if unit else ""


def _joined(*told: str) -> str:
    return " · ".join(filter(None, told))
