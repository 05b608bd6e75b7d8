"""Accounts: who there is, a new one, changing one, many from a workbook."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from access.model import ROLES, Account, Actor
from access.sheets import csv_bytes
from actions import people
from actions.people import Person
from catalogue.wording import pick, say
from ui import reads
from ui.app import session
from ui.kit import downloads, tables
from ui.kit.acting import Notice, button, chosen


def found() -> list[Person]:
    return people.people(session.actor())


def table(found: list[Person]) -> None:
    """Grain: account. Telephone numbers are masked."""
    rows = pd.DataFrame(
        {
            say("account.field.name"): [each.account.name for each in found],
            say("account.field.person"): [each.account.person for each in found],
            say("account.field.role"): [say(f"account.role.{each.account.role}") for each in found],
            say("account.field.office"): [_office_name(each.account.office) for each in found],
            say("account.field.phone"): [each.phone for each in found],
            say("people.state_column"): [_state(each) for each in found],
            say("people.signed_in"): [
                f"{each.signed_in:%Y-%m-%d %H:%M}" if each.signed_in else say("people.never") for each in found
            ],
        }
    )
    st.caption(say("people.count", count=len(found), disabled=sum(each.account.disabled for each in found)))
    tables.frame(rows, title=say("people.title"), key="accounts", height=min(36 * len(found) + 40, 440))


def edit(found: list[Person]) -> None:
    """Fields and buttons for the account that is chosen."""
    by_name = {each.account.name: each for each in found}
    name = st.selectbox(
        say("people.choose"), list(by_name), format_func=lambda code: _label(by_name[code].account), key="account"
    )
    person = by_name[name]
    of, key = person.account, f" of {name}"
    with st.grid(3, min_column_width=240):
        st.text_input(say("account.field.person"), of.person, key="person" + key)
        st.text_input(say("account.field.phone"), of.phone, key="phone" + key)
        _role_and_office(key, of.role, of.office)
    with st.container(horizontal=True):
        button(say("people.save"), "save" + key, lambda who: _save(who, of), type="primary")
        if not of.demo:
            button(say("people.reset"), "reset" + key, lambda who: _reset(who, name))
        if person.locked_until is not None:
            button(say("people.unlock"), "unlock" + key, lambda who: _unlock(who, name))
        word = "enable" if of.disabled else "disable"
        button(
            say(f"people.{word}"),
            word + key,
            lambda who: _disable(who, name, not of.disabled),
            disabled=name == session.actor().account.name,
        )
    st.caption(say("people.demo_note" if of.demo else "people.disable_note"))


def create() -> None:
    key = " of new"
    with st.grid(3, min_column_width=240):
        st.text_input(say("account.field.name"), key="name" + key)
        st.text_input(say("account.field.person"), key="person" + key)
        st.text_input(say("account.field.phone"), key="phone" + key)
        _role_and_office(key, "filer", "")
    st.checkbox(say("people.sso"), key="sso" + key, help=say("people.sso_help"))
    st.caption(say("people.password_note"))
    button(say("people.create"), "create", _create, type="primary")


def many() -> None:
    """The template, and what is wrong with a filled one."""
    who = session.actor()
    downloads.button(
        say("people.download_template"), say("people.template"), lambda: people.template(who)[1], "accounts template"
    )
    st.file_uploader(say("people.upload"), type="xlsx", key="roster")
    button(say("people.import_do"), "import", _import, type="primary")


def _role_and_office(key: str, role: str, office: str) -> None:
    told = st.selectbox(
        say("account.field.role"),
        ROLES,
        index=ROLES.index(role),
        format_func=lambda code: say(f"account.role.{code}"),
        key="role" + key,
    )
    offices = _offices(told)
    if offices:
        st.selectbox(
            say("account.field.office"),
            offices,
            index=offices.index(office) if office in offices else 0,
            format_func=_office_name,
            key=f"office of {told}{key}",
        )


def _offices(role: str) -> list[str]:
    """Units for who files for a unit, departments that report for who reviews; none for the others."""
    plan = reads.plan()
    match role:
        case "filer":
            return list(plan.units)
        case "reviewer":
            return [code for code, department in plan.departments.items() if department.reports]
        case _:
            return []


def _asked(key: str) -> dict[str, str]:
    role = chosen("role" + key, "")
    return {
        "person": chosen("person" + key, ""),
        "phone": chosen("phone" + key, ""),
        "role": role,
        "office": chosen(f"office of {role}{key}", "") if _offices(role) else "",
    }


def _save(who: Actor, of: Account) -> Notice:
    people.change(who, of.name, **_asked(f" of {of.name}"))
    return Notice(say("people.changed", name=of.name))


def _create(who: Actor) -> Notice:
    made, password = people.create(
        who, name=chosen("name of new", ""), single_sign_on=chosen("sso of new", False), **_asked(" of new")
    )
    told = say("people.created", name=made.name, person=made.person)
    return Notice(f"{told} {say('people.password', name=made.name)}" if password else told, secret=password)


def _reset(who: Actor, name: str) -> Notice:
    password = people.reset_password(who, name)
    return Notice(f"{say('people.reset_done', name=name)} {say('people.password', name=name)}", secret=password)


def _unlock(who: Actor, name: str) -> Notice:
    people.unlock(who, name)
    return Notice(say("people.unlocked", name=name))


def _disable(who: Actor, name: str, disabled: bool) -> Notice:
    people.disable(who, name, disabled)
    return Notice(say("people.disabled" if disabled else "people.enabled", name=name))


def _import(who: Actor) -> Notice:
    file = chosen("roster")
    if file is None:
        return Notice(say("people.no_file"), good=False)
    found = people.import_accounts(who, file.getvalue())
    if found.problems:
        rows: list[tuple[str, ...]] = [
            (str(row) if row else say("people.whole_file"), say(f"account.field.{field}") if field else "", text)
            for row, field, text in found.problems
        ]
        return Notice(
            say("people.import_none"), good=False, table=_framed(rows, "people.row", "people.field", "people.problem")
        )
    rows = [(made.name, made.person, _office_name(made.office), password) for made, password in found.created]
    heads = ("account.field.name", "account.field.person", "account.field.office", "people.first_password")
    content = csv_bytes([[say(head) for head in heads], *rows])
    return Notice(
        say("people.imported", count=len(rows)),
        table=_framed(rows, *heads),
        file=(f"{say('people.first_password')}.csv", content),
    )


def _framed(rows: list[tuple[str, ...]], *heads: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[say(head) for head in heads])


def _label(of: Account) -> str:
    return f"{of.name} · {of.person} · {say(f'account.role.{of.role}')}"


def _office_name(code: str) -> str:
    plan = reads.plan()
    owner = plan.units.get(code) or plan.departments.get(code)
    return code if owner is None else pick(owner)


def _state(of: Person) -> str:
    told = say(f"people.state.{of.state}")
    return f"{told} {of.locked_until:%H:%M}" if of.state == "locked" else told
