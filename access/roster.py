"""Many accounts at once: a workbook to fill, and what becomes of it. All of them are made or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from sqlalchemy import select
from xlsxwriter.workbook import Workbook

from access import account_rows, audit, passwords
from access.account_rules import problems, tidy_name
from access.db import reading, writing
from access.model import ROLES, Account, Actor
from access.roster_file import HEADINGS, Row, Unusable, read_rows
from access.tables import account
from catalogue.model import Plan
from catalogue.wording import LANGUAGES, say

MOST = 300  # accounts in one workbook


class Problem(NamedTuple):
    """row: of the workbook, as Excel counts; 0 for the whole file. field: as in HEADINGS, or ""."""

    row: int
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """created: each account with its first password, shown once and kept nowhere. One of the two is empty."""

    created: list[tuple[Account, str]]
    problems: list[Problem]


def from_excel(content: bytes, plan: Plan, by: Actor | None) -> Imported:
    """Make the accounts of a filled `accounts_template`. Names that exist are a problem, not a change."""
    try:
        rows = read_rows(content, MOST)
    except Unusable as problem:
        return Imported([], [Problem(0, "", str(problem))])
    wanted = [(row.number, _wanted(row, plan)) for row in rows]
    found = [*_typed_wrong(rows), *_wrong(wanted, plan)]
    if found or not wanted:
        return Imported([], sorted(found) or [Problem(0, "", say("account.import.empty"))])
    created = [(each, passwords.new_password()) for _, each in wanted]
    hashes = [passwords.hashed(password) for _, password in created]
    with writing() as con:
        taken = set(con.scalars(select(account.c.name).where(account.c.name.in_([each.name for each, _ in created]))))
        if taken:  # by somebody who was quicker than our hashing
            return Imported([], [Problem(0, "name", say("account.name_taken", name=name)) for name in sorted(taken)])
        made = [account_rows.insert(con, each, hash) for (each, _), hash in zip(created, hashes, strict=True)]
        names = " ".join(each.name for each in made)
        audit.append(con, by, "accounts_imported", detail=f"count={len(made)}; {names}", name="operator")
    return Imported([(each, password) for each, (_, password) in zip(made, created, strict=True)], [])


def _wanted(row: Row, plan: Plan) -> Account:
    role = _role(row.values["role"])
    office = _office(row.values["office"], role, plan)
    values: dict[str, Any] = {**row.values, "name": tidy_name(row.values["name"]), "role": role, "office": office}
    return Account(**values)


def _role(written: str) -> str:
    """Its code, for the code or the word in either language; what was written where it is none of them."""
    for code in ROLES:
        if written.lower() in (code, *(say(f"account.role.{code}", lang).lower() for lang in LANGUAGES)):
            return code
    return written


def _office(written: str, role: str, plan: Plan) -> str:
    """Its code, for the code, the name or an alias; what was written where it is none of them."""
    if role == "filer":
        for unit in plan.units.values():
            if written in (unit.code, unit.name, unit.short, unit.name_en, *unit.aliases):
                return unit.code
    for department in plan.departments.values():
        if written in (department.code, department.name, department.name_en):
            return department.code
    return written


def _typed_wrong(rows: list[Row]) -> Iterator[Problem]:
    for row in rows:
        for field in row.formulas:
            yield Problem(row.number, field, say("account.import.formula"))


def _wrong(wanted: list[tuple[int, Account]], plan: Plan) -> Iterator[Problem]:
    times_written = Counter(each.name for _, each in wanted)
    with reading() as con:
        taken = set(con.scalars(select(account.c.name)))
    for number, each in wanted:
        for field, text in problems(each, plan):
            yield Problem(number, field, text)
        if each.name in taken:
            yield Problem(number, "name", say("account.name_taken", name=each.name))
        elif times_written[each.name] > 1:
            yield Problem(number, "name", say("account.import.twice", name=each.name))


def accounts_template(plan: Plan) -> bytes:
    """An .xlsx workbook: headings, an example row that is ignored, lists to choose role and office from."""
    content = BytesIO()
    with Workbook(
        content, {"in_memory": True, "default_format_properties": {"font_name": "宋体", "font_size": 11}}
    ) as book:
        sheet = book.add_worksheet(say("account.import.sheet", "zh"))
        head = book.add_format({"bold": True, "bg_color": "#e8eef6", "border": 1, "text_wrap": True})
        grey = book.add_format({"italic": True, "font_color": "#808080"})
        sheet.merge_range(
            0,
            0,
            0,
            len(HEADINGS) - 1,
            say("account.import.note", "zh"),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        sheet.set_row(0, 66)
        for column, field in enumerate(HEADINGS):
            sheet.write_string(1, column, say(f"account.field.{field}", "zh"), head)
            sheet.write_string(2, column, _example(plan)[field], grey)
        # As text, so that a telephone number keeps its zero.
        sheet.set_column(0, len(HEADINGS) - 1, 22, book.add_format({"num_format": "@"}))
        sheet.freeze_panes(2, 0)
        _choices(book, plan)
        last = 2 + MOST
        choices = say("account.import.choices", "zh")
        for column, letter, count in ((2, "A", len(ROLES)), (3, "B", len(_offices(plan)))):
            source = f"={choices}!${letter}$1:${letter}${count}"
            sheet.data_validation(3, column, last, column, {"validate": "list", "source": source})
    return content.getvalue()


def _example(plan: Plan) -> dict[str, str]:
    unit = next(iter(plan.units.values()))
    words = {field: say(f"account.example.{field}", "zh") for field in ("name", "person", "phone")}
    return {**words, "role": say("account.role.filer", "zh"), "office": unit.name}


def _offices(plan: Plan) -> list[str]:
    return [unit.name for unit in plan.units.values()] + [d.name for d in plan.departments.values() if d.reports]


def _choices(book: Workbook, plan: Plan) -> None:
    """On a sheet of their own: a list inside the rule may not be longer than 255 characters."""
    sheet = book.add_worksheet(say("account.import.choices", "zh"))
    sheet.write_column(0, 0, [say(f"account.role.{code}", "zh") for code in ROLES])
    sheet.write_column(0, 1, _offices(plan))
    sheet.hide()
