"""The clerk's admin: Chinese, constant in queries, small in what a save posts, locked where an edition stands."""

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories import a_row_of_everything, a_unit

from budgets.enums import Role
from budgets.models import Economic, Function, Government, Membership
from performance.models import ProjectGoal

REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
KNOWN = {"xzyx", "CSV", "csv", "xlsx", "XLSX", "Excel", "WPS", "PDF", "JSON", "SHA", "ICP", "PNG", "WebP"}


@pytest.fixture
def everything(db):
    """Somebody who holds every post of every government, so that every page can be looked at."""
    user = get_user_model().objects.create(username="全岗位", is_staff=True)
    for government in Government.objects.all():
        for role in Role:
            Membership.objects.create(user=user, role=role, government=government)
    return user


def info(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def count(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_every_list_takes_the_same_queries_for_more_rows(client, everything):
    a_row_of_everything(a_unit("130303", "299", "299001"))
    client.force_login(everything)
    addresses = {model.__name__: reverse(f"{info(model)}_changelist") for model in REGISTERED}
    before = {name: count(client, address) for name, address in addresses.items()}
    for code in ("299002", "299003"):
        a_row_of_everything(a_unit("130303", "299", code))

    after = {name: count(client, address) for name, address in addresses.items()}

    assert {name: (before[name], after[name]) for name in before if after[name] > before[name]} == {}
    assert max(after.values()) <= 16


def test_every_page_speaks_chinese_whatever_the_browser_asks_for(client, everything):
    a_row_of_everything(a_unit("130303", "299", "299001"))
    client.force_login(everything)
    english = {}
    for model in REGISTERED:
        pages = [f"{info(model)}_changelist"]
        if admin.site._registry[model].has_add_permission(client.get("/admin/").wsgi_request):
            pages.append(f"{info(model)}_add")
        for page in pages:
            text = client.get(reverse(page), headers={"accept-language": "en-US"}).content.decode()
            visible = re.sub(r"<(script|style|option|td|a|title)\b.*?</\1>|<[^>]+>|&\w+;", " ", text, flags=re.DOTALL)
            words = set(re.findall(r"[A-Za-z]{3,}", visible)) - KNOWN
            if words:
                english[page] = words

    assert english == {}


def test_a_save_never_posts_more_than_a_few_hundred_fields(client, everything, edition):
    client.force_login(everything)
    goal = ProjectGoal.objects.get(project__name="车辆保险费")

    text = client.get(reverse("admin:performance_projectgoal_change", args=[goal.pk])).content.decode()

    assert text.count(" name=") < 300
    assert max(len(page.inlines) for page in admin.site._registry.values()) == 2


@pytest.mark.parametrize(("model", "code"), [(Function, "2013201"), (Economic, "30201")])
def test_a_code_that_an_edition_prints_is_only_looked_at(client, everything, edition, model, code):
    client.force_login(everything)
    printed, free = model.objects.get(code=code), model.objects.filter(published=False).last()

    response = client.post(reverse(f"{info(model)}_change", args=[printed.pk]), {"name": "改名", "code": code})

    assert response.status_code == 403
    assert "submit-row" in client.get(reverse(f"{info(model)}_change", args=[free.pk])).content.decode()
    assert 'name="_save"' not in client.get(reverse(f"{info(model)}_change", args=[printed.pk])).content.decode()
    assert client.post(reverse(f"{info(model)}_delete", args=[printed.pk])).status_code == 403


def test_an_edition_is_only_looked_at(client, everything, edition):
    client.force_login(everything)
    address = reverse("admin:disclosure_edition_change", args=[edition.pk])

    assert 'name="_save"' not in client.get(address).content.decode()
    assert client.post(address, {"title": "改"}).status_code == 403


@pytest.mark.parametrize(
    ("term", "first"),
    [
        ("2013201", "2013201 行政运行（一般公共服务支出·组织事务）"),
        ("20132", "20132 组织事务（一般公共服务支出）"),
        ("zzsw", "20132 组织事务（一般公共服务支出）"),
        ("组织事务", "20132 组织事务（一般公共服务支出）"),
    ],
)
def test_codes_are_picked_by_code_name_and_initials(client, everything, term, first):
    client.force_login(everything)
    asked = {"app_label": "budgets", "model_name": "expenditureline", "field_name": "function", "term": term}

    results = client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert results[0]["text"] == first


def test_the_preview_shows_the_draft_and_what_stands_in_its_way(client, everything, disclosure):
    client.force_login(everything)
    address = reverse("admin:disclosure_preview", args=[disclosure.pk])

    clean = client.get(address).content.decode()
    disclosure.empty_tables.all().delete()
    obstructed = client.get(address).content.decode()

    assert "草稿预览，未公开" in clean
    assert 'class="banner"' not in clean
    assert "以下表格没有数据，也没有空表说明：表七" in obstructed


def test_the_pdf_preview_explains_a_missing_engine(client, everything, disclosure, monkeypatch):
    from disclosure.render import EngineMissingError, pdf

    def missing(_document, **_how):
        raise EngineMissingError

    client.force_login(everything)
    monkeypatch.setattr(pdf, "render", missing)

    response = client.get(reverse("admin:disclosure_preview_pdf", args=[disclosure.pk]))

    assert response.status_code == 503
    assert "PDF 引擎未安装" in response.content.decode()


def test_a_second_press_of_the_import_button_is_told_so(client, everything):
    client.force_login(everything)
    again = {"import_file_name": "gone-already", "original_file_name": "收入.csv", "format": "1", "resource": ""}

    response = client.post(reverse("admin:budgets_revenueline_process_import"), again, follow=True)

    assert response.redirect_chain == [(reverse("admin:budgets_revenueline_import"), 302)]
    assert "这个文件已经导入过，或预览已经过期" in response.content.decode()


def test_an_account_is_made_without_rights_and_roles_are_given_apart(client, everything):
    client.force_login(everything)
    form = {
        "username": "xinren",
        "first_name": "新人",
        "password1": "Xin-Ren-Kou-Ling-7",
        "password2": "Xin-Ren-Kou-Ling-7",
    }

    client.post(reverse("admin:auth_user_add"), {**form, "usable_password": "true"})
    user = get_user_model().objects.get(username="xinren")

    assert (user.is_staff, user.is_superuser, user.memberships.count()) == (True, False, 0)


def test_one_account_never_holds_two_of_the_three_administrators(db):
    user, government = get_user_model().objects.create(username="甲"), Government.objects.get()
    Membership.objects.create(user=user, role=Role.SYSTEM_ADMINISTRATOR, government=government)

    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError, match="三员分立"):
        Membership(user=user, role=Role.AUDIT_ADMINISTRATOR, government=government).full_clean()


def test_demo_accounts_are_printed_once_and_again_only_on_request(db):
    from io import StringIO

    from django.core.management import call_command

    first, again, reset = StringIO(), StringIO(), StringIO()
    call_command("demo_accounts", stdout=first)
    call_command("demo_accounts", stdout=again)
    call_command("demo_accounts", "--reset", stdout=reset)
    found = [dict(re.findall(r"(demo-[\w-]+)\s+(\S+)", said.getvalue())) for said in (first, reset)]

    assert len(found[0]) == len(found[1]) == len(Role)
    assert again.getvalue() == ""
    assert not set(found[0].values()) & set(found[1].values())
    user = get_user_model().objects.get(username="demo-clerk")
    assert user.check_password(found[1]["demo-clerk"])


def test_the_role_matrix_in_the_docs_is_the_one_in_force():
    from budgets.access import MATRIX, Area

    text = (Path(__file__).parents[2] / "docs" / "roles.md").read_text(encoding="utf-8")

    assert text.startswith(role_matrix(MATRIX, Area) + "\n")


def role_matrix(matrix, areas) -> str:
    """Write the first part of docs/roles.md; the second is the workflow's."""
    names = {
        "FACTS": "数据、绩效、文字",
        "CONTROL": "批复控制数",
        "DISCLOSURES": "公开事项",
        "REGISTER": "登记册",
        "CODES": "科目",
        "EDITIONS": "公开版次",
        "ROSTER": "公开名册例外",
        "ACCOUNTS": "账号",
        "ROLES": "岗位",
        "TRAIL": "审计轨迹",
    }
    lines = [
        "# 岗位与权限\n",
        "由测试核对，与 `budgets/access.py` 一致。“改”包括看、增、改、删；空白表示看不到。",
        "岗位只在自己的政府、部门或单位范围内有效；账号和岗位只停用、结束，不删除。",
        "三个管理员岗位不能由同一账号兼任，也不能与看得到未公开数据的岗位兼任。",
        "能改整个政府公开名册的，也能开放年度；能改批复控制数的，也能填批复日期（`disclosure/board/rights.py`）。\n",
        "| 岗位 | " + " | ".join(names[area.name] for area in areas) + " |",
        "|---|" + "---|" * len(areas),
    ]
    for role, rights in matrix.items():
        cells = ["改" if "change" in rights.get(area, ()) else "看" if rights.get(area) else "" for area in areas]
        lines.append(f"| {Role(role).label} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"
