"""What a briefing says of money and works: the projects together, each project, and aid per pupil.

Only the quarter's own project return is told; where it does not count, that is said and nothing else.
"""

from __future__ import annotations

from typing import Any

from catalogue.display import quantity
from catalogue.model import Project
from catalogue.wording import pick, say
from reports.briefing.draft import Writing
from reports.briefing.numbers import Numbers
from reports.briefing.sentence import Claim, Sentence, fill, together
from reports.snapshot import AID
from sentences import reading, works_words
from warehouse.reads.sources import entries

_MONEY = "10k_yuan"
_AREA = "sqm"


def works(writing: Writing, numbers: Numbers) -> None:
    snapshot = numbers.snapshot
    projects = list(snapshot.plan.projects.values())
    aid = _aid(numbers)
    if not projects and not aid.parts:
        return
    writing.section("works")
    writing.add("h1", say("briefing.head.works"))
    if projects:
        writing.add("h2", say("briefing.head.projects"))
        _projects(writing, numbers, projects)
    if aid.parts:
        writing.add("h2", say("briefing.head.aid"))
        writing.add("text", aid)


def _projects(writing: Writing, numbers: Numbers, projects: list[Project]) -> None:
    snapshot = numbers.snapshot
    whole = works_words.latest(snapshot.together, snapshot.period)
    if whole is None or not works_words.counts_now(snapshot.together, snapshot.period):
        now = next((row for row in reading.records(snapshot.together) if row.period == snapshot.period), None)
        why = say(f"works.why.{works_words.why(now)}" if now is not None else "works.why.missing")
        writing.add("text", say("briefing.works.none", why=why))
        return
    writing.add("text", _together(numbers, whole))
    cells = _cells(numbers, [project.code for project in projects])
    for project in projects:
        row = works_words.latest(snapshot.projects, snapshot.period, project.code)
        told = _project(numbers, project, row, cells) if row is not None and row.period == snapshot.period else None
        writing.add("item", told or fill("briefing.works.silent", name=pick(project)))


def _together(numbers: Numbers, row: Any) -> Sentence:
    claim = _Claims(numbers, "works", say("briefing.works.together"), say("briefing.source.works"))
    told = fill(
        "briefing.works.whole",
        count=claim("count", str(int(row.projects))),
        funded=claim("funded", quantity(row.funded, _MONEY)),
        invested=claim("invested", quantity(row.invested, _MONEY)),
    )
    share = () if reading.blank(row.planned) else (_share(claim, row.planned, row.invested_share, _MONEY),)
    return _sentence(told, *share, _pace(claim, row.lag, row.invested_share, row.behind))


def _project(numbers: Numbers, project: Project, row: Any, cells: dict[str, Any]) -> Sentence:
    """名称：完成投资760万元，占计划1,300万元的58%，慢于序时16.5个百分点（少215万元）；到位资金…；面积…；形象进度：施工中."""

    def source(entry: str) -> str:
        cell = cells.get(f"project.{project.code}.{entry}")
        return numbers.sources.of_report(cell) if cell is not None else say("briefing.source.works")

    claim = _Claims(numbers, f"works_{project.code}", pick(project), source("invested"))
    money = (
        fill("briefing.works.invested", invested=_invested(numbers, project, row, claim)),
        _share(claim, row.planned, row.invested_share, _MONEY),
        _pace(claim, row.lag, row.invested_share, row.behind),
    )
    parts = [together((part for part in money if part.parts), say("briefing.comma"))]
    if not reading.blank(row.funded):
        funded = claim("funded", quantity(row.funded, _MONEY), source("funded"))
        parts.append(fill("briefing.works.funded", funded=funded))
    if not reading.blank(row.area):
        area = (
            fill("briefing.works.area", area=claim("area", quantity(row.area, _AREA), source("area"))),
            _share(claim, row.planned_area, row.area_share, _AREA),
            _pace(claim, row.area_lag, row.area_share),
        )
        parts.append(together((part for part in area if part.parts), say("briefing.comma")))
    stage = works_words.stage_word(numbers.plan, project.code, row.stage)
    parts.append(fill("works.stage_said", stage=stage))
    told = together(parts, say("briefing.semicolon"))
    return fill("briefing.works.project", name=pick(project), told=told)


