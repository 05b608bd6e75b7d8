"""What stands around the entries: personal data that must not, signatures that should."""

from __future__ import annotations

import pytest
from returns_fixtures import AID, PRESCHOOL, county, edited, filled, put, read, template, values_only

from etl.errors import PersonalData


@pytest.mark.parametrize(
    "heading",
    ["身份证号", "身份证号码", "学生姓名", "学生身份证号", "家庭住址", "姓 名", "出生日期", "监护人姓名（必填）"],
)
def test_a_column_of_personal_data_is_refused(heading):
    with pytest.raises(PersonalData) as refused:
        read(county(put(AID, "H5", heading)))
    assert refused.value.fields["at"] == "学生资助!H5"


def test_a_roster_on_a_further_sheet_is_refused_too():
    def roster(book):
        sheet = book.create_sheet("名单")
        sheet.append(["序号", "学生姓名", "学校"])

    with pytest.raises(PersonalData):
        read(county(roster))


def test_an_id_number_is_refused_wherever_it_stands():
    with pytest.raises(PersonalData) as refused:
        read(county(put(PRESCHOOL, "F9", "含张某（210402201503051234）")))
    assert refused.value.fields == {"at": "学前教育!F9", "heading": "身份证号"}


def test_our_own_words_about_privacy_are_no_personal_data():
    assert read(filled()).footer == {}


@pytest.mark.parametrize(
    ("footer", "expected"),
    [
        ({"填报人": "张三", "联系电话": "024-52650000"}, {"填报人": "张三", "联系电话": "024-52650000"}),
        ({"填报日期": "2021年10月8日"}, {"填报日期": "2021年10月8日"}),
    ],
)
def test_the_footer_is_kept(footer, expected):
    assert read(template(footer=footer)).footer == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            {"A20": "填报人：张三   审核人：李四 单位负责人（签字）：王五"},
            {"填报人": "张三", "审核人": "李四", "单位负责人": "王五"},
        ),
        ({"A20": "填表人", "B20": "张三", "C20": "负责人：", "D20": "王五"}, {"填报人": "张三", "单位负责人": "王五"}),
        ({"A20": "填报人：", "C20": "审核人：", "D20": "李四"}, {"审核人": "李四"}),
    ],
)
def test_a_footer_in_another_shape_is_read_as_well(cells, expected):
    def signed(book):
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=18):
                for cell in row:
                    if type(cell).__name__ == "Cell":
                        cell.value = None
        for at, text in cells.items():
            book[PRESCHOOL][at] = text

    assert read(values_only(edited(template(), signed))).footer == expected
