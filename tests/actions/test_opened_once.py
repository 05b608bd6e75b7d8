"""From the drop on the page to the reviewer's desk the bytes of a file are opened once."""

from __future__ import annotations

from collections import OrderedDict

from actions_fixtures import KEY, actor, desk, right, uploaded  # noqa: F401  (desk: a fixture)
from pages_fixtures import demonstration  # noqa: F401  (a fixture that `desk` asks for)

from actions import files, reviewing, submitting, uploading
from actions.standing import standing
from etl import opened


def test_uploaded_shown_tried_marked_submitted_and_reviewed(desk, monkeypatch):  # noqa: F811
    read, reading = [], opened.read_cells
    monkeypatch.setattr(opened, "read_cells", lambda content: read.append(content) or reading(content))
    monkeypatch.setattr(opened.shelf, "_held", OrderedDict())
    filer = actor("210421")
    uploaded()
    uploading.draft_of(filer, KEY)
    uploading.impact(filer, KEY)
    files.marked_draft(filer, KEY)
    submitting.submit(filer, KEY, seen=standing(KEY).seen)
    assert reviewing.case(actor("planning"), KEY).checked.ret.period == KEY.period
    assert read == [right()]
