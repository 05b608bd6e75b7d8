"""How the pages of the gate look: one light page without scripts, from nowhere but here."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlencode

from starlette.responses import HTMLResponse
from starlette.types import Scope

from catalogue.load import current_plan
from catalogue.wording import language, pick, say, use_language

STYLE = (Path(__file__).parent / "look.css").read_text("utf-8")
STYLE_HASH = b64encode(sha256(STYLE.encode()).digest()).decode()


def page(
    scope: Scope, heading: str, body: str, *, status: int = 200, wide: bool = False, forms_to: str = ""
) -> HTMLResponse:
    """A page of ours. heading: text. body: HTML whose texts are escaped. forms_to: another origin its forms may end at."""
    plan = current_plan()
    title = escape(say("shell.title", city=pick(plan, "city")))
    demo = f'<span class="badge">{escape(say("app.demo"))}</span>' if plan.demo else ""
    content = (
        f'<!doctype html><html lang="{"zh-CN" if language() == "zh" else "en"}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<link rel="icon" href="/favicon.png"><title>{escape(heading)} · {title}</title><style>{STYLE}</style></head><body>'
        f"<header><strong>{title}</strong>{demo}<nav>{_switch(scope)}</nav></header>"
        f"<main{' class=wide' if wide else ''}><h1>{escape(heading)}</h1>{body}</main></body></html>"
    )
    return HTMLResponse(content, status, {"Cache-Control": "no-store", "Content-Security-Policy": policy(forms_to)})


def policy(forms_to: str = "") -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src 'self'; form-action 'self' {forms_to}".rstrip()
        + "; frame-ancestors 'none'; base-uri 'none'"
    )


def not_set_up(scope: Scope) -> HTMLResponse:
    """What everybody sees before there is an administrator. 503."""
    speak(dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))).get("lang", ""))
    lines = f"<p>{escape(say('gate.not_set_up'))}</p><code>python -m access create-admin NAME</code>"
    return page(scope, say("gate.not_set_up_title"), lines, status=503)


def no_storage(scope: Scope, told: str) -> HTMLResponse:
    """What was wanted could not be written down. 503."""
    back = f'<a class="button plain" href="/">{escape(say("gate.back"))}</a>'
    return page(scope, say("gate.no_storage_title"), message(told) + back, status=503)


def away(scope: Scope) -> HTMLResponse:
    """Nobody can be asked who is who. 503."""
    speak(dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))).get("lang", ""))
    return page(scope, say("gate.away_title"), message(say("gate.away")), status=503)


def message(text: str, *, bad: bool = True) -> str:
    """A sentence above a form; "" for none."""
    kind = "said bad" if bad else "said"
    return f'<p class="{kind}" role="{"alert" if bad else "status"}">{escape(text)}</p>' if text else ""


def hidden(**fields: str) -> str:
    return "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in fields.items())


def field(name: str, label: str, kind: str, autocomplete: str, value: str = "", focus: bool = False) -> str:
    return (
        f'<label for="{name}">{escape(label)}</label><input id="{name}" name="{name}" type="{kind}" required maxlength="128" '
        f'autocomplete="{autocomplete}" autocapitalize="none" spellcheck="false" value="{escape(value)}"{" autofocus" if focus else ""}>'
    )


def speak(lang: str, back: str = "") -> None:
    """The language asked for, else the one of the screen they go back to, else Chinese."""
    asked = lang or dict(parse_qsl(back.partition("?")[2])).get("lang", "")
    use_language(asked if asked in ("zh", "en") else "zh")


def _switch(scope: Scope) -> str:
    """A link to this page in the other language; of a page that a form led to, to the form."""
    other, name = ("en", "English") if language() == "zh" else ("zh", "中文")
    query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
    href = f"{quote(scope['path'])}?{urlencode(query | {'lang': other})}"
    return f'<a href="{escape(href)}" lang="{other}">{name}</a>'
