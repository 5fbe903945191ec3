"""The page of the check-up: for whoever holds a post, and nothing is stored."""

from pathlib import Path

import foreign
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


@pytest.fixture
def clerk(client, db):
    client.force_login(get_user_model().objects.create(username="经办人乙", is_staff=True))
    return client


def stored():
    """Count every row and every stored file."""
    counts = {model._meta.label: model.objects.count() for model in apps.get_models() if model._meta.managed}
    return counts, sorted(path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())


def upload(client, data, name="预算.txt"):
    return client.post(reverse("checkup"), {"file": SimpleUploadedFile(name, data)})


def test_a_stranger_is_sent_to_sign_in(client, db):
    answer = client.get(reverse("checkup"))

    assert answer.status_code == 302
    assert reverse("admin:login") in answer["Location"]


def test_the_desk_links_to_it(clerk):
    assert reverse("checkup") in clerk.get(reverse("admin:index")).content.decode()


def test_findings_are_shown_and_nothing_is_stored(clerk):
    before = stored()
    wrong = foreign.THREE_PUBLIC.replace("合计\t8.00\t7.50", "合计\t8.00\t9.50")

    answer = upload(clerk, foreign.text(wrong))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "<strong>T7.1</strong>" in page
    assert "不是本平台写成的文件" in page
    assert "都不保存" in page
    assert stored() == before


def test_a_file_that_cannot_be_read_is_a_sentence(clerk):
    answer = upload(clerk, b"MZ", "a.exe")

    assert answer.status_code == 400
    assert "只能检查" in answer.content.decode()
