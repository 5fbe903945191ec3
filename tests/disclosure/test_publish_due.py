"""``manage.py publish_due``: what is due is published once, by whoever runs it, and refusals are told."""

import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from walking import crew_of, made_ready, opened

from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import FileFormat, Status
from disclosure.models import Disclosure, Edition, Narrative
from disclosure.render import RENDERERS

ROOT = Path(__file__).parents[2]
PREPARE = """
from datetime import timedelta
from django.utils import timezone
from disclosure.models import Disclosure, Narrative
from walking import crew_of, made_ready, opened
one = opened(Disclosure.objects.get(budget__department__code="203", unit=None))
Narrative.objects.filter(disclosure=one, key="other_matters").update(text="新增一句说明。")
ready = made_ready(one)
by = crew_of(ready)["publisher"]
Disclosure.objects.filter(pk=ready.pk).update(publish_at=timezone.now() - timedelta(minutes=1), scheduled_by=by)
"""
COUNT = "from disclosure.models import Edition; print(Edition.objects.filter(department_code='203').count())"


@pytest.fixture
def scheduled(disclosure, monkeypatch):
    """The sample, ready, and due in a day."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.sha256.encode())
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    ready, at = made_ready(disclosure), timezone.now() + timedelta(days=1)
    return workflow.schedule(ready, by=crew_of(disclosure)[Role.PUBLISHER], at=at)


def run(at="") -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("publish_due", *(["--at", at] if at else []), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def later() -> str:
    return (timezone.now() + timedelta(days=2)).isoformat()


def test_nothing_is_published_before_its_hour(scheduled):
    assert run() == ("没有到时间的定时公开。\n", "")
    assert Disclosure.objects.get(pk=scheduled.pk).status == Status.READY


def test_what_is_due_is_published_once(scheduled):
    first, again = run(later()), run(later())

    assert first[0].startswith("已公开：")
    assert again == ("没有到时间的定时公开。\n", "")
    assert Edition.objects.filter(disclosure=scheduled).count() == 2


def test_a_refusal_is_told_and_is_a_failure(scheduled):
    Narrative.objects.filter(disclosure=scheduled, key="other_matters").update(text="又改了一句。")
    out, err = StringIO(), StringIO()

    with pytest.raises(CommandError, match="有1份没有公开，共1份到期。"):
        call_command("publish_due", "--at", later(), stdout=out, stderr=err)

    assert "内容有改动" in err.getvalue()
    assert Disclosure.objects.get(pk=scheduled.pk).status == Status.READY


def test_a_moment_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="时间“明天”无效"):
        call_command("publish_due", "--at", "明天")


@pytest.fixture
def copied(django_db_setup, django_db_blocker, tmp_path):
    """A copy of the tests' database on PostgreSQL, for other processes; gone afterwards."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite 同一时刻只有一个进程写入")
    with django_db_blocker.unblock():
        source, name = connection.settings_dict["NAME"], f"due_{os.getpid()}"
        connection.close()
        statements = f'CREATE DATABASE {name} TEMPLATE "{source}"', f"DROP DATABASE {name} WITH (FORCE)"
        _administer(connection, statements[0])
        path = os.pathsep.join(map(str, (ROOT, ROOT / "tests")))
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        yield {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(tmp_path), "PYTHONPATH": path}
        _administer(connection, statements[1])


def _administer(own, statement: str) -> None:
    with own._nodb_cursor() as cursor:
        cursor.execute(statement)


def begun(environment, *arguments) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_processes_at_once_publish_one_edition(copied):
    prepared = begun(copied, "shell", "-c", PREPARE)
    assert prepared.communicate(timeout=120)[1] == ""

    both = [begun(copied, "publish_due") for _ in range(2)]
    told = [one.communicate(timeout=120) for one in both]
    number = begun(copied, "shell", "-c", COUNT).communicate(timeout=60)[0]

    assert [one.returncode for one in both] == [0, 0], told
    assert any(out.startswith("已公开：") for out, _ in told)
    assert number.split()[-1] == "2"
