"""What the maintainer of a plan hears when one thing in its folder is wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest
from plan_fixtures import FOLDER_2021, FOLDER_SMALL, break_in, broken_copy, copy_of

from catalogue.__main__ import main
from catalogue.check import serves_a_check, unused_elements
from catalogue.checks.commitments import figures
from catalogue.entries import CatalogueError
from catalogue.load import examine, load_plan


def test_mistakes_in_all_files_are_named_at_once(tmp_path):
    folder = copy_of(FOLDER_2021, tmp_path)
    break_in(folder, "units.toml", "[1, 2]", "[1, 1]")
    break_in(folder, "indicators.toml", '"kindergarten.children.public"]', '"kids.publc"]')
    break_in(folder, "commitments.toml", "value = 46", "value = 64")
    break_in(folder, "plan.toml", "2021-07-12", "2021-06-12")
    with pytest.raises(CatalogueError) as refusal:
        load_plan(folder)
    assert str(refusal.value).splitlines() == [
        "commitments.toml, K02: value 64 is not in the quote '公办幼儿园在园幼儿占比达到46%'",
        "indicators.toml, public-share: numerator 'kids.publc' is not an element",
        "plan.toml, deadlines: 2021Q2 2021-06-12 is before 2021-06-30",
        "units.toml, 210403: tile [1, 1] already belongs to 210402",
    ]


def test_what_refers_to_an_entry_that_cannot_be_read_is_not_called_wrong(tmp_path):
    folder = broken_copy(tmp_path, "elements.toml", 'measure = "person"', "measure = 5", after="A02")
    break_in(folder, "projects.toml", "planned = 1300", 'planned = "1300"')
    break_in(folder, "tasks.toml", "section = 3", "section = 9", after="number = 13")
    assert [str(problem) for problem in examine(folder)[1]] == [
        "elements.toml, kindergarten.children: measure '5' is not a text",
        "projects.toml, canteen: planned '1300' is not a number",
        "tasks.toml, 13: section '9' is not a section",
    ]


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER_SMALL.glob("*.toml")))
def test_a_file_that_is_no_toml_is_the_only_mistake(tmp_path, file):
    folder = copy_of(FOLDER_SMALL, tmp_path)
    (folder / file).write_bytes("名称 = ".encode("gb18030"))
    found = examine(folder)[1]
    assert {problem.file for problem in found} == {file}
    assert "is not readable TOML" in str(found[0])


@pytest.mark.parametrize("file", sorted(path.name for path in FOLDER_SMALL.glob("*.toml")))
@pytest.mark.parametrize(
    "content", ["{table} = 5", "{table} = [1, 2]", "[{table}]\nx = 1", "[{table}.a]\nb = [3]", "{table} = []"]
)
def test_a_file_of_the_wrong_shape_is_a_mistake_and_no_exception(tmp_path, file, content):
    folder = copy_of(FOLDER_SMALL, tmp_path)
    (folder / file).write_text(content.format(table=file.removesuffix("s.toml").removesuffix(".toml")), "utf-8")
    found = examine(folder)[1]
    optional = file in ("baselines.toml", "subtargets.toml", "milestones.toml")
    assert found or (optional and content.endswith("[]"))
    assert all(str(problem) and problem.told("zh") for problem in found)


@pytest.mark.parametrize(
    ("quote", "measure", "found"),
    [
        ("完成1.5万名学生3000万元资助目标", "person", {15000}),
        ("完成1.5万名学生3000万元资助目标", "10k_yuan", {3000}),
        ("完成1.5万名学生3000万元资助目标", "yuan", {30000000}),
        ("投入0.3亿元", "10k_yuan", {3000}),
        ("奖励500元", "10k_yuan", {0.05}),
        ("达到1,500人以上", "person", {1500}),
        ("2021年达到46%", "percent", {2021, 46}),
        ("全面完成", "percent", set()),
    ],
)
def test_figures_are_read_in_the_measure_of_the_commitment(quote, measure, found):
    assert {float(number) for number in figures(quote, measure)} == found


def test_a_mistake_is_told_in_chinese_too(tmp_path):
    folder = broken_copy(tmp_path, "indicators.toml", '"kindergarten.children.public"]', '"kids.publc"]')
    [problem] = examine(folder)[1]
    assert problem.told("zh") == "indicators.toml，public-share，numerator：“kids.publc”不是数据项"
    assert problem.told("en") == "indicators.toml, public-share: numerator 'kids.publc' is not an element"


def test_numbers_that_feed_no_indicator_are_known():
    plan = load_plan(FOLDER_SMALL)
    assert [(e.code, serves_a_check(plan, e)) for e in unused_elements(plan)] == [
        ("children.other", True),
        ("sites", True),
    ]


def test_no_check_knows_the_city_or_the_year():
    for path in (FOLDER_2021.parents[2] / "catalogue").rglob("*.py"):
        text = path.read_text("utf-8")
        assert "抚顺" not in text and "2104" not in text, path


# The command


def test_the_command_says_in_chinese_that_all_is_well(capsys):
    assert main(["check", str(FOLDER_SMALL)]) == 0
    assert (
        capsys.readouterr()
        .out.splitlines()[-1]
        .endswith("2022-small：未发现错误（2项任务、6项承诺、6个指标、10个数据项、3个填报单位）。")
    )


def test_the_command_names_each_mistake_on_a_line_and_ends_with_their_number(tmp_path, capsys):
    folder = broken_copy(tmp_path, "units.toml", "[1, 2]", "[1, 1]")
    break_in(folder, "commitments.toml", "value = 46", "value = 64")
    assert main(["check", str(folder), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "commitments.toml, K02: value 64 is not in the quote '公办幼儿园在园幼儿占比达到46%'",
        "units.toml, 210403: tile [1, 1] already belongs to 210402",
        f"{folder}: mistakes found: 2.",
    ]


def test_the_command_says_when_entries_could_not_be_compared(tmp_path, capsys):
    folder = broken_copy(tmp_path, "plan.toml", "2021Q2 =", "2021Q5 =")
    assert main(["check", str(folder), "--lang", "en"]) == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "plan.toml: deadlines '2021Q5' is not a quarter like 2021Q4",
        "plan.toml or lights.toml cannot be read, so the entries were not held against each other; mend it and run again.",
    ]


@pytest.mark.parametrize(
    "arguments", [[], ["check", "no/such/folder"], ["check", "--lang", "fr"], ["check", "--strict"]]
)
def test_a_call_it_does_not_understand_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_the_plan_in_force_passes_from_the_shell():
    done = subprocess.run(
        [sys.executable, "-m", "catalogue", "check"], capture_output=True, text=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
