"""Settings that live on file, said in words: light rules, sign-in rules, who reviews; and whether the plan folder is right."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pandas as pd
import streamlit as st

from access import accounts
from access import settings as access_settings
from access.errors import AccessError
from catalogue.check import serves_a_check, unused_elements
from catalogue.checks.bureau_tables import examine_whole
from catalogue.display import number
from catalogue.generated import PREFIXES
from catalogue.load import plan_folder
from catalogue.naming import element_name
from catalogue.wording import language, pick, say
from ui import reads
from ui.kit import tables

JOINER = {"zh": "、", "en": ", "}


def units() -> None:
    """Grain: reporter. How many accounts it has that can be used, and when it last filed."""
    plan, counts = reads.plan(), Counter(each.office for each in accounts.every() if not each.disabled)
    departments = [code for code, each in plan.departments.items() if each.reports]
    st.markdown(f"**{say('setup.units')}**")
    rows = pd.DataFrame(
        {
            say("setup.unit"): [reads.subject_name(code) for code in (*plan.units, *departments)],
            say("setup.kind_column"): [
                *(say(f"setup.kind.{unit.kind}") for unit in plan.units.values()),
                *[say("setup.kind.department")] * len(departments),
            ],
            say("setup.accounts"): [counts[code] for code in (*plan.units, *departments)],
            say("setup.last_return"): [_last_return(code) for code in (*plan.units, *departments)],
        }
    )
    tables.frame(rows, title=say("setup.units"), key="units", height=420)
    st.markdown(f"**{say('setup.forms')}**")
    forms = [form for form in plan.forms.values() if form.reporter != "city"]
    reviewers = [JOINER[language()].join(reads.subject_name(code) for code in form.reviewers) for form in forms]
    tables.frame(
        pd.DataFrame(
            {
                say("setup.form"): [pick(form, "title") for form in forms],
                say("setup.reviewers"): [told or say("setup.no_reviewers") for told in reviewers],
            }
        ),
        key="reviewers",
    )
    where()


def _last_return(reporter: str) -> str:
    if reads.newest_version() is None:
        return say("setup.no_return")
    rows = reads.submissions(reporter)
    return say("setup.no_return") if rows.empty else f"{rows['received_at'].max():%Y-%m-%d %H:%M}"


def lights() -> None:
    rules = reads.plan().lights
    told = (
        say("setup.light.pace", points=number(rules.pace_yellow_within, "point")),
        say("setup.light.threshold", points=number(rules.threshold_yellow_within, "point")),
        say("setup.light.milestone", days=rules.milestone_yellow_days),
        say("setup.light.deadline"),
        say("setup.light.zero"),
        say("setup.light.direction"),
        say(
            "setup.light.partial",
            ratio=number(rules.plausible_ratio_points, "point"),
            stock=number(rules.plausible_stock_share, "percent"),
            flow=number(rules.plausible_flow_share, "percent"),
        ),
    )
    st.markdown("\n".join(f"- {rule}" for rule in told))
    where()


def where() -> None:
    """Where units and rules are changed."""
    st.caption(say("setup.plan_place", folder=_shown(plan_folder())))


def plan_check() -> None:
    """What `python -m catalogue check` says, on the screen."""
    plan, mistakes = examine_whole(plan_folder())
    if mistakes or plan is None:
        st.error(say("setup.bad", count=len(mistakes)))
        found = pd.DataFrame({say("setup.mistake"): [each.told(language()) for each in mistakes]})
        tables.frame(found, title=say("setup.plan_tab"), key="mistakes")
    else:
        counts = {kind: len(getattr(plan, kind)) for kind in ("tasks", "commitments", "indicators", "units")}
        counts["elements"] = sum(not code.startswith(PREFIXES) for code in plan.elements)
        st.success(say("setup.good", **counts))
        _unused(plan)
    where()


def _unused(plan) -> None:
    found = unused_elements(plan)
    if not found:
        return
    st.markdown(say("setup.unused", count=len(found)))
    uses = [say("setup.unused_check" if serves_a_check(plan, each) else "setup.unused_none") for each in found]
    names = [f"{each.row}　{element_name(plan, each.code)}" for each in found]
    told = pd.DataFrame({say("setup.element"): names, say("setup.use"): uses})
    tables.frame(told, title=say("takeaway.table.unused"), key="unused")


def access() -> None:
    """The rules for passwords and sessions as they stand; a mistake in their file as it would be told on the command line."""
    try:
        rules = access_settings.settings()
    except AccessError as problem:
        st.error(str(problem))
        return
    told = (
        say(
            "setup.access.password",
            length=rules.password_length,
            classes=rules.password_classes,
            remembered=rules.passwords_remembered,
        ),
        say("setup.access.expiry", days=rules.password_days) if rules.password_days else say("setup.access.no_expiry"),
        say("setup.access.failures", count=rules.failures, minutes=rules.lock_minutes),
        say("setup.access.idle", idle=rules.idle_minutes, hours=rules.absolute_hours),
        say(
            "setup.access.networks", networks=JOINER[language()].join(rules.admin_networks) or say("setup.networks_all")
        ),
        say("setup.sso_on", issuer=rules.oidc.issuer) if rules.oidc else say("setup.sso_off"),
    )
    st.markdown("\n".join(f"- {rule}" for rule in told))
    path = Path(os.environ.get(access_settings.VARIABLE, "") or access_settings.DEFAULT)
    st.caption(say("setup.access_place", file=_shown(path)))


def _shown(path: Path) -> str:
    """From where the program was started, which is what whoever runs it sees."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
