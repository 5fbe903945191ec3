"""The drill with files in a store of objects: backed up from one bucket, restored into another, or into a folder."""

from pathlib import Path

import pytest
from bucket import Bucket
from drills import look

from portal.keeping.archive import Archive

pytestmark = pytest.mark.timeout(600)


@pytest.fixture
def buckets():
    """Two stores of objects."""
    made = Bucket(), Bucket()
    yield made
    for one in made:
        one.close()


def contents(bucket) -> dict[str, bytes]:
    return {key: held.data for key, held in bucket.objects.items()}


def test_what_lay_in_a_bucket_is_restored_into_another_and_into_a_folder(site, empty, buckets, tmp_path):
    source, target = buckets
    root = site.folder / "files"
    for path in Path(root).resolve().rglob("*.*"):
        source.put(str(path.relative_to(root.resolve())), path.read_bytes())
    backup = tmp_path / "backup.zip"

    made = site.manage("backup", str(backup), OBJECT_STORAGE=source.url)
    restored = empty.manage("restore", str(backup), OBJECT_STORAGE=target.url)
    again = empty.manage("restore", str(backup), "--replace", name_of(empty))

    assert made.returncode == 0, made.stderr
    assert restored.returncode == 0, restored.stderr
    assert contents(target) == contents(source) != {}
    assert len(Archive(backup).stored) == len(source.objects)
    assert again.returncode == 0, again.stderr
    assert look(empty)["files"] == look(site)["files"]


def test_a_store_that_is_away_makes_no_backup_and_restores_nothing(site, empty, buckets, tmp_path):
    away, _ = buckets
    away.down = True
    backup, sound = tmp_path / "backup.zip", tmp_path / "sound.zip"
    assert site.manage("backup", str(sound)).returncode == 0

    made = site.manage("backup", str(backup), OBJECT_STORAGE=away.url)
    restored = empty.manage("restore", str(sound), OBJECT_STORAGE=away.url)

    assert (made.returncode, restored.returncode) == (1, 1)
    for said in (made.stderr, restored.stderr):
        assert "对象存储没有收下或给出文件" in said
        assert ("Traceback" in said, "geheim" in said) == (False, False)
    assert not backup.exists()
    assert not away.objects


def name_of(site) -> str:
    return site.url.partition("?")[0].rpartition("/")[2]
