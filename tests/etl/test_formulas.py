"""Totals and ratios: written into templates, read back, worked out where a file lacks them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from plan_fixtures import plan_2021
from returns_fixtures import (
    A02,
    A03,
    A04,
    CHILDREN,
    PRESCHOOL,
    PUBLIC,
    answers,
    county,
    edited,
    filled,
    findings,
    opened,
    put,
    read,
    sheet_of,
    spoken,
    template,
    told,
)

from etl.cells import read_cells
from etl.cells.addresses import moved
from etl.model import Cell, Cells, CellState, EntryState, Severity, SheetCells
from etl.reading.forms import recognise
from etl.reading.formulas import Share, Total, evaluate
from etl.reading.returns import read_return

A, B, C = "a", "b", "c"


def test_totals_and_ratios_are_formulas_with_the_results_of_what_was_filled_in():
    content = filled("county", "210402")
    text, shown = opened(content)["学前教育"], opened(content, data_only=True)["学前教育"]
    assert text["E8"].value == '=IF(COUNT(E9,E10)>0,SUM(E9,E10),IF(E9&E10="//","/",""))'
    assert text["E13"].value == '=IF(OR(COUNT(E9,E8)<2,SUM(E8)=0),"",ROUND(100*SUM(E9)/SUM(E8),2))'
    assert shown["E8"].value == shown["E9"].value + shown["E10"].value == 2007
    assert shown["E13"].value == pytest.approx(49.98)


def test_column_totals_add_up_the_rows():
    sheet = sheet_of("厕所改造", "project", "planning")
    assert sheet["E14"].value.startswith("=IF(COUNT(E7,E8,E9,E10,E11,E12,E13)>0,SUM(E7,E8,E9,E10,E11,E12,E13),")


def test_an_empty_templates_formulas_show_nothing_and_not_zero():
    shown = opened(template(), data_only=True)
    assert {shown["学前教育"][cell].value for cell in ("E8", "E12", "E13")} <= {None, ""}


def test_a_total_given_by_hand_does_not_go_before_its_formula():
    given = {("kindergarten.children.public", "210402"): Decimal(40), ("kindergarten.children", "210402"): Decimal(99)}
    assert told(read(template(current=given)))["kindergarten.children", "210402"] == 40


@pytest.mark.parametrize(
    ("values", "total", "share"),
    [
        ({A: Decimal(1), B: Decimal(2)}, Decimal(3), Decimal("50.00")),
        ({A: Decimal(1), B: Decimal(3)}, Decimal(4), Decimal("33.33")),
        ({A: Decimal(1), B: Decimal(8)}, Decimal(9), Decimal("12.50")),
        ({A: Decimal(1), B: Decimal(0)}, Decimal(1), None),
        ({A: Decimal(1)}, Decimal(1), None),
        ({A: "/", B: "/"}, "/", None),
        ({A: "/", B: Decimal(2)}, Decimal(2), None),
        ({A: "12人", B: Decimal(2)}, Decimal(2), None),
        ({}, None, None),
    ],
)
def test_what_the_formulas_give(values, total, share):
    assert Total((A, B)).result(values.get) == total
    assert Share((A,), (B,), 100, 2).result(values.get) == share


def test_a_total_of_totals_is_worked_out_from_the_bottom():
    computed = {"sum": Total(("inner", C)), "inner": Total((A, B))}
    assert evaluate("sum", computed, {A: Decimal(1), B: Decimal(2), C: Decimal(4)}.get) == 7


def test_totals_without_a_result_are_worked_out_from_their_parts():
    """openpyxl saves formulas without results."""
    ret = read(edited(filled(), put(PRESCHOOL, A03, 40), put(PRESCHOOL, A04, 60)))
    assert ret.value(CHILDREN) == 100
    [finding] = [f for f in findings(ret, "formula_computed") if str(f.at) == "学前教育!E8"]
    assert (finding.severity, finding.fields["value"]) == (Severity.NOTE, Decimal(100))


def test_a_ratio_without_a_result_stays_blank_for_it_is_only_a_cross_check():
    ret = read(edited(filled()))
    assert ret.entry("kindergarten.coverage_ratio").state is EntryState.BLANK
    assert ("formula_not_computed", "note", "学前教育!E12") in spoken(ret)


def test_a_total_follows_parts_that_were_typed_as_text():
    """A spreadsheet's SUM passes over a text; the cell is locked, so staff could not mend it."""
    content = filled(reporter="210411")
    given = answers(reporter="210411")
    cells = read_cells(content)
    sheet = cells.sheet(PRESCHOOL)
    part, total = sheet.cells[9, 5], sheet.cells[8, 5]
    changed = {
        **sheet.cells,
        (9, 5): Cell(f"{part.raw}人"),
        (8, 5): Cell(sheet.cells[10, 5].raw, formula=total.formula),
    }
    cells = Cells("xlsx", tuple(SheetCells(s.name, changed) if s is sheet else s for s in cells.sheets))
    ret = read_return(cells, recognise(cells, plan_2021()), plan_2021())
    assert ret.value(CHILDREN) == given[CHILDREN, "210411"]
    assert spoken(ret) == [("unit_stripped", "note", "学前教育!E9"), ("formula_computed", "note", "学前教育!E8")]


