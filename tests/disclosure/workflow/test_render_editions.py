"""The command that draws a year's files on many processes: killed in the middle it leaves nothing half-done."""

import os
import signal
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from traces import explained
from walking import published

from disclosure.enums import FileFormat
from disclosure.models import Disclosure, Edition, EditionFile, RenderingFailure
from disclosure.render import RENDERERS
from disclosure.roster import exemption_of
from disclosure.sample.government import Plan, make_government
from disclosure.verification import verify

pytestmark = pytest.mark.timeout(600)
ROOT = Path(__file__).parents[3]
LATER = (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX)


@pytest.fixture
def lacking(committed, tmp_path, settings, monkeypatch):
    """Two editions without PDF, Word and Excel in a database of their own; returns the command's environment."""
    settings.MEDIA_ROOT = tmp_path / "files"

    def broken(_document):
        raise MemoryError

    for form in LATER:
        monkeypatch.setitem(RENDERERS, form, broken)
    make_government(Plan(departments=3, years=1, seed=7, units=1))
    for draft in Disclosure.objects.filter(budget__fiscal_year__government__code="990007", unit=None):
        if exemption_of(draft) is None:
            published(explained(draft))
    return os.environ | {
        "DATABASE_URL": committed,
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings",
    }


def command(*arguments: str) -> list[str]:
    words = ("manage.py", "render_editions", "--year", "2022", "--government", "990007", *arguments)
    return [sys.executable, "-W", "ignore", *words]


def editions():
    return Edition.objects.filter(government_code="990007").order_by("pk")


def forms() -> list[int]:
    """Count the files of each edition, having read every one."""
    for file in EditionFile.objects.filter(edition__in=editions()):
        assert len(file.read()) == file.size
    return [edition.files.count() for edition in editions()]


def test_killed_in_the_middle_it_goes_on_where_it_was(lacking):
    assert forms() == [2, 2]
    process = subprocess.Popen(command("--missing", "--jobs", "1"), cwd=ROOT, env=lacking, start_new_session=True)
    ended = time.monotonic() + 300
    while max(edition.files.count() for edition in editions()) == 2 and time.monotonic() < ended:
        time.sleep(0.05)
        connection.close()
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()

    connection.close()
    middle = forms()
    again = subprocess.run(command("--jobs", "2"), cwd=ROOT, env=lacking, capture_output=True, text=True, check=False)

    assert middle == [len(FileFormat), 2]
    assert (again.returncode, forms()) == (0, [len(FileFormat)] * 2)
    assert again.stdout.count("网页、JSON重新生成后与存放的不同（程序库、字体或版式变了），没有替换。") == 2
    assert not RenderingFailure.objects.filter(edition__in=editions()).exists()
    ours = set(map(str, editions()))
    assert [finding for finding in verify() if finding.place in ours and not finding.note] == []
    assert said("--missing") == "没有版次缺少文件。\n"


def said(*arguments: str) -> str:
    out = StringIO()
    call_command("render_editions", "--year", "2022", "--government", "990007", *arguments, stdout=out)
    return out.getvalue()


def test_an_edition_that_cannot_be_drawn_is_named_and_the_exit_code_says_so(lacking, monkeypatch):
    first = editions().first()
    work = "spreading_work:killing"
    monkeypatch.setattr("disclosure.management.commands.render_editions.COMPLETE", work)
    out = StringIO()

    with pytest.raises(CommandError, match="有2处失败"):
        call_command("render_editions", "--year", "2022", "--government", "990007", "--missing", stdout=out)

    assert f"失败　{first}：生成进程被系统终止（信号9），多为内存不足。\n" in out.getvalue()
    reasons = RenderingFailure.objects.filter(edition=first).values_list("format", "reason")
    assert list(reasons) == [("pdf", "生成进程被系统终止（信号9），多为内存不足。")]


@pytest.mark.parametrize("jobs", ["0", "-1", "二"])
def test_a_number_of_processes_that_makes_no_sense_is_refused(jobs):
    with pytest.raises(CommandError, match="请写1或更大的整数"):
        call_command("render_editions", "--year", "2022", f"--jobs={jobs}")


def test_a_year_without_editions_says_so(db):
    out = StringIO()

    call_command("render_editions", "--year", "1999", stdout=out)

    assert out.getvalue() == "1999年没有公开的版次。\n"
