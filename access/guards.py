"""Triggers that let the audit log grow and do nothing else."""

from __future__ import annotations

from sqlalchemy import Connection, text

# The third one refuses `insert or replace`, which deletes without asking the second.
SQLITE = (
    """
    create trigger if not exists audit_keeps_rows before update on audit
    begin select raise(abort, 'audit is append-only'); end
    """,
    """
    create trigger if not exists audit_loses_no_row before delete on audit
    begin select raise(abort, 'audit is append-only'); end
    """,
    """
    create trigger if not exists audit_grows_at_its_end before insert on audit
    when new.id <> (select coalesce(max(id), 0) + 1 from audit)
    begin select raise(abort, 'audit is append-only'); end
    """,
)
POSTGRESQL = (
    "drop trigger if exists audit_keeps_rows on audit",
    "drop trigger if exists audit_loses_no_row on audit",
    """
    create or replace function audit_is_append_only() returns trigger language plpgsql as
    $$ begin raise exception 'audit is append-only'; end $$
    """,
    """
    create trigger audit_keeps_rows before update or delete on audit
    for each row execute function audit_is_append_only()
    """,
    """
    create trigger audit_loses_no_row before truncate on audit
    for each statement execute function audit_is_append_only()
    """,
)


def guards(con: Connection) -> tuple[str, ...]:
    """The statements that make them. On PostgreSQL none once they are there and on, as each would lock the table."""
    if con.dialect.name == "sqlite":
        return SQLITE
    made = "select count(*) from pg_trigger where tgrelid = 'audit'::regclass and not tgisinternal and tgenabled <> 'D'"
    return () if con.execute(text(made)).scalar_one() == 2 else POSTGRESQL
