"""A file that cannot be drawn: the publication goes on without it, somebody is told, and it is added later."""

import json

import pytest
from django.core.files.storage import default_storage
from traces import refusal, taken_to
from walking import crew_of, published, withdrawn

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.enums import FileFormat, Status
from disclosure.models import Disclosure, Edition, EditionFile, RenderingFailure
from disclosure.render import RENDERERS
from disclosure.verification import verify
from disclosure.workflow.completing import differing, not_drawn
from disclosure.workflow.storing import attach

REASON = "生成时出错（ValueError：broken），详情见服务器日志。"


def failing(monkeypatch, *forms: FileFormat, error: Exception | None = None) -> None:
    """Let forms fail to be drawn."""

    def draw(_document):
        raise error or ValueError("broken")

    for form in forms:
        monkeypatch.setitem(RENDERERS, form, draw)


def noted() -> dict[str, str]:
    return dict(RenderingFailure.objects.values_list("format", "reason"))


def last_detail() -> dict:
    return json.loads(AuditTrail.objects.order_by("pk").last().detail)


@pytest.fixture
def without(draft, monkeypatch):
    """An edition whose PDF and Word file could not be drawn; now they can."""
    line = RENDERERS[FileFormat.PDF]
    failing(monkeypatch, FileFormat.PDF, FileFormat.DOCX)
    edition = published(draft)
    for form in FileFormat:
        monkeypatch.setitem(RENDERERS, form, line)
    return edition


@pytest.mark.parametrize("error", [ValueError("broken"), MemoryError(), OSError(28, "full"), RecursionError()])
def test_whatever_happens_to_a_pdf_the_edition_is_published(draft, monkeypatch, error):
    failing(monkeypatch, FileFormat.PDF, error=error)

    edition = published(draft)

    assert set(edition.files.values_list("format", flat=True)) == set(FileFormat) - {FileFormat.PDF}
    assert set(noted()) == {"pdf"}
    assert last_detail()["failures"] == noted()
    assert [finding for finding in verify() if not finding.note] == []


@pytest.mark.parametrize("form", [FileFormat.HTML, FileFormat.JSON])
def test_without_page_or_data_nothing_is_published(draft, monkeypatch, form):
    ready = taken_to(draft, Status.READY)
    failing(monkeypatch, form)

    said = refusal(workflow.publish, ready, by=crew_of(draft)[Role.PUBLISHER])

    assert said == f"{form.label}文件没有生成，没有公开任何内容。原因：{REASON}请联系管理员，排除后重试。"
    assert not Edition.objects.filter(disclosure=draft).exists()
    assert Disclosure.objects.get(pk=draft.pk).status == Status.READY


def test_what_was_missing_is_added_and_no_longer_noted(without, crew):
    assert noted() == {"pdf": REASON, "docx": REASON}

    added = workflow.complete_files(without, by=crew[Role.PUBLISHER])

    line = AuditTrail.objects.order_by("pk").last()
    assert {file.format for file in added} == {"pdf", "docx"}
    assert noted() == {}
    assert (line.action, line.actor, line.action_name) == (
        "complete_files",
        crew[Role.PUBLISHER],
        "补齐文件",
    )
    assert workflow.complete_files(without) == []


def test_what_still_fails_is_told_and_the_trail_says_it_once(without, monkeypatch):
    failing(monkeypatch, FileFormat.PDF, error=MemoryError())

    for _ in range(2):
        with pytest.raises(workflow.IncompleteError, match="PDF未生成：内存不足。"):
            workflow.complete_files(without)

    assert noted() == {"pdf": "内存不足。"}
    assert without.files.filter(format="docx").exists()
    assert AuditTrail.objects.filter(action="complete_files").count() == 1


def test_a_process_that_is_gone_is_noted_with_the_pdf(without):
    not_drawn(without, "生成进程被系统终止（信号9），多为内存不足。")

    assert noted() == {"pdf": "生成进程被系统终止（信号9），多为内存不足。"}


def test_a_file_that_another_has_added_meanwhile_stays(without):
    first = EditionFile.keep("pdf", b"first")
    attach(without, [first])

    added = attach(without, [EditionFile.keep("pdf", b"second"), EditionFile.keep("docx", b"word")])

    assert [file.format for file in added] == ["docx"]
    assert without.files.get(format="pdf").read() == b"first"


def test_what_is_drawn_otherwise_is_named_and_stays(draft, monkeypatch):
    edition = published(draft)
    before = {file.format: file.sha256 for file in edition.files.all()}
    monkeypatch.setitem(RENDERERS, FileFormat.XLSX, lambda _document: b"other")
    failing(monkeypatch, FileFormat.DOCX)

    others, failures = differing(edition)

    assert (others, failures) == ([FileFormat.XLSX], {FileFormat.DOCX: REASON})
    assert {file.format: file.sha256 for file in edition.files.all()} == before


def test_a_stored_file_that_is_damaged_is_a_failure(draft):
    edition = published(draft)
    file = edition.files.get(format="json")
    default_storage.delete(file.name_for(file.sha256, "json"))

    others, failures = differing(edition)

    assert (others, list(failures)) == ([], [FileFormat.JSON])
    assert "缺失或与公开时不一致" in failures[FileFormat.JSON]


def test_a_withdrawal_takes_the_notes_along(without):
    withdrawn(without)

    assert noted() == {}
