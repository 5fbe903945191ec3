"""Official yearly lists: every difference shown, applied as shown, never in a year that an edition used."""

import json
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from budgets.lists import lists_in_force, lists_of, lock_lists
from budgets.models import AuditTrail, CodeChange, CodeList, Economic, ExpenditureLine, Function
from budgets.readers.headers import CodeRow
from budgets.yearly_lists import Named, Proposal, apply, compare, digest

SCHEME = "economic_dept"


def rows(**names: str) -> list[CodeRow]:
    return [CodeRow(f"第{number}行", code[1:], name, "") for number, (code, name) in enumerate(names.items(), start=2)]


@pytest.fixture
def keeper(db):
    return get_user_model().objects.create(username="管理员")


@pytest.fixture
def imported(keeper):
    def run(year: int, **names: str):
        proposal = Proposal(Economic, year, rows(**names), SCHEME, "目录.csv")
        return apply(proposal, by=keeper, seen=digest(proposal.compare()))

    return run


def refused(proposal: Proposal) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        proposal.compare()
    return caught.value.messages


def test_every_addition_rename_and_removal_is_shown(imported):
    imported(2025, _301="工资福利支出", _30101="基本工资", _302="商品和服务支出")

    difference = compare(SCHEME, 2026, rows(_301="工资支出", _30101="基本工资", _30102="津贴"))

    assert difference.additions == (Named("30102", "津贴"),)
    assert difference.renames == (Named("301", "工资支出", "工资福利支出"),)
    assert difference.removals == (Named("302", "商品和服务支出"),)
    assert (difference.unchanged, str(difference.against)) == (1, "暂用2025年正式目录")


def test_a_year_without_a_list_is_compared_with_the_shipped_one(db):
    difference = compare(SCHEME, 2025, rows(_301="工资福利支出"))

    assert str(difference.against) == "暂用2024年目录"
    assert (len(difference.removals), difference.unchanged) == (Economic.objects.count() - 1, 1)


def test_only_the_official_list_is_in_force_in_its_year(imported):
    imported(2025, _301="工资支出")

    codes = {year: Economic.objects.worst_first(year).values_list("code", flat=True) for year in (2024, 2025, 2026)}

    assert (len(codes[2024]) > 100, list(codes[2025]), list(codes[2026])) == (True, ["301"], ["301"])
    assert Economic.objects.names_in(2025, ["301", "30101"]) == {"301": "工资支出", "30101": "基本工资"}
    assert Economic.objects.names_in(2024, ["301"]) == {"301": "工资福利支出"}
    assert Economic.objects.not_in_force(2025, ["30101", "301"]) == ["30101"]


def test_a_list_of_the_same_year_leaves_the_shipped_one_to_other_years(imported):
    imported(2024, _301="工资支出")

    assert Economic.objects.names_in(2024, ["301"]) == {"301": "工资支出"}
    assert Economic.objects.names_in(2023, ["301"]) == {"301": "工资福利支出"}
    call_command("load_codes", stdout=StringIO())
    assert Economic.objects.names_in(2024, ["301"]) == {"301": "工资支出"}


def test_the_lists_of_the_budgets_are_apart(keeper):
    fund = [CodeRow("第2行", "208", "社会保障和就业支出", ""), CodeRow("第3行", "20822", "移民基金", "")]
    proposal = Proposal(Function, 2025, fund, "functional_fund")
    apply(proposal, by=keeper, seen=digest(proposal.compare()))

    in_force = Function.objects.worst_first(2025)

    assert sorted(in_force.filter(kind="functional_fund").values_list("code", flat=True)) == ["208", "20822"]
    assert in_force.filter(kind="functional_general", code="2013201").exists()
    assert {key: str(found) for key, found in lists_in_force(2025).items()} == {
        "functional_general": "暂用2024年目录",
        "functional_fund": "2025年正式目录",
        "functional_capital": "暂用2024年目录",
        "economic_dept": "暂用2024年目录",
        "economic_gov": "暂用2024年目录",
        "procurement": "尚无目录",
    }


def test_a_file_may_name_the_budget_of_each_row(db):
    mixed = [CodeRow("第2行", "201", "甲", "一般公共预算"), CodeRow("第3行", "223", "乙", "国有资本经营预算")]

    assert [found.scheme for found in Proposal(Function, 2025, mixed).compare()] == [
        "functional_general",
        "functional_capital",
    ]
    assert refused(Proposal(Function, 2025, mixed, "functional_general")) == [
        "第3行：“所属预算”是“国有资本经营预算”，与所选的目录不符。"
    ]


def test_every_problem_is_reported_with_its_row(db):
    wrong = [*rows(_301="工资", _30301="补助", _501="机关", _302="", _3="类"), CodeRow("第9行", "301", "又", "")]

    assert refused(Proposal(Economic, 2025, [*wrong, CodeRow("第10行", "", "合计", "")], SCHEME)) == [
        "第3行：编码30301的上级303不在目录里。",
        "第4行：编码“501”不对。部门经济分类编码应为3开头的3或5位数字（类、款）。",
        "第5行：缺少名称。",
        "第6行：编码“3”不对。部门经济分类编码应为3开头的3或5位数字（类、款）。",
        "第9行：编码301与第2行重复。",
        "第10行：缺少编码。",
    ]
    assert refused(Proposal(Economic, 1925, rows(_301="工资"), SCHEME)) == ["年度应在2000至2100之间。"]


