"""Everything the public can reach, followed link by link, before and after a withdrawal: nothing of it is left."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from walking import crew_of, edited

from budgets.enums import Role
from budgets.models import Project
from budgets.readers.blocks import Paragraph
from budgets.readers.pdf import read_pdf
from disclosure import workflow
from disclosure.enums import FileFormat
from disclosure.models import EditionContent, EditionEvidence, EditionFile, EditionLine, EditionText, Narrative
from disclosure.render import RENDERERS
from portal.guard import READABLE

HOME = "/130303/2022/203/"
SENTENCE = "全年接待来访三千余人次，逐一登记造册"
PERSON = "欧阳试之"
PROJECT = "荣誉纪念册编印"
GOAL = "goal-13030321GZV93HM6A1HA2"
AMOUNT = "1090.88"
TELLING = (SENTENCE, PERSON, PROJECT, AMOUNT, "10908800.00")
LINK = re.compile(r'(?:href|src|action)="([^"#?]+)')
"""Links, without the sorting of lists."""


class Seen(NamedTuple):
    """What an address answered."""

    status: int
    text: str
    tag: str

    @property
    def telling(self) -> list[str]:
        """Return what it gives away."""
        return [one for one in TELLING if one in self.text]


def readable(response) -> str:
    """Return everything an answer says: its headers, and its body without the breaks of lines."""
    data = b"".join(response) if response.streaming else response.content
    if data.startswith(b"PK"):
        body = "".join(told_by(part) for part in members(data))
    elif response["Content-Type"] == "application/pdf" and data.startswith(b"%PDF-1"):
        blocks = read_pdf(data)
        told = [
            block.text if isinstance(block, Paragraph) else "\n".join(cell.text for row in block.rows for cell in row)
            for block in blocks
        ]
        body = "\n".join(told)
    else:
        body = data.decode(errors="replace" if response["Content-Type"] == "image/png" else "strict")
    return re.sub(r"\s", "", f"{list(response.items())}{body}")


def members(data: bytes) -> list[bytes]:
    """Take an archive apart."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [archive.read(name) for name in archive.namelist()]


def told_by(part: bytes) -> str:
    """Return the words of a part in XML, without its marks; letters may be written by their numbers."""
    return re.sub(r"<[^>]+>", "", html.unescape(part.decode(errors="replace")))


def crawl(client, *starts: str) -> dict[str, Seen]:
    """Follow every link of the site."""
    seen: dict[str, Seen] = {}
    waiting = ["/", *starts]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        response = client.get(address)
        seen[address] = Seen(response.status_code, readable(response), response.headers.get("ETag", ""))
        if response["Content-Type"].startswith("text/html"):
            found = {urljoin(address, link) for link in LINK.findall(response.content.decode())}
            waiting += sorted(link for link in found if link.startswith("/") and not link.startswith("/static/"))
    return seen


def giving_away(seen: dict[str, Seen]) -> dict[str, list[str]]:
    return {address: page.telling for address, page in seen.items() if page.telling}


def stored(folder: Path) -> set[str]:
    """Return what the stored files give away: raw, and with archives and the streams of a PDF taken apart."""
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    parts = [part for data in files for part in (data, *_streams(data), *_unpacked(data))]
    return {one for one in TELLING if any(one.encode() in part for part in parts)}


def _streams(data: bytes) -> Iterator[bytes]:
    for start in re.finditer(rb"stream\r?\n", data) if data.startswith(b"%PDF") else ():
        try:
            yield zlib.decompressobj().decompress(data[start.end() :])
        except zlib.error:
            continue


def _unpacked(data: bytes) -> list[bytes]:
    return [told_by(part).encode() for part in members(data)] if data.startswith(b"PK") else []


def published_rows() -> str:
    """Return all that is in the tables the public pages may read."""
    models = [model for model in apps.get_models() if model._meta.db_table in READABLE]
    return "".join(str(row) for model in models for row in model._default_manager.values_list())


@pytest.fixture
def _plain_pdfs():
    """Here what lies in a PDF is looked at: draw it."""


