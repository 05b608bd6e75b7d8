"""The filing screen with many files, for departments, for corrections, in English; and its downloads."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import openpyxl
import pytest
from actions_fixtures import demonstration, desk  # noqa: F401  (fixtures)
from demo_fixtures import PLAN
from filing_fixtures import (
    KEY,
    NAME,
    PRESCHOOL,
    actor,
    filed_by,
    filing,
    press,
    right,
    submitted,
    table,
    told,
    uploaded,
    wrong,
)
from pages_fixtures import words
from returns_fixtures import put

from access import audit
from actions import drafts, reviewing
from actions.errors import NotNow
from actions.keys import ReturnKey
from actions.standing import standing
from catalogue.period import Period
from catalogue.wording import say, use_language, wordings
from etl.submission import fingerprint
from ui.kit import downloads
from ui.kit.refused_files import refused
from ui.reads import kept
from ui.screens.filing import changes, choice

pytestmark = pytest.mark.usefixtures("desk")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
Q3 = Period(2021, 3)


# Files


def test_another_units_file_is_refused_with_what_to_do_and_nothing_is_kept():
    app = uploaded(filing(), ("东洲区.xlsx", filed_by("东洲区")))
    assert "东洲区.xlsx：" in told(app) and "抚顺县" in told(app)
    assert drafts.keys() == frozenset()
    assert audit.entries(result="refused")[0].event == "upload"


def test_what_is_no_workbook_is_refused():
    app = uploaded(filing(), ("说明.xlsx", "填报说明".encode()))
    assert "说明.xlsx：" in told(app) and not app.exception
    assert drafts.find(KEY) is None


def test_many_files_each_go_to_their_own_return_and_of_two_for_one_none_is_taken():
    files = (
        (NAME, wrong(put(PRESCHOOL, "E10", None))),
        ("二季度.xlsx", filed_by("抚顺县", "2021Q2")),
        ("改后.xlsx", right()),
    )
    app = uploaded(filing(), *files)
    assert f"{NAME}：与“改后.xlsx”是同一份报表" in told(app) and f"改后.xlsx：与“{NAME}”是同一份报表" in told(app)
    assert "这份文件属于2021年第二季度" in told(app)
    assert drafts.find(KEY) is None
    press(app, "go 1")
    assert "抚顺县 2021年第二季度" in words(app) and "草稿：二季度.xlsx" in words(app)


def test_a_folder_is_taken_without_the_names_of_its_folders():
    app = filing()
    app.toggle(key="whole folder").set_value(True).run()
    assert app.file_uploader[0].accept_directory
    uploaded(app, (f"报表/三季度/{NAME}", right()))
    assert drafts.find(KEY).file_name == NAME


def test_a_zip_is_opened_and_what_is_no_workbook_in_a_folder_is_told_of():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr(NAME, right())
    app = filing()
    app.toggle(key="whole folder").set_value(True).run()
    uploaded(app, ("报表/三季度.zip", content.getvalue()), ("报表/说明.docx", b"PK"), ("报表/Thumbs.db", b"x"))
    assert f"三季度.zip!/{NAME}：核查通过" in told(app) and "说明.docx：这是文字文档" in told(app)
    assert "Thumbs.db" not in told(app)
    assert drafts.find(KEY).sha256 == fingerprint(right())


def test_a_draft_that_is_no_longer_a_return_can_be_thrown_away(monkeypatch):
    uploaded(filing(), (NAME, right()))
    kept.forget()
    monkeypatch.setattr("actions.uploading.originals.content", lambda _: b"damaged")
    app = filing()
    assert f"{NAME}：" in told(app) and not [button for button in app.button if button.key == "submit"]
    press(press(app, "discard"), "yes discard")
    assert drafts.find(KEY) is None


# Corrections, races, locks


def test_a_correction_of_an_approved_return_needs_its_reason():
    key = ReturnKey("county", "210402", Q3)
    app = uploaded(filing("demo-210402"), ("更正.xlsx", filed_by("新抚区", "2021Q3", put(PRESCHOOL, "E15", 1))))
    if "待说明" in told(app):
        pytest.fail(told(app))
    lines = table(app, "标记", "已报")
    assert "学前教育!E15" in lines["位置"].tolist()
    app = press(press(app, "submit"), "yes submit")
    assert "请写明更正原因" in told(app) and standing(key).state == "approved"
    app.text_area(key="correction").set_value("复核后补报一处").run()
    press(app, "yes submit")
    assert standing(key).state == "filed"
    history = table(app, "事项", "说明")
    assert history["说明"].iloc[0] == "复核后补报一处"


def test_who_comes_second_is_told_who_was_quicker(monkeypatch):
    app = press(submitted(uploaded(filing(), (NAME, right()))), "withdraw")
    seen = standing(KEY)
    reviewing.approve(actor("planning"), KEY, seen=seen.seen)
    monkeypatch.setattr(choice, "standing", lambda _: seen)  # the page as it was drawn before
    app.text_area(key="withdraw reason").set_value("用错了文件").run()
    press(app, "yes withdraw")
    assert "demo-planning" in told(app) and "已先一步处理" in told(app) and "通过" in told(app)
    assert standing(KEY).state == "approved"


def test_a_locked_quarter_takes_no_files():
    for key in [ReturnKey("county", unit, Q3) for unit in ("210403", "210422", "210423")]:
        reviewing.approve(actor("planning"), key, seen=standing(key).seen)
    reviewing.lock(actor("planning"), "2021Q3", "county")
    app = filing("demo-210402")
    assert "■ 锁定" in words(app) and "本期已锁定" in words(app)
    assert len(app.file_uploader) == 0
    assert "■ 锁定" in words(filing())


# Departments


def test_a_department_sees_its_texts_beside_last_quarters():
    app = uploaded(filing("demo-vocational"), ("职教科.xlsx", filed_by("职教科")))
    app.toggle(key="every line").set_value(True).run()
    lines = table(app, "标记", "上期")
    texts = lines[lines["本期"].str.len() > 10]
    assert len(texts) and (texts["上期"].str.len() > 10).any()


def test_planning_chooses_between_its_two_forms():
    app = filing("demo-planning")
    assert "改善办学条件项目进度季度报表" in words(app)
    app.button_group(key="form widget").set_value("department").run()
    assert "规划科 2021年第三季度 教育工作要点责任单位季度报表" in words(app)


# Words


def ours(app) -> list[str]:
    """Labels and sentences of the screen, tables' headings too."""
    kinds = (
        app.caption,
        app.markdown,
        app.info,
        app.warning,
        app.error,
        app.success,
        app.button,
        app.toggle,
        app.text_area,
    )
    said = [str(getattr(each, "label", "") or "") or str(each.value) for kind in kinds for each in kind]
    return said + [heading for each in app.dataframe for heading in each.value.columns]


