-- Tables of one version. No keys, sequences or indexes, so that the same tables can live on a lake.
-- Numbers are DECIMAL(18,4): sums are exact. Times are the bureau's local time, without zone.

-- 1. The ledger: rows are only ever added.

-- One row per return accepted. number: 回执号, e.g. 2021Q3-210402-county-01. A backfill workbook
-- leaves one receipt per unit under the unit's own form, so that the marts see one road;
-- kind then tells the file apart. footer: JSON of 填报人, 审核人 …
create table if not exists receipt (
    load_id bigint, number varchar, sha256 varchar, file_name varchar, kind varchar,
    form varchar, form_version varchar, plan varchar, reporter varchar, period varchar,
    sender varchar, received_at timestamp, footer varchar
);
-- What became of a receipt. state: approved, returned, locked, withdrawn; filed: undecided again. The latest event speaks.
create table if not exists review (
    event_id bigint, load_id bigint, state varchar, decided_at timestamp, by_whom varchar, reason varchar
);
-- One row per entry. state: value, blank, na (不适用), suppressed (保密). value for numbers; text for texts, choice keys
-- and ISO dates; raw is the cell as it stood.
create table if not exists fact (
    load_id bigint, period varchar, subject varchar, element varchar, state varchar,
    value decimal(18,4), text varchar, raw varchar, reason varchar, sheet varchar, cell varchar
);
create table if not exists finding (
    load_id bigint, rule varchar, severity varchar, subject varchar, element varchar,
    sheet varchar, cell varchar, sentence varchar, explained varchar
);
-- What a reviewer says about one entry of a return that is sent back. event_id: of the review.
create table if not exists remark (
    event_id bigint, load_id bigint, subject varchar, element varchar, sheet varchar, cell varchar, remark varchar
);
-- Why a return was filed again after it had been approved (更正). At most one row per receipt.
create table if not exists correction (load_id bigint, reason varchar);
-- A form's quarter closed to changes, or opened again; reporter '' is everybody. The latest event speaks.
create table if not exists quarter_lock (
    event_id bigint, period varchar, form varchar, reporter varchar, locked boolean,
    decided_at timestamp, by_whom varchar, reason varchar
);
-- A deadline put off or brought forward; form '' is every form, reporter '' everybody.
create table if not exists deadline_change (
    event_id bigint, period varchar, form varchar, reporter varchar, due date,
    decided_at timestamp, by_whom varchar, reason varchar
);
-- One row per published version, the older ones included. periods: touched ones, with commas.
create table if not exists version_info (
    number bigint, published_at timestamp, note varchar, by_whom varchar,
    plan varchar, plan_digest varchar, marts_digest varchar, periods varchar
);
-- journal: newest version up to this one that has a line in the journal, 0 for none; null in versions before the journal.
alter table version_info add column if not exists journal bigint;
-- Versions whose file was lost or damaged before a later one was published without what they had written. Rows are only
-- added: put_back_in is null when the loss was noticed, later the version in which `warehouse repair` put it back.
create table if not exists lost_version (version bigint, noticed_at timestamp, put_back_in bigint);
-- Receipt numbers that lost versions gave: never to be given again.
create table if not exists taken_number (
    number varchar, sha256 varchar, period varchar, reporter varchar, form varchar, version bigint
);

-- 2. The plan in force, replaced as a whole when its files change.

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
