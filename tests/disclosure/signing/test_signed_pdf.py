"""A signed PDF: validated as a signature, as an archive's file, and as what a screen reader is given."""

import io

import page
import pikepdf
import pytest
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from signing_keys import NAME, PASSWORD, certificate, kept

from disclosure.enums import FileFormat
from disclosure.signing import finished, outlines
from disclosure.signing.outlines import Line


@pytest.fixture
def plain(edition) -> bytes:
    return edition.files.get(format=FileFormat.PDF).read()


@pytest.fixture
def made():
    return certificate()


@pytest.fixture
def configured(settings, tmp_path, made):
    settings.SIGNING_CERTIFICATE = str(kept(tmp_path / "signing.p12", made))
    settings.SIGNING_PASSWORD = PASSWORD
    return settings


@pytest.fixture
def signed(configured, plain) -> bytes:
    return finished(FileFormat.PDF, plain)


def status_of(data, trusted):
    """Return what pyHanko's validator says of the one signature of a file."""
    [signature] = PdfFileReader(io.BytesIO(data)).embedded_signatures
    root = x509.Certificate.load(trusted.public_bytes(Encoding.DER))
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root], allow_fetching=False))


def test_the_signature_is_valid_trusted_and_covers_the_whole_file(signed, made):
    status = status_of(signed, made)

    assert status.bottom_line
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.signing_cert.subject.native["common_name"] == NAME
    assert status.md_algorithm == "sha256"


def test_a_certificate_that_the_reader_does_not_trust_signs_no_less_but_is_not_trusted(signed):
    status = status_of(signed, certificate(name="别的机构"))

    assert (status.intact, status.valid, status.trusted) == (True, True, False)


def test_a_changed_byte_breaks_the_signature(signed, plain, made):
    at = len(plain) // 2
    changed = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]

    assert not status_of(changed, made).intact


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_it_stays_what_it_claims_to_be(signed, profile):
    report = page.validate_pdf_bytes(signed, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_what_was_drawn_stands_unchanged_at_its_beginning(signed, plain):
    assert signed.startswith(plain)
    assert len(signed) < len(plain) + 250_000


def test_without_a_certificate_nothing_changes(plain):
    assert finished(FileFormat.PDF, plain) is plain


def test_other_formats_are_not_touched(configured):
    assert finished(FileFormat.JSON, b"{}") == b"{}"


def test_the_mark_has_a_name_and_a_place_in_the_reading_order(signed):
    with pikepdf.open(io.BytesIO(signed)) as file:
        [field] = file.Root.AcroForm.Fields
        tree = file.Root.StructTreeRoot
        cover = tree.K[0].K[0]
        form = cover.K[-1]
        numbers = list(tree.ParentTree.Nums)

        assert str(field.TU).startswith(f"数字签名：{NAME}，")
        assert (str(form.S), str(form.Alt)) == ("/Form", str(field.TU))
        assert form.K[0].Obj.objgen == field.objgen
        assert file.pages[0].obj.Annots[0].objgen == field.objgen
        assert (int(numbers[-2]), numbers[-1].objgen) == (int(field.StructParent), form.objgen)
        assert [int(one) for one in numbers[::2]] == sorted({int(one) for one in numbers[::2]})
        assert int(field.F) & 0b100
        assert sorted(file.attachments) == ["document.json", "document.xlsx"]


def test_a_password_may_lie_in_a_file(configured, plain, tmp_path, made):
    kept_in = tmp_path / "password"
    kept_in.write_text(f"{PASSWORD}\n", encoding="utf-8")
    configured.SIGNING_PASSWORD, configured.SIGNING_PASSWORD_FILE = "", str(kept_in)

    assert status_of(finished(FileFormat.PDF, plain), made).bottom_line


def test_a_long_name_is_drawn_smaller_and_stays_inside():
    short, long = (outlines.drawn(Line(words, "Portal Hei", 12, 10, 27, 400)) for words in ("区", "区" * 100))

    assert short.startswith(b"q 0.01200 0 0 0.01200 10 27 cm")
    assert long.startswith(b"q 0.00400 0 0 0.00400 10 27 cm")


def test_characters_that_no_font_has_are_left_out():
    assert outlines.drawn(Line("\U000f0000", "Portal Hei", 12, 10, 27, 400)).count(b" f Q") == 0
