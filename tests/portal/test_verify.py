"""Is this the official file? Asked with a code, asked with a file."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from msgspec.structs import replace
from published import an_edition, withdraw

from disclosure.content import parse
from disclosure.enums import FileFormat
from disclosure.models import Edition
from disclosure.verifying import code_of
from portal import uploads


@pytest.fixture
def pdf(edition) -> bytes:
    return edition.files.get(format=FileFormat.PDF).read()


def by_code(client, edition):
    return client.get(reverse("verified", args=[code_of(edition.content_sha256)]))


def upload(client, data: bytes):
    return client.post(reverse("verify"), {"file": io.BytesIO(data)})


def test_a_code_says_that_the_edition_stands(client, edition, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = by_code(client, edition)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "现行：" in page
    assert edition.title in page
    assert edition.content_sha256 in page
    assert reverse("edition", args=["130303", 2022, "203", 1]) in page


def test_a_code_typed_into_the_form_leads_to_its_address(client, edition):
    code = code_of(edition.content_sha256)

    answer = client.get(reverse("verify"), {"code": f" {code.lower()} "}, follow=True)

    assert answer.redirect_chain[0][0].endswith(f"/verify/{code.lower()}")
    assert "现行：" in answer.content.decode()


@pytest.mark.parametrize("code", ["8K2M", "../../etc", "<script>alert(1)</script>", "验证码"])
def test_what_is_no_code_is_said_to_be_none(client, db, code):
    answer = client.get(reverse("verify"), {"code": code})

    assert answer.status_code == 400
    assert "不是验证码" in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_an_unknown_code_is_answered_with_the_way_out(client, edition):
    answer = client.get(reverse("verified", args=["8K2M-7Q0T-C3ZD-W9XA"]))

    assert answer.status_code == 404
    assert "没有验证码为" in answer.content.decode()


def test_the_published_file_is_recognised_and_a_changed_one_is_not(client, edition, pdf):
    same, other = upload(client, pdf), upload(client, pdf + b"\n")

    assert same.status_code == 200
    assert "逐字节一致" in same.content.decode()
    assert "PDF" in same.content.decode()
    assert other.status_code == 404
    assert "没有与这个文件完全一致" in other.content.decode()
    assert same["Cache-Control"] == "no-store"


def test_nothing_of_an_upload_is_kept(client, edition, pdf, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    answer = upload(client, pdf)

    assert "没有保存" in answer.content.decode()
    assert list(tmp_path.iterdir()) == []
    assert not answer.cookies


def test_a_file_that_is_too_large_or_empty_is_refused(client, db, monkeypatch):
    monkeypatch.setattr(uploads, "LIMIT", 1000)

    empty, missing, large = upload(client, b""), client.post(reverse("verify")), upload(client, b"x" * 5000)

    for answer in (empty, missing, large):
        assert answer.status_code == 400
        assert "请选择要核对的文件" in answer.content.decode()


def test_the_form_works_without_a_cookie_or_token(edition, pdf):
    answer = Client(enforce_csrf_checks=True).post(reverse("verify"), {"file": io.BytesIO(pdf)})

    assert answer.status_code == 200


@pytest.fixture
def second(edition) -> Edition:
    """A correction of the sample's edition."""
    content = replace(parse(edition.content.text), preamble="第二版的开头。")
    return an_edition(edition.disclosure, content, edition.published_by, edition)


def test_a_corrected_edition_says_by_what_and_why(client, edition, second):
    old, new = by_code(client, edition).content.decode(), by_code(client, second).content.decode()

    assert "已更正：" in old
    assert "更正理由：第2版的理由" in old
    assert reverse("edition", args=["130303", 2022, "203", 2]) in old
    assert "现行：" in new


def test_a_withdrawn_edition_says_when_and_why_and_leads_nowhere(client, second):
    file = second.files.get(format=FileFormat.JSON).read()
    withdraw(second)

    answer, sent = by_code(client, second), upload(client, file)

    page = answer.content.decode()
    assert "已撤下：" in page
    assert "误公开" in page
    assert "打开这一版" not in page + sent.content.decode()
