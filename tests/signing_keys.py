"""Certificates and keys made for tests: self-signed, with a Chinese name, and thrown away."""

import subprocess
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

NAME = "秦皇岛市山海关区财政局"
PASSWORD = "口令 geheim"  # noqa: S105 of a certificate that no one trusts


@cache
def _key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def certificate(days: tuple[int, int] = (-1, 365), *, name: str = NAME, signs: bool = True):
    """Return a certificate in force from one day to another, counted from today."""
    whom, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), datetime.now(UTC)
    usage = dict.fromkeys(
        ("data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"), False
    )
    usage |= {"digital_signature": signs, "content_commitment": signs, "key_encipherment": not signs}
    made = x509.CertificateBuilder().subject_name(whom).issuer_name(whom).public_key(_key().public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(x509.KeyUsage(**usage), critical=True)
    made = made.not_valid_before(now + timedelta(days[0])).not_valid_after(now + timedelta(days[1]))
    return made.sign(_key(), hashes.SHA256())


def kept(path: Path, made, *, with_key: bool = True) -> Path:
    """Write a certificate with its key as PKCS#12."""
    locked = serialization.BestAvailableEncryption(PASSWORD.encode())
    held = (_key(), made, None) if with_key else (None, None, [made])
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"signing", *held, locked))
    return path


def openssl(*arguments: object, data: bytes = b"") -> subprocess.CompletedProcess:
    """Run openssl as anyone would."""
    return subprocess.run(["openssl", *map(str, arguments)], input=data, capture_output=True, check=False)  # noqa: S607


def sm2_key(path: Path, password: Path | None = None) -> Path:
    """Make an SM2 key, under a password that lies in a file."""
    under = ["-aes-256-cbc", "-pass", f"file:{password}"] if password else []
    assert openssl("genpkey", "-algorithm", "SM2", *under, "-out", path).returncode == 0
    return path
