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
def shared(empty_bucket, settings):
    """The same, in which files lie from now on."""
    settings.STORAGES = {**settings.STORAGES, "default": storage(empty_bucket.url)}
    return empty_bucket


@pytest.fixture
def bucket(empty_bucket, settings):
    """A store with the files of the published sample, in which files lie from now on."""
    root = Path(settings.MEDIA_ROOT)
    for path in root.rglob("*.*"):
        if path.is_file():
            empty_bucket.put(str(path.relative_to(root)), path.read_bytes())
    settings.STORAGES = {**settings.STORAGES, "default": storage(empty_bucket.url)}
    return empty_bucket
