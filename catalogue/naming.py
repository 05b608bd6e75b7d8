"""What a row of a form is called away from its form, where 其中 has nothing to hang on; and what is made of such names."""

from __future__ import annotations

import re

from catalogue.display import number, quantity, quarter
from catalogue.model import Commitment, Element, Indicator, Plan, Task
from catalogue.wording import language, pick, say

# Signs some disk does not take in a name, and gaps
_REFUSED = re.compile(r'[\s\\/:*?"<>|]+')
OF_THESE = {"zh": "其中：", "en": "of these "}


def element_name(plan: Plan, code: str) -> str:
    """公办园在园幼儿 for 其中：公办园在园幼儿; with its parent where two rows read alike: 幼儿园数：已安装一键报警.

    Raises KeyError for an element the plan lacks.
    """
    element, lead = plan.elements[code], OF_THESE[language()]
    own = pick(element)
    if not own.startswith(lead):
        return own
    bare = own.removeprefix(lead)
    above = _parent(plan, element)
    if above is None or (language() == "zh" and sum(other.name == own for other in plan.elements.values()) == 1):
        return bare
    return f"{pick(above).removeprefix(lead)}{'：' if language() == 'zh' else ': '}{bare}"


def _parent(plan: Plan, element: Element) -> Element | None:
    """The row it is a part of: the nearest one above it, on its sheet, that is indented less."""
    elements = list(plan.elements.values())
    for above in reversed(elements[: elements.index(element)]):
        if (above.form, above.sheet) != (element.form, element.sheet):
            return None
        if above.indent < element.indent:
            return above
    return None


def formula(plan: Plan, indicator: Indicator) -> str:
    """In the names of what is reported: 公办园在园幼儿 ÷ 在园幼儿总数."""
    top = _sum(plan, indicator.numerator, alone=not indicator.is_ratio)
    return f"{top} ÷ {_sum(plan, indicator.denominator)}" if indicator.is_ratio else top


def _sum(plan: Plan, elements: tuple[str, ...], alone: bool = False) -> str:
    """Several stand in brackets, unless nothing stands beside them."""
    parts = f" {say('method.plus')} ".join(element_name(plan, code) for code in elements)
    return parts if alone or len(elements) == 1 else say("method.sum_of", parts=parts)


def who_owes(plan: Plan, form: str, reporter: str) -> str:
    """Name of who owes a return; of one that owes several forms, with the form: 规划科（改善办学条件项目进度季度报表）."""
    name = subject_name(plan, reporter)
    alone = sum(reporter in plan.reporters(code) for code in plan.forms) < 2 or form not in plan.forms
    return name if alone else say("charts.counted", name=name, counts=pick(plan.forms[form], "title"))


def responsible(plan: Plan, task: Task) -> str:
    """As the plan writes them; in English one by one."""
    if language() == "zh":
        return task.units_text
    return ", ".join(pick(plan.departments[code]) for code in task.departments)


def light_settings(plan: Plan) -> dict[str, str]:
    """What lights.toml sets, as the sentences of method.light_rule_is say it."""
    set_to = plan.lights
    return {
        "pace": number(set_to.pace_yellow_within),
        "threshold": number(set_to.threshold_yellow_within),
        "ratio": number(set_to.threshold_yellow_within / 100),
        "days": number(set_to.milestone_yellow_days),
        "ratio_points": number(set_to.plausible_ratio_points),
        "stock_share": number(set_to.plausible_stock_share),
        "flow_share": number(set_to.plausible_flow_share),
        "baseline": quarter(plan.baseline_period),
    }


def aim(promise: Commitment) -> str:
    """What is promised, in a few signs: ≥46%, 高于基期 or 只计数."""
    return say(f"method.aim.{promise.operator}", value=quantity(promise.value, promise.measure)).strip()


def subject_name(plan: Plan, code: str) -> str:
    """Of a unit or a department; a code of neither as it is."""
    owner = plan.units.get(code) or plan.departments.get(code)
    return code if owner is None else pick(owner)


def for_files(name: str) -> str:
    """As a file may be called on every disk: 2021年 三季度/表 becomes 2021年_三季度_表."""
    return _REFUSED.sub("_", name)
