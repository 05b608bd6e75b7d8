-- Tables of one plan, in a schema of its own, replaced as a whole when its files change.

create table if not exists plan_unit (unit varchar, name varchar, kind varchar, position integer);
create table if not exists plan_element (
    element varchar, name varchar, line varchar, form varchar, sheet varchar, measure varchar,
    kind varchar, nature varchar, due_from integer, na boolean, required boolean
);
-- accumulates: the value grows from 0 within the year (flow elements in the numerator only).
create table if not exists plan_indicator (
    indicator varchar, name varchar, theme varchar, scope varchar, measure varchar, scale integer,
    better varchar, is_ratio boolean, accumulates boolean, due_from integer, position integer
);
alter table plan_indicator add column if not exists decimals integer;  -- with which its numbers are published; versions before it lack it
create table if not exists indicator_part (indicator varchar, part varchar, element varchar);
create table if not exists indicator_subject (indicator varchar, subject varchar);
-- due_share: the part of the plan's quarters gone when it is due.
create table if not exists plan_commitment (
    commitment varchar, name varchar, indicator varchar, task integer, operator varchar,
    value decimal(18,4), measure varchar, due varchar, due_share decimal(9,6), nature varchar,
    scope varchar, strength varchar, light varchar, numeral boolean, position integer
);
-- The baseline quarter and the plan's own. share: the part of the plan's quarters gone at the
-- quarter's end; 0 for the baseline.
create table if not exists plan_period (
    period varchar, previous varchar, year integer, quarter integer, last_day date,
    share decimal(9,6), is_baseline boolean
);
create table if not exists expected_return (period varchar, form varchar, reporter varchar, due date);
-- One row.
create table if not exists light_rule (
    pace_yellow_within decimal(9,4), threshold_yellow_within decimal(9,4), milestone_yellow_days integer,
    plausible_ratio_points decimal(9,4), plausible_stock_share decimal(9,4), plausible_flow_share decimal(9,4)
);
alter table light_rule add column if not exists attention_soft decimal(9,4);  -- versions before it lack it
create table if not exists baseline (indicator varchar, value decimal(18,4), source varchar);
create table if not exists subtarget (commitment varchar, unit varchar, value decimal(18,4), source varchar);
create table if not exists plan_task (task integer, section integer, title varchar, lead varchar);
create table if not exists task_department (task integer, department varchar, position integer);
create table if not exists plan_milestone (
    milestone varchar, task integer, name varchar, department varchar, due date, position integer
);
