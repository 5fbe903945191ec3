"""Files kept between preview and confirmation do not stay when nobody confirms."""

import os
import tempfile
import time
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from budgets.admin.kept import PATIENCE, Kept

CLERK = SimpleNamespace(pk=7)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def abandon(path, seconds: int) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_kept_file_comes_back_until_it_is_removed(folder):
    kept = Kept.found(Kept.keep(b"1", user=7), CLERK)

    kept.remove()
    kept.remove()

    assert kept.data == b"1"
    assert list(folder.iterdir()) == []


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
