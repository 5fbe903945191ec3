"""A clerk with a deadline, in a real browser: mistakes answered in Chinese, other people's rows out of reach."""

import re
from pathlib import Path

import pytest
from desk import SAVE, accounts_of, add, fill, fits, manage, save, search_in_picker, sign_in, sign_in_first
from serving import keep

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GIVEN = "Xin-Ren-Kou-Ling-7"
LINE = "/admin/budgets/expenditureline/20/change/"
PAGES = {
    "index": "",
    "list": "budgets/expenditureline/",
    "form": "budgets/expenditureline/20/change/",
    "goal": "performance/projectgoal/1/change/",
    "budget": "budgets/budget/1/change/",
    "import": "budgets/revenueline/import/",
    "export": "budgets/revenueline/export/",
    "history": "budgets/expenditureline/20/history/",
    "delete": "budgets/expenditureline/20/delete/",
    "preview": "disclosure/disclosure/1/preview/",
}
OTHER = """
from budgets.models import Budget, Department, FiscalYear, RevenueLine
year = FiscalYear.objects.get()
other, _ = Department.objects.get_or_create(government=year.government, code="298", name="外部门", full_name="外部门")
unit, _ = other.units.get_or_create(code="298001", name="外单位", affiliation="head")
budget, _ = Budget.objects.get_or_create(fiscal_year=year, department=other)
print("row", RevenueLine.objects.create(budget=budget, unit=unit, source="general", amount=77777).pk)
"""
REVIEWED = """
from disclosure.models import Disclosure
from disclosure.sample.crew import store_crew, walk
disclosure = Disclosure.objects.get(budget__department__code="299")
department = disclosure.budget.department
walk(disclosure, store_crew(department.government, "demo", department), reason="试填")
"""


@pytest.fixture(scope="session")
def passwords(place) -> dict[str, str]:
    return accounts_of(place)


@pytest.fixture
def clerk(visit, site, passwords):
    """A clerk's browser, signed in; the browser itself prefers English."""
    page = visit(locale="en-US")
    sign_in(page, site, "demo-clerk", passwords["demo-clerk"])
    return page


def correct(page, site: str, amount: str) -> None:
    page.goto(f"{site}{LINE}")
    page.fill("#id_amount", amount)
    save(page)


def preview(page, site: str) -> str:
    page.goto(f"{site}/admin/disclosure/disclosure/1/change/")
    page.get_by_role("link", name="预览网页").click()
    return page.locator("#table-basic_expenditure").inner_text()


def test_a_wrong_amount_is_explained_at_its_field_and_a_right_one_shows_in_the_preview(clerk, site):
    clerk.goto(f"{site}{LINE}")
    before = clerk.input_value("#id_amount")

    clerk.fill("#id_amount", "76900.001")
    clerk.click(SAVE)
    complaint, typed = clerk.locator(".field-amount .errorlist").inner_text(), clerk.input_value("#id_amount")
    keep(clerk, "admin-error-1280")
    correct(clerk, site, "８６，９００")
    shown = preview(clerk, site)
    obstacle = clerk.locator(".banner").inner_text()
    correct(clerk, site, before)

    assert complaint == "金额“76900.001”元精确到了分以下，请核对。"
    assert typed == "76900.001"
    assert "39.27" in shown
    assert obstacle.startswith("收入总计10908800.00元与支出总计10918800.00元不相等，相差10000.00元。")
    assert "39.27" not in preview(clerk, site)


def test_another_departments_row_is_not_opened_by_address(clerk, site, place):
    number = re.search(r"row (\d+)", manage(place, "shell", "-c", OTHER))[1]

    clerk.goto(f"{site}/admin/budgets/revenueline/{number}/change/")

    assert clerk.url == f"{site}/admin/"
    assert "77777" not in clerk.content()
    clerk.goto(f"{site}/admin/budgets/revenueline/")
    assert "外单位" not in clerk.content()


