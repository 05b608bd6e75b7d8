"""What a return is asked: out of the registry of rules, and the relations that the forms of the plan list."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from decimal import Decimal

from catalogue.display import number, quantity
from catalogue.model import Form
from catalogue.naming import element_name
from catalogue.wording import language, pick, say, wordings
from etl.messages import severity_label
from etl.model import Severity
from etl.rules import RULES, Rule
from ui import reads
from ui.screens.method.entry import ENTRY, MethodEntry

TINTS = {Severity.BLOCKS: "red", Severity.EXPLAIN: "yellow", Severity.NOTE: "grey"}  # of a severity's label


class _Open(dict):
    """What a message says of one return is left open."""

    def __missing__(self, key: str) -> str:
        return say("method.blank")


def rules() -> list[MethodEntry]:
    """In the order they are asked, under the gravest severity each speaks with; then the relations of the forms."""
    told = [_rule(n, rule) for n, rule in enumerate(RULES, start=1)]
    return [*told, *(entry for form in reads.plan().forms.values() for entry in _relations(form))]


def severities(rule: Rule) -> list[Severity]:
    """Those that the rule's own file names, the gravest first."""
    source = inspect.getsource(sys.modules[rule.__module__])
    return [severity for severity in Severity if f"Severity.{severity.name}" in source]


def thresholds(rule: Rule) -> dict[str, str]:
    """The numbers at the head of the rule's file, by name: LIMIT = Decimal(20) is limit: 20."""
    found = vars(sys.modules[rule.__module__]).items()
    return {name.lower(): number(value) for name, value in found if name.isupper() and isinstance(value, Decimal | int)}


def _rule(place: int, rule: Rule) -> MethodEntry:
    name, known, spoken = rule.__name__, thresholds(rule), severities(rule)
    labels = [(severity_label(severity), TINTS[severity]) for severity in spoken]
    item = say("method.some_item")
    said = _Open(at=say("method.some_cell"), name=item, indicator=item)
    message = wordings(language())[f"finding.{name}"].format_map(said)
    told = (("message", message), ("mend", say(f"finding_mend.{name}")))
    body = ENTRY.rule(say(f"method.rule.{name}", **known), told)
    return MethodEntry(say(f"method.rules.{spoken[0]}"), ENTRY.rule_head(place, labels), body, also=name)


def _relations(form: Form) -> Iterator[MethodEntry]:
    """What the rules about sums, parts, means and shares hold a form's numbers against."""

    def named(code: str) -> str:
        return element_name(reads.plan(), code)

    def equal(total: str, parts: tuple[str, ...]) -> str:
        return say("method.equals", total=named(total), parts=f" {say('method.plus')} ".join(map(named, parts)))

    listed = {
        "totals": [equal(total, parts) for total, parts in form.totals.items()],
        "column_totals": [equal(total, (part,)) for total, part in form.column_totals.items()],
        "within": [say("method.not_above", part=named(part), whole=named(whole)) for part, whole in form.within],
        "means": [
            say(
                "method.form.mean",
                over=named(over),
                under=named(under),
                low=quantity(low, measure),
                high=quantity(high, measure),
            )
            for over, under, low, high, _, measure in form.means
        ],
        "caps": [
            say(
                "method.form.cap",
                element=named(code),
                planned=quantity(planned, reads.plan().elements[code].measure),
                share=quantity(share, "percent"),
            )
            for code, planned, share in form.caps
        ],
        "school_year": [named(code) for code in form.school_year],
    }
    for kind, lines in listed.items():
        if lines:
            heading = say("method.form.of_form", form=pick(form, "title"), what=say("method.rules.forms"))
            yield MethodEntry(heading, say(f"method.form.{kind}"), ENTRY.listed(lines))