@pytest.fixture
def alone(edition, settings, tmp_path):
    """A folder with the files of the sample's first edition and nothing else."""
    files = [(file, file.read()) for file in edition.files.all()]
    settings.MEDIA_ROOT = tmp_path
    for file, data in files:
        default_storage.save(file.name_for(file.sha256, file.format), ContentFile(data))
    return tmp_path / "editions"


@pytest.fixture
def editions(disclosure, edition, alone, monkeypatch):
    """Three editions that each say something of their own; the second has a PDF, the third a stand-in."""

    def say(**texts: str) -> None:
        for key, text in texts.items():
            Narrative.objects.filter(disclosure=disclosure, key=key).update(text=text)

    first = Project.objects.filter(goals__budget=disclosure.budget).order_by("code").first()
    second = edited(disclosure, lambda: say(other_matters=f"{SENTENCE}。\n由{PERSON}同志负责汇总。"))
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: document.canonical.encode())
    third = edited(disclosure, lambda: Project.objects.filter(pk=first.pk).update(name=f"{first.name}（{PROJECT}）"))
    return [edition, second, third]


@pytest.mark.timeout(400)
def test_nothing_of_what_was_withdrawn_is_left_anywhere_public(
    client, editions, alone, django_capture_on_commit_callbacks
):
    files = [f"document.{form}" for form in ("pdf", "docx", "xlsx", "json")]
    files += [f"tables/{key}.{form}" for key in ("totals", GOAL) for form in ("csv", "xlsx", "json")]
    numbered = [f"editions/{number}/{file}" for number in (1, 2, 3) for file in files]
    starts = [f"{HOME}{part}" for part in (*files, *numbered, "editions/1/changes/", "editions/2/changes/")]
    before = crawl(client, *starts)
    assert {one for page in before.values() for one in page.telling} == set(TELLING)
    assert stored(alone) == set(TELLING)
    second = {form: before[f"{HOME}editions/2/document.{form}"].text for form in ("pdf", "docx", "json")}
    assert [form for form, text in second.items() if SENTENCE not in text] == []
    assert [file for file in ("document.xlsx", *files[-3:]) if PROJECT not in before[f"{HOME}{file}"].text] == []
    assert [file for file in files if not before[f"{HOME}{file}"].telling] == []
    assert len([page for page in before.values() if page.status == 200]) > 300

    with django_capture_on_commit_callbacks(execute=True):
        publisher = crew_of(editions[0].disclosure)[Role.PUBLISHER]
        workflow.withdraw(editions[2], by=publisher, reason="含个人信息", also_earlier=True)

    after = crawl(client, *starts, *before)
    assert giving_away(after) == {}
    assert {address: page.status for address, page in after.items() if address.startswith(HOME)} == {
        address: 410 for address in after if address.startswith(HOME)
    }
    assert not [path for path in alone.rglob("*") if path.is_file()]
    assert [one for one in TELLING if one in published_rows()] == []
    for model in (EditionContent, EditionEvidence, EditionFile, EditionLine, EditionText):
        assert not model.objects.filter(edition__in=editions).exists()
    for address, page in before.items():
        answer = client.get(address, HTTP_IF_NONE_MATCH=page.tag or "*")
        assert (answer.status_code == 304) <= (not page.telling)
        if address.startswith(HOME):
            assert (answer.status_code, answer.headers.get("ETag")) == (410, None)


@pytest.mark.timeout(400)
def test_withdrawing_the_newest_one_leaves_the_others_and_no_word_of_itself(
    client, editions, alone, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        workflow.withdraw(editions[2], by=crew_of(editions[0].disclosure)[Role.PUBLISHER], reason="误公开")

    after = crawl(client, f"{HOME}document.pdf", f"{HOME}editions/3/changes/")

    gone = {address for address, page in after.items() if page.status == 410}
    assert {f"{HOME}", f"{HOME}document.pdf", f"{HOME}editions/3/", f"{HOME}editions/3/changes/"} <= gone
    assert after[f"{HOME}editions/2/changes/"].status == 200
    assert [address for address, page in after.items() if PROJECT in page.text] == []
    assert SENTENCE in after[f"{HOME}editions/2/"].text
    assert PROJECT not in stored(alone)
