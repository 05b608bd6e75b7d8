"""One thing wrong in a plan folder, and exactly what its maintainer hears: file, entry, field, problem."""

from __future__ import annotations

import pytest
from plan_fixtures import FOLDER_SMALL, broken_copy, copy_of

from catalogue.load import examine

# A case a line.
# fmt: off
# file, after, old, new, what is said
READING = [
    ("plan.toml", "", 'last = "2021Q4"', 'last = "2021"', "plan.toml: last '2021' is not a quarter like 2021Q4"),
    ("units.toml", "210403", 'kind = "county"', 'kind = "town"', "units.toml, 210403: kind 'town' is not one of county, direct"),
    ("units.toml", "210403", "tile = [1, 2]", "tile = [1]", "units.toml, 210403: tile [1] has 1 parts, not 2"),
    ("units.toml", "210403", "tile = [1, 2]", "", "units.toml, 210403: tile is missing"),
    ("tasks.toml", "number = 7", "units_text", "remark = ''\nunits_text", "tasks.toml, 7: remark is not a field we know"),
    ("elements.toml", "A02", 'measure = "person"', "measure = 5", "elements.toml, kindergarten.children: measure '5' is not a text"),
    ("milestones.toml", "01-3", "due = 2021-12-31", 'due = "2021-12-31"', "milestones.toml, 01-3: due '2021-12-31' is not a date like 2021-12-31"),
    ("commitments.toml", "K14", "value = 15000", 'value = "1.5万"', "commitments.toml, K14: value '1.5万' is not a number"),
    ("commitments.toml", "", '"K39"', '"K38"', "commitments.toml, K38: id is written twice"),
    ("elements.toml", "", '"kindergarten.sites"', '"task.sites"', "elements.toml, task.sites: code begins like the codes made from projects, tasks and milestones"),
    ("lights.toml", "[pace]", "yellow_within = 30", "", "lights.toml: pace_yellow_within is missing"),
    ("forms.toml", "[form.sheets]", 'safety = "校园安全与保障"', "safety = true", "forms.toml, county: sheets 'True' is not a text"),
]
REFERENCES = [
    ("plan.toml", "", "2021Q3 = 2021-10-11\n", "", "plan.toml, deadlines: 2021Q3 is missing"),
    ("plan.toml", "", "2021-04-12", "2021-03-12", "plan.toml, deadlines: 2021Q1 2021-03-12 is before 2021-03-31"),
    ("plan.toml", "", "2021-07-12", "2021-10-12", "plan.toml, deadlines: 2021Q3 2021-10-11 is not after 2021-10-12"),
    ("plan.toml", "", '"2020Q4"', '"2021Q1"', "plan.toml: baseline_period 2021Q1 is not before 2021Q1"),
    ("plan.toml", "", 'city_en = "Fushun"', 'city_en = "抚顺"', "plan.toml: city_en '抚顺' is not English"),
    ("units.toml", "", '"210402"', '"21040"', "units.toml, 21040: code is not six digits"),
    ("units.toml", "210403", "[1, 2]", "[1, 1]", "units.toml, 210403: tile [1, 1] already belongs to 210402"),
    ("units.toml", "210423", "清原县", "新宾县", "units.toml, 210423: aliases '新宾县' already names 210422"),
    ("departments.toml", 'code = "organisation"', "name_en = 'Organisation Department'", "name_en = ''", "departments.toml, organisation: name_en is empty"),
    ("tasks.toml", "number = 12", '"college", ', '"colleges", ', "tasks.toml, 12: departments 'colleges' is not a department"),
    ("tasks.toml", "number = 12", "section = 3", "section = 6", "tasks.toml, 12: section '6' is not a section"),
    ("tasks.toml", "number = 30", 'reporter = "office"', "", "milestones.toml, 30-2: department 'office' is not a department of task 30\ntasks.toml, 30: reporter is wanted: 'related-offices', named first, files no return"),
    ("milestones.toml", "01-3", 'department = "organisation"', 'department = "finance"', "milestones.toml, 01-3: department 'finance' is not a department of task 1"),
    ("milestones.toml", "01-3", "2021-12-31", "2022-01-31", "milestones.toml, 01-3: due 2022-01-31 lies outside the plan, 2021Q1 to 2021Q4"),
    ("milestones.toml", "01-3", "加强教育培训工作", "抓好教育培训工作", "milestones.toml, 01-3: quote '抓好教育培训工作' is not in the text of task 1"),
    ("elements.toml", "", 'row = "A03"', 'row = "A02"', "elements.toml, kindergarten.children.public: row 'A02' is already that of kindergarten.children on the same sheet"),
    ("elements.toml", "A12", '"210422"', '"210499"', "elements.toml, kindergarten.anji_pilots: units '210499' is not a unit"),
    ("elements.toml", "A12", '"210422"', '"210421"', "indicators.toml, anji-pilots: units expects 'kindergarten.anji_pilots' from 210422, who do not report it"),
    ("elements.toml", "A06", '"inclusive-coverage"', '"coverage"', "elements.toml, kindergarten.coverage_ratio: ratio_of 'coverage' is not an indicator"),
    ("elements.toml", "A01", 'measure = "kindergarten"', 'measure = "nursery"', "elements.toml, kindergarten.sites: measure 'nursery' has no wording measure.nursery"),
    ("elements.toml", "C06", "due_from = 3", "due_from = 4", "indicators.toml, vocational-employment: due_from is before quarter 4, when 'vocational.graduates' is first due"),
    ("forms.toml", "within", '"kindergarten.estate.public"', '"kindergarten.estates"', "forms.toml, county: within 'kindergarten.estates' is not an element"),
    ("forms.toml", "within", '"kindergarten.estate.public"', '"bureau.services"', "forms.toml, county: within 'bureau.services' belongs to the form 'department'"),
    ("forms.toml", "[form.totals]", '"aid.pupils.preschool"', '"aid.amount"', "forms.toml, county: totals 'aid.amount' is in '10k_yuan', 'aid.pupils' in 'person'"),
    ("forms.toml", "caps", "1443, 110", "1434, 110", "forms.toml, project: caps is 1434; projects.toml plans 1443 for 'project.campus.invested'"),
    ("forms.toml", "[choices.progress]", "[choices.progress]", "[choices.state]", "forms.toml, choices: progress is missing"),
    ("plan.toml", "", "project_task = 20", "project_task = 31", "plan.toml: project_task '31' is not a task"),
    ("indicators.toml", "public-share", '["kindergarten.children.public"]', '["kids.publc"]', "indicators.toml, public-share: numerator 'kids.publc' is not an element"),
    ("indicators.toml", "public-share", 'units = "all"', 'units = "everybody"', "indicators.toml, public-share: units 'everybody' is neither a unit nor a department"),
    ("indicators.toml", "public-share", "scale = 100", "scale = 1", "indicators.toml, public-share: scale is 1, not 100 as 'percent' needs"),
    ("indicators.toml", "toilets", 'units = "counties"', 'units = "all"', "indicators.toml, toilets: units expects 'toilets.renovated' from 210400, who do not report it"),
    ("commitments.toml", '"K01"', "task = 10", "task = 11", "commitments.toml, K01: quote '普惠性幼儿园学位覆盖率达到80%以上' is not in the text of task 11"),
    ("commitments.toml", '"K01"', "value = 80", "value = 85", "commitments.toml, K01: value 85 is not in the quote '普惠性幼儿园学位覆盖率达到80%以上'"),
    ("commitments.toml", '"K14"', "value = 15000", "value = 1.5", "commitments.toml, K14: value 1.5 is not in the quote '完成1.5万名学生3000万元资助目标'"),
    ("commitments.toml", '"K13"', "numeral = true", "", "commitments.toml, K13: numeral is false, but the quote writes 13"),
    ("commitments.toml", '"K01"', 'indicator = "inclusive-coverage"', 'indicator = "inclusive"', "commitments.toml, K01: indicator 'inclusive' is not an indicator"),
    ("commitments.toml", '"K07"', 'measure = "person"', 'measure = "person_time"', "commitments.toml, K07: measure is 'person_time', that of trainees is 'person'"),
    ("commitments.toml", '"K04"', 'scope = "each"', 'scope = "sum"', "commitments.toml, K04: scope is 'sum', that of education-groups is 'each'"),
    ("commitments.toml", '"K06"', "value = 0", "value = 3", "commitments.toml, K06: value is 3, not 0"),
    ("commitments.toml", '"K16"', "value = 100", "", "commitments.toml, K16: value is missing for 'eq'"),
    ("commitments.toml", '"D01"', 'operator = "down"', 'operator = "down"\nvalue = 5', "commitments.toml, D01: value is given, but 'down' has none"),
    ("commitments.toml", '"D01"', 'operator = "down"', 'operator = "up"', "commitments.toml, D01: operator 'up' does not fit an indicator where 'lower' is better"),
    ("commitments.toml", '"K18"', 'light = "frequency"', 'light = "pace"', "commitments.toml, K18: light 'pace' cannot judge 'frequency' with 'ge', but frequency can"),
    ("commitments.toml", '"K20"', 'due = "2021Q4"', 'due = "2022Q1"', "commitments.toml, K20: due 2022Q1 lies outside the plan, 2021Q1 to 2021Q4"),
    ("commitments.toml", '"K05"', 'nature = "stock"', 'nature = "flow"', "commitments.toml, K05: nature is 'flow', but 'compulsory.rural_paired' is reported as 'stock'"),
    ("milestones.toml", "05-1", '"planning"', '"all-offices"', "milestones.toml, 05-1: department 'all-offices' files no return"),
    ("forms.toml", "means", "500, 5000", "5000, 500", "forms.toml, county: means of 'aid.amount' are no range: 5000 to 500, factor 10000"),
    ("projects.toml", "canteen", "area = 7900", "area = -7900", "commitments.toml, K10: value is 7900; projects.toml plans -7900 for 'canteen'\nprojects.toml, canteen: area is not above zero"),
    ("commitments.toml", '"K16"', "value = 100", "value = 101", "commitments.toml, K16: value is 101, not between 0 and 100"),
    ("commitments.toml", '"K16"', "value = 100", "value = 90", "commitments.toml, K16: value is 90, not 100"),
    ("commitments.toml", '"K16"', '"threshold"', '"pace"', "commitments.toml, K16: light pace does not fit the ratio 'alarm-coverage'"),
]
IDLE = """[[department]]
code = "idle"
name = "综合科"
name_en = "General Office"

[[department]]"""
# the same in the small plan; file, old, new, what is said
SMALL = [
    ("subtargets.toml", '"990102"', '"990199"', "subtargets.toml, A2: unit '990199' is not a unit"),
    ("subtargets.toml", '"990102"', '"990121"', "subtargets.toml: 'A2 990121' is named twice"),
    ("subtargets.toml", '"A2"', '"A9"', "subtargets.toml, A9: commitment 'A9' is not a promise"),
    ("baselines.toml", "inclusive-share", "share", "baselines.toml, share: indicator 'share' is not an indicator"),
    ("forms.toml", 'meetings = "例会"', 'meetings = "例会"\nlists = "名单"', "forms.toml, office: sheets 'lists' has no elements"),
    ("forms.toml", 'safety = "校园安全"', 'safety = "安全/卫生"', "forms.toml, quarterly: sheets '安全/卫生' cannot be the name of a sheet"),
    ("forms.toml", 'reporter = "city"', 'reporter = "department"', "forms.toml, history: reporter already has the form 'office'\nforms.toml, history: sheets 'milestones' is missing\nforms.toml, history: sheets 'tasks' is missing"),
    ("indicators.toml", 'denominator = ["children"], ', "", "commitments.toml, A1: nature does not fit: 'inclusive-share' is not a ratio\nelements.toml, children.ratio: ratio_of does not fit: 'inclusive-share' is not a ratio\nindicators.toml, inclusive-share: denominator is missing for a 'percent'"),
    ("units.toml", 'code = "990100"', 'code = "basic"', "departments.toml, basic: code already means something else"),
    ("units.toml", "tile = [0, 1]", "tile = [0, -1]", "units.toml, 990102: tile is below zero"),
    ("units.toml", "tile = [0, 1]", 'tile = "0,1"', "units.toml, 990102: tile '0,1' is not a list"),
    ("plan.toml", "demo = true", 'demo = "yes"', "plan.toml: demo 'yes' is not true or false"),
    ("plan.toml", 'first = "2022Q1"', 'first = "2022Q2"', "plan.toml: first 2022Q2 to 2022Q4 is not one year from its first quarter on\nplan.toml, deadlines: 2022Q1 lies outside the plan, 2022Q2 to 2022Q4"),
    ("plan.toml", 'last = "2022Q4"', 'last = "2021Q4"', "plan.toml: last 2021Q4 is before 2022Q1"),
    ("lights.toml", "= 20", "= -20", "lights.toml: pace_yellow_within is below zero"),
    ("lights.toml", "soft = 0.6", "soft = 1.1", "lights.toml: attention_soft is above one"),
    ("departments.toml", "[[department]]", IDLE, "departments.toml, idle: reports is true, but no task, milestone or element is its own"),
    ("tasks.toml", "section = 1", 'section = "1"', "tasks.toml, 1: section '1' is not a whole number"),
    ("elements.toml", 'row = "Y05"', 'row = "Y05", choices = [["a", "甲"]]', "elements.toml, sites: choices are given, but the kind is 'integer'"),
    ("elements.toml", 'row = "Y05"', 'row = "Y05", kind = "choice"', "elements.toml, sites: choices is missing\nforms.toml, quarterly: within 'sites' is not a number"),
    ("elements.toml", 'row = "Y05"', 'row = "Y05", due_from = 5', "elements.toml, sites: due_from 5 is not a quarter, 1 to 4"),
    ("elements.toml", "safety = [", "security = [", "elements.toml, incidents: sheet 'security' is not a sheet of the form 'quarterly'\nforms.toml, quarterly: sheets 'safety' has no elements"),
    ("elements.toml", 'measure = "percent"', 'measure = "ratio"', "elements.toml, children.ratio: measure is 'ratio', that of its indicator 'percent'"),
    ("forms.toml", '["children.inclusive", "children.other"]', "[]", "forms.toml, quarterly: totals 'children' has no parts"),
    ("forms.toml", "[form.checks]", '[form.column_totals]\n"sites" = "sites.model"\n[form.checks]', "forms.toml, quarterly: column_totals is only for forms filed by projects"),
    ("forms.toml", 'version = "2022.1"', 'version = "2022.1"\nreplaces = ["2022.1"]', "forms.toml, quarterly: replaces '2022.1' is the present version"),
    ("indicators.toml", '["children.inclusive"]', '["children.ratio"]', "indicators.toml, inclusive-share: numerator 'children.ratio' is a typed ratio, only a cross-check"),
    ("indicators.toml", 'units = "counties", measure = "kindergarten"', 'units = "counties", measure = "school"', "commitments.toml, A2: measure is 'kindergarten', that of new-sites is 'school'\nindicators.toml, new-sites: measure is 'school', that of 'sites.new' is 'kindergarten'"),
]
# fmt: on


