"""The certificate that signs PDFs: a PKCS#12 file named by a setting, read anew each time, and whether it can sign."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import timezone

from disclosure.refusal import RefusalError

WAY_OUT = "没有公开任何内容。请联系系统管理员。"
MISSING = (
    "设置了签名证书（SIGNING_CERTIFICATE），但没有安装签名用的 pyHanko。没有公开任何内容。"
    "请系统管理员执行：.venv/bin/pip install --require-hashes -r requirements-signing.txt，然后重启服务。"
)


class Signatory(NamedTuple):
    """Who signs: the PKCS#12 file with its password, and what the certificate says."""

    data: bytes
    password: bytes
    name: str
    until: datetime


def load() -> Signatory | None:
    """Read the configured certificate; None where there is none; raise RefusalError where it cannot sign today."""
    if not settings.SIGNING_CERTIFICATE:
        return None
    path = Path(settings.SIGNING_CERTIFICATE)
    data = contents(path, f"签名证书“{path.name}”不存在或无权读取（SIGNING_CERTIFICATE）。")
    held = _opened(path, data, _password())
    _in_force(path, held)
    return Signatory(data, _password(), _name(held), held.not_valid_after_utc)


def contents(path: Path, complaint: str) -> bytes:
    """Read a file that a setting names; raise RefusalError with the complaint and whom to ask."""
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{complaint}{WAY_OUT}"
        raise RefusalError(message) from error


def _password() -> bytes:
    """Return the password: from the file that is named, else from the setting."""
    if settings.SIGNING_PASSWORD_FILE:
        path = Path(settings.SIGNING_PASSWORD_FILE)
        kept = contents(path, f"签名证书的口令文件“{path.name}”不存在或无权读取（SIGNING_PASSWORD_FILE）。")
        return kept.rstrip(b"\r\n")
    return os.fsencode(settings.SIGNING_PASSWORD)


def _opened(path: Path, data: bytes, password: bytes) -> Any:
    """Return the certificate of a PKCS#12 file that holds a key as well."""
    try:
        import pyhanko.sign  # noqa: F401 what is missing is said before a publication begins
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import pkcs12
    except ImportError as error:
        raise RefusalError(MISSING) from error
    try:
        key, held, _others = pkcs12.load_key_and_certificates(data, password or None)
    except UnsupportedAlgorithm as error:
        said = f"签名证书“{path.name}”的算法不支持：PDF 签名用 RSA 或 ECDSA 证书，国密密钥请设置 SM2_KEY。"
        raise RefusalError(said + WAY_OUT) from error
    except (ValueError, TypeError) as error:
        said = f"打不开签名证书“{path.name}”：口令不对，或者不是 PKCS#12 文件（.p12、.pfx）。"
        raise RefusalError(said + WAY_OUT) from error
    if key is None or held is None:
        raise RefusalError(f"签名证书“{path.name}”里没有私钥和对应的证书，不能签名。{WAY_OUT}")
    return held


def _in_force(path: Path, held: Any) -> None:
    """Refuse a certificate outside its dates, or one that was not issued to sign."""
    now = timezone.now()
    if now < held.not_valid_before_utc:
        raise RefusalError(f"签名证书“{path.name}”{_day(held.not_valid_before_utc)}起才有效，现在不能签名。{WAY_OUT}")
    if now > held.not_valid_after_utc:
        said = f"签名证书“{path.name}”已于{_day(held.not_valid_after_utc)}过期，不能签名。没有公开任何内容。"
        raise RefusalError(f"{said}请联系系统管理员更换证书。")
    if not _may_sign(held):
        raise RefusalError(f"签名证书“{path.name}”的用途不含数字签名，不能签名。{WAY_OUT}")


def _may_sign(held: Any) -> bool:
    from cryptography import x509

    try:
        usage = held.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return bool(usage.digital_signature or usage.content_commitment)


def _name(held: Any) -> str:
    """Return whom the certificate names: the common name, else the organisation."""
    from cryptography.x509.oid import NameOID

    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for found in held.subject.get_attributes_for_oid(kind):
            return str(found.value)
    return "证书没有写明名称"


def _day(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local.year}年{local.month}月{local.day}日"
