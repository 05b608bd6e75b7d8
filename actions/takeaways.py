"""Files that leaders take away. Each asks who is asking, is made, and leaves a line in the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from access import audit
from access.model import Actor
from access.rights import Action, forms_reviewed, may
from actions.errors import NotNow
from actions.files import File
from actions.keys import require
from catalogue.display import quarter
from catalogue.load import current_plan
from catalogue.naming import for_files
from catalogue.wording import pick, say
from etl.errors import ReturnRefused
from etl.reading.personal import masked
from etl.scan import scan
from reports import codes, layout, verify
from reports.briefing import document
from reports.briefing.draft import BriefingDraft
from reports.files import KINDS, NotThere, make
from reports.pictures import figures, pack, picture
from reports.pictures.picture import NoRenderer
from reports.snapshot import take
from reports.table_cells import Table
from reports.tables import Origin, csv, xlsx

OF_A_UNIT = ("county_workbook", "county_card", "county_card_pdf")  # whoever may see the unit may take these


@dataclass(frozen=True, slots=True)
class AskedFile:
    """Which quarter, which returns count, which version (None: the newest), about whom: a unit, indicator, project or layout."""

    period: str
    basis: str
    version: int | None = None
    about: str = ""


# true to its version and the newest; the newest has moved on; not what was taken away; signed with no key of ours
Verdict = Literal["holds", "moved", "broken", "untold"]


@dataclass(frozen=True, slots=True)
class OnScreen:
    """A screen by its name, the right that opens it, and the unit it is about where it is about one."""

    name: str
    right: Action
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What was found about a file, in lines for people."""

    verdict: Verdict
    lines: tuple[str, ...]


def may_take(actor: Actor, kind: str, asked: AskedFile) -> bool:
    """Whether this account may take a file of that kind; nothing is logged."""
    right, reporter = _right(kind, asked)
    return may(actor.account, right, current_plan(), reporter=reporter)


def take_away(actor: Actor, kind: str, asked: AskedFile) -> File:
    """Raises NotAllowed; NotNow where it cannot be made, in words; StoreError for a version that is not kept."""
    right, reporter = _right(kind, asked)
    require(actor, right, current_plan(), reporter=reporter, about=f"takeaway:{kind}")
    snapshot = take(asked.period, asked.basis, asked.version)
    try:
        content = make(kind, snapshot, asked.about)
    except NotThere as problem:
        raise NotNow("not_there", why=str(problem)) from problem
    except NoRenderer as problem:
        raise NotNow("no_pictures", why=str(problem)) from problem
    except layout.LayoutBroken as problem:
        raise NotNow("layout_broken", why=str(problem)) from problem
    return logged(actor, kind, asked, content)


def briefing_draft(actor: Actor, asked: AskedFile) -> BriefingDraft:
    """The text of the Word briefing, to be edited before it is taken away."""
    require(actor, "see_numbers", current_plan(), about="takeaway:briefing")
    return document.draft(take(asked.period, asked.basis, asked.version))


def briefing_file(actor: Actor, asked: AskedFile, draft: BriefingDraft) -> File:
    """The log says which paragraphs were changed by hand (behind.2 is the second of its section) and which parts were left out (-units)."""
    require(actor, "see_numbers", current_plan(), about="takeaway:briefing")
    snapshot = take(asked.period, asked.basis, asked.version)
    content = document.docx(snapshot, draft, None if picture.available() else picture.png)
    edited = [one.id for one in draft.paragraphs if one.edited]
    return logged(actor, "briefing", asked, content, [*edited, *(f"-{part}" for part in draft.left_out)])


def check_file(actor: Actor, name: str, content: bytes) -> list[Check]:
    """One for a file, one a picture for a pack. Raises NotAllowed; NoProof for a file that cannot be checked, in words;
    Infected, NotScanned before it is opened."""
    require(actor, "see_numbers", current_plan(), about="takeaway:verify")
    try:
        scan(content)
    except ReturnRefused as refusal:
        audit.record(actor, "upload", "takeaway:verify", "refused", f"{masked(name)}: {type(refusal).__name__}")
        raise
    return [Check(_verdict(one), tuple(verify.told(one))) for one in verify.verify(name, content)]


