from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from catalogue.model import Plan
from etl.model import Finding, History, Return, Severity
from etl.rules.looking import about

FINISHED = ("built", "accepted")
LEAST_SHARE = Decimal(50)  # percent of the planned money [assumption]


def stage_against_money(ret: Return, plan: Plan, history: History) -> Iterator[Finding]:
    """Built, with less than half the money spent: 到位 is not 完成, and one of the two is not so.

    Source: domain section 2, investment traps.
    """
    for project in plan.projects.values():
        stage, invested = ret.entry(f"project.{project.code}.stage"), ret.value(f"project.{project.code}.invested")
        if stage is None or stage.text not in FINISHED or invested is None:
            continue
        if invested * 100 < project.planned * LEAST_SHARE:
            yield about(
                stage,
                "stage_against_money",
                Severity.NOTE,
                invested=invested,
                invested_measure="10k_yuan",
                planned=project.planned,
                planned_measure="10k_yuan",
                share=LEAST_SHARE,
                share_measure="percent",
            )
