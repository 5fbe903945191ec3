"""A store of objects in place of the folder of files."""

from pathlib import Path

import pytest
from bucket import Bucket

from portal.storage import storage


@pytest.fixture
def empty_bucket():
    """A store without any object."""
    made = Bucket()
    yield made
    made.close()


@pytest.fixture
def shared(empty_bucket, settings, tmp_path):
    """The same, in which files lie from now on; what is derived of them lies where no other test has left any."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "default": storage(empty_bucket.url)}
    return empty_bucket


@pytest.fixture
def bucket(edition, settings, request):
    """A store with the files of the published sample, in which files lie from now on."""
    names = [file.name_for(file.sha256, file.format) for file in edition.files.all()]
    files = {name: (Path(settings.MEDIA_ROOT) / name).read_bytes() for name in names}
    made = request.getfixturevalue("shared")
    for name, data in files.items():
        made.put(name, data)
    return made
