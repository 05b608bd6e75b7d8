"""Then and now: the city's numbers at two moments, what moved them, which figures known then were corrected since.

A moment is a quarter as one version has it under the plan of its year, so that two quarters of one version, of two years, and the
state two versions show are compared alike. Each is read where it lies, by a cursor of its own. basis: filed or approved, as in
`judged`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import duckdb
import pandas as pd

from warehouse import read
from warehouse.across import definitions
from warehouse.build import Mart
from warehouse.frames import frame
from warehouse.rows import one

Con = duckdb.DuckDBPyConnection
Turn = Literal["worse", "better", "greyed", "lit", ""]

NEEDED = (
    "judged",
    "unit_value",
    "case_verdict",
    "target_pace",
    "current_receipt",
    "receipt_state",
    "fact",
    "correction",
)
_NAMES = "select table_name from information_schema.tables"
_WEIGHT = {"green": 1, "yellow": 2, "red": 3}
_PARTS = """
select
    v.indicator, t.commitment, v.subject, v.answered, v.state, v.numerator::double as numerator,
    v.denominator::double as denominator, k.verdict, k.meets
from unit_value as v
join target_pace as t
    on t.basis = v.basis and t.indicator = v.indicator and t.period = v.period and t.subject = 'city'
left join case_verdict as k
    on k.basis = v.basis and k.indicator = v.indicator and k.commitment = t.commitment and k.period = v.period
    and k.subject = v.subject and k.extent = 'actual'
where v.basis = $basis and v.period = $period
"""
_PART = {
    "indicator": "varchar",
    "commitment": "varchar",
    "subject": "varchar",
    "answered": "boolean",
    "state": "varchar",
    "numerator": "double",
    "denominator": "double",
    "verdict": "varchar",
    "meets": "boolean",
}
# Grain: indicator × commitment × unit of either moment. The marts themselves, over two moments that stand where they look for
# a quarter and the one before: what accumulates begins anew unless they are alike.
_MOVES = f"""
with
past as (select 'past' as period, {{past}}),
now as (select 'now' as period, {{now}}),
part as (select 'filed' as basis, * from now union all select 'filed' as basis, * from past),
plan_period as (
    select * from (values ('now', 'past', case when $alike then 2 else 1 end), ('past', null, 1)) as q (period, previous, quarter)
),
unit_value as (
    select distinct on (period, indicator, subject)
        basis, indicator, period, subject, state, answered, numerator, denominator, null::double as value
    from part
),
case_verdict as (
    select basis, indicator, commitment, period, subject, 'actual' as extent, verdict, null::integer as weight, meets
    from part
    where verdict is not null
),
city_sum as (select basis, indicator, 'now' as period, count(distinct subject) as expected from part group by basis, indicator),
target_pace as (
    select distinct p.basis, p.indicator, r.commitment, 'now' as period, s.subject,
        case when r.scope = 'each' and r.rule <> 'none' then 'each' else r.rule end as rule
    from part as p
    join indicator_rule as r on r.indicator = p.indicator
    cross join lateral (select p.subject union all select 'city') as s (subject)
),
unit_change as ({Mart("unit_change").sql}),
each_unit as ({Mart("each_unit").sql}),
city_change as ({Mart("city_change").sql}),
like_for_like as ({Mart("like_for_like").sql}),
contribution as ({Mart("contribution").sql})
select
    t.indicator, nullif(t.commitment, '') as commitment, t.subject, c.change, i.accumulates and not $alike as restarted,
    t.rule = 'each' as is_each, c.same_units, c.expected, coalesce(now.answered, false) as is_in,
    coalesce(past.answered, false) as was_in, o.contribution
from target_pace as t
join city_change as c on c.indicator = t.indicator and c.commitment = t.commitment
join plan_indicator as i on i.indicator = t.indicator
join contribution as o on o.indicator = t.indicator and o.commitment = t.commitment and o.subject = t.subject
left join unit_value as now on now.indicator = t.indicator and now.subject = t.subject and now.period = 'now'
left join unit_value as past on past.indicator = t.indicator and past.subject = t.subject and past.period = 'past'
left join plan_unit as u on u.unit = t.subject
order by t.indicator, u.position, t.subject
"""
# Grain: receipt that took the place of another × indicator × subject whose value is another since. The mart `unit_value` itself,
# over what the two said instead of over quarters.
_RESTATED = f"""
with
pair as (select unnest($before::bigint[]) as before, unnest($after::bigint[]) as after),
side as (select after, before as load_id, after || ' then' as period from pair union all select after, after, after || ' now' from pair),
mart_base as (
    select 'filed' as basis, s.period, f.subject, f.element, f.state, f.value
    from side as s
    join fact as f on f.load_id = s.load_id
),
plan_period as (select period from side),
owed as (
    select indicator, subject from indicator_subject where subject in (select subject from mart_base)
),
indicator_subject as (select * from owed),
valued as (select period, indicator, subject, value from ({Mart("unit_value").sql}) where basis = 'filed')
select
    n.indicator, n.subject, r.period, r.form, r.reporter, r.received_at, coalesce(c.reason, '') as reason, i.measure,
    t.value as value_then, n.value as value_now
