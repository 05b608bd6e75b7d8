"""Projects in words: the rows that count, why a quarter has none, and the sentences over the figures.

rows are of `read_works.projects` (grain: quarter × project) or `read_works.together` (grain: quarter).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from catalogue import early
from catalogue.display import day, quantity, quarter
from catalogue.model import Indicator, Plan, Project
from catalogue.wording import knows, language, pick, say
from sentences import reading

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LEVEL = 0.05  # points of the plan that read as none


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """What of one of the works there is against what is planned. share, pace: percent of the plan, there and at our straight line;
    blank or None where there is none."""

    value: float
    planned: float
    measure: str
    share: float
    pace: float | None = None

    @property
    def of_plan(self) -> str:
        """The value, with what is planned where that is known."""
        told = quantity(self.value, self.measure)
        if reading.blank(self.planned):
            return told
        return say("works.card.of_plan", value=told, planned=quantity(self.planned, self.measure))

    @property
    def at_pace(self) -> str:
        return "" if reading.blank(self.pace) else say("works.card.at_pace", pace=percent(self.pace))


def latest(rows: pd.DataFrame, period: str, project: str | None = None) -> Any | None:
    """The newest row up to `period` that says anything, of one project or of all together; None where none does."""
    told = rows[(rows["period"] <= period) & rows["invested"].notna()]
    mine = told if project is None else told[told["project"] == project]
    return next(iter(reversed(reading.records(mine))), None)


def counts_now(rows: pd.DataFrame, period: str) -> bool:
    """Whether the quarter's own project return is in the figures. rows: of `read_works.together`."""
    row = latest(rows, period)
    return row is not None and row.period == period


def stages(plan: Plan, project: str) -> tuple[str, ...]:
    """Keys of all stages in the plan's order."""
    return tuple(key for key, _ in plan.elements[f"project.{project}.stage"].choices)


def stage_word(plan: Plan, project: str, stage: str | None) -> str:
    """A stage in words; 未填 for none."""
    if stage is None:
        return say("works.card.unstated")
    labels = dict(plan.elements[f"project.{project}.stage"].choices)
    return say(f"works.stage.{stage}") if knows(f"works.stage.{stage}") else labels.get(stage, stage)


def why(row: Any) -> str:
    """Why a quarter's return does not count: unreviewed, returned, missing, unfilled."""
    if row.state == "filed":
        return "unreviewed"
    return row.state if row.state in ("returned", "missing") else "unfilled"


def indicator_of(plan: Plan, project: str, entry: str) -> Indicator | None:
    """The indicator that is this one entry of a project, such as its money."""
    return next(
        (i for i in plan.indicators.values() if i.numerator == (f"project.{project}.{entry}",) and not i.is_ratio), None
    )


def short_name(plan: Plan, project: Project) -> str:
    """二中食堂完成投资: as its indicator is called, where it has one."""
    indicator = indicator_of(plan, project.code, "invested")
    return pick(indicator) if indicator else pick(project)


def percent(value: float | None) -> str:
    """Whole percents, but nothing short of all reads 100% and nothing above none 0%."""
    if value is None or reading.blank(value):
        return quantity(None, "percent")
    near = 99.9 if 99.5 <= value < 100 else 0.1 if 0 < value < 0.5 else value
    return quantity(near, "percent", 1 if near != value else 0)


def points(value: float) -> str:
    return quantity(abs(value), "point", 1)


def signed(value: float) -> str:
    """+7.4% of a planned cost: percent of a number, not 百分点."""
    sign = "±" if abs(value) < LEVEL else "+" if value > 0 else "−"
    return sign + quantity(abs(value), "percent", 1)


