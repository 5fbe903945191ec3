"""The signed lists of an edition's files are among what is kept of it, before and after a withdrawal."""

import csv
import io
import zipfile

import pytest
from signing_keys import openssl, sm2_key
from walking import published, withdrawn

from budgets.enums import Role
from disclosure import evidence, workflow
from disclosure.enums import FileFormat
from disclosure.render import RENDERERS
from disclosure.signing import sm2

METHOD = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")


@pytest.fixture
def sealing(settings, tmp_path):
    settings.SM2_KEY = str(sm2_key(tmp_path / "sm2.pem"))


def packed(edition, by) -> dict[str, bytes]:
    with evidence.pack(edition, by=by).file as file, zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def signed(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name.rpartition("/")[2]: data for name, data in files.items() if "/国密签名/" in name}


def broken(_document):
    raise MemoryError


def test_every_signed_list_is_in_the_pack_and_verifies(draft, crew, sealing, tmp_path, monkeypatch):
    line = RENDERERS[FileFormat.PDF]
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, broken)
    edition = published(draft)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, line)
    workflow.complete_files(edition)

    files = packed(edition, crew[Role.PUBLISHER])

    found = signed(files)
    assert list(found) == [f"{number}-manifest.{form}" for number in ("01", "02") for form in ("json", "sm2sig")]
    assert (b"document.pdf" in found["01-manifest.json"], b"document.pdf" in found["02-manifest.json"]) == (False, True)
    (tmp_path / "key").write_text(sm2.public_key())
    for name, data in found.items():
        (tmp_path / name).write_bytes(data)
    for number in ("01", "02"):
        parts = ("-in", tmp_path / f"{number}-manifest.json", "-sigfile", tmp_path / f"{number}-manifest.sm2sig")
        done = openssl("pkeyutl", "-verify", "-pubin", "-inkey", tmp_path / "key", *METHOD, *parts)
        assert b"Signature Verified Successfully" in done.stdout
    assert "1-版次/国密签名/01-manifest.sm2sig" in files["清单.csv"].decode("utf-8-sig")


def test_a_withdrawn_edition_keeps_its_signed_lists_and_the_trail_has_words(draft, crew, sealing):
    edition = published(draft)
    withdrawn(edition)

    files = packed(edition, crew[Role.PUBLISHER])

    assert list(signed(files)) == ["01-manifest.json", "01-manifest.sm2sig"]
    trail = list(csv.DictReader(io.StringIO(files["6-审计轨迹/审计轨迹.csv"].decode("utf-8-sig"))))
    assert {(row["操作"], row["操作名称"]) for row in trail} >= {("publish", "公开"), ("withdraw", "撤下")}


def test_without_a_key_there_is_nothing_signed(draft, crew):
    assert signed(packed(published(draft), crew[Role.PUBLISHER])) == {}
