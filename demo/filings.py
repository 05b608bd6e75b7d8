"""Who files what and when: the course of four quarters, up to what 2021Q3 leaves open."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from catalogue.model import Plan
from catalogue.period import Period
from demo.figures import table
from demo.people import BUREAU_DESK, COUNTY_DESK, decider

Key = tuple[str, str, Period]  # form, reporter, period

Q3 = Period(2021, 3)
UNFILED: Key = ("county", "210421", Q3)
WORKING_DAYS = {  # on which returns come in; the last one is the deadline
    Period(2021, 1): (date(2021, 4, 7), date(2021, 4, 8), date(2021, 4, 9), date(2021, 4, 12)),
    Period(2021, 2): (date(2021, 7, 7), date(2021, 7, 8), date(2021, 7, 9), date(2021, 7, 12)),
    Q3: (date(2021, 10, 8), date(2021, 10, 9), date(2021, 10, 11)),
}
CAME = {  # not by dice: a late one, and one filed again
    ("county", "210423", Q3): datetime(2021, 10, 14, 14, 20),
    ("county", "210422", Q3): datetime(2021, 10, 11, 10, 5),
}
UNDECIDED = frozenset(  # on record, and nobody has looked yet
    {
        ("county", "210403", Q3),
        ("county", "210422", Q3),
        ("county", "210423", Q3),
        ("project", "planning", Q3),
        ("department", "approval", Q3),
        ("department", "safety-arts", Q3),
        ("department", "college", Q3),
    }
)
BACKFILLED = datetime(2021, 2, 26, 10, 15)
_HOURS = (8, 9, 10, 11, 13, 14, 15, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """One file that came in. Times are local.

    wrong: element -> the figure that got it sent back or, approved unnoticed, corrected later. correction: why a file
    takes the place of an approved one.
    """

    form: str
    reporter: str
    period: Period
    received_at: datetime
    state: str = "filed"
    reason: str = ""
    correction: str = ""
    decided_at: datetime | None = None
    by: str = ""
    suffix: str = ""
    wrong: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> Key:
        return self.form, self.reporter, self.period


# 新宾 files again, two days later; the return of 职教科 stands sent back.
SENT_BACK = (
    Filing(
        form="county",
        reporter="210422",
        period=Q3,
        received_at=datetime(2021, 10, 8, 16, 12),
        state="returned",
        reason="义务教育B02：有2所学校同时加入两个联盟，重复计入成员学校，请去重后重新报送。",
        decided_at=datetime(2021, 10, 9, 9, 30),
        by=COUNTY_DESK,
        suffix="（第一次报送）",
        wrong=(("compulsory.schools.grouped", 41),),
    ),
    Filing(
        form="department",
        reporter="vocational",
        period=Q3,
        received_at=datetime(2021, 10, 9, 15, 5),
        state="returned",
        reason="可计数事项G12填3项，任务进展却称文明风采大赛拟11月举办，请核实后重新报送。",
        decided_at=datetime(2021, 10, 12, 10, 40),
        by=BUREAU_DESK,
    ),
)
# 顺城 corrects a first quarter that the meeting of June had before it.
CORRECTED = (
    Filing(
        form="county",
        reporter="210411",
        period=Period(2021, 1),
        received_at=datetime(2021, 4, 7, 8, 10),
        state="approved",
        decided_at=datetime(2021, 4, 15, 8, 32),
        by=COUNTY_DESK,
        suffix="（更正前）",
        wrong=(
            ("kindergarten.children.public", 2764),
            ("kindergarten.children.private", 5426),
            ("kindergarten.estate.public", 11),
        ),
    ),
    Filing(
        form="county",
        reporter="210411",
        period=Period(2021, 1),
        received_at=datetime(2021, 7, 5, 9, 40),
        state="approved",
        decided_at=datetime(2021, 7, 6, 15, 20),
        by=COUNTY_DESK,
        correction="1所小区配套园一季度末尚未移交，误按公办园统计：公办园在园幼儿由2,764人更正为2,668人，民办园相应更正，配套园办成公办园由11所更正为10所。",
    ),
)


def filings(plan: Plan) -> tuple[Filing, ...]:
    """Every file on record, by period, form and reporter; what was sent back or corrected stands before its successor."""
    found = [*_baseline(plan)]
    for period in WORKING_DAYS:
        for form in ("county", "project", "department"):
            for reporter in plan.reporters(form):
                found += _of((form, reporter, period))
    return tuple(found)


def unfiled() -> Filing:
    """The return that is not on record, ready to be filed before an audience."""
    form, reporter, period = UNFILED
    return Filing(form=form, reporter=reporter, period=period, received_at=datetime(2021, 10, 15, 9, 0))


def _baseline(plan: Plan) -> Iterator[Filing]:
    """2020Q4: the units' figures in one backfill, and the counts that need a baseline."""
    period = plan.baseline_period
    counting = {
        department
        for element, quarters in table("counts").items()
        if str(period) in quarters
        for department in plan.elements[element].units
    }
    for form, reporter in [("backfill", "city"), *(("department", d) for d in sorted(counting))]:
        yield Filing(
            form=form,
            reporter=reporter,
            period=period,
            received_at=BACKFILLED,
            state="approved",
            decided_at=BACKFILLED + timedelta(days=3),
            by=BUREAU_DESK,
        )


def _of(key: Key) -> Iterator[Filing]:
    form, reporter, period = key
    corrected = [filing for filing in CORRECTED if filing.key == key]
    if corrected:
        yield from corrected
        return
    back = [filing for filing in SENT_BACK if filing.key == key]
    yield from back
    if key == UNFILED or (back and key not in CAME):
        return
    came = CAME.get(key) or _came(key)
    if key in UNDECIDED:
        yield Filing(form=form, reporter=reporter, period=period, received_at=came)
    else:
        yield Filing(
            form=form,
            reporter=reporter,
            period=period,
            received_at=came,
            state="approved",
            decided_at=_decided(key),
            by=decider(form, reporter),
        )


def _came(key: Key) -> datetime:
    dice = _dice("came", key)
    return _at_work(dice.choice(WORKING_DAYS[key[2]]), dice)


def _decided(key: Key) -> datetime:
    """The city checks after the deadline, by the 15th."""
    dice = _dice("decided", key)
    return _at_work(WORKING_DAYS[key[2]][-1] + timedelta(days=dice.randint(1, 3)), dice)


def _dice(what: str, key: Key) -> random.Random:
    """The same throws on every run and machine."""
    return random.Random(f"{what} {key[0]} {key[1]} {key[2]}")


def _at_work(day: date, dice: random.Random) -> datetime:
    return datetime.combine(day, time(dice.choice(_HOURS), dice.randrange(60)))