def check_code(actor: Actor, code: str, period: str, version: int | None) -> Check:
    """Among the pictures of that quarter and version. Raises NotAllowed; NoProof where none of them carries it."""
    require(actor, "see_numbers", current_plan(), about="takeaway:verify")
    found = codes.find(code, codes.of_quarter(period, version))
    if found is None:
        raise verify.NoProof(say("takeaway.code_unknown", code=code.strip(), period=quarter(period)))
    return Check("moved" if verify.against_newest(found[1]) else "holds", tuple(verify.told_of_code(*found)))


def _verdict(checked: verify.CheckedFile) -> Verdict:
    if checked.untold:
        return "untold"
    if not checked.holds:
        return "broken"
    return "moved" if checked.now else "holds"


def shown_name(kind: str, asked: AskedFile) -> str:
    """抚顺市_2021年第三季度_季度汇总表.xlsx; what it is about stands before the quarter."""
    plan = current_plan()
    parts = (pick(plan, "city"), about_name(asked.about), quarter(asked.period), say(f"takeaway.file.{kind}"))
    return for_files("_".join(filter(None, parts))) + f".{KINDS[kind].ending}"


def about_name(about: str) -> str:
    """Of a unit, an indicator or a project, in the language of now; of anything else (a file) without its ending."""
    plan = current_plan()
    for entries in (plan.units, plan.indicators, plan.projects):
        if about in entries:
            return pick(entries[about])
    return Path(about).stem


def layouts() -> list[str]:
    """File names of the bureau's own layouts, by name; [] where the plan's folder has none."""
    return [path.name for path in layout.layouts()]


def layout_problem(actor: Actor, asked: AskedFile) -> str:
    """Why that layout cannot be filled, cell by cell; "" where it can. Takes as long as filling it, some hundredths of a second."""
    require(actor, "see_numbers", current_plan(), about="takeaway:layout")
    path = next((path for path in layout.layouts() if path.name == asked.about), None)
    try:
        if path is not None:
            layout.fill(path, take(asked.period, asked.basis, asked.version))
    except layout.LayoutBroken as problem:
        return say("action.layout_broken", why=str(problem))
    return ""


def no_pictures() -> str:
    """Why this server cannot draw charts; "" where it can."""
    return picture.available()


def tables_file(actor: Actor, screen: OnScreen, name: str, tables: Sequence[Table], origin: Origin) -> File:
    """Tables as they stand on a screen: all of them as .xlsx, one as .csv. Raises NotAllowed for whom the screen is not."""
    plan, about = current_plan(), f"takeaway:table/{screen.name}"
    form = (*forms_reviewed(actor.account, plan), "none")[0] if screen.right == "review" else ""
    require(actor, screen.right, plan, form=form, reporter=screen.reporter, about=about)
    content = csv(tables[0], origin) if name.endswith(".csv") else xlsx(tables, origin)
    audit.record(actor, "download", about, detail=name)
    return name, content


def may_take_chart(actor: Actor, chart: figures.InQuarter) -> bool:
    """Whether this account may take that chart; nothing is logged."""
    right, reporter = _right_of_chart(chart)
    return may(actor.account, right, current_plan(), reporter=reporter)


def chart_file(actor: Actor, name: str, chart: figures.InQuarter, version: int | None) -> File:
    """PNG of a chart, drawn here on white whatever the screen looks like. Raises NotAllowed; NotNow where there is no browser."""
    right, reporter = _right_of_chart(chart)
    require(actor, right, current_plan(), reporter=reporter, about="takeaway:chart")
    try:
        content = pack.one(take(chart.period, chart.basis, version), chart.asked)
    except NoRenderer as problem:
        raise NotNow("no_pictures", why=str(problem)) from problem
    audit.record(actor, "download", f"takeaway:chart/{chart.asked.about or chart.asked.kind}", detail=name)
    return name, content


def _right_of_chart(chart: figures.InQuarter) -> tuple[Action, str]:
    return ("see_unit", chart.asked.about) if chart.asked.kind == "multiples" else ("see_numbers", "")


def _right(kind: str, asked: AskedFile) -> tuple[Action, str]:
    return ("see_unit", asked.about) if kind in OF_A_UNIT else ("see_numbers", "")


def logged(actor: Actor, kind: str, asked: AskedFile, content: bytes, changed: Sequence[str] = ()) -> File:
    """The file under the name it is shown with, and its line in the log; changed: what a person made otherwise in it."""
    name = shown_name(kind, asked)
    detail = f"{name} ※ {' '.join(changed)}" if changed else name
    audit.record(actor, "download", f"takeaway:{kind}/{asked.about or asked.period}", detail=detail)
    return name, content