def test_a_second_file_of_a_year_replaces_the_first(imported):
    imported(2025, _301="工资", _302="商品")

    [difference] = imported(2025, _301="工资福利", _303="补助")

    assert str(difference.against) == "2025年正式目录"
    assert [len(part) for part in (difference.additions, difference.renames, difference.removals)] == [1, 1, 1]
    assert list(Economic.objects.worst_first(2025).order_by("code").values_list("code", "name")) == [
        ("301", "工资福利"),
        ("303", "补助"),
    ]


def test_what_data_use_is_not_removed_by_a_second_file(imported, disclosure):
    imported(2025, _302="商品", _30201="办公")
    ExpenditureLine.objects.filter(economic__code="30201").update(
        economic=Economic.objects.get(code="30201", vintage=2025)
    )

    assert refused(Proposal(Economic, 2025, rows(_302="商品"), SCHEME)) == [
        "新目录里没有这些科目，但已有数据使用：30201 办公。请先把这些数据改用其他科目。"
    ]


def test_what_is_confirmed_is_what_was_shown(imported, keeper):
    proposal = Proposal(Economic, 2025, rows(_301="工资"), SCHEME)
    seen = digest(proposal.compare())
    imported(2025, _301="别人导入的")

    with pytest.raises(ValidationError, match="预览之后目录有了变化"):
        apply(proposal, by=keeper, seen=seen)

    assert Economic.objects.names_in(2025, ["301"]) == {"301": "别人导入的"}


def test_renames_between_official_lists_are_recorded_and_the_import_is_audited(imported, keeper):
    imported(2025, _301="工资", _302="商品")
    imported(2026, _301="工资福利", _302="商品")

    change = CodeChange.objects.get(scheme=SCHEME, last_year_of_old=2025)
    trail = AuditTrail.objects.last()

    assert (change.old_code, change.old_name, change.new_name) == ("301", "工资", "工资福利")
    assert (trail.actor, trail.target) == (keeper, "2026年部门预算支出经济分类")
    assert json.loads(trail.detail)["renames"] == [["301", "工资福利", "工资"]]


def test_a_year_that_an_edition_used_is_not_edited(edition, imported):
    message = "2022年的公开版次用过2022年的部门预算支出经济分类，这一年度的目录不能再改。"

    assert refused(Proposal(Economic, 2022, rows(_301="工资"), SCHEME)) == [message]
    with pytest.raises(ValidationError, match="2022年的公开版次用过2022年目录"):
        Economic(code="399", name="其他", vintage=2022).full_clean()
    assert set(CodeList.objects.filter(year=2022, used=True).values_list("scheme", flat=True)) >= {SCHEME}


def test_a_used_year_keeps_its_list_whatever_is_imported_for_earlier_years(edition, imported):
    before = Economic.objects.names_in(2022, ["301"])

    imported(2021, _301="工资")

    assert Economic.objects.names_in(2022, ["301"]) == before
    assert str(lists_in_force(2022)[SCHEME]) == "暂用2024年目录"
    assert Economic.objects.names_in(2023, ["301"]) == {"301": "工资"}


def test_a_list_lent_to_a_used_year_is_not_edited(imported):
    imported(2025, _301="工资")
    lock_lists(2026)

    assert "2026年的公开版次用过2025年" in refused(Proposal(Economic, 2025, rows(_301="改名"), SCHEME))[0]
    assert "2026年的公开版次用过2025年目录" in Economic.objects.get(vintage=2025).locked()


def test_names_and_lists_take_the_same_queries_for_more(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        Function.objects.names_in(2025, ["201", "2013201", "9"])
    with django_assert_num_queries(2):
        lists_of([2022], [SCHEME])
    with django_assert_num_queries(2):
        lists_of([2022, 2023, 2024], [SCHEME])


def test_a_new_code_of_an_official_year_belongs_to_its_list(imported):
    imported(2025, _301="工资")

    Economic.objects.create(code="302", name="商品", vintage=2025)

    assert Economic.objects.names_in(2025, ["302"]) == {"302": "商品"}
    assert Economic.objects.not_in_force(2025, ["302"]) == []


def test_the_command_shows_the_difference_and_fails_on_problems(db, tmp_path):
    file, said = tmp_path / "目录.csv", StringIO()
    file.write_text("编码,名称\n301,工资\n30101,基本工资\n", encoding="gb18030")

    call_command("import_codes", SCHEME, "2025", str(file), "--dry-run", stdout=said)

    assert "改名 301 工资福利支出 → 工资" in said.getvalue()
    assert not CodeList.objects.filter(year=2025, official=True).exists()
    with pytest.raises(CommandError, match="--by"):
        call_command("import_codes", SCHEME, "2025", str(file), stdout=said)
    file.write_text("编码,名称\n301,\n", encoding="utf-8")
    with pytest.raises(CommandError, match="第2行：缺少名称"):
        call_command("import_codes", SCHEME, "2025", str(file), stdout=said)
