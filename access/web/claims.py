"""From what the single sign-on vouches for to an account of ours: role and office come from the settings' mapping."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from access import accounts
from access.model import Account, Actor
from access.settings import Oidc, OidcRole
from catalogue.model import Plan
from catalogue.wording import say

# Who stands in the audit log for changes that follow the claims. No account can have such a name.
SIGN_ON = Actor(account=Account(name="(sign-on)", person="单点登录", role="admin"))


class NotAdmitted(Exception):
    """Known to the provider, but not let in here; the message says why and whom to ask."""


def account_for(claims: Mapping[str, Any], provider: Oidc, plan: Plan) -> Account:
    """The account bound to these claims' subject, made or bound at the first time, its role as the claims say now.

    Raises NotAdmitted.
    """
    mapped = mapped_role(claims, provider)
    if mapped is None:
        raise NotAdmitted(say("sign_on.no_role"))
    subject = f"{claims['iss']} {claims['sub']}"
    found = accounts.by_subject(subject)
    try:
        if found is None:
            return _first_time(claims, provider, mapped, subject, plan)
        if found.disabled:
            raise NotAdmitted(say("sign_on.disabled"))
        if (found.role, found.office) == (mapped.role, mapped.office):
            return found
        return accounts.change(found.name, by=SIGN_ON, plan=plan, role=mapped.role, office=mapped.office)
    except accounts.AccountProblem as problem:
        raise NotAdmitted(say("sign_on.account_problem", problem=problem)) from problem


def mapped_role(claims: Mapping[str, Any], provider: Oidc) -> OidcRole | None:
    """The first of the settings' mappings, in their order, whose value the roles claim holds."""
    held = claims.get(provider.roles_claim)
    held = [held] if isinstance(held, str) else held if isinstance(held, list) else []
    return next((role for value, role in provider.roles.items() if value in held), None)


def _first_time(claims: Mapping[str, Any], provider: Oidc, mapped: OidcRole, subject: str, plan: Plan) -> Account:
    """An account of that name is bound only where it has that very role already: a name at the provider is no proof."""
    name = str(claims.get(provider.name_claim) or "").strip().lower()
    known = accounts.get(name) if name else None
    if known is None:
        person = str(claims.get("name") or name)
        known = accounts.create(
            name=name, person=person[:64], role=mapped.role, office=mapped.office, password=None, plan=plan, by=SIGN_ON
        )
    elif known.demo or known.disabled or (known.role, known.office) != (mapped.role, mapped.office):
        raise NotAdmitted(say("sign_on.name_taken", name=known.name))
    accounts.bind_subject(known.name, subject)
    return known
