-- Tables of one version that every plan shares. No keys, sequences or indexes, so that the same tables can live on a lake.
-- Numbers are DECIMAL(18,4): sums are exact. Times are the bureau's local time, without zone.

-- The ledger: rows are only ever added.

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
-- replaced_by: of one withdrawn because another came in its place, the 回执号 of that one. Null else, and in what was written up
-- to 0.6, which has `replaced by <SHA-256>` for a reason.
alter table review add column if not exists replaced_by varchar;
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

-- One row: raised when a program writes what those before it cannot read.
create table if not exists format (number integer);
-- The plans a version holds. schema_name: where the tables of plan_schema.sql and the marts of this plan lie.
-- first, last: the quarters for which it speaks; baseline: the one before, which another plan may speak for.
create table if not exists edition (
    schema_name varchar, plan varchar, first varchar, last varchar, baseline varchar, plan_digest varchar, marts_digest varchar
);
-- The files of each plan folder as they stood, so that a version reads for ever as it read then.
create table if not exists plan_file (schema_name varchar, name varchar, content varchar);