@pytest.mark.parametrize(
    ("file", "after", "old", "new", "said"), [*READING, *REFERENCES], ids=lambda value: str(value)[:40]
)
def test_one_thing_wrong_gives_one_mistake_with_file_entry_and_field(tmp_path, file, after, old, new, said):
    folder = broken_copy(tmp_path, file, old, new, after)
    assert "\n".join(str(problem) for problem in examine(folder)[1]) == said


@pytest.mark.parametrize(("file", "old", "new", "said"), SMALL, ids=lambda value: str(value)[:40])
def test_so_it_does_in_another_plan_with_optional_files(tmp_path, file, old, new, said):
    folder = broken_copy(tmp_path, file, old, new, of=FOLDER_SMALL)
    assert "\n".join(str(problem) for problem in examine(folder)[1]) == said


@pytest.mark.parametrize("file", ["departments.toml", "elements.toml", "commitments.toml", "lights.toml"])
def test_a_missing_file_is_the_only_mistake(tmp_path, file):
    folder = copy_of(FOLDER_SMALL, tmp_path)
    (folder / file).unlink()
    assert [str(problem) for problem in examine(folder)[1]] == [f"{file}: the file is missing"]


@pytest.mark.parametrize("file", ["baselines.toml", "subtargets.toml"])
def test_a_file_that_may_be_missing_is_no_mistake(tmp_path, file):
    folder = copy_of(FOLDER_SMALL, tmp_path)
    (folder / file).unlink()
    assert examine(folder)[1] == []
