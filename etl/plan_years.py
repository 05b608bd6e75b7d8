"""Under which year's plan a workbook is read: the plan that speaks for the quarter it is about."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.load import plans, speaking
from catalogue.model import Plan
from etl.errors import ReturnRefused
from etl.model import Cells
from etl.reading.forms import recognise


def plan_for(cells: Cells, known: Sequence[Plan] = ()) -> Plan:
    """known: the plans of all years, oldest first; default: those of the plan folders.

    The plan in force where no plan knows the workbook; what is wrong with it is then said by that plan.
    """
    known = known or plans()
    if len(known) > 1:
        for plan in reversed(known):
            try:
                return speaking(known, recognise(cells, plan).period)
            except ReturnRefused:
                continue
    return known[-1]