def test_functions_are_picked_by_initials_and_by_code(clerk, site):
    for typed, offered in (("zzsw", "20132 组织事务（"), ("2013201", "2013201 行政运行（")):
        clerk.goto(f"{site}/admin/budgets/expenditureline/add/")
        search_in_picker(clerk, "function", typed)

        assert clerk.locator(".select2-results__option--highlighted").inner_text().startswith(offered)
        keep(clerk, "admin-picker-1280")


@pytest.mark.parametrize("width", [1280, 360])
def test_every_sort_of_page_is_looked_at(clerk, site, width):
    clerk.set_viewport_size({"width": width, "height": 900})
    for name, address in PAGES.items():
        clerk.goto(f"{site}/admin/{address}")
        keep(clerk, f"admin-{name}-{width}")

        assert clerk.locator("h1").count() >= 1
        assert fits(clerk) or name == "list"


def upload(page, site: str, path: Path) -> str:
    page.goto(f"{site}/admin/budgets/revenueline/import/")
    page.set_input_files("input[type=file]", path)
    page.select_option("select[name=format]", label="csv")
    page.click("input[type=submit]")
    return page.locator("#content").inner_text()


def test_a_file_is_previewed_then_taken_whole_or_not_at_all(clerk, site, tmp_path):
    clerk.goto(f"{site}/admin/budgets/revenueline/export/")
    clerk.select_option("select[name=format]", label="csv")
    with clerk.expect_download() as download:
        clerk.click("input[type=submit]")
    path = tmp_path / "收入.csv"
    download.value.save_as(path)
    text = path.read_text(encoding="utf-8-sig")

    path.write_bytes(text.replace("203002", "999999").replace("730000", "七十三万").encode())
    problems = upload(clerk, site, path)
    keep(clerk, "admin-import-problems-1280")
    path.write_bytes(text.replace("730000", "730001").encode("gb18030"))
    previewed = upload(clerk, site, path)
    keep(clerk, "admin-import-preview-1280")
    clerk.get_by_role("button", name="确认导入").click()
    taken = clerk.locator("#result_list").inner_text()
    path.write_text(text, encoding="utf-8")
    upload(clerk, site, path)
    clerk.get_by_role("button", name="确认导入").click()

    assert "第3行：单位编码：单位编码“999999”" in problems
    assert "单位编码“999999”没有找到，或不在您的权限范围内。" in problems
    assert "“七十三万.00”不是金额" in problems
    assert "没有导入任何内容" in problems
    assert "预览：新增0行，修改1行，不变3行" in previewed
    assert "730000.00 → 730001.00" in previewed
    assert "730001.00" in taken
    assert "730001.00" not in clerk.locator("#result_list").inner_text()


@pytest.mark.timeout(600)
def test_a_new_department_is_entered_by_hand_and_published(visit, fresh_site, fresh_place):
    page, passwords = visit(), accounts_of(fresh_place)
    _register(page, fresh_site, passwords)
    sign_in_first(page, fresh_site, "xinbumen", GIVEN, "Zi-Ji-De-Kou-Ling-8")
    _enter_figures(page, fresh_site)
    _enter_words(page, fresh_site)
    page.goto(f"{fresh_site}/admin/disclosure/disclosure/2/preview/")
    missing = page.locator(".banner").inner_text()
    for table in ("政府性基金预算支出表", "国有资本经营预算支出表", "政府采购预算表", "“三公”经费支出表"):
        add(page, fresh_site, "disclosure/emptytable", disclosure="299", table=table, reason="2022年没有安排")
    page.goto(f"{fresh_site}/admin/disclosure/disclosure/2/preview/")

    assert missing.startswith("以下表格没有数据，也没有空表说明：表九 部门预算财政拨款“三公”经费支出表、表七")
    assert page.locator(".banner").count() == 0
    manage(fresh_place, "shell", "-c", REVIEWED)
    assert "已公开" in manage(fresh_place, "publish", "299", "2022", "--by", "demo-publisher")
    page.goto(f"{fresh_site}/130303/2022/299/")
    assert page.locator(".lead").inner_text() == "2022年预算支出65.50万元，没有可以比较的上年预算数。"
    keep(page, "new-department-1280")