from pair as p
join valued as n on n.period = p.after || ' now'
join valued as t on t.period = p.after || ' then' and t.indicator = n.indicator and t.subject = n.subject
join receipt as r on r.load_id = p.after
join plan_indicator as i on i.indicator = n.indicator
left join correction as c on c.load_id = p.after
where n.value is distinct from t.value
order by r.received_at, i.position, n.subject
"""
_SPEAKING = "select form, reporter, period, load_id from current_receipt where basis = ?"
# The receipt before it that had been approved.
_CORRECTED = """
select b.load_id, c.load_id
from current_receipt as c
join correction as x on x.load_id = c.load_id
join receipt as b
    on b.form = c.form and b.reporter = c.reporter and b.period = c.period and (b.received_at, b.load_id) < (c.received_at, c.load_id)
where c.basis = $basis and list_contains($periods, c.period)
    and b.load_id in (select load_id from review where state in ('approved', 'locked'))
qualify row_number() over (partition by c.load_id order by b.received_at desc, b.load_id desc) = 1
"""


@dataclass(frozen=True, slots=True)
class Moment:
    """One quarter as one version has it. city: its rows of `judged`; parts: what each unit answered, as in _PART. defined:
    indicator -> of what it is computed, in the plan of the quarter."""

    period: str
    city: pd.DataFrame
    parts: list[tuple[Any, ...]]
    defined: Mapping[str, str]


def moment(con: Con, basis: str, period: str) -> Moment:
    """con: opened for that quarter. Raises KeyError with the name of a table that the version is too old to have."""
    there = {name for (name,) in con.execute(_NAMES).fetchall()}
    for name in NEEDED:
        if name not in there:
            raise KeyError(name)
    parts = con.execute(_PARTS, {"basis": basis, "period": period}).fetchall()
    return Moment(period, read.values(con, period, None, basis=basis), parts, definitions(con))


def redefined(then: Mapping[str, str], now: Mapping[str, str]) -> frozenset[str]:
    """Indicators of both that are computed of other things now than then: their numbers are not held against one another."""
    return frozenset(code for code, told in now.items() if then.get(code, told) != told)


def city_since(now: Con, then: Con, basis: str, before: str, period: str) -> pd.DataFrame:
    """What the city's numbers changed by since an earlier quarter. Grain: indicator that had a number owed in both.

    now, then: opened for `period` and for `before`. Columns: indicator, subject (None), measure, change (over exactly the units
    that answered both times; blank where that cannot be said), same_units of expected, redefined (computed of other things since).
    """
    past, present = moment(then, basis, before), moment(now, basis, period)
    found = moves(now, past, present).drop_duplicates("indicator")[["indicator", "change", "same_units", "expected"]]
    other = pd.DataFrame({"indicator": sorted(redefined(past.defined, present.defined)), "redefined": True})
    told = present.city[["indicator", "measure"]].merge(pd.concat([found, other]), on="indicator")
    return told.assign(
        subject=None,
        redefined=told["redefined"].eq(True),
        same_units=told["same_units"].fillna(0).astype(int),
        expected=told["expected"].fillna(0).astype(int),
    )


def own_since(now: Con, then: Con, basis: str, before: str, period: str, subject: str = read.ALL) -> pd.DataFrame:
    """As `city_since`, each about itself: grain indicator × subject with a row in both quarters. subject: default all."""
    columns = ["indicator", "subject", "measure", "value"]
    present, past = (
        rows.loc[rows["subject"].notna(), columns]
        for rows in (read.values(now, period, subject, basis=basis), read.values(then, before, subject, basis=basis))
    )
    both = present.merge(past.drop(columns="measure"), on=["indicator", "subject"], suffixes=("", "_then"))
    other = both["indicator"].isin(redefined(definitions(then), definitions(now)))
    change = (both["value"] - both["value_then"]).where(~other)
    return both[["indicator", "subject", "measure"]].assign(change=change, same_units=1, expected=1, redefined=other)


def moves(con: Con, then: Moment, now: Moment) -> pd.DataFrame:
    """What each unit did to the city's number. Grain: indicator × commitment × unit; `con`: of the later version.

    change, same_units, expected: of the city, repeated on each of its units; blank change where there is nothing like
    for like. restarted: it counts from January and a new year has begun, and it is not the same quarter. is_in, was_in: whether
    the unit is in the number now, and was then. contribution: its part of the change; blank where it was not there both times.
    No rows about what `redefined` names. A promise that has another number in another year's plan is paired by its indicator.
    """
    given: dict[str, Any] = {"alike": then.period[:4] == now.period[:4] or then.period[4:] == now.period[4:]}
    sides: dict[str, str] = {}
    other = redefined(then.defined, now.defined)
    for name, parts in (("past", _renumbered(then.parts, now.parts)), ("now", now.parts)):
        columns = list(zip(*(row for row in parts if row[0] not in other), strict=True)) or [()] * len(_PART)
        given |= {f"{name}_{column}": list(values) for column, values in zip(_PART, columns, strict=True)}
        told = ", ".join(f"unnest(${name}_{column}::{kind}[]) as {column}" for column, kind in _PART.items())
        sides[name] = told
    return frame(con, _MOVES.replace("{past}", sides["past"]).replace("{now}", sides["now"]), given)


def _renumbered(then: list[tuple[Any, ...]], now: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Then's rows with the promise's number of now, where the indicator has one promise in either plan."""
    of_then, of_now = _promises(then), _promises(now)
    return [
        (indicator, of_now[indicator], *rest)
        if of_then.get(indicator) and of_now.get(indicator)
        else (indicator, commitment, *rest)
        for indicator, commitment, *rest in then
    ]


