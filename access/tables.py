"""The small tables: many little writes by many people. SQLAlchemy Core, so that SQLite and PostgreSQL both serve.

Times are naive and UTC unless a comment says otherwise. What was reported lives in the warehouse, not here.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# Grain: account. password: argon2 hash, "" where none can be used. subject: the OIDC "iss sub" it is bound to.
account = Table(
    "account",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("person", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("office", String(64), nullable=False, default=""),
    Column("phone", String(32), nullable=False, default=""),
    Column("password", Text, nullable=False, default=""),
    Column("password_until", DateTime),
    Column("must_change", Boolean, nullable=False, default=False),
    Column("disabled", Boolean, nullable=False, default=False),
    Column("demo", Boolean, nullable=False, default=False),
    Column("subject", String(255), unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("last_signed_in", DateTime),
)

# Grain: password an account had, newest kept only as many as settings say; so that it is not used again at once.
old_password = Table(
    "old_password",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("password", Text, nullable=False),
    Column("set_at", DateTime, nullable=False),
)

# Grain: name typed on the sign-in page (whether there is such an account or not) and what failed there lately.
failure = Table(
    "failure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("ip", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    Index("failure_by_name", "name", "at"),
    Index("failure_by_address", "ip", "at"),
)

# Grain: session. id: SHA-256 of the cookie's token, in hex; the token itself is kept nowhere.
session = Table(
    "session",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("ip", String(64), nullable=False),
    Column("started_at", DateTime, nullable=False),
    Column("seen_at", DateTime, nullable=False),
    Column("ended_at", DateTime),
    Index("session_by_name", "name"),
)

# Grain: token of a program that asks in an account's name. hash: SHA-256 of it, in hex; the token itself is kept nowhere.
# expires_at: blank for one that holds until it is revoked. Ended ones stay, so that their number means one thing only.
token = Table(
    "token",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("label", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
    Column("created_at", DateTime, nullable=False),
    Column("last_used_at", DateTime),
    Column("expires_at", DateTime),
    Column("revoked_at", DateTime),
    Index("token_by_name", "name"),
)

# Grain: something somebody did or tried. Append-only (triggers refuse update and delete) and chained:
# hash = SHA-256 over the row's other columns and previous. result: ok, refused, failed. at: UTC, ISO text with
# microseconds, as it went into the hash.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("ip", String(64), nullable=False),
    Column("event", String(64), nullable=False),
    Column("object", String(255), nullable=False),
    Column("result", String(16), nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("audit_by_object", "object"),
)

# Grain: return being prepared (form × reporter × period): the newest file uploaded and not yet submitted.
# The bytes lie among the originals, under sha256. at: the bureau's local time.
draft = Table(
    "draft",
    metadata,
    Column("form", String(64), primary_key=True),
    Column("reporter", String(64), primary_key=True),
    Column("period", String(8), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("name", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
)

# Grain: act that is published, or was about to be, and has no line in the log yet. token: ends the note of its version.
# event, object, detail: what the line will say. draft, sha256: return (form/reporter/period) whose draft with these bytes
# goes with it; "" for none.
intent = Table(
    "intent",
    metadata,
    Column("token", String(32), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("ip", String(64), nullable=False),
    Column("event", String(64), nullable=False),
    Column("object", String(255), nullable=False),
    Column("detail", Text, nullable=False),
    Column("draft", String(128), nullable=False, default=""),
    Column("sha256", String(64), nullable=False, default=""),
)

# Grain: reason given for one entry's value, in a returned 核查结果 sheet, in 变化原因 or on the page. It holds while
# the value stays what it was. value: the entry as text ("" blank, "/" 不适用). at: the bureau's local time.
reason = Table(
    "reason",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", String(64), nullable=False),
    Column("reporter", String(64), nullable=False),
    Column("period", String(8), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("element", String(128), nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("name", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
    UniqueConstraint("form", "reporter", "period", "subject", "element", name="one_reason_an_entry"),
)

# Grain: version kept for a meeting under a name. at: the bureau's local time.
frozen = Table(
    "frozen",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("title", String(128), nullable=False),
    Column("period", String(8), nullable=False),
    Column("name", String(64), nullable=False),
    Column("at", DateTime, nullable=False),
)
