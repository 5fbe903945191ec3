"""Copies of what is no longer in force are recognised by their bytes, in each layout, files being gone or not."""

import io
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse
from traces import edit
from walking import edited, published, withdrawn

from budgets.enums import LayoutKey
from budgets.immutable import drop_triggers
from disclosure import migrations
from disclosure.enums import FileFormat
from disclosure.models import Edition, EditionFile, WithdrawnFile
from disclosure.render import RENDERERS, pdf
from disclosure.verification import verify


@pytest.fixture(params=[LayoutKey.HEBEI, LayoutKey.NATIONAL])
def first(request, draft, monkeypatch) -> Edition:
    """A first edition in a layout, its PDF drawn as ever, each other file a line of its own."""
    line = RENDERERS[FileFormat.JSON]
    for form in FileFormat:
        monkeypatch.setitem(RENDERERS, form, lambda document, form=form: form.encode() + line(document))
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, pdf.render)
    year = draft.budget.fiscal_year
    year.layout = request.param
    year.save()
    return published(draft)


@pytest.fixture
def copies(first) -> dict[str, bytes]:
    """What people have downloaded of the edition, by the name of the format."""
    return {FileFormat(file.format).label: file.read() for file in first.files.all()}


def upload(client, data: bytes) -> tuple[int, str]:
    answer = client.post(reverse("verify"), {"file": io.BytesIO(data)})
    return answer.status_code, answer.content.decode()


def test_a_copy_of_a_corrected_edition_is_recognised_as_such(client, first, copies, monkeypatch):
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda _document: b"the next PDF")
    edited(first.disclosure, lambda: edit(first.disclosure), "数字写错")

    for form, data in copies.items():
        status, page = upload(client, data)
        assert status == 200
        assert f"您的文件与公开的{form}文件逐字节一致" in page
        assert f"已更正：{first.title} 第1版" in page
        assert "更正理由：数字写错" in page


def test_a_copy_of_a_withdrawn_edition_is_recognised_though_its_files_are_gone(
    client, first, copies, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(first, "涉及个人信息")

    assert not EditionFile.objects.filter(edition=first).exists()
    for form, data in copies.items():
        status, page = upload(client, data)
        assert status == 200
        assert f"您的文件与撤下以前公开的{form}文件逐字节一致" in page
        assert f"已撤下：{first.title} 第1版" in page
        assert "撤下理由：涉及个人信息" in page
        assert "打开这一版" not in page
    assert upload(client, copies["PDF"] + b"\n")[0] == 404


@pytest.fixture
def gone(draft) -> dict[str, str]:
    """The hashes of the files of an edition that was withdrawn."""
    edition = published(draft)
    files = dict(edition.files.values_list("format", "sha256"))
    withdrawn(edition)
    return files


def behind_the_back(statement: str) -> None:
    """Do what the triggers would refuse."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        drop_triggers()
        cursor.execute(statement)


def problems() -> list[str]:
    return [found.message for found in verify() if not found.note]


def test_what_is_left_of_a_withdrawn_file_is_watched(gone):
    assert dict(WithdrawnFile.objects.values_list("format", "sha256")) == gone
    assert problems() == []

    behind_the_back(f"UPDATE {WithdrawnFile._meta.db_table} SET sha256 = 'f' WHERE format = 'pdf'")

    assert problems() == ["已撤下的文件与办理时不一致，被改过。"]


def test_files_withdrawn_before_are_recalled_from_the_trail(gone):
    behind_the_back(f"DELETE FROM {WithdrawnFile._meta.db_table}")
    [name] = [one.name for one in iter_modules(migrations.__path__) if one.name.endswith("_lookups")]

    for _ in range(2):
        import_module(f"disclosure.migrations.{name}").recall_files(apps, None)

    assert dict(WithdrawnFile.objects.values_list("format", "sha256")) == gone