def test_the_english_screen_says_none_of_our_chinese():
    app = uploaded(filing(lang="en"), ("Q3.xlsx", wrong(put(PRESCHOOL, "E7", 99), put(PRESCHOOL, "E10", None))))
    use_language("en")
    chinese = {text for key, text in wordings("zh").items() if key.startswith(("filing.", "story.", "state."))}
    assert [text for text in ours(app) if text in chinese] == []
    assert [
        text
        for text in ours(app)
        if CHINESE.search(text) and "更正" not in text and "demo-" not in text and "抚" not in text
    ] == []
    press(app, "discard")
    assert [text for text in ours(app) if text in chinese] == []


def test_the_chinese_screen_says_no_english():
    app = press(uploaded(filing(), ("三季度.xlsx", right())), "submit")
    english = {text for key, text in wordings("en").items() if key.startswith(("filing.", "story.", "state."))}
    assert [text for text in ours(app) if text in english] == []
    plain = [re.sub(r"demo-\d+|\.xlsx|:[a-z]+-badge", "", text) for text in ours(app)]
    assert [text for text in plain if re.search(r"[A-Za-z]{4,}", text)] == []


# Downloads


class Offered:
    """Stands in for the button and keeps what it was given."""

    def __call__(self, label: str, **given) -> None:
        self.given = given


def test_a_download_is_made_when_it_is_asked_for_and_a_refusal_becomes_a_text(monkeypatch):
    offered = Offered()
    monkeypatch.setattr(downloads.st, "download_button", offered)

    def refuse() -> bytes:
        raise NotNow("no_draft")

    downloads.button("x", "a.xlsx", refuse, "x")
    assert offered.given["data"]() == refused("没有待提交的草稿。请先上传报表。")
    downloads.button("x", "a.xlsx", lambda: 1 / 0, "x")
    assert offered.given["data"]() == refused(say("filing.download_failed"))


def test_what_the_page_offers_are_the_files_it_names(monkeypatch):
    made = {}
    monkeypatch.setattr(downloads.st, "download_button", lambda label, **given: made.update({given["key"]: given}))
    uploaded(filing(), (NAME, wrong(put(PRESCHOOL, "E10", None))))
    assert made["template"]["file_name"] == "抚顺市_抚顺县_2021年第三季度_教育工作要点县区季度报表.xlsx"
    assert made["marked"]["file_name"] == "抚顺县三季度（核查结果）.xlsx"
    for key, sheet in (("template", PRESCHOOL), ("marked", "核查结果")):
        assert sheet in openpyxl.load_workbook(BytesIO(made[key]["data"]())).sheetnames
    assert openpyxl.load_workbook(BytesIO(made["findings file"]["data"]())).active.max_row > 1
    assert {line.event for line in audit.entries(limit=3)} == {"download"}


def test_a_stored_answer_reads_as_a_new_one():
    assert changes.told(("na", None, None), PLAN.elements["kindergarten.children"]) == "/"
    assert changes.told(None, PLAN.elements["kindergarten.children"]) == "—"
