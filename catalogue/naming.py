"""What a row of a form is called away from its form, where 其中 has nothing to hang on."""
from __future__ import annotations

from catalogue.model import Element, Plan
from catalogue.wording import language, pick

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
    alike = sum(pick(other) == own for other in plan.elements.values())
    above = _parent(plan, element)
    if above is None or (alike == 1 and language() == "zh"):
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
