"""Files that leave the building for those who file and those who review. Each is a line in the log."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from access import audit
from access.model import Actor
from actions import drafts, record
from actions.errors import NotNow
from actions.keys import ReturnKey, require_return
from actions.uploading import checked_draft
from catalogue import clock
from catalogue.display import quarter
from catalogue.load import plan_of
from catalogue.period import Period
from catalogue.wording import pick, say
from etl import history
from etl.annotate import Remark, annotate, annotate_anew
from etl.model import Checked
from etl.outgoing.findings_file import findings_file
from etl.outgoing.templates import previous_values
from etl.template import template_name, write_template
from warehouse import originals, questions, store
from warehouse.questions import Received

File = tuple[str, bytes]  # name, content


def template(actor: Actor, key: ReturnKey) -> File:
    """The form to fill in, with last quarter's figures."""
    plan = plan_of(key.period)
    require_return(actor, "file", plan, key)
    content = write_template(
        plan, key.form, key.reporter, key.period, previous_values(key.form, key.reporter, key.period)
    )
    return _logged(actor, key, template_name(plan, key.form, key.reporter, key.period), content)


def marked_draft(actor: Actor, key: ReturnKey) -> File:
    """The draft's own workbook with its cells marked, and what a reviewer said about the return before it."""
    require_return(actor, "file", plan_of(key.period), key)
    kept = drafts.find(key)
    if kept is None:
        raise NotNow("no_draft")
    return _marked(actor, key, checked_draft(kept), ())


def marked_return(actor: Actor, load_id: int) -> File:
    """A return on record with its cells marked, a reviewer's remarks among them.

    Its own office gets its own workbook; everybody else one that we made anew from what it says.
    """
    key, row = _receipt(actor, load_id)
    checked = record.checked(key, load_id, row.sha256, row.file_name)
    return _marked(actor, key, checked, record.remarks(load_id), remade=actor.account.office != key.reporter)


def findings_table(actor: Actor, key: ReturnKey, lang: str) -> File:
    """What was found in the draft, as an Excel table."""
    plan = plan_of(key.period)
    require_return(actor, "file", plan, key)
    kept = drafts.find(key)
    if kept is None:
        raise NotNow("no_draft")
    checked = checked_draft(kept)
    before = history.published(key.form, key.reporter, key.period)
    name = say("file.findings", lang, reporter=plan.name_of(key.reporter), period=quarter(key.period, lang))
    return _logged(actor, key, name, findings_file(checked, plan, before, lang))


def original(actor: Actor, load_id: int) -> File:
    """The workbook as it was received, whatever formulas, links or macros are in it; the screens warn of that."""
    key, row = _receipt(actor, load_id)
    return _logged(actor, key, row.file_name, originals.content(row.sha256))


def load_of(sha256: str) -> int:
    """The newest receipt of these bytes, for who knows a workbook by them. Raises NotNow where there is none."""
    version = store.newest(store.data_folder())
    if version is not None:
        with store.open_version(version) as con:
            found = questions.newest_of_bytes(questions.asking(con), sha256)
        if found is not None:
            return found
    raise NotNow("no_receipt")


def receipt(actor: Actor, load_id: int) -> File:
    """回执, to be printed or kept: one page of HTML that needs nothing else."""
    key, row = _receipt(actor, load_id)
    plan = plan_of(key.period)
    lines = (
        (say("receipt.number"), row.number),
        (say("receipt.form"), pick(plan.forms[key.form], "title")),
        (say("receipt.reporter"), plan.name_of(key.reporter)),
        (say("receipt.period"), quarter(key.period)),
        (say("receipt.received"), f"{row.received_at:%Y-%m-%d %H:%M:%S}"),
        (say("receipt.sender"), row.sender),
        (say("receipt.file"), row.file_name),
        (say("receipt.sha256"), row.sha256),
    )
    rows = "".join(f"<tr><th>{escape(head)}</th><td>{escape(text)}</td></tr>" for head, text in lines)
    demo = f"<p class=demo>{escape(say('app.demo'))}</p>" if plan.demo else ""
    note = escape(say("receipt.note"))
    page = _PAGE.format(title=escape(say("receipt.title")), plan=escape(plan.title), demo=demo, rows=rows, note=note)
    return _logged(actor, key, say("receipt.file_name", number=row.number), page.encode())


_PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title}</title><style>
body{{font:16px/1.7 'Noto Sans CJK SC','Microsoft YaHei',sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem;color:#1c2733}}
h1{{font-size:1.5rem;text-align:center}} h1+p{{text-align:center;color:#555}} table{{border-collapse:collapse;width:100%}}
th,td{{border:1px solid #bbb;padding:.5rem .8rem;text-align:left;overflow-wrap:anywhere}} th{{width:8rem;background:#f4f6f9}}
.demo{{color:#9a4d00;text-align:center}}</style><h1>{title}</h1><p>{plan}</p>{demo}<table>{rows}</table><p>{note}</p></html>
"""


def _receipt(actor: Actor, load_id: int) -> tuple[ReturnKey, Received]:
    """Raises NotAllowed for somebody else's, NotNow for one that is not there."""
    version = store.newest(store.data_folder())
    if version is None:
        raise NotNow("no_receipt")
    with store.open_version(version) as con:
        found = questions.received(questions.asking(con), load_id)
    if found is None:
        raise NotNow("no_receipt")
    key = ReturnKey(found.form, found.reporter, Period.parse(found.period))
    require_return(actor, "see_return", plan_of(key.period), key)
    return key, found


def _marked(actor: Actor, key: ReturnKey, checked: Checked, said: Sequence[Remark], *, remade: bool = False) -> File:
    before = history.published(key.form, key.reporter, key.period)
    content = originals.content(checked.sha256)
    mark = annotate_anew if remade else annotate
    made = mark(content, checked, plan_of(key.period), remarks=said, history=before, at=clock.now())
    return _logged(actor, key, made.file_name, made.content)


def _logged(actor: Actor, key: ReturnKey, name: str, content: bytes) -> File:
    audit.record(actor, "download", key.object, detail=name)
    return name, content
