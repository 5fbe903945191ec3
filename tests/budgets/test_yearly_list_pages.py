"""The pages on which an official list is imported: upload, preview, confirmation, and who may."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.enums import Role
from budgets.models import CodeChange, CodeList, Economic, EconomicCrosswalk, Government, Membership

LIST = reverse("admin:budgets_economic_yearly_list")
APPLY = reverse("admin:budgets_economic_yearly_list_apply")
PAGE = reverse("admin:budgets_economic_changelist")


def person(role: Role):
    user = get_user_model().objects.create(username=f"持{role}", is_staff=True)
    Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


@pytest.fixture
def keeper(client, db):
    user = person(Role.SYSTEM_ADMINISTRATOR)
    client.force_login(user)
    return user


def upload(client, text: str, year: int = 2025):
    file = SimpleUploadedFile("目录.csv", text.encode("gb18030"))
    return client.post(LIST, {"file": file, "year": year}).content.decode()


def token(text: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', text)[1]


def test_a_list_is_previewed_then_confirmed(client, keeper):
    text = upload(client, "名称,编码\n工资,301\n新科目,30198\n")

    assert "新增1个，改名1个" in text
    assert "<del>工资福利支出</del> → <ins>工资</ins>" in text
    assert "<td>删去</td><td>30101</td>" in text
    assert "（暂用2024年目录）比较" in text
    assert not CodeList.objects.filter(official=True).exists()

    done = client.post(APPLY, {"token": token(text)}, follow=True).content.decode()

    assert "已导入2025年部门预算支出经济分类的正式目录。" in done
    assert '2025年<span class="official">正式目录</span>' in done
    assert '2022年<span class="borrowed">暂用2024年目录</span>（已用于公开版次，不再改动）' in done
    assert Economic.objects.worst_first(2025).count() == 2


def test_a_preview_says_what_is_doubtful_in_the_file(client, keeper):
    text = upload(client, "名称,编码,数\n工资,301,1.30303199001011E+17\n")

    assert "<h2>请核对</h2>" in text
    assert "C2：" in text


def test_a_preview_is_confirmed_once_and_only_by_who_saw_it(client, keeper):
    first, second = (token(upload(client, "名称,编码\n工资,301\n")) for _ in range(2))
    client.post(APPLY, {"token": first})

    again = client.post(APPLY, {"token": first}, follow=True).content.decode()
    stale = client.post(APPLY, {"token": second}, follow=True).content.decode()
    altered = client.post(APPLY, {"token": second + "x"}, follow=True).content.decode()
    client.force_login(person(Role.BUREAU_REVIEWER))
    stolen = client.post(APPLY, {"token": second}, follow=True).content.decode()
    elsewhere = client.post(reverse("admin:budgets_function_yearly_list_apply"), {"token": second}, follow=True)

    assert "已经导入过，或预览已经过期" in again
    assert "预览之后目录有了变化" in stale
    assert "预览已经过期" in altered
    assert "预览已经过期" in stolen
    assert "预览已经过期" in elsewhere.content.decode()


def test_problems_are_listed_and_nothing_is_stored(client, keeper):
    text = upload(client, "名称,编码\n,301\n错,999\n")
    used = upload(client, "名称,编码\n工资,301\n", year=2022)

    assert "第2行：缺少名称。" in text
    assert "第3行：编码“999”不对" in text
    assert 'name="token"' not in text
    assert "2022年的公开版次用过2022年的部门预算支出经济分类" in used


@pytest.mark.parametrize("role", Role)
def test_only_who_may_change_codes_imports_a_list(client, db, role):
    client.force_login(person(role))
    may = role in {Role.SYSTEM_ADMINISTRATOR, Role.BUREAU_REVIEWER}

    assert client.get(LIST).status_code == (200 if may else 403)
    assert client.post(APPLY, {"token": "x"}).status_code == (302 if may else 403)
    assert ("导入年度正式目录" in client.get(PAGE).content.decode()) == may


def test_a_code_of_a_used_year_is_neither_added_nor_deleted(client, keeper):
    code = {"code": "39998", "name": "新", "vintage": 2022}
    own = Economic.objects.create(**code)

    added = client.post(reverse("admin:budgets_economic_add"), {**code, "code": "39997"}).content.decode()
    deleted = client.post(reverse("admin:budgets_economic_delete", args=[own.pk]), {"post": "yes"})

    assert "2022年的公开版次用过2022年目录，其中的科目不能增加、修改或删除。" in added
    assert deleted.status_code == 403


def test_the_lists_page_says_which_list_each_year_goes_by(client, keeper):
    text = client.get(reverse("admin:budgets_codelist_changelist")).content.decode()

    assert '支出功能分类（一般公共预算）</strong>：2022年<span class="borrowed">暂用2024年目录</span>' in text
    assert '政府采购品目</strong>：2022年<span class="borrowed">尚无目录</span>' in text


def test_a_split_is_recorded_with_shares_that_make_no_more_than_the_whole(client, keeper):
    form = {
        "scheme": "economic_dept",
        "kind": "split",
        "old_code": "39906",
        "old_name": "赠与支出",
        "last_year_of_old": 2030,
    }
    address = reverse("admin:budgets_codechange_add")

    client.post(address, {**form, "new_code": "39909", "new_name": "经常性赠与", "share": "60"})
    more = client.post(
        address, {**form, "new_code": "39910", "new_name": "资本性赠与", "share": "40.01"}
    ).content.decode()
    same = client.post(address, {**form, "new_code": "39906", "new_name": "赠与支出"}).content.decode()
    wrong = client.post(address, {**form, "new_code": "599", "new_name": "其他"}).content.decode()
    client.post(address, {**form, "new_code": "39910", "new_name": "资本性赠与", "share": "40"})

    assert "同一原编码各条占比合计100.01%，不能超过100%。" in more
    assert "新旧编码和名称都相同，没有变更。" in same
    assert "部门经济分类编码应为3开头的3或5位数字" in wrong
    assert list(CodeChange.objects.filter(last_year_of_old=2030).values_list("new_code", flat=True)) == [
        "39909",
        "39910",
    ]


def test_changes_and_the_crosswalk_go_out_and_come_back_unchanged(keeper):
    import tablib

    from budgets.formats import Csv
    from budgets.resources import CodeChangeResource, EconomicCrosswalkResource

    Economic.objects.create(code="30101", name="基本工资", vintage=2030)
    before = (CodeChange.objects.count(), EconomicCrosswalk.objects.count())
    for resource in (CodeChangeResource, EconomicCrosswalkResource):
        data = Csv().export_data(resource(user=keeper).export()).decode("utf-8-sig")
        dataset = tablib.Dataset().load(data, format="csv")

        result = resource(user=keeper).import_data(dataset, rollback_on_validation_errors=True)

        assert (result.totals["skip"], result.has_validation_errors()) == (len(dataset), False)
    assert (CodeChange.objects.count(), EconomicCrosswalk.objects.count()) == before