def _promises(parts: list[tuple[Any, ...]]) -> dict[str, str]:
    """Indicator -> its one promise; "" where there are several, or none."""
    found: dict[str, set[str]] = {}
    for indicator, commitment, *_ in parts:
        found.setdefault(indicator, set()).add(commitment)
    return {indicator: next(iter(several)) if len(several) == 1 else "" for indicator, several in found.items()}


def turn(light_then: str | None, light_now: str | None) -> Turn:
    """How a light changed; greyed: it says nothing any more, lit: it says something at last."""
    before, after = _WEIGHT.get(light_then or ""), _WEIGHT.get(light_now or "")
    if before == after:
        return ""
    if before is None or after is None:
        return "lit" if before is None else "greyed"
    return "worse" if after > before else "better"


def corrected(con: Con, basis: str, periods: Iterable[str]) -> pd.DataFrame:
    """Values of these quarters that a correction replaced within this version; grain and columns of `restated_since`."""
    pairs = con.execute(_CORRECTED, {"basis": basis, "periods": sorted(set(periods))}).fetchall()
    return _restated(con, pairs)


def restated_since(earlier: Con, later: Con, basis: str) -> pd.DataFrame:
    """Values of single units that the earlier version knew and the later one has otherwise. Grain: receipt × indicator × subject.

    Columns: indicator, subject, period, form, reporter, received_at, reason, measure, value_then, value_now. reason:
    as given with the correction, "" where the first return had not been approved yet. A blank value was not answered.
    """
    before, after = (
        {tuple(row[:3]): row[3] for row in con.execute(_SPEAKING, [basis]).fetchall()} for con in (earlier, later)
    )
    return _restated(later, [(load, after[key]) for key, load in before.items() if after.get(key, load) != load])


def came_since(earlier: Con, later: Con) -> tuple[int, int]:
    """(returns received since the earlier version, corrections among them), withdrawn ones included."""
    [last] = one(earlier, "select coalesce(max(load_id), 0) from receipt")
    came, corrections = one(
        later,
        "select count(*), count(c.load_id) from receipt as r left join correction as c on c.load_id = r.load_id where r.load_id > ?",
        [last],
    )
    return came, corrections


def _restated(con: Con, pairs: list[tuple[int, int]]) -> pd.DataFrame:
    return frame(con, _RESTATED, {"before": [before for before, _ in pairs], "after": [after for _, after in pairs]})