def _register(page, site: str, passwords: dict[str, str]) -> None:
    sign_in(page, site, "demo-system-administrator", passwords["demo-system-administrator"])
    add(page, site, "budgets/department", government="130303", code="299", name="示例局", full_name="示例区示例局")
    for code, name, how in (("299001", "示例局本级", "本级"), ("299002", "示例中心", "所属单位")):
        add(page, site, "budgets/unit", department="299", code=code, name=name, affiliation=how)
    account = {"username": "xinbumen", "password1": GIVEN, "password2": GIVEN}
    add(page, site, "auth/user", **account)
    page.click("#logout-form button")
    sign_in(page, site, "demo-security-administrator", passwords["demo-security-administrator"])
    add(page, site, "budgets/membership", user="xinbumen", role="经办人", government="130303", department="299")
    page.click("#logout-form button")


def _enter_figures(page, site: str) -> None:
    add(page, site, "budgets/budget", fiscal_year="2022", department="299")
    for unit, nature in (("299001", "行政"), ("299002", "事业")):
        add(page, site, "budgets/unitprofile", unit=unit, year="2022", nature=nature, rank="正科级")
    project = "13030322P000000000299"
    add(page, site, "budgets/project", code=project, name="示例项目", unit="299001", category="特定目标类")
    paid = {"budget": "299", "source": "一般公共预算拨款"}
    for unit, amount in (("299001", "600,000"), ("299002", "55000")):
        add(page, site, "budgets/revenueline", **paid, unit=unit, amount=amount)
    basic = {**paid, "kind": "基本支出–公用经费", "economic": "30201"}
    add(page, site, "budgets/expenditureline", **basic, unit="299001", function="2013201", amount="500000")
    add(page, site, "budgets/expenditureline", **basic, unit="299002", function="2013250", amount="55000")
    spent = {"unit": "299001", "kind": "项目支出", "project": project, "function": "2013202", "amount": "100000"}
    add(page, site, "budgets/expenditureline", **paid, **spent)
    add(page, site, "budgets/threepubliccost", budget="299", unit="299001", item="公务接待费", amount="0")
    held = {"category": "车辆", "quantity": "1", "measure": "辆", "value": "120000", "as_of": "2021-12-31"}
    add(page, site, "budgets/assetholding", budget="299", unit="299001", **held)


def _enter_words(page, site: str) -> None:
    add(page, site, "disclosure/disclosure", budget="299", publisher="示例区示例局")
    for key, text in (("部门职责", "负责示例工作。"), ("其他需要说明的事项", "没有。")):
        add(page, site, "disclosure/narrative", disclosure="299", key=key, text=text)
    term = {"term": "基本支出", "explanation": "保障机构正常运转的支出。"}
    add(page, site, "disclosure/glossaryterm", disclosure="299", position="1", **term)
    add(page, site, "performance/overallgoal", budget="299", text="办好示例工作。", safeguards="加强管理。")
    add(page, site, "performance/dutygoal", budget="299", position="1", duty="示例职责", goal="完成示例任务")
    page.goto(f"{site}/admin/performance/projectgoal/add/")
    plan = {"plan_march": "20", "plan_june": "45", "plan_october": "80", "plan_december": "100"}
    fill(page, {"budget": "299", "project": "示例项目", "position": "1", "purpose": "示例用途", **plan})
    page.locator("#statements-group .add-row a").click()
    page.fill("#id_statements-0-number", "1")
    page.fill("#id_statements-0-text", "完成示例任务")
    page.locator("#indicators-group .add-row a").click()
    page.fill("#id_indicators-0-position", "1")
    page.locator("#indicators-0 .field-classified .select2-selection").click()
    page.locator(".select2-search__field").fill("数量")
    page.wait_for_selector(".select2-results__option--highlighted")
    page.keyboard.press("Enter")
    page.fill("#id_indicators-0-name", "任务数")
    page.select_option("#id_indicators-0-operator", label="≥")
    page.fill("#id_indicators-0-value", "1")
    page.fill("#id_indicators-0-measure", "项")
    keep(page, "admin-goal-new-1280")
    save(page)
