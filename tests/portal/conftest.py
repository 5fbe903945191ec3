"""Public pages are about the sample's own PDF, drawn once; what a test publishes besides has a plain one."""

from pathlib import Path
from shutil import copytree

import pytest

from portal.exporting import Export


@pytest.fixture(autouse=True)
def _plain_pdfs(plain_pdf):
    """Publish without drawing."""


@pytest.fixture(scope="session")
def written(django_db_setup, django_db_blocker, tmp_path_factory):
    """An export of the sample, drawn once."""
    folder = tmp_path_factory.mktemp("written") / "site"
    with django_db_blocker.unblock():
        Export(folder).run()
    return folder


@pytest.fixture
def site(edition, written, tmp_path):
    """An export of the sample, each test's own to change."""
    return Path(copytree(written, tmp_path / "site"))
