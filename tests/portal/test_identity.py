"""The site's own identity: on every page, from one row, changed by its administrator alone."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import RequestFactory
from factories import an_identity
from PIL import Image

from budgets.enums import Role
from budgets.models import AuditTrail, Government, Membership, SiteIdentity
from portal.site import site

ADD = "/admin/budgets/siteidentity/add/"


def emblem(colour: str = "#8f1d1d") -> SimpleUploadedFile:
    """Draw an emblem."""
    written = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(written, "PNG")
    return SimpleUploadedFile("徽标.png", written.getvalue())


def somebody(role: Role):
    """Make somebody with one post in the sample's government."""
    user = get_user_model().objects.create(username=role, is_staff=True)
    Membership.objects.create(user=user, role=role, government=Government.objects.get())
    return user


@pytest.fixture
def administrator(client, edition):
    """The system administrator, signed in."""
    client.force_login(somebody(Role.SYSTEM_ADMINISTRATOR))
    return client


def foot(client, address: str = "/") -> str:
    """Return what the foot of a page says."""
    page = client.get(address).content.decode()
    return re.sub(r"<[^>]+>|\s", "", page.partition('<footer class="site-footer">')[2])


def test_every_page_says_whose_website_it_is(client, edition):
    an_identity()

    said = foot(client, "/130303/2022/203/")

    assert "主办单位示例市示例区人民政府承办单位示例市示例区财政局联系方式0335-0000000网站标识码1303030001" in said
    assert "ICP备案号冀ICP备05000001号-1公安备案号冀公网安备13030302000001号网站标识党政机关网站" in said
    assert "政府网站找错" in said
    assert "示例区部门预算公开" in client.get("/rules/").content.decode()
    assert "code=13030302000001" in client.get("/").content.decode()


def test_what_is_blank_is_left_out_and_the_settings_stand_in(client, edition, settings):
    settings.SITE_NAME, settings.SITE_CONTACT = "某区预算公开", "0335-1111111"
    SiteIdentity.objects.create(sponsor="某区政府")

    assert "联系方式0335-1111111" in foot(client)
    assert "主办单位某区政府" in foot(client)
    assert [word for word in ("承办单位", "标识码", "备案", "找错", "—") if word in foot(client)] == []
    assert "<title>某区预算公开</title>" in client.get("/nowhere/").content.decode().replace("没有这个页面 · ", "")


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"site_code": "130303001"}, "网站标识码应为10位数字"),
        ({"site_code": "13030300０1"}, "网站标识码应为10位数字"),
        ({"icp_record": "05000001"}, "ICP备案号的写法应如"),
        ({"police_record": "冀公网安备1303号"}, "公安备案号的写法应如"),
        ({"only": False}, "网站信息只有一份"),
    ],
)
def test_numbers_are_written_as_they_were_issued(db, said, complaint):
    row = SiteIdentity(**said)

    with pytest.raises(ValidationError, match=complaint):
        row.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_addresses_are_of_the_web(db):
    with pytest.raises(ValidationError, match="请填写以 http:// 或 https:// 开头的完整网址"):
        SiteIdentity(mistakes="javascript:alert(1)").full_clean()


def test_there_is_one_identity(administrator):
    an_identity()

    with pytest.raises(IntegrityError), transaction.atomic():
        SiteIdentity.objects.create()
    assert administrator.get(ADD).status_code == 403


def test_the_administrator_fills_it_in_and_the_emblem_stands_on_every_page(administrator):
    sent = administrator.post(ADD, {"name": "某区预算公开", "picture": emblem()})

    row = SiteIdentity.objects.get()
    page = administrator.get("/").content.decode()
    [address] = re.findall(r'<img class="emblem" src="([^"]+)" alt="">', page)
    picture = administrator.get(address)
    assert sent.status_code == 302
    assert address == f"/emblem/{row.emblem}"
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(picture.getvalue())).size == (64, 64)
    assert AuditTrail.objects.filter(target__contains="SiteIdentity", detail__contains="emblem").exists()


def test_an_emblem_stays_until_another_or_none_is_chosen(administrator):
    administrator.post(ADD, {"picture": emblem()})
    row = SiteIdentity.objects.get()
    page, seen = f"/admin/budgets/siteidentity/{row.pk}/change/", [row.emblem]

    for sent in ({"name": "某区"}, {"name": "某区", "picture": emblem("#0b4f8a")}, {"name": "某区", "bare": "on"}):
        administrator.post(page, sent)
        seen.append(SiteIdentity.objects.get().emblem)

    assert seen[0] == seen[1] != seen[2]
    assert seen[3] == ""


def test_a_file_that_is_no_picture_is_refused_with_a_sentence(administrator):
    vector = SimpleUploadedFile("徽标.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")

    page = administrator.post(ADD, {"name": "某区", "picture": vector})

    assert "不是完整的 PNG 或 WebP 图片" in page.content.decode()
    assert not SiteIdentity.objects.exists()


def test_an_emblem_that_is_not_there_is_not_found(client, edition):
    assert client.get(f"/emblem/{'0' * 64}.png").status_code == 404
    assert client.get("/emblem/x.svg").status_code == 404


@pytest.mark.parametrize("role", [Role.CLERK, Role.PUBLISHER, Role.SECURITY_ADMINISTRATOR])
def test_others_do_not_change_it(client, edition, role):
    row = an_identity()
    client.force_login(somebody(role))

    client.post(f"/admin/budgets/siteidentity/{row.pk}/change/", {"name": "别的"})

    assert SiteIdentity.objects.get().name == "示例区部门预算公开"
    assert "网站信息还不完整" not in client.get("/admin/").content.decode()


def test_the_administrator_is_told_what_is_missing(administrator):
    assert (
        "还缺：徽标、主办单位、承办单位、联系方式、网站标识码、ICP备案号"
        in administrator.get("/admin/").content.decode()
    )

    an_identity(emblem=f"{'0' * 64}.png")

    assert "网站信息还不完整" not in administrator.get("/admin/").content.decode()


def test_a_page_about_a_broken_database_still_knows_the_name(monkeypatch, settings):
    def gone():
        raise DatabaseError

    settings.SITE_NAME = "某区预算公开"
    monkeypatch.setattr(SiteIdentity, "current", gone)

    assert str(site(RequestFactory().get("/"))["site_name"]) == "某区预算公开"
