"""Publishing with signatures configured: signed as ordered, or not published at all and said why."""

import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from signing_keys import PASSWORD, certificate, kept, openssl, sm2_key
from traces import now, refusal, taken_to
from walking import published, withdrawn

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.enums import FileFormat, Status
from disclosure.models import Edition, EditionManifest
from disclosure.render import RENDERERS
from disclosure.verification import verify

ADDRESS = "/{0.government_code}/{0.year}/{0.department_code}/"
ASK = "没有公开任何内容。请联系系统管理员。"


@pytest.fixture
def pdf(draft, monkeypatch):
    """Draw the sample's PDF for every edition: it is real, and costs nothing."""
    sample = Edition.objects.get(department_code="203", government_code="130303")
    data = sample.files.get(format=FileFormat.PDF).read()
    drawn = []

    def draw(_document):
        drawn.append(data)
        return data

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, draw)
    return drawn


@pytest.fixture
def signing(settings, tmp_path):
    settings.SIGNING_CERTIFICATE = str(kept(tmp_path / "signing.p12", certificate()))
    settings.SIGNING_PASSWORD = PASSWORD
    return settings


@pytest.fixture
def sealing(settings, tmp_path):
    settings.SM2_KEY = str(sm2_key(tmp_path / "sm2.pem"))
    return settings


@pytest.fixture
def public_key(sealing, tmp_path):
    call_command("check_signing", public_key=str(tmp_path / "sm2.pub.pem"))
    return tmp_path / "sm2.pub.pem"


def refused(draft, crew, drawn) -> str:
    """Say why a ready draft is not published, having seen that nothing was drawn, stored or moved."""
    taken_to(draft, Status.READY)
    before = Edition.objects.count(), EditionManifest.objects.count(), AuditTrail.objects.count()
    said = refusal(workflow.publish, draft, by=crew[Role.PUBLISHER])
    assert (Edition.objects.count(), EditionManifest.objects.count(), AuditTrail.objects.count()) == before
    assert now(draft).status == Status.READY
    assert drawn == []
    return said


def verified(tmp_path, public_key, manifest: bytes, signature: bytes) -> bool:
    """Verify by OpenSSL alone, with the command that the page prints."""
    (tmp_path / "manifest.json").write_bytes(manifest)
    (tmp_path / "manifest.sm2sig").write_bytes(signature)
    files = ("-in", tmp_path / "manifest.json", "-sigfile", tmp_path / "manifest.sm2sig")
    method = ("-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678")
    done = openssl("pkeyutl", "-verify", "-pubin", "-inkey", public_key, *method, *files)
    return done.returncode == 0 and b"Signature Verified Successfully" in done.stdout


def test_the_stored_pdf_is_the_signed_one_and_the_trail_knows_it(draft, pdf, signing):
    edition = published(draft)

    file = edition.files.get(format=FileFormat.PDF)
    assert file.read().startswith(pdf[0])
    assert b"/ETSI.CAdES.detached" in file.read()
    assert [finding for finding in verify() if not finding.note] == []


def test_a_certificate_that_is_not_there_stops_the_publication(draft, crew, pdf, signing, tmp_path):
    signing.SIGNING_CERTIFICATE = str(tmp_path / "gone.p12")

    assert refused(draft, crew, pdf) == f"签名证书“gone.p12”不存在或无权读取（SIGNING_CERTIFICATE）。{ASK}"


@pytest.mark.parametrize("password", ["", "另一个"])
def test_a_wrong_password_stops_the_publication(draft, crew, pdf, signing, password):
    signing.SIGNING_PASSWORD = password

    assert refused(draft, crew, pdf) == (
        f"打不开签名证书“signing.p12”：口令不对，或者不是 PKCS#12 文件（.p12、.pfx）。{ASK}"
    )


def test_a_password_file_that_is_not_there_stops_the_publication(draft, crew, pdf, signing, tmp_path):
    signing.SIGNING_PASSWORD_FILE = str(tmp_path / "nowhere")

    assert refused(draft, crew, pdf) == (f"签名证书的口令文件“nowhere”不存在或无权读取（SIGNING_PASSWORD_FILE）。{ASK}")


