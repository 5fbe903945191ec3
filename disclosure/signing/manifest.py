"""The manifest of an edition: its address, its content's hash and each of its files, signed with SM2 as it stands."""

import base64
import hashlib
from typing import Any

import msgspec
from django.conf import settings
from django.utils import timezone

from disclosure.models import Edition, EditionManifest
from disclosure.signing import sm2

FORMAT = "department-budget-manifest/1"


def seal(edition: Edition) -> EditionManifest | None:
    """Sign what an edition consists of now; None where no key is configured. Asked inside the storing transaction."""
    key = sm2.public_key()
    if key is None:
        return None
    text = manifest_of(edition, key)
    signature = sm2.sign(text.encode()).hex()
    row: EditionManifest = EditionManifest.objects.create(
        edition=edition, at=timezone.now(), text=text, signature=signature
    )
    return row


def manifest_of(edition: Edition, key: str) -> str:
    """Return the canonical JSON (UTF-8, sorted keys, no spaces) that is signed."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "address": address_of(edition),
        "title": edition.title,
        "number": edition.number,
        "content_sha256": edition.content_sha256,
        "key_sha256": fingerprint_of(key),
        "files": [
            {"name": f"document.{file.format}", "size": file.size, "sha256": file.sha256}
            for file in edition.files.order_by("format")
        ],
    }
    return msgspec.json.encode(said, order="sorted").decode()


def address_of(edition: Edition) -> str:
    """Return the full public address of one edition, for ever."""
    place = f"{edition.government_code}/{edition.year}/{edition.department_code}/"
    unit = f"units/{edition.unit_code}/" if edition.unit_code else ""
    return f"{settings.PUBLIC_URL.rstrip('/')}/{place}{unit}editions/{edition.number}/"


def fingerprint_of(key: str) -> str:
    """Return the SHA-256 of a public key (PEM), by which its owner announces it."""
    return hashlib.sha256(base64.b64decode("".join(key.split("-----")[2].split()))).hexdigest()
