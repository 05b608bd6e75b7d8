"""The administrator's and the auditor's screens, as they click through them."""

from __future__ import annotations

import shutil
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from admin_fixtures import AT, acting, house, lines_of, load_id, newest, publish  # noqa: F401  (fixtures)
from pages_fixtures import demonstration, screen, words  # noqa: F401

from access import accounts, audit
from actions import backup, people, versions
from catalogue.load import PLANS
from catalogue.wording import say
from ui.screens.settings import on_file

ADMIN = "demo-admin"
PAGES = ("accounts", "settings", "versions", "log")


def told(app) -> str:
    return "\n".join(each.value for each in (*app.success, *app.error))


def press(app, name: str):
    next(each for each in app.button if each.key == name).click()
    return app.run()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_each_screen_opens_in_both_languages(house, page, lang):  # noqa: F811
    app = screen(f"pages/{page}.py", ADMIN, lang=lang)
    assert say({"accounts": "people", "settings": "setup"}.get(page, page) + ".title", lang) in words(app)
    assert not app.error


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["leader", "210402", "planning", "auditor"])
def test_the_screens_are_nobody_elses_but_for_the_log(house, who, page):  # noqa: F811
    if (who, page) == ("auditor", "log"):
        assert say("log.title") in words(screen("pages/log.py", "demo-auditor"))
        return
    with pytest.raises(ValueError, match=page):
        screen(f"pages/{page}.py", f"demo-{who}")


# 账号


def test_an_account_is_created_and_its_password_shown_once(house):  # noqa: F811
    app = screen("pages/accounts.py", ADMIN)
    for name, value in {
        "name of new": "Wang.Wu",
        "person of new": "王五（演示数据）",
        "phone of new": "024-5555 1001",
    }.items():
        next(each for each in app.text_input if each.key == name).set_value(value)
    app.run()
    press(app, "create")
    assert "已建立账号wang.wu" in told(app)
    [password] = [each.value for each in app.code]
    assert accounts.sign_in("wang.wu", password, "10.1.1.1").outcome == "ok"
    table = app.dataframe[0].value
    assert "024****1001" in table["电话"].tolist() and "024-5555 1001" not in table.to_string()
    app.run()
    assert not app.code and not app.success


def test_what_is_wrong_with_a_new_account_is_said_and_nothing_is_made(house):  # noqa: F811
    app = screen("pages/accounts.py", ADMIN)
    next(each for each in app.text_input if each.key == "name of new").set_value("x")
    app.run()
    press(app, "create")
    assert "登录名应为3至32个字符" in told(app)
    assert accounts.get("x") is None


def test_an_account_is_changed_reset_disabled_and_enabled(house):  # noqa: F811
    _, first = people.create(acting(), name="zhao.liu", person="赵六（演示数据）", role="filer", office="210402")
    app = screen("pages/accounts.py", ADMIN)
    app.selectbox(key="account").set_value("zhao.liu").run()
    app.selectbox(key="role of zhao.liu").set_value("reviewer").run()
    app.selectbox(key="office of reviewer of zhao.liu").set_value("finance").run()
    press(app, "save of zhao.liu")
    assert (accounts.get("zhao.liu").role, accounts.get("zhao.liu").office) == ("reviewer", "finance")
    press(app, "reset of zhao.liu")
    [password] = [each.value for each in app.code]
    assert password != first and accounts.sign_in("zhao.liu", first, "").outcome == "wrong"
    assert accounts.sign_in("zhao.liu", password, "").account.must_change
    press(app, "disable of zhao.liu")
    assert accounts.get("zhao.liu").disabled
    press(app, "enable of zhao.liu")
    assert not accounts.get("zhao.liu").disabled
    assert not any(password in line.detail for line in audit.entries(limit=None))


def test_a_locked_account_can_be_unlocked(house):  # noqa: F811
    people.create(acting(), name="zhao.liu", person="赵六", role="leader")
    for _ in range(5):
        accounts.sign_in("zhao.liu", "wrong", "10.1.1.1")
    app = screen("pages/accounts.py", ADMIN)
    assert any(state.startswith("已锁定") for state in app.dataframe[0].value["状态"])
    app.selectbox(key="account").set_value("zhao.liu").run()
    press(app, "unlock of zhao.liu")
    assert accounts.is_locked("zhao.liu") is None


def filled(*rows: tuple[str, ...]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(people.template(acting())[1]))
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            book.worksheets[0].cell(number, column, value)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_accounts_come_from_a_workbook_all_or_none(house):  # noqa: F811
    app = screen("pages/accounts.py", ADMIN)
    good = ("sun.qi", "孙七（演示数据）", "县区填报员", "新抚区", "")
    app.file_uploader[0].upload(
        "账号.xlsx", filled(good, ("zhou.ba", "周八", "县区填报员", "火星区", "")), "application/octet-stream"
    ).run()
    press(app, "import")
    assert "没有导入任何账号" in told(app)
    [problem] = next(frame.value for frame in app.dataframe if "问题" in frame.value).to_dict("records")
    assert (problem["行"], problem["栏目"]) == ("5", "单位或科室")
    assert accounts.get("sun.qi") is None
    app.file_uploader[0].upload("账号.xlsx", filled(good), "application/octet-stream").run()
    press(app, "import")
    [made] = next(frame.value for frame in app.dataframe if "初始密码" in frame.value).to_dict("records")
    assert accounts.sign_in("sun.qi", made["初始密码"], "").outcome == "ok"


