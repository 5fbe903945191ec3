"""SM2 signatures over SM3 (GB/T 32918), by the openssl command: no library for Python makes them.

The key stays in its file and the password in its own: neither is ever an argument, a log line or in our memory.
"""

import os
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

from disclosure.refusal import RefusalError
from disclosure.signing.certificate import WAY_OUT, contents

IDENTITY = "distid:1234567812345678"
"""The signer's name that GM/T 0009 has everybody use where none is agreed on."""
METHOD = ("-rawin", "-digest", "sm3", "-pkeyopt", IDENTITY)
PATIENCE = 20
BEGINNING, END = "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"


def public_key() -> str | None:
    """Return the public key (PEM) of the configured key; None where there is none.

    Raises RefusalError where the key cannot be used.
    """
    if not settings.SM2_KEY:
        return None
    path = Path(settings.SM2_KEY)
    contents(path, f"国密私钥“{path.name}”不存在或无权读取（SM2_KEY）。")
    if settings.SM2_PASSWORD_FILE:
        kept = Path(settings.SM2_PASSWORD_FILE)
        contents(kept, f"国密私钥的口令文件“{kept.name}”不存在或无权读取（SM2_PASSWORD_FILE）。")
    told = _openssl(["pkey", "-in", str(path), *_password(), "-pubout", "-text_pub"]).decode()
    if "ASN1 OID: SM2" not in told:
        raise RefusalError(f"“{path.name}”不是 SM2 私钥（SM2_KEY）。{WAY_OUT}")
    return f"{BEGINNING}{told.partition(BEGINNING)[2].partition(END)[0]}{END}\n"


def sign(data: bytes) -> bytes:
    """Return the signature of ``data`` (DER) by the configured key."""
    return _openssl(["pkeyutl", "-sign", "-inkey", settings.SM2_KEY, *_password(), *METHOD], data)


def _password() -> list[str]:
    """Say where the password lies; an empty one rather than a question that nobody would answer."""
    kept = settings.SM2_PASSWORD_FILE
    return ["-passin", f"file:{kept}" if kept else "pass:"]


def _openssl(arguments: list[str], data: bytes = b"") -> bytes:
    """Run openssl; what it complains of may quote the key's file, so it goes nowhere."""
    program = shutil.which("openssl")
    if program is None:
        raise RefusalError(f"设置了国密私钥（SM2_KEY），但没有 openssl 命令（3.0 以上）。{WAY_OUT}")
    command, plain = [program, *arguments], {"PATH": os.environ.get("PATH", os.defpath)}
    try:
        done = subprocess.run(command, input=data, env=plain, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 our own
    except (subprocess.SubprocessError, OSError) as error:
        said = f"openssl 不能用国密私钥“{Path(settings.SM2_KEY).name}”签名：口令不对、不是私钥，或者 openssl 低于 3.0。"
        raise RefusalError(said + WAY_OUT) from error
    return done.stdout
