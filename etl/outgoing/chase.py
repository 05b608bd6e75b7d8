"""催报: what is still owed, and the words that ask for it, ready to be copied into a message.

How pressing a text is follows from the days left (calendar days; the due day itself has 0): `STAGES`.
A return sent back is never called overdue: it came, and what is asked for now is its correction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd

from catalogue.display import day, quarter
from catalogue.model import Plan
from catalogue.wording import language, pick, say
from warehouse.states import CAME

CHASED = ("missing", "draft", "returned")  # in the order in which texts list them
# From this many days left on; the last two are overdue.
STAGES = (("ahead", 4), ("soon", 1), ("today", 0), ("over", -3))
LAST_STAGE = "long"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A return that is still wanted. days_left: negative past the due day. number: receipt of what was sent back."""

    form: str
    reporter: str
    period: str
    state: str
    due: date
    days_left: int
    number: str = ""
    reason: str = ""

    @property
    def stage(self) -> str:
        return next((name for name, least in STAGES if self.days_left >= least), LAST_STAGE)


def chased(rows: pd.DataFrame, drafts: Collection[tuple[str, str, str]], today: date) -> list[Owed]:
    """What is missing, a draft or sent back, in the order of `rows`.

    rows: `read_chase.owed` (or `read.status`, which knows no reasons). drafts: (form, reporter, period) of what is
    kept but not filed: then a missing return is a draft; one sent back stays so while it is being mended.
    """
    return [
        _owed(row, state, today) for row in rows.itertuples(index=False) if (state := _state(row, drafts)) in CHASED
    ]


def _state(row: Any, drafts: Collection[tuple[str, str, str]]) -> str:
    kept = (row.form, row.reporter, row.period) in drafts
    return "draft" if kept and row.state == "missing" else row.state


def _owed(row: Any, state: str, today: date) -> Owed:
    due = row.due.date()
    back = state == "returned"
    return Owed(
        form=row.form,
        reporter=row.reporter,
        period=row.period,
        state=state,
        due=due,
        days_left=(due - today).days,
        number=_text(row.number) if back else "",
        reason=_text(getattr(row, "reason", None)) if back else "",
    )


def _text(value: Any) -> str:
    """ "" for the several ways a data frame says nothing."""
    return value.strip() if isinstance(value, str) else ""


def text_for(owed: Sequence[Owed], plan: Plan, today: date, lang: str | None = None) -> str:
    """One reporter's text: what it owes, until when, what was sent back and why, where to file.

    Raises ValueError where nothing is owed or several reporters are meant.
    """
    if len({one.reporter for one in owed}) != 1:
        raise ValueError("a text is for one reporter that owes something")
    lang, stage = lang or language(), _most_pressing(owed)
    lines = [
        say("chase.head", lang, title=say(f"chase.title.{stage}", lang), who=_name(owed[0].reporter, plan, lang)),
        say(f"chase.ask.{stage}", lang, returns=_returns(len(owed), lang)),
        *(f"{n}. {_line(one, plan, lang)}" for n, one in enumerate(owed, 1)),
        say("chase.where", lang, platform=_platform(plan, lang)),
        *_foot(plan, lang),
        day(today, lang),
    ]
    return "\n".join(lines)


def _most_pressing(owed: Iterable[Owed]) -> str:
    """The stage of what has the fewest days left. What was only sent back is asked for, not called overdue."""
    late = [one for one in owed if one.state != "returned"]
    return min(late, key=lambda one: one.days_left).stage if late else "returned"


def _line(one: Owed, plan: Plan, lang: str) -> str:
    what = say("chase.what", lang, form=pick(plan.forms[one.form], "title", lang), period=quarter(one.period, lang))
    fields = {"what": what, "due": day(one.due, lang), "left": _left(one, lang)}
    if one.state != "returned":
        return say(f"chase.line.{one.state}", lang, **fields)
    # Reasons end their own sentence or do not: the text ends it once.
    why = say("chase.why", lang, reason=one.reason.rstrip("。.；;")) if one.reason else say("chase.why_unsaid", lang)
    return say("chase.line.returned", lang, number=one.number, why=why, **fields)


