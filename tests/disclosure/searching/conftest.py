"""What is found is read out of the content: what a test publishes has a plain PDF."""

import pytest


@pytest.fixture(autouse=True)
def _plain_pdfs(plain_pdf):
    """Publish without drawing."""