def test_totals_are_worked_out_where_rows_and_columns_have_moved():
    """A spreadsheet program moves the references along."""
    content = edited(filled("project", "planning"))
    cells = read_cells(content)
    works = cells.sheet("项目进度")
    further = {
        (row + 2, column + 1): Cell(cell.raw, cell.state, cell.formula and moved(cell.formula, 2, 1))
        for (row, column), cell in works.cells.items()
    }
    cells = Cells("xlsx", tuple(SheetCells(s.name, further) if s is works else s for s in cells.sheets))
    ret = read_return(cells, recognise(cells, plan_2021()), plan_2021())
    assert told(ret) == answers("project", "planning")


@pytest.mark.parametrize("formula", ["=SUM(E9,E11)", "=E9+E10", "=SUM(E9:E10)", "=F8", "=100"])
def test_another_formula_without_a_result_is_named(formula):
    ret = read(edited(filled(), put(PRESCHOOL, A02, formula)))
    assert ret.entry(CHILDREN).state is EntryState.BAD
    assert ("formula_without_result", "blocks", "学前教育!E8") in spoken(ret)


def test_a_formula_in_a_cell_to_fill_is_named_unless_it_has_its_result():
    ret = read(edited(filled(), put(PRESCHOOL, A03, "=700+740")))
    assert ret.entry(PUBLIC).state is EntryState.BAD
    assert ret.entry(CHILDREN).state is EntryState.BAD  # its total cannot be told either
    assert [at for rule, _, at in spoken(ret) if rule == "formula_without_result"] == ["学前教育!E9"]


def test_an_error_cell_is_named_and_never_blank():
    ret = read(county(put(PRESCHOOL, A03, "#DIV/0!")))
    assert ret.entry(PUBLIC).state is EntryState.BAD
    [finding] = findings(ret)
    assert (finding.rule, finding.severity, finding.fields["raw"]) == ("error_cell", Severity.BLOCKS, "#DIV/0!")


@pytest.mark.parametrize(
    ("parts", "total"),
    [
        ((0, 0), Decimal(0)),
        ((None, None), None),
        ((5, None), Decimal(5)),
        (("/", "/"), "/"),
        (("/", 5), Decimal(5)),
        (("/", None), None),
    ],
)
def test_a_total_of_blanks_is_blank_and_of_zeros_zero(parts, total):
    ret = read(edited(template(), put(PRESCHOOL, A03, parts[0]), put(PRESCHOOL, A04, parts[1])))
    assert told(ret).get((CHILDREN, "210402")) == total


def test_a_cell_without_result_that_no_reader_can_show_the_formula_of_is_named():
    """xls and ods tell that there is a formula, not which."""
    cells = read_cells(county())
    sheet = cells.sheet(PRESCHOOL)
    changed = {**sheet.cells, (8, 5): Cell(None, CellState.UNCACHED)}
    cells = Cells("xls", tuple(SheetCells(s.name, changed) if s is sheet else s for s in cells.sheets))
    ret = read_return(cells, recognise(cells, plan_2021()), plan_2021())
    assert spoken(ret) == [("formula_without_result", "blocks", "学前教育!E8")]
