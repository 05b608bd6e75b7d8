"""Many accounts from one workbook: all of them or none."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from access_fixtures import (  # noqa: F401  (fixtures)
    IP,
    acting,
    an_account,
    an_admin,
    cheap,
    either_store,
    store,
)
from openpyxl import Workbook, load_workbook
from plan_fixtures import plan_2021, small_plan

from access import accounts, audit, passwords, roster, roster_file
from catalogue.wording import say, use_language

PLAN = plan_2021()
HEAD = ["登录名", "姓名", "角色", "单位或科室", "电话"]
GOOD = (
    ["Xinfu01", "张三（演示数据）", "县区填报员", "新抚区", "024-57500001"],
    ["qingyuan", "李四（演示数据）", "filer", "清原县", 13800000000],
    ["caiwu", "王五（演示数据）", "科室审核员", "财务科", None],
    ["juzhang", "赵六（演示数据）", "局领导", None, None],
    ["shenji", "钱七（演示数据）", "审计员", "", ""],
    ["guanli", "孙八（演示数据）", "管理员", None, None],
)

pytestmark = pytest.mark.usefixtures("store")


def workbook(*rows, head=HEAD) -> bytes:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(row)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def problems(*rows, head=HEAD) -> list[tuple[int, str]]:
    """(row, field) of what is wrong; and nothing was made."""
    before = accounts.every()
    found = roster.from_excel(workbook(*rows, head=head), PLAN, None)
    assert found.created == [] and accounts.every() == before
    assert all(problem.text for problem in found.problems)
    return [(problem.row, problem.field) for problem in found.problems]


def test_a_filled_workbook_becomes_accounts_each_with_a_password_for_the_first_time(either_store):  # noqa: F811
    found = roster.from_excel(workbook(*GOOD), PLAN, acting(an_admin("chief")))
    assert found.problems == []
    made = [account for account, _ in found.created]
    assert [(a.name, a.role, a.office, a.phone) for a in made] == [
        ("xinfu01", "filer", "210402", "024-57500001"),
        ("qingyuan", "filer", "210423", "13800000000"),
        ("caiwu", "reviewer", "finance", ""),
        ("juzhang", "leader", "", ""),
        ("shenji", "auditor", "", ""),
        ("guanli", "admin", "", ""),
    ]
    for account, password in found.created:
        assert passwords.complaint(password, account.name) is None
        signed = accounts.sign_in(account.name, password, IP)
        assert signed.outcome == "ok" and signed.account.must_change
    assert len({password for _, password in found.created}) == len(GOOD)
    [line] = audit.entries(event="accounts_imported")
    assert line.name == "chief" and line.detail.startswith("count=6; xinfu01 qingyuan")
    assert not any(password in repr(audit.entries()) for _, password in found.created)


def test_one_mistake_and_nothing_is_made():
    assert problems(*GOOD, ["yi", "周九", "局领导", None, None]) == [(8, "name")]


def test_every_mistake_is_told_with_its_row():
    an_account("taken", "leader", "")
    assert problems(
        ["taken", "张三", "局领导", None, None],
        ["twice", "张三", "局领导", None, None],
        ["TWICE", "张三", "局领导", None, None],
        ["demo-x", None, "县长", None, "打电话"],
        ["xinfu", "张三", "县区填报员", "沈阳市", None],
        ["caiwu", "张三", "科室审核员", "新抚区", None],
        ["juzhang", "张三", "局领导", "财务科", None],
    ) == [
        (2, "name"),
        (3, "name"),
        (4, "name"),
        (5, "name"),
        (5, "person"),
        (5, "phone"),
        (5, "role"),
        (6, "office"),
        (7, "office"),
        (8, "office"),
    ]


def test_a_formula_is_no_text():
    assert (2, "person") in problems(["zhang", '=HYPERLINK("http://x","张三")', "局领导", None, None])


@pytest.mark.parametrize("head", [["登录名", "姓名"], ["a", "b", "c"], []])
def test_without_its_headings_it_is_no_list(head):
    assert problems(["zhang", "张三", "局领导"], head=head) == [(0, "")]


def test_columns_may_stand_in_another_order_and_rows_may_be_empty():
    rows = ([None] * 5, ["局领导", "张三", "zhang", None, None], [None] * 5, ["auditor", "李四", "li.si", None, None])
    found = roster.from_excel(workbook(*rows, head=["角色", "姓名", "登录名", "电话", "单位或科室"]), PLAN, None)
    assert [(a.name, a.role) for a, _ in found.created] == [("zhang", "leader"), ("li.si", "auditor")]


def test_english_headings_and_roles_are_read_too():
    head = ["Account name", "Person", "Role", "Unit or department", "Telephone"]
    found = roster.from_excel(workbook(["zhang", "Zhang San", "county filer", "Xinfu", None], head=head), PLAN, None)
    assert [(a.role, a.office) for a, _ in found.created] == [("filer", "210402")]


def test_a_list_that_is_empty_or_too_long_makes_nothing():
    assert problems() == [(0, "")]
    assert problems(*(["zhang"] * 5 for _ in range(roster.MOST + 1))) == [(0, "")]


def test_a_row_far_below_an_empty_stretch_is_not_left_out_in_silence():
    assert problems(*[[]] * 2000, ["yi", *GOOD[3][1:]]) == [(2002, "name")]


# Files that are none, or worse


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really", b"name,person\nzhang,3", b"\xd0\xcf\x11\xe0" * 200])
def test_bytes_that_are_no_workbook_are_told_so(content):
    found = roster.from_excel(content, PLAN, None)
    assert found.problems == [roster.Problem(0, "", say("account.import.unreadable"))]


def packed(**parts: bytes) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def test_a_small_file_that_is_a_large_one_inside_is_not_opened(monkeypatch):
    monkeypatch.setattr(roster_file, "load_workbook", None)  # would raise if it was
    bomb = packed(sheet=b"0" * (roster_file.MOST_UNZIPPED + 1))
    many = packed(**{f"part{n}": b"" for n in range(roster_file.MOST_PARTS + 1)})
    for content in (bomb, many, b"x" * (roster_file.MOST_BYTES + 1)):
        assert roster.from_excel(content, PLAN, None).problems == [
            roster.Problem(0, "", say("account.import.too_large"))
        ]


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    return packed(**parts)


def test_entities_are_not_expanded():
    content = changed(
        workbook(*GOOD),
        "xl/worksheets/sheet1.xml",
        b"<worksheet",
        b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet',
    )
    assert roster.from_excel(content, PLAN, None).problems[0].text == say("account.import.unreadable")


def test_a_cell_in_the_farthest_corner_costs_nothing():
    book = Workbook()
    for row in (HEAD, GOOD[0]):
        book.active.append(row)
    book.active["XFD1048576"] = "x"
    content = BytesIO()
    book.save(content)
    assert len(roster.from_excel(content.getvalue(), PLAN, None).created) == 1


# The template


@pytest.mark.parametrize("plan", [PLAN, small_plan()], ids=lambda plan: plan.code)
def test_the_template_as_it_is_makes_nothing_and_filled_in_makes_accounts(plan):
    content = roster.accounts_template(plan)
    assert roster.from_excel(content, plan, None).problems == [roster.Problem(0, "", say("account.import.empty"))]
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    unit = next(iter(plan.units.values()))
    for column, value in enumerate(("zhang", "张三", "县区填报员", unit.name, "024-1"), start=1):
        sheet.cell(4, column, value)
    filled = BytesIO()
    book.save(filled)
    assert [a.office for a, _ in roster.from_excel(filled.getvalue(), plan, None).created] == [unit.code]


def test_the_template_offers_every_role_and_everybody_who_reports_to_choose_from():
    use_language("en")  # the workbook is Chinese all the same
    book = load_workbook(BytesIO(roster.accounts_template(PLAN)))
    sheet, choices = book.worksheets
    assert [cell.value for cell in sheet[2]] == HEAD
    assert "演示数据" in sheet["B3"].value and sheet["A3"].value.startswith("示例")
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {"C4:C303": "选项!$A$1:$A$5", "D4:D303": f"选项!$B$1:$B${choices.max_row}"}
    assert [cell.value for cell in choices["A"] if cell.value] == [
        "局领导",
        "县区填报员",
        "科室审核员",
        "管理员",
        "审计员",
    ]
    offered = [cell.value for cell in choices["B"]]
    assert offered[0] == "新抚区" and "财务科" in offered
    assert len(offered) == len(PLAN.units) + sum(d.reports for d in PLAN.departments.values())
    assert choices.sheet_state == "hidden"
