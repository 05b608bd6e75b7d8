"""Invented signatories. Their given names say so: nobody is called 示例, 样本 or 范例."""

from __future__ import annotations

from datetime import datetime

from catalogue.model import Plan

COUNTY_DESK, BUREAU_DESK = "郑模拟（规划科）", "孙模拟（办公室）"  # who decides about returns
SURNAMES = "赵钱李周吴王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
CITY = "city"


def sender(plan: Plan, reporter: str) -> str:
    """赵示例（新抚区教育局）"""
    return f"{_people(plan, reporter)[0]}（{_office(plan, reporter)}）"


def decider(form: str, reporter: str) -> str:
    """规划科 checks the units, 办公室 the departments; nobody decides about his own return."""
    return COUNTY_DESK if form == "county" or reporter == "office" else BUREAU_DESK


def footer(plan: Plan, reporter: str, received_at: datetime) -> dict[str, str]:
    """The signature lines of a workbook; the telephone number is nobody's."""
    filler, checker, head = _people(plan, reporter)
    return {
        "填报人": filler,
        "审核人": checker,
        "单位负责人": head,
        "联系电话": f"024-0000{1001 + _place(plan, reporter)}",
        "填报日期": f"{received_at:%Y-%m-%d}",
    }


def _people(plan: Plan, reporter: str) -> tuple[str, str, str]:
    names = [SURNAMES[(_place(plan, reporter) + shift) % len(SURNAMES)] for shift in (0, 7, 19)]
    return f"{names[0]}示例", f"{names[1]}样本", f"{names[2]}范例"


def _place(plan: Plan, reporter: str) -> int:
    return [*plan.units, *plan.departments, CITY].index(reporter)


def _office(plan: Plan, reporter: str) -> str:
    if reporter == CITY:
        return plan.departments["planning"].name
    unit = plan.units.get(reporter)
    if unit is None:
        return plan.departments[reporter].name
    return f"{unit.name}教育局" if unit.kind == "county" else f"{unit.name}各单位汇总"
