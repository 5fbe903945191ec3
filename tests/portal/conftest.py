"""Public pages are about the sample's own PDF, drawn once; what a test publishes besides has a plain one."""

import pytest


@pytest.fixture(autouse=True)
def _plain_pdfs(plain_pdf):
    """Publish without drawing."""
