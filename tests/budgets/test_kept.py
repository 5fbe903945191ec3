"""Files kept between preview and confirmation do not stay when nobody confirms."""

import os
import time
from types import SimpleNamespace

import pytest
from django.core import signing
from django.core.exceptions import ValidationError

from budgets.admin import kept
from budgets.admin.kept import PATIENCE, SALT, Kept

CLERK = SimpleNamespace(pk=7)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.DESK_DIR = tmp_path
    return kept.folder()


def abandon(path, seconds: int) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_kept_file_comes_back_until_it_is_removed(folder):
    one = Kept.found(Kept.keep(b"1", user=7), CLERK)

    one.remove()
    one.remove()

    assert one.data == b"1"
    assert list(folder.iterdir()) == []


def test_any_server_that_shares_the_folder_finds_the_file(folder, settings, tmp_path):
    token = Kept.keep(b"1", user=7)
    seen_elsewhere = tmp_path / "mounted"
    seen_elsewhere.symlink_to(folder.parent)
    settings.DESK_DIR = str(seen_elsewhere)

    assert Kept.found(token, CLERK).data == b"1"


def test_nobody_else_on_the_machine_reads_it(folder):
    Kept.keep(b"1", user=7)

    assert [path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())] == [0, 0]


def test_what_an_older_version_kept_is_to_be_uploaded_again():
    with pytest.raises(ValidationError, match="重新上传"):
        Kept.found(signing.dumps({"path": "/tmp/kept", "sha256": "", "user": 7}, salt=SALT), CLERK)  # noqa: S108


def test_abandoned_files_are_swept_when_the_next_is_kept(folder):
    old, young = (Kept.keep(data, user=7) for data in (b"old", b"young"))
    strange = folder / "other.xlsx"
    strange.write_bytes(b"not ours")
    abandon(Kept.found(old, CLERK).path, PATIENCE + 60)
    abandon(Kept.found(young, CLERK).path, PATIENCE - 60)
    abandon(strange, PATIENCE * 2)

    Kept.keep(b"next", user=7)

    assert sorted(path.read_bytes() for path in folder.iterdir()) == [b"next", b"not ours", b"young"]
    with pytest.raises(ValidationError, match="预览已经过期"):
        Kept.found(old, CLERK)