# 设置


def test_a_deadline_is_moved_for_one_unit_with_a_reason(house):  # noqa: F811
    app = screen("pages/settings.py", ADMIN)
    app.selectbox(key="due form").set_value("county").run()
    app.selectbox(key="due reporter county").set_value("210402").run()
    app.date_input(key="due day 2021Q3").set_value(date(2021, 10, 20)).run()
    press(app, "move due")
    assert "请写明原因" in told(app)
    app.text_input(key="due reason").set_value("系统切换").run()
    press(app, "move due")
    assert "2021年10月20日" in told(app)
    rows = app.dataframe[0].value
    assert rows[rows["调整原因"] == "系统切换"][["填报单位", "截止日期", "原定日期"]].to_numpy().tolist() == [
        ["新抚区", "2021-10-20", "2021-10-11"]
    ]


def test_the_settings_say_the_rules_in_words_and_that_the_plan_is_right(house):  # noqa: F811
    app = screen("pages/settings.py", ADMIN)
    said = words(app)
    assert "落后不超过30个百分点为黄灯" in said
    assert "没有错误：30项任务" in said
    assert "15分钟内连续输错5次" in said


def test_a_mistake_in_the_plan_folder_is_named(house, tmp_path, monkeypatch):  # noqa: F811
    shutil.copytree(PLANS / "2021", tmp_path / "plan")
    app = screen("pages/settings.py", ADMIN)
    monkeypatch.setattr(on_file, "plan_folder", lambda: tmp_path / "plan")
    units = tmp_path / "plan" / "units.toml"
    units.write_text(units.read_text("utf-8").replace('kind = "direct"', 'kind = "moon"'), "utf-8")
    app.run()
    assert "处错误" in told(app)
    assert any("units.toml" in str(frame.value) for frame in app.dataframe)


def test_a_mistake_in_a_table_of_the_bureaus_own_is_named_too(house, tmp_path, monkeypatch):  # noqa: F811
    shutil.copytree(PLANS / "2021", tmp_path / "plan")
    app = screen("pages/settings.py", ADMIN)
    monkeypatch.setattr(on_file, "plan_folder", lambda: tmp_path / "plan")
    book = openpyxl.Workbook()
    book.active["B2"] = "{{K99.value}}"
    book.save(tmp_path / "plan" / "reports" / "季报.xlsx")
    app.run()
    assert any("季报.xlsx" in str(frame.value) and "B2" in str(frame.value) for frame in app.dataframe)


# 版本


def test_a_version_is_frozen_and_let_go_on_the_screen(house):  # noqa: F811
    app = screen("pages/versions.py", ADMIN)
    app.text_input(key="freeze title").set_value("三季度调度会").run()
    press(app, "freeze")
    assert versions.frozen()[0].title == "三季度调度会"
    assert app.dataframe[0].value["定格"].tolist() == ["三季度调度会"]
    press(app, "unfreeze 1")
    assert versions.frozen() == []


def test_two_versions_are_compared_and_the_older_one_gone_back_to_on_the_screen(house):  # noqa: F811
    load = load_id("210402")
    publish(lambda writer: writer.review(load, "returned", AT, "张三", "数值有误"))
    app = screen("pages/versions.py", ADMIN)
    said = words(app)
    assert "期间的决定（1项）" in said and "将要改变的报表（1份）" in said
    [decision] = next(frame.value for frame in app.dataframe if "决定" in frame.value).to_dict("records")
    assert (decision["决定"], decision["操作人"], decision["原因"]) == ("退回", "张三", "数值有误")
    assert next(each for each in app.button if each.key == "go back").disabled
    app.text_input(key="back reason").set_value("误退回").run()
    app.checkbox(key="back sure 1 2").check().run()
    press(app, "go back")
    assert "现为第3版" in told(app)
    assert backup.judged(newest()) == backup.judged(versions.kept(1))


def test_a_backup_is_made_and_checked_on_the_screen(house):  # noqa: F811
    app = screen("pages/versions.py", ADMIN)
    press(app, "backup now")
    [kept] = backup.listing(acting())
    assert f"已备份：{kept.name}" in told(app)
    press(app, "check backup")
    assert f"{kept.name}完好" in told(app)


# 日志


def test_the_log_is_searched_paged_and_verified_on_the_screen(house):  # noqa: F811
    for number in range(60):
        audit.record(acting("planning"), "approved", f"return:county/210402/2021Q{number % 4 + 1}", detail=f"{number}")
    app = screen("pages/log.py", "demo-auditor")
    app.selectbox(key="log event").set_value("approved").run()
    rows = app.dataframe[0].value
    assert len(rows) == 50 and set(rows["事件"]) == {"审核通过"} and rows["说明"].iloc[0] == "59"
    assert "新抚区" in rows["对象"].iloc[0] and "季度" in rows["对象"].iloc[0]
    press(app, "log older")
    assert app.dataframe[0].value["说明"].tolist() == [str(n) for n in range(9, -1, -1)]
    app.selectbox(key="log result").set_value("failed").run()
    assert "没有符合条件的记录" in words(app)
    press(app, "verify log")
    assert "日志完好" in told(app) and app.code[0].value == audit.verify().head
