"""The command that publishes at the set hour: what became of each, and failure where one was refused."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from walking import crew_of, made_ready, opened

from budgets.enums import Role
from disclosure.enums import FileFormat, Status
from disclosure.models import Disclosure, Edition, Narrative
from disclosure.render import RENDERERS


@pytest.fixture
def due(disclosure, monkeypatch) -> Disclosure:
    """A draft before the publisher, whose hour has come; its PDF is left out."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    ready = made_ready(disclosure)
    hour = {"publish_at": timezone.now() - timedelta(minutes=1), "scheduled_by": crew_of(ready)[Role.PUBLISHER]}
    Disclosure.objects.filter(pk=ready.pk).update(**hour)
    return ready


def run() -> str:
    out = StringIO()
    call_command("publish_due", stdout=out)
    return out.getvalue()


def test_what_is_due_is_published_once(due):
    first, again = run(), run()

    assert first.startswith("已公开：")
    assert again == "没有到时间的定时公开。\n"
    assert Edition.objects.count() == 2


def test_what_is_refused_is_said_and_fails(due):
    Narrative.objects.filter(disclosure=due, key="other_matters").update(text="又改了一句。")

    with pytest.raises(CommandError, match="1项没有公开，原因见上。"):
        run()

    assert Disclosure.objects.get(pk=due.pk).status == Status.READY
