"""A small department with somebody for each step; the files of its editions are a line of text each."""

import pytest
from committing import committed_copy
from django.contrib.auth import get_user_model
from standing import undone_at_the_end
from traces import a_small_draft
from walking import crew_of

from budgets.enums import Role
from budgets.models import Membership
from disclosure.enums import FileFormat
from disclosure.models import Disclosure
from disclosure.render import RENDERERS


def _line(document) -> bytes:
    imprint = document.context.imprint
    return f"{document.sha256} {imprint.number} {imprint.published_at}".encode()


@pytest.fixture
def cheap_files(monkeypatch):
    """Draw files that cost nothing: the tests are about who may have them drawn."""
    for form in FileFormat:
        monkeypatch.setitem(RENDERERS, form, _line)


@pytest.fixture(scope="module")
def small(django_db_setup, django_db_blocker):
    """The number of such a draft, made once for a file."""
    with undone_at_the_end(django_db_blocker):
        yield a_small_draft().pk


@pytest.fixture
def draft(small, db, cheap_files) -> Disclosure:
    """A department's draft in 填报中 with nothing in its way."""
    return Disclosure.objects.get(pk=small)


@pytest.fixture
def crew(draft):
    """The accounts of its steps."""
    return crew_of(draft)


@pytest.fixture
def somebody(draft):
    """Make further accounts, each with the roles it is given for the whole government."""

    def make(name: str, *roles: Role):
        user = get_user_model().objects.create(username=name)
        for role in roles:
            Membership.objects.create(user=user, role=role, government=draft.budget.fiscal_year.government)
        return user

    return make


@pytest.fixture
def committed(request, django_db_blocker, cheap_files, tmp_path):
    """A copy of the test database, where what is done is committed and seen from every connection; returns its URL."""
    with committed_copy(request, django_db_blocker, tmp_path) as url:
        yield url
