"""/api/v1: numbers for programs. The gate has found out who asks; what they may read is decided here, for every request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from access import audit, rights
from access.web import cookies, refusals
from access.web.programs import VISITOR, problem
from access.web.visitor import Visitor
from catalogue import clock
from catalogue.load import current_plan
from catalogue.wording import language, pick, say
from etl.outgoing.calendar import deadlines_ics
from reports.api import answers, openapi
from reports.api.formats import MEDIA
from reports.api.resources import RESOURCES, Question, Resource
from ui.app.api_log import is_news
from warehouse import store
from warehouse.reads import chase as read_chase

ROOT = openapi.ROOT
AT_ONCE = 2  # questions answered at a time; the others wait, so that the screens go on
AT_MOST = 8  # of one account at a time, waiting ones counted: nobody holds up the others
_waiting: Counter[str] = Counter()  # touched on the event loop only
_line: RunVar[CapacityLimiter] = RunVar("api line")  # of the event loop
# Kept, but asked about each time: rights may end.
KEPT = {
    "Cache-Control": "private, no-cache",
    "Vary": "Authorization, Cookie",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FILES = {"deadlines.ics": "deadlines.ics", "parquet.zip": "plan-monitor-v{number}-{basis}.zip"}


class Anything(PathConvertor):
    """As Starlette's path, and line breaks too."""

    regex = "(?s:.*)"


register_url_convertor("anything", Anything())


def routes() -> list[Route]:
    """Below /api/ nothing else answers: what is not ours never reaches Streamlit."""
    named = [Route(ROOT + resource.name, _endpoint(resource)) for resource in RESOURCES]
    return [
        Route(ROOT, _offered(index)),
        Route(ROOT + "openapi.json", _offered(description)),
        *named,
        Route("/api/{rest:anything}", _offered(nowhere)),
    ]


Work = Callable[[Request, Visitor], Response]


def _offered(work: Work) -> Callable[[Request], Any]:
    """Off the event loop, in the language asked for. The gate lets nothing but reading through."""

    async def endpoint(request: Request) -> Response:
        who = request.scope[VISITOR]  # a KeyError where no gate stands before this
        name = who.account.name
        if _waiting[name] >= AT_MOST:
            return problem(429, "api.too_many", {"Retry-After": "1"}, most=AT_MOST)
        _waiting[name] += 1
        try:
            response = await to_thread.run_sync(_refusing, work, request, who, limiter=_limiter())
        finally:
            _waiting[name] -= 1
            if not _waiting[name]:
                del _waiting[name]
        if response.status_code == 403:
            await refusals.note(who, request.url.path, "not of this account")
        if request.method == "HEAD":
            return Response(status_code=response.status_code, headers=dict(response.headers))
        return response

    return endpoint


def _limiter() -> CapacityLimiter:
    try:
        return _line.get()
    except LookupError:
        made = CapacityLimiter(AT_ONCE)
        _line.set(made)
        return made


def _refusing(work: Work, request: Request, who: Visitor) -> Response:
    try:
        return work(request, who)
    except answers.BadParameter as wrong:
        about = (
            {"parameter": wrong.parameter, "allowed": list(wrong.allowed)}
            if wrong.allowed
            else {"parameter": wrong.parameter}
        )
        return problem(400, "api.bad_parameter", about=about, what=str(wrong))
    except answers.NotYours:
        return problem(403, "api.not_yours")
    except answers.NothingYet:
        return problem(404, "api.nothing_yet")
    except store.StoreError as damaged:
        return problem(503, "api.damaged", what=str(damaged))


def _endpoint(resource: Resource) -> Callable[[Request], Any]:
    def work(request: Request, who: Visitor) -> Response:
        only = reach(who)
        if only is None or (only and not resource.of_one):
            return problem(403, "api.not_yours")
        question = answers.ask(resource, request.query_params.multi_items(), only)
        tag = {**KEPT, "ETag": answers.etag(resource, question)}
        if unchanged(request, tag["ETag"]):
            return Response(status_code=304, headers=tag)
        content, media, headers = _content(resource, question)
        if who.account is not None and is_news(who.account.name, tag["ETag"]):
            _log(who, resource, question)
        return Response(content, headers={**tag, **headers, **_damaged(), "Content-Type": media})

    return _offered(work)


def _damaged() -> dict[str, str]:
    """Versions that are damaged or gone, so that a program can see that older numbers were given."""
    found = store.damage(store.data_folder())
    return {"X-Data-Damaged": ",".join(map(str, found.versions))} if found else {}


def reach(who: Visitor) -> str | None:
    """ "" for all units, the code of the one unit whose numbers the account may see, None for nobody's."""
    plan, account = current_plan(), who.account
    if account is None:
        return None
    if rights.may(account, "see_numbers", plan):
        return ""
    may_own = account.office and rights.may(account, "see_unit", plan, reporter=account.office)
    return account.office if may_own else None


def unchanged(request: Request, tag: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in known or known == ["*"]


def _content(resource: Resource, question: Question) -> tuple[bytes, str, dict[str, str]]:
    """(bytes, media type, headers that say what they stand on)."""
    if resource.media:
        name = FILES[resource.name].format(number=question.version.number, basis=question.of("basis"))
        content = calendar(question) if resource.media == "text/calendar" else answers.everything(question)
        format, about = resource.name.rpartition(".")[2], answers.stands_on(resource, question)
    else:
        format, found = question.given["format"], answers.answer(resource, question)
        content, about = answers.written(found, format), found.about
        name = f"{question.of('part') or resource.name}.{format}"
    saved = {} if format == "json" else {"Content-Disposition": f'attachment; filename="{name}"'}
    return content, MEDIA[format], answers.headers(about) | saved


def calendar(question: Question) -> bytes:
    """The due days of this version; of one unit: those of its own returns."""
    with store.open_version(question.version) as con:
        usual, moved = ({}, read_chase.return_days(con, question.only)) if question.only else read_chase.deadlines(con)
    return deadlines_ics(question.plan, usual, moved, language(), clock.aware(question.version.published_at))


def index(request: Request, who: Visitor) -> Response:
    """What there is; no numbers."""
    offers = [
        {
            "name": each.name,
            "href": ROOT + each.name,
            "about": say(f"api.resource.{each.name}"),
            "parameters": list(each.parameters),
        }
        for each in RESOURCES
    ]
    plan, latest = current_plan(), store.newest(store.data_folder())
    told = {
        "title": say("api.title", city=pick(plan, "city")),
        "demo": plan.demo,
        "version": latest.number if latest else None,
    }
    return JSONResponse({**told, "description": f"{ROOT}openapi.json", "resources": offers}, headers=KEPT)


def description(request: Request, who: Visitor) -> Response:
    """Of the newest version."""
    version = answers.ask(answers.named("versions"), []).version
    content, tag = openapi.document(version, cookies.named(cookies.SESSION, request.scope))
    headers = {**KEPT, "ETag": tag}
    if unchanged(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers={**headers, "Content-Type": MEDIA["json"]})


def nowhere(request: Request, who: Visitor) -> Response:
    return problem(404, "api.nowhere", root=ROOT)


def _log(who: Visitor, resource: Resource, question: Question) -> None:
    asked = " ".join(f"{name}={value}" for name, value in question.given.items())
    way = f" token={who.token}" if who.token else ""
    audit.record(who.actor, "download", f"api:{resource.name}", detail=f"v{question.version.number} {asked}{way}")