UNUSABLE = {
    "expired": ({"days": (-400, -35)}, "过期，不能签名。没有公开任何内容。请联系系统管理员更换证书。"),
    "early": ({"days": (5, 400)}, f"起才有效，现在不能签名。{ASK}"),
    "usage": ({"signs": False}, f"的用途不含数字签名，不能签名。{ASK}"),
}


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_certificate_that_may_not_sign_today_stops_the_publication(draft, crew, pdf, signing, case):
    known, said = UNUSABLE[case]
    kept(Path(signing.SIGNING_CERTIFICATE), certificate(**known))

    assert refused(draft, crew, pdf).endswith(said)


def test_what_is_no_certificate_stops_the_publication(draft, crew, pdf, signing, tmp_path):
    (tmp_path / "signing.p12").write_bytes("不是证书".encode())

    assert refused(draft, crew, pdf).startswith("打不开签名证书“signing.p12”")


def test_a_certificate_without_its_key_stops_the_publication(draft, crew, pdf, signing):
    kept(Path(signing.SIGNING_CERTIFICATE), certificate(), with_key=False)

    assert refused(draft, crew, pdf) == f"签名证书“signing.p12”里没有私钥和对应的证书，不能签名。{ASK}"


def test_without_the_package_it_is_said_what_to_install(draft, crew, pdf, signing, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyhanko", None)
    monkeypatch.setitem(sys.modules, "pyhanko.sign", None)

    assert refused(draft, crew, pdf) == (
        "设置了签名证书（SIGNING_CERTIFICATE），但没有安装签名用的 pyHanko。没有公开任何内容。"
        "请系统管理员执行：.venv/bin/pip install --require-hashes -r requirements-signing.txt，然后重启服务。"
    )


def test_a_pdf_that_cannot_be_signed_is_not_published_unsigned(draft, crew, signing, monkeypatch):
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda _document: b"no PDF at all")

    said = refused(draft, crew, [])

    assert said == f"不能用“秦皇岛市山海关区财政局”的证书给 PDF 签名。{ASK}"


def test_without_a_key_there_is_no_manifest(draft, db):
    edition = published(draft)

    place = f"{ADDRESS.format(edition)}editions/1/"
    assert not edition.manifests.exists()
    assert [Client().get(f"{place}manifest.{form}").status_code for form in ("json", "sm2sig")] == [404, 404]
    assert "国密签名" not in Client().get(place).content.decode()


def test_the_manifest_names_every_file_and_is_verified_by_openssl_alone(draft, sealing, public_key, tmp_path):
    edition = published(draft)

    place, client = f"{ADDRESS.format(edition)}editions/1/", Client()
    said, signature = (client.get(f"{place}manifest.{form}") for form in ("json", "sm2sig"))
    manifest = said.json()
    assert verified(tmp_path, public_key, said.content, signature.content)
    assert not verified(tmp_path, public_key, said.content.replace(b'"number":1', b'"number":2'), signature.content)
    assert manifest["address"] == f"http://127.0.0.1:8000{place}"
    assert (manifest["number"], manifest["content_sha256"]) == (1, edition.content_sha256)
    assert manifest["files"] == [
        {"name": f"document.{file.format}", "size": file.size, "sha256": file.sha256}
        for file in edition.files.order_by("format")
    ]
    assert client.get(f"{ADDRESS.format(edition)}manifest.json").content == said.content
    assert [finding for finding in verify() if not finding.note] == []


def test_the_page_says_how_to_verify(draft, sealing, monkeypatch):
    monkeypatch.setitem(RENDERERS, FileFormat.HTML, lambda _document: b"<p>article</p>")
    edition = published(draft)

    shown = Client().get(ADDRESS.format(edition)).content.decode()

    assert f'href="{ADDRESS.format(edition)}editions/1/manifest.sm2sig"' in shown
    assert "openssl pkeyutl -verify -pubin" in shown


def test_a_key_under_a_password_that_lies_in_a_file_signs(draft, settings, tmp_path):
    (tmp_path / "password").write_text("geheim\n", encoding="ascii")
    settings.SM2_KEY = str(sm2_key(tmp_path / "locked.pem", tmp_path / "password"))
    settings.SM2_PASSWORD_FILE = str(tmp_path / "password")
    call_command("check_signing", public_key=str(tmp_path / "sm2.pub.pem"))

    row = published(draft).manifests.get()

    assert verified(tmp_path, tmp_path / "sm2.pub.pem", row.text.encode(), row.signed)