def _invested(numbers: Numbers, project: Project, row: Any, claim: _Claims) -> Claim:
    """As the value of its indicator where it has one, so that it can be verified."""
    indicator = works_words.indicator_of(numbers.plan, project.code, "invested")
    judged = numbers.snapshot.row(indicator.code) if indicator else None
    if judged is not None and reading.state(judged) == "value":
        return numbers.value(judged)
    return claim("invested", quantity(row.invested, _MONEY))


def _share(claim: _Claims, planned: float, share: float, measure: str) -> Sentence:
    if reading.blank(planned) or reading.blank(share):
        return Sentence()
    stem = "area" if measure == _AREA else "money"
    return fill(
        "briefing.works.share",
        planned=claim(f"planned_{stem}", quantity(planned, measure), say("briefing.source.planned")),
        share=claim(f"share_{stem}", works_words.percent(share), say("briefing.source.share")),
    )


def _pace(claim: _Claims, lag: float, share: float, gap: float | None = None) -> Sentence:
    told = works_words.pace_words(lag, share, gap)
    if told is None:
        return Sentence()
    key, fields = told
    stem = "area" if gap is None else "money"
    pace = say("briefing.source.pace")
    return fill(f"works.{key}", **{name: claim(f"{name}_{stem}", text, pace) for name, text in fields.items()})


def _sentence(*parts: Sentence) -> Sentence:
    return fill("progress.sentence", told=together((part for part in parts if part.parts), say("briefing.comma")))


def _aid(numbers: Numbers) -> Sentence:
    """Nothing where less than half of the units have reported both; else with how many have."""
    snapshot = numbers.snapshot
    city = next(
        (
            row
            for row in reading.records(snapshot.per_head)
            if row.period == snapshot.period and reading.blank(row.subject)
        ),
        None,
    )
    rows = [snapshot.row(code) for code in AID]
    if city is None or reading.blank(city.per_head) or 2 * city.entered < city.expected or None in rows:
        return Sentence()
    amount, heads = rows
    claim = _Claims(numbers, "works_aid", say("briefing.head.aid"), say("briefing.source.aid"))
    coverage = claim("coverage", f"{int(city.entered)}/{int(city.expected)}", say("briefing.source.coverage"))
    fields = {
        "amount": numbers.value(amount),
        "heads": numbers.value(heads),
        "per_head": claim("per_head", quantity(city.per_head, "yuan", 0)),
        "coverage": coverage,
    }
    if reading.blank(city.planned):
        return fill("briefing.works.aid_unplanned", **fields)
    planned = claim("planned", quantity(city.planned, "yuan", 0), say("briefing.source.planned"))
    return fill("briefing.works.aid", planned=planned, **fields)


class _Claims:
    """Claims about one thing. about: its name; source: where not told otherwise."""

    def __init__(self, numbers: Numbers, stem: str, about: str, source: str) -> None:
        self._stem, self._about, self._source = stem, about, source

    def __call__(self, what: str, text: str, source: str = "") -> Claim:
        means = say("briefing.means.of_unit", unit=self._about, means=say(f"briefing.works_means.{what}"))
        return Claim(text, means, source or self._source, f"{self._stem}_{what}")


def _cells(numbers: Numbers, projects: list[str]) -> dict[str, Any]:
    """By element: the cell of the quarter's project return, with its file."""
    snapshot = numbers.snapshot
    elements = [f"project.{code}.{entry}" for code in projects for entry in ("funded", "invested", "area")]
    rows = snapshot.ask(lambda con: entries(con, [snapshot.period], snapshot.basis, elements=elements))
    return {row.element: row for row in rows.itertuples(index=False, name="Cell")}
