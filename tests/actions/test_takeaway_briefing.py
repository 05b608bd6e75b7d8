"""A briefing that somebody changed: the log says where, the file says what is not in it."""

# ruff: noqa: F811
from __future__ import annotations

import io
from dataclasses import replace

import docx
from actions_fixtures import actor, demonstration, desk  # noqa: F401  (fixtures)

from access import audit
from actions import takeaways
from actions.takeaways import AskedFile
from reports.pictures import picture

BRIEFING = AskedFile("2021Q3", "filed")


def test_what_was_changed_in_a_briefing_stands_in_the_log_and_what_was_left_out_in_the_file(desk, monkeypatch):
    monkeypatch.setattr(picture, "available", lambda: "没有浏览器")
    draft = takeaways.briefing_draft(actor("leader"), BRIEFING)
    second = [one for one in draft.paragraphs if one.section == "behind"][1]
    edited = replace(
        draft, paragraphs=tuple(replace(one, text="另行通报。") if one is second else one for one in draft.paragraphs)
    ).without(["units", "charts"])
    name, content = takeaways.briefing_file(actor("leader"), BRIEFING, edited)
    assert audit.entries(event="download")[0].detail == f"{name} ※ {second.id} -units -charts"
    told = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
    assert "未列入的部分：各单位情况、图。" in told and "各单位情况" not in told.replace("部分：各单位情况", "")
    assert "本机不能生成图片" not in told and "另行通报。※" in told
    [checked] = takeaways.check_file(actor("leader"), name, content)
    assert checked.verdict == "holds"
