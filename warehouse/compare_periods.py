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
    v.indicator, t.commitment, v.subject, v.answered and v.state <> 'na' as counted, v.answered,
    (i.scale * v.numerator)::double as num, case when i.is_ratio then v.denominator else 1 end::double as den, k.meets, t.rule = 'each' as is_each
from unit_value as v
join target_pace as t
    on t.basis = v.basis and t.indicator = v.indicator and t.period = v.period and t.subject = 'city'
join plan_indicator as i on i.indicator = v.indicator
left join case_verdict as k
    on k.basis = v.basis and k.indicator = v.indicator and k.commitment = t.commitment and k.period = v.period
    and k.subject = v.subject and k.extent = 'actual'
where v.basis = $basis and v.period = $period
"""
_PART = {
    "indicator": "varchar",
    "commitment": "varchar",
    "subject": "varchar",
    "counted": "boolean",
    "answered": "boolean",
    "num": "double",
    "den": "double",
    "meets": "boolean",
    "is_each": "boolean",
}
# Grain: indicator × commitment × unit of either moment. The rules are those of the marts like_for_like and
# contribution, for any two moments: over exactly the units that answered both times.
_MOVES = """
with
paired as (
    select
        coalesce(now.indicator, past.indicator) as indicator, coalesce(now.commitment, past.commitment) as commitment,
        coalesce(now.subject, past.subject) as subject,
        coalesce(now.is_each, past.is_each) as is_each,
        coalesce(now.answered, false) as is_in, coalesce(past.answered, false) as was_in,
        is_in and was_in as same,
        same and (now.counted or past.counted) as enters,
        now.num, now.den, past.num as past_num, past.den as past_den, now.meets, past.meets as past_meets
    from now
    full join past on past.indicator = now.indicator and past.commitment = now.commitment and past.subject = now.subject
),
summed as (
    select
        indicator, commitment, bool_or(is_each) as is_each,
        count(*) filter (same) as same_units, count(*) as expected,
        sum(num) filter (same) as num, sum(den) filter (same) as den,
        sum(past_num) filter (same) as past_num, sum(past_den) filter (same) as past_den,
        count(*) filter (same and meets) - count(*) filter (same and past_meets) as more,
        count(meets) filter (same) > 0 and count(past_meets) filter (same) > 0 as both
    from paired
    group by indicator, commitment
),
city as (
    select s.*, i.is_ratio,
        case
            when i.accumulates and not $alike then null
            when s.is_each then case when s.both then s.more end
            when i.is_ratio then s.num / nullif(s.den, 0) - s.past_num / nullif(s.past_den, 0)
            else s.num - s.past_num
        end as change,
        i.accumulates and not $alike as restarted
    from summed as s
    join plan_indicator as i on i.indicator = s.indicator
)
select
    c.indicator, nullif(c.commitment, '') as commitment, p.subject, c.change, c.restarted, c.is_each, c.same_units, c.expected,
    p.is_in, p.was_in,
    case
        when c.change is null or not p.enters then null
        when c.is_each and p.meets is null and p.past_meets is null then null
        when c.is_each then coalesce(p.meets, false)::integer - coalesce(p.past_meets, false)::integer
        when c.is_ratio then
            (coalesce(p.num, 0) - coalesce(p.past_num, 0)
                - c.past_num / nullif(c.past_den, 0) * (coalesce(p.den, 0) - coalesce(p.past_den, 0))) / nullif(c.den, 0)
        else coalesce(p.num, 0) - coalesce(p.past_num, 0)
    end as contribution
from paired as p
join city as c on c.indicator = p.indicator and c.commitment = p.commitment
left join plan_unit as u on u.unit = p.subject
order by c.indicator, u.position, p.subject
"""
# Grain: receipt that took the place of another × indicator × subject whose value is another since.
_RESTATED = """
with
pair as (select unnest($before::bigint[]) as before, unnest($after::bigint[]) as after),
wanted as (select indicator, count(*) as parts from indicator_part group by indicator),
summed as (
    select
        p.after, f.load_id = p.after as is_after, s.indicator, f.subject, count(*) filter (f.state = 'value') as valued,
        sum(f.value) filter (ip.part = 'numerator') as num, sum(f.value) filter (ip.part = 'denominator') as den
    from pair as p
    join fact as f on f.load_id in (p.before, p.after)
    join indicator_part as ip on ip.element = f.element
    join indicator_subject as s on s.indicator = ip.indicator and s.subject = f.subject
    group by all
),
valued as (
    select s.after, s.is_after, s.indicator, s.subject,
        case when s.valued = w.parts then (i.scale * s.num)::double / case when i.is_ratio then nullif(s.den, 0) else 1 end end as value
    from summed as s
    join wanted as w on w.indicator = s.indicator
    join plan_indicator as i on i.indicator = s.indicator
)
select
    n.indicator, n.subject, r.period, r.form, r.reporter, r.received_at, coalesce(c.reason, '') as reason, i.measure,
    t.value as value_then, n.value as value_now
from valued as n
join valued as t on t.after = n.after and t.indicator = n.indicator and t.subject = n.subject and not t.is_after
join receipt as r on r.load_id = n.after
join plan_indicator as i on i.indicator = n.indicator
left join correction as c on c.load_id = n.after
where n.is_after and n.value is distinct from t.value
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
    sides, other = [], redefined(then.defined, now.defined)
    for name, parts in (("past", _renumbered(then.parts, now.parts)), ("now", now.parts)):
        columns = list(zip(*(row for row in parts if row[0] not in other), strict=True)) or [()] * len(_PART)
        given |= {f"{name}_{column}": list(values) for column, values in zip(_PART, columns, strict=True)}
        told = ", ".join(f"unnest(${name}_{column}::{kind}[]) as {column}" for column, kind in _PART.items())
        sides.append(f"{name} as (select {told})")
    return frame(con, _MOVES.replace("with\n", f"with\n{', '.join(sides)},\n", 1), given)


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
    """(returns received in between, corrections among them)."""
    [last] = one(earlier, "select coalesce(max(load_id), 0) from receipt")
    came, corrections = one(
        later,
        "select count(*), count(c.load_id) from receipt as r left join correction as c on c.load_id = r.load_id where r.load_id > ?",
        [last],
    )
    return came, corrections


def _restated(con: Con, pairs: list[tuple[int, int]]) -> pd.DataFrame:
    return frame(con, _RESTATED, {"before": [before for before, _ in pairs], "after": [after for _, after in pairs]})