def _left(one: Owed, lang: str) -> str:
    """还有3天 / 今天截止 / 已逾期2天; of what was sent back, 已过2天."""
    if one.days_left == 0:
        return say("chase.left.today", lang)
    late = "passed" if one.state == "returned" else "over"
    key = "ahead" if one.days_left > 0 else late
    return say(f"chase.left.{key}", lang, days=_days(abs(one.days_left), lang))


def text_for_all(
    rows: pd.DataFrame, drafts: Collection[tuple[str, str, str]], plan: Plan, today: date, lang: str | None = None
) -> str:
    """The text for a work group: the count, who owes what by state, form and due day, and thanks to the punctual.

    rows: one quarter's, as for `chased`. Reasons of what was sent back are for its reporter alone and not told here.
    Raises ValueError for rows of no quarter or of several.
    """
    [period] = set(rows["period"])
    lang, owed = lang or language(), chased(rows, drafts, today)
    stage = _most_pressing(owed) if owed else "done"
    lines = [
        say("chase.all.head", lang, title=say(f"chase.title.{stage}", lang), period=quarter(period, lang)),
        _count(rows, owed, today, lang),
        *_groups(owed, plan, lang),
    ]
    lines.append(say("chase.where", lang, platform=_platform(plan, lang)) if owed else say("chase.all.done", lang))
    return "\n".join([*lines, *_thanks(rows, owed, plan, lang), *_foot(plan, lang)])


def _count(rows: pd.DataFrame, owed: Sequence[Owed], today: date, lang: str) -> str:
    """应报25份，已报20份（按时18份，迟报2份），未报3份…; a state nobody is in is not told."""
    came = rows[rows["state"].isin(CAME)]
    late = int(came["late"].sum())
    said = say(
        "chase.all.count",
        lang,
        day=day(today, lang),
        owed=len(rows),
        filed=len(came),
        on_time=len(came) - late,
        late=late,
    )
    states = [one.state for one in owed]
    rest = [say(f"chase.all.{state}", lang, count=states.count(state)) for state in CHASED if state in states]
    return say("chase.all.sum", lang, said=say("chase.comma", lang).join([said, *rest]))


def _groups(owed: Sequence[Owed], plan: Plan, lang: str) -> Iterator[str]:
    """A heading per state and a line per form and due day, the longest overdue first."""
    forms = list(plan.forms)
    for state in CHASED:
        mine = [one for one in owed if one.state == state]
        if mine:
            yield say(f"chase.group.{state}", lang)
        mine.sort(key=lambda one: (forms.index(one.form), one.due))
        for (form, due), group in groupby(mine, key=lambda one: (one.form, one.due)):
            same = list(group)
            yield say(
                "chase.group.line",
                lang,
                form=pick(plan.forms[form], "title", lang),
                due=day(due, lang),
                left=_left(same[0], lang),
                names=_names([one.reporter for one in same], plan, lang),
            )


def _thanks(rows: pd.DataFrame, owed: Sequence[Owed], plan: Plan, lang: str) -> Iterator[str]:
    """To reporters all of whose returns came in time and none of which is wanted again."""
    wanted = {one.reporter for one in owed} | set(rows[rows["late"]]["reporter"])
    punctual = [who for who in dict.fromkeys(rows["reporter"]) if who not in wanted]
    if punctual:
        yield say("chase.all.thanks", lang, names=_names(punctual, plan, lang))


def _names(reporters: Iterable[str], plan: Plan, lang: str) -> str:
    """Units by their short names: 新抚、抚顺县."""
    short = [
        plan.units[who].short if who in plan.units and lang == "zh" else _name(who, plan, lang) for who in reporters
    ]
    return say("chase.and", lang).join(short)


def _name(reporter: str, plan: Plan, lang: str) -> str:
    return pick(plan.units.get(reporter) or plan.departments[reporter], "name", lang)


def _platform(plan: Plan, lang: str) -> str:
    return say("shell.title", lang, city=pick(plan, "city", lang))


def _foot(plan: Plan, lang: str) -> list[str]:
    """A text leaves the house: sample figures say there too what they are."""
    return [say("chase.demo", lang)] if plan.demo else []


def _days(count: int, lang: str) -> str:
    return say("chase.day_one" if count == 1 else "chase.day_many", lang, count=count)


def _returns(count: int, lang: str) -> str:
    return say("chase.return_one" if count == 1 else "chase.return_many", lang, count=count)
