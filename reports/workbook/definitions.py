"""What every number means: definition, formula, the plan's clause, and the rules of the lights."""

from __future__ import annotations

from catalogue.display import quantity, quarter
from catalogue.model import Commitment, Indicator, Plan
from catalogue.naming import aim, formula, light_settings
from catalogue.wording import pick, say
from reports.workbook.book import HEAD, Book, BookColumn, Page
from reports.workbook.cells import AIM, Amount, Cell, Lamp
from sentences.lights import LIGHTS

SHAPE = (
    ("promise", 8),
    ("indicator", 22),
    ("theme", 13),
    ("definition", 34),
    ("formula", 34),
    ("measure", 13),
    ("scope", 20),
    ("aim_value", 22),
    ("by", 12),
    ("clause", 32),
    ("where", 24),
    ("rule", 13),
    ("traps", 28),
)

RULES = (24.0, 110.0)


def definitions(book: Book, page: Page) -> None:
    """A row per indicator."""
    plan = book.plan
    promised = {promise.indicator: promise for promise in plan.commitments.values()}
    page.heading(say("workbook.sheet.definitions"), say("workbook.note.definitions", document=plan.document))
    columns = [BookColumn(say(f"workbook.column.{name}"), width) for name, width in SHAPE]
    page.widths(columns)
    last = page.table(HEAD, columns, (line(plan, one, promised.get(code)) for code, one in plan.indicators.items()))
    page.listed(HEAD, last, len(columns), 2)


def _aim(promise: Commitment) -> Cell:
    """A number with its sign and measure, ≥46.00%; words where the plan sets none."""
    if promise.value is None:
        return aim(promise)
    measure = "" if promise.measure == "percent" else quantity(promise.value, promise.measure).lstrip("0123456789,.")
    return Amount(float(promise.value), promise.measure, before=AIM[promise.operator], behind=measure)


def lights(book: Book, page: Page) -> None:
    """How lights are given, on a sheet of its own: heads of another table would be repeated over it in print."""
    page.heading(say("workbook.sheet.rules"), say("workbook.note.rules"))
    page.widths(RULES)
    rules(book, page, HEAD)


def line(plan: Plan, indicator: Indicator, promise: Commitment | None) -> tuple[Cell, ...]:
    """One indicator in the order of SHAPE."""
    own: tuple[Cell, ...] = (None, None, None, None, say("method.light_rule.none"))
    if promise:
        task = plan.tasks[promise.task]
        own = (
            _aim(promise),
            quarter(promise.due),
            promise.quote,
            say("clause.where", document=plan.document_of(promise), number=task.number, title=pick(task, "title")),
            say(f"method.light_rule.{promise.light}"),
        )
    return (
        promise.id if promise else None,
        pick(indicator),
        pick(plan.themes[indicator.theme], "title"),
        pick(indicator, "definition"),
        formula(plan, indicator),
        say(f"measure.{indicator.measure}"),
        say(f"method.scope.{indicator.scope}"),
        *own,
        " ".join(pick(indicator, "traps")),
    )


def rules(book: Book, page: Page, top: int, kinds: tuple[str, ...] = ()) -> None:
    """The four lights, the rules in use with the plan's own settings, what holds on partial returns; in the first two columns."""
    plan = book.plan
    used = kinds or tuple(dict.fromkeys(promise.light for promise in plan.commitments.values()))
    told: list[tuple[Lamp | str, str]] = [(Lamp(light), say(f"light_help.{light}")) for light in LIGHTS]
    told += [
        (say(f"method.light_rule.{rule}"), say(f"method.light_rule_is.{rule}", **light_settings(plan)))
        for rule in (*used, "each", "subtarget", "partial")
    ]
    for row, cells in enumerate(told, start=top):
        for column, cell in enumerate(cells):
            page.put(row, column, cell)
        page.heighten(row, cells)
    page.lights(top, 0, top + len(LIGHTS) - 1)