def pace_words(lag: float, share: float, gap: float | None = None) -> tuple[str, dict[str, str]] | None:
    """Key of a wording below `works` and its fields: how far it is from its pace; None where there is no pace.

    lag: points of the plan behind the pace. share: percent of the plan. gap: 万元 behind the pace.
    """
    if not reading.blank(share) and share >= 100:
        return ("exceeded", {"share": percent(share)}) if share > 100 + LEVEL else ("complete", {})
    if reading.blank(lag):
        return None
    if abs(lag) < LEVEL:
        return "level", {}
    if lag < 0:
        return "fast", {"points": points(lag)}
    if gap is None:
        return "slow", {"points": points(lag)}
    return "slow_money", {"points": points(lag), "gap": quantity(gap, "10k_yuan", 0)}


def against(lag: float, share: float, gap: float | None = None) -> str:
    """慢于序时16.5个百分点（少215万元）, or 超过计划，为计划的108%; "" where there is no pace."""
    told = pace_words(lag, share, gap)
    return say(f"works.{told[0]}", **told[1]) if told else ""


def headline(together: pd.DataFrame, period: str) -> str:
    """3个项目完成投资3,270万元，占计划5,943万元的55%，慢于序时20个百分点; of an earlier quarter where this one does not count."""
    row = latest(together, period)
    if row is None:
        return say("works.nothing", period=quarter(period))
    fields = {"count": int(row.projects), "invested": quantity(row.invested, "10k_yuan")}
    if reading.blank(row.planned):
        said = say("works.headline_unplanned", **fields)
    else:
        said = say(
            "works.headline",
            planned=quantity(row.planned, "10k_yuan"),
            share=percent(row.invested_share),
            against=against(row.lag, row.invested_share, row.behind),
            **fields,
        )
    if row.period == period:
        return said
    now = next(r for r in reading.records(together) if r.period == period)
    return say(
        "works.headline_before",
        period=quarter(period),
        why=say(f"works.why.{why(now)}"),
        last=quarter(row.period),
        finding=said,
    )


def day_of_year(at: Any) -> str:
    """4月20日 / 20 Apr."""
    return say("works.day", month=_MONTHS[at.month - 1] if language() == "en" else at.month, day=at.day)


def counted(rows: pd.DataFrame, period: str) -> str:
    """The newest quarter up to `period` whose figures count; `period` where none does."""
    row = latest(rows, period)
    return period if row is None else str(row.period)


def as_of(plan: Plan, period: str) -> str:
    """截至2021年9月30日 · 演示数据."""
    return reading.joined((say("charts.as_of", day=early.as_of(period)), say("app.demo") if plan.demo else ""))


def standing(plan: Plan, row: Any) -> str:
    """资金慢于序时16.5个百分点（少215万元）；面积慢于序时20.6个百分点；形象进度：施工中。"""
    said = []
    if money := against(row.lag, row.invested_share, row.behind):
        said.append(say("works.money_said", against=money))
    if area := against(row.area_lag, row.area_share):
        said.append(say("works.area_said", against=area))
    said.append(say("works.stage_said", stage=stage_word(plan, row.project, row.stage)))
    return say("works.comma").join(said) + say("works.stop")


def not_shown(row: Any | None, now: Any | None, period: str) -> tuple[str, str] | None:
    """Why the quarter is not the one on show, and which is. row: the one shown, now: the quarter's own; None where it is shown."""
    if row is not None and row.period == period:
        return None
    reason = say(f"works.state.{why(now) if now is not None else 'missing'}")
    return reason, say("works.card.never") if row is None else say("works.card.shown", period=quarter(row.period))


def days(plan: Plan, project: Project, row: Any) -> list[str]:
    """Begun, finished, and when the promise is due."""
    told = [
        say("works.card.not_started")
        if pd.isna(row.started)
        else say("works.card.started", day=day(row.started.date()))
    ]
    if not pd.isna(row.finished):
        told.append(say("works.card.finished", day=day(row.finished.date())))
    elif not pd.isna(row.started):
        told.append(say("works.card.not_finished"))
    indicator = indicator_of(plan, project.code, "invested")
    promise = next((c for c in plan.commitments.values() if indicator and c.indicator == indicator.code), None)
    if promise is not None:
        told.append(say("works.card.due", period=quarter(promise.due)))
    return told
