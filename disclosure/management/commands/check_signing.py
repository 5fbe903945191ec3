"""Says whether the configured signatures can be made, and writes the SM2 public key for whoever verifies."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from disclosure.refusal import RefusalError
from disclosure.signing import certificate, sm2
from disclosure.signing.manifest import fingerprint_of


class Command(BaseCommand):
    """``manage.py check_signing [--public-key FILE]``."""

    help = "检查签名证书和国密私钥能不能用；--public-key 写出国密公钥，供他人核验。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the public key be written."""
        parser.add_argument("--public-key", default="", help="把国密公钥（PEM）写到这个文件")

    def handle(self, *, public_key: str, **_options: Any) -> None:
        """Try both, and say what was found."""
        try:
            signatory, key = certificate.load(), sm2.public_key()
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        if signatory:
            until = timezone.localtime(signatory.until).date()
            days = (until - timezone.localdate()).days
            self.stdout.write(f"PDF 签名：{signatory.name}，有效期至{until}，还有{days}天。")
        else:
            self.stdout.write("PDF 签名：没有设置（SIGNING_CERTIFICATE）。")
        if key is None:
            self.stdout.write("国密签名：没有设置（SM2_KEY）。")
        else:
            self.stdout.write(f"国密签名：SM2，公钥的 SHA-256 为 {fingerprint_of(key)}。")
        if public_key:
            _write(public_key, key)


def _write(path: str, key: str | None) -> None:
    if key is None:
        raise CommandError("没有设置国密私钥（SM2_KEY），写不出公钥。")
    Path(path).write_text(key, encoding="ascii")
