"""Files that no edition has: swept away when they are old, never while an edition is being drawn."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from walking import edited, withdrawn

from disclosure import workflow
from disclosure.models import EditionFile
from disclosure.refusal import RefusalError
from disclosure.workflow.storing import attach

OLD = timedelta(days=2)


@pytest.fixture
def folder(edition, settings, tmp_path):
    """A storage of its own, with the files of the sample's first edition, two days old."""
    files = [(file.name_for(file.sha256, file.format), file.read()) for file in edition.files.all()]
    settings.MEDIA_ROOT = tmp_path
    for name, data in files:
        kept(name, data, OLD)
    return tmp_path


def kept(name: str, data: bytes, age: timedelta) -> str:
    stored = default_storage.save(name, ContentFile(data))
    then = (timezone.now() - age).timestamp()
    os.utime(default_storage.path(stored), (then, then))
    return stored


def there(folder) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_what_no_edition_has_is_deleted_and_the_rest_stays(edition, folder):
    known = there(folder)
    assert {name.rpartition(".")[2] for name in known} == {"html", "pdf", "json", "docx", "xlsx"}
    strays = [kept(name, b"x", OLD) for name in ("editions/ab/" + "ab" * 32 + ".pdf", "editions/ab/half.tmp")]
    twice = kept(next(iter(known)), b"copy", OLD)

    found = workflow.sweep()

    assert set(found) == {*strays, twice}
    assert there(folder) == known
    assert workflow.sweep() == []
    assert all(file.read() for file in edition.files.all())


def test_what_is_younger_than_a_day_may_belong_to_an_edition_being_drawn(edition, folder):
    young = EditionFile.keep("pdf", b"being drawn")

    assert workflow.sweep() == []
    assert young.read() == b"being drawn"


def test_an_old_file_that_is_wanted_again_counts_as_young(edition, folder):
    data = b"left by a publication that was refused"
    stray = EditionFile.keep("html", data)
    then = (timezone.now() - OLD).timestamp()
    os.utime(default_storage.path(EditionFile.name_for(stray.sha256, "html")), (then, then))
    before = workflow.sweep(dry_run=True)

    again = EditionFile.keep("html", data)

    assert (before, workflow.sweep()) == ([EditionFile.name_for(stray.sha256, "html")], [])
    assert again.read() == data


def test_other_folders_are_left_alone(edition, folder):
    others = {kept(name, b"x", OLD) for name in ("imports/ab/x.xlsx", "attachments/ab/x.pdf", "archive/1/x.pdf")}

    workflow.sweep()

    assert others <= there(folder)


def test_what_a_crash_left_of_a_withdrawal_is_swept(edition, folder):
    withdrawn(edition)  # the test's transaction never commits: as after a crash, the files are still there
    left = there(folder)

    found = workflow.sweep()

    assert set(found) == left
    assert there(folder) == set()


def test_a_dry_run_names_and_keeps(edition, folder, capsys):
    stray = kept("editions/ab/" + "ab" * 32 + ".pdf", b"x", OLD)

    call_command("sweep_files", dry_run=True)
    assert capsys.readouterr().out == f"{stray}\n可以删除1个没有版次使用的文件。\n"
    call_command("sweep_files")
    assert capsys.readouterr().out == f"{stray}\n已删除1个没有版次使用的文件。\n"
    assert stray not in there(folder)


def test_without_any_file_there_is_nothing_to_sweep(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    assert workflow.sweep() == []


def test_a_file_drawn_for_an_edition_withdrawn_meanwhile_is_not_kept(edition, folder):
    drawn = EditionFile.keep("pdf", b"drawn too late")
    withdrawn(edition)

    with pytest.raises(RefusalError, match="已经撤下，不再补齐文件"):
        attach(edition, [drawn])

    assert not default_storage.exists(drawn.name_for(drawn.sha256, "pdf"))
    assert not edition.files.exists()


def test_a_file_that_cannot_be_deleted_stops_nothing(edition, folder, django_capture_on_commit_callbacks):
    files = list(edition.files.all())
    path = Path(default_storage.path(files[0].name_for(files[0].sha256, files[0].format)))
    path.unlink()
    (path / "in the way").mkdir(parents=True)

    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(edition)

    assert there(folder) == set()
    assert not edition.files.exists()


def test_withdrawing_with_the_earlier_ones_takes_those_that_still_stand(disclosure, edition):
    publisher = edition.published_by
    second = edited(disclosure, lambda: disclosure.narratives.filter(key="other_matters").update(text="改。"))
    workflow.withdraw(second, by=publisher, reason="误公开")

    workflow.withdraw(second, by=publisher, reason="全部撤下", also_earlier=True)

    assert type(edition).objects.get(pk=edition.pk).withdrawal.reason == "全部撤下"
    assert type(edition).objects.get(pk=second.pk).withdrawal.reason == "误公开"
    last = disclosure.transitions.order_by("id").last()
    assert (last.comment, last.content_sha256) == ("第1版：全部撤下", edition.content_sha256)
