"""Old disclosures at the desk: looked at before they are published, published as previewed, withdrawn with a reason."""

import re

import pytest
from archived import PLANTED, an_archived, somebody, word
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.enums import Role
from budgets.models import Department
from disclosure.models import ArchivedDisclosure, ArchivedWithdrawal

PUBLISH, CONFIRM = "admin:archive_publish", "admin:archive_confirm"


@pytest.fixture
def department(db):
    return Department.objects.get(code="203")


@pytest.fixture
def publisher(client, department):
    user = somebody(Role.PUBLISHER, department, whole=True)
    client.force_login(user)
    return user


def stated(department, data: bytes, **other) -> dict[str, object]:
    file = SimpleUploadedFile(other.pop("name", "旧.docx"), data)
    known = {"unit": "", "year": "2019", "phase": "initial", "title": "2019年部门预算", "published_on": "2019年3月1日"}
    return {"department": department.pk, **known, "file": file, **other}


def token(page) -> str:
    return re.search(r'name="token" value="([^"]+)"', page.content.decode())[1]


def test_an_old_file_is_previewed_then_published_as_it_was(client, publisher, department):
    preview = client.post(reverse(PUBLISH), stated(department, word("公开说明。")))
    before = ArchivedDisclosure.objects.count()

    done = client.post(reverse(CONFIRM), {"token": token(preview)}, follow=True)
    again = client.post(reverse(CONFIRM), {"token": token(preview)})

    row = ArchivedDisclosure.objects.get()
    assert (before, "没有发现身份证号、手机号、银行卡号" in preview.content.decode()) == (0, True)
    assert "已发布历史文件《2019年部门预算》。" in done.content.decode()
    assert (row.year, row.department, row.published_on.isoformat()) == (2019, department, "2019-03-01")
    assert (again.status_code, "预览已经过期" in again.content.decode()) == (400, True)


def test_personal_data_is_shown_and_asks_for_a_reason(client, publisher, department):
    preview = client.post(reverse(PUBLISH), stated(department, word(PLANTED)))

    refused = client.post(reverse(CONFIRM), {"token": token(preview), "confirmation": " "})
    client.post(reverse(CONFIRM), {"token": token(preview), "confirmation": "单位电话"})

    assert "手机号“138****5678”" in preview.content.decode()
    assert (refused.status_code, "请写明仍然公开的理由" in refused.content.decode()) == (400, True)
    assert ArchivedDisclosure.objects.get().confirmation == "单位电话"


@pytest.mark.parametrize(
    ("data", "other", "said"),
    [
        (b"MZ", {}, "可执行文件"),
        (b"%PDF-1.4 broken", {"name": "坏.pdf"}, "已损坏"),
        (b"%PDF-1.4", {"published_on": "2999-01-01"}, "原公开日期不能晚于今天"),
        (b"%PDF-1.4", {"published_on": "三月"}, "请写成 2019-03-01"),
        (b"%PDF-1.4", {"unit": "999999"}, "没有编码为“999999”的单位"),
    ],
)
@pytest.mark.usefixtures("publisher")
def test_what_is_wrong_is_said_on_the_form(client, department, data, other, said):
    response = client.post(reverse(PUBLISH), stated(department, data, **other))

    assert (response.status_code, said in response.content.decode()) == (400, True)


def test_a_published_year_is_refused_and_the_file_still_waits(client, publisher, department, edition):
    preview = client.post(reverse(PUBLISH), stated(department, word("说明"), year="2022"))

    refused = client.post(reverse(CONFIRM), {"token": token(preview)})

    assert (refused.status_code, "请在“预算公开”中更正" in refused.content.decode()) == (400, True)
    assert token(refused)


@pytest.mark.parametrize("role", [Role.CLERK, Role.BUREAU_REVIEWER, Role.AUDITOR], ids=lambda role: role.value)
def test_others_look_and_publish_nothing(client, publisher, department, role):
    row = an_archived(department, publisher)
    client.force_login(somebody(role, department, whole=True))
    listing = client.get(reverse("admin:disclosure_archiveddisclosure_changelist"))
    withdraw = reverse("admin:archive_withdraw", args=[row.pk])

    answers = [client.get(reverse(PUBLISH)), client.post(reverse(CONFIRM), {"token": "x"}), client.get(withdraw)]
    answers.append(client.post(withdraw, {"reason": "误公开"}))

    assert (listing.status_code, "发布历史文件" in listing.content.decode()) == (200, False)
    assert [answer.status_code for answer in answers] == [403] * 4
    assert not ArchivedWithdrawal.objects.exists()


def test_a_file_is_withdrawn_with_a_reason(client, publisher, department, django_capture_on_commit_callbacks):
    row = an_archived(department, publisher, "只此一份，要撤下。")
    address, record = (
        reverse(f"admin:{name}", args=[row.pk]) for name in ("archive_withdraw", "disclosure_archiveddisclosure_change")
    )
    offered = address in client.get(record).content.decode()

    empty = client.post(address, {"reason": " "})
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(address, {"reason": "误公开"}, follow=True)

    assert (offered, empty.status_code) == (True, 400)
    assert "撤下：误公开" in done.content.decode()
    assert address not in done.content.decode()