def test_a_key_whose_password_is_not_known_stops_the_publication(draft, crew, pdf, settings, tmp_path):
    (tmp_path / "password").write_text("geheim\n", encoding="ascii")
    settings.SM2_KEY = str(sm2_key(tmp_path / "locked.pem", tmp_path / "password"))

    assert refused(draft, crew, pdf) == (
        f"openssl 不能用国密私钥“locked.pem”签名：口令不对、不是私钥，或者 openssl 低于 3.0。{ASK}"
    )


def test_a_key_of_another_kind_stops_the_publication(draft, crew, pdf, settings, tmp_path):
    openssl("genpkey", "-algorithm", "ED25519", "-out", tmp_path / "other.pem")
    settings.SM2_KEY = str(tmp_path / "other.pem")

    assert refused(draft, crew, pdf) == f"“other.pem”不是 SM2 私钥（SM2_KEY）。{ASK}"


def test_a_key_that_is_not_there_stops_the_publication(draft, crew, pdf, settings, tmp_path):
    settings.SM2_KEY = str(tmp_path / "gone.pem")

    assert refused(draft, crew, pdf) == f"国密私钥“gone.pem”不存在或无权读取（SM2_KEY）。{ASK}"


def test_without_openssl_it_is_said(draft, crew, pdf, sealing, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")

    assert refused(draft, crew, pdf) == f"设置了国密私钥（SM2_KEY），但没有 openssl 命令（3.0 以上）。{ASK}"


def test_an_edition_of_the_time_before_the_key_is_signed_once(draft, settings, tmp_path):
    edition = published(draft)
    settings.SM2_KEY = str(sm2_key(tmp_path / "sm2.pem"))

    first, second = workflow.complete_manifest(edition), workflow.complete_manifest(edition)

    assert (edition.manifests.get(), second) == (first, None)
    assert AuditTrail.objects.last().action == "sign_manifest"
    assert [finding for finding in verify() if not finding.note] == []


def test_files_that_are_added_later_make_a_new_manifest(draft, sealing, monkeypatch):
    drawn = dict(RENDERERS)
    monkeypatch.delitem(RENDERERS, FileFormat.PDF)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, missing_engine)
    edition = published(draft)
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, drawn[FileFormat.PDF])

    workflow.complete_files(edition)

    newest, oldest = edition.manifests.all()
    assert ("document.pdf" in newest.text, "document.pdf" in oldest.text) == (True, False)
    assert [finding for finding in verify() if not finding.note] == []


def missing_engine(_document):
    """Stand for a machine without Pango."""
    from disclosure.render import EngineMissingError

    raise EngineMissingError


def test_a_withdrawn_edition_gives_out_no_manifest(draft, sealing):
    edition = published(draft)
    withdrawn(edition)

    place = f"{ADDRESS.format(edition)}editions/1/"
    assert [Client().get(f"{place}manifest.{form}").status_code for form in ("json", "sm2sig")] == [410, 410]
    assert workflow.complete_manifest(edition) is None


def test_the_command_says_what_is_configured(signing, sealing, capsys):
    call_command("check_signing")

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("PDF 签名：秦皇岛市山海关区财政局，有效期至")
    assert second.startswith("国密签名：SM2，公钥的 SHA-256 为 ")


def test_the_command_fails_with_the_reason(signing):
    signing.SIGNING_PASSWORD = "错"  # noqa: S105 wrong on purpose

    with pytest.raises(CommandError, match="口令不对"):
        call_command("check_signing")


def test_the_command_says_that_nothing_is_configured(settings, tmp_path, capsys):
    call_command("check_signing")

    assert capsys.readouterr().out.splitlines() == [
        "PDF 签名：没有设置（SIGNING_CERTIFICATE）。",
        "国密签名：没有设置（SM2_KEY）。",
    ]
    with pytest.raises(CommandError, match="写不出公钥"):
        call_command("check_signing", public_key=str(tmp_path / "never"))
