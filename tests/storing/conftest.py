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
def bucket(empty_bucket, edition, settings):
    """A store with the files of the published sample, in which files lie from now on."""
    for file in edition.files.all():
        name = file.name_for(file.sha256, file.format)
        empty_bucket.put(name, (Path(settings.MEDIA_ROOT) / name).read_bytes())
    settings.STORAGES = {**settings.STORAGES, "default": storage(empty_bucket.url)}
    return empty_bucket
