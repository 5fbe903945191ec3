"""A written past disclosure is uploaded, looked at and confirmed on the workbook's own pages."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from workbooks import a_clerk, clear

from disclosure.models import ImportRun

SOURCE = Path(__file__).parents[3] / "fixtures" / "demo" / "source.txt"


@pytest.fixture
def shown(client, disclosure):
    """The preview of the source in an empty draft: its text, and what a confirmation sends."""
    clear(disclosure)
    client.force_login(a_clerk(disclosure))
    file = SimpleUploadedFile("2022年部门预算.txt", SOURCE.read_bytes())
    sent = client.post(reverse("admin:workbook", args=[disclosure.pk]), {"file": file})
    text = client.get(sent["Location"]).content.decode()
    token = parse_qs(urlsplit(sent["Location"]).query)["file"][0]
    return text, {"token": token, "seen": re.search(r'name="seen" value="(\w+)"', text)[1]}


def test_what_was_read_with_a_doubt_stands_apart_from_what_is_lacking_and_what_is_left(shown):
    text, _ = shown

    headings = re.findall(r'<h2 id="notices-\d">(\D+)（\d+处）</h2>', text)

    assert headings == ["待确认", "须由人补充", "没有用到"]
    assert re.search(r'<input type="checkbox" name="doubts"> 已核对读出的内容（\d+处待确认）', text)


def test_a_document_is_taken_only_when_its_doubts_have_been_looked_at(client, disclosure, shown):
    _, asked = shown
    address = reverse("admin:workbook_commit", args=[disclosure.pk])

    refused = client.post(address, asked).content.decode()
    none_yet = ImportRun.objects.exists()
    taken = client.post(address, {**asked, "doubts": "on"}, follow=True).content.decode()

    assert "逐处核对后勾选“已核对读出的内容”" in refused
    assert not none_yet
    assert "已导入“2022年部门预算.txt”" in taken
    assert ImportRun.objects.get().added > 0


def test_a_workbook_has_nothing_to_confirm(client, disclosure):
    client.force_login(a_clerk(disclosure))
    template = client.get(reverse("admin:workbook_template", args=[disclosure.pk])).content

    file = SimpleUploadedFile("填报表.xlsx", template)
    text = client.post(reverse("admin:workbook", args=[disclosure.pk]), {"file": file}, follow=True).content.decode()

    assert 'name="doubts"' not in text
    assert "待确认（" not in text
