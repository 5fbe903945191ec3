"""A store of objects for tests, on this machine: as much of the protocol of S3 as is asked of it."""

import base64
import hashlib
import re
import threading
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, NAME = "AKIA-CESHI", "mima/geheim+2026", "yusuan"


class Held(NamedTuple):
    """An object, and when it was written."""

    data: bytes
    at: datetime


class Bucket:
    """The store: ``objects`` by key, what was ``asked`` of it, and whether it is ``down`` or takes no ``writes``."""

    def __init__(self) -> None:
        self.objects: dict[str, Held] = {}
        self.asked: list[tuple[str, str]] = []
        self.down = False
        self.refused = re.compile(r"(?!)")
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Answers,), {"bucket": self}))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address for OBJECT_STORAGE."""
        secret = SECRET.replace("/", "%2F").replace("+", "%2B")
        return f"s3+http://{KEY}:{secret}@127.0.0.1:{self.server.server_port}/{NAME}?style=path"

    def put(self, key: str, data: bytes, at: datetime | None = None) -> None:
        """Put an object past the protocol."""
        self.objects[key] = Held(data, at or datetime.now(UTC))

    def close(self) -> None:
        """Stop."""
        self.server.shutdown()
        self.server.server_close()


class _Answers(BaseHTTPRequestHandler):
    """GET, HEAD, PUT and DELETE of an object; GET of a list with a delimiter."""

    bucket: Bucket
    protocol_version = "HTTP/1.1"

    def _key(self) -> str | None:
        """Return which object is asked for; None where the request was answered with an error."""
        path = unquote(urlsplit(self.path).path).removeprefix(f"/{NAME}").lstrip("/")
        self.bucket.asked.append((self.command, path))
        if self.bucket.down:
            return self._error(503, "ServiceUnavailable")
        if f"Credential={KEY}/" not in self.headers.get("Authorization", ""):
            return self._error(403, "AccessDenied")
        return path

    def do_GET(self) -> None:
        """Answer with an object, or with the list of a folder."""
        key = self._key()
        if key is None:
            return
        if not key:
            self._list(parse_qs(urlsplit(self.path).query))
        elif held := self.bucket.objects.get(key):
            self._send(200, held.data, held.at)
        else:
            self._error(404, "NoSuchKey")

    do_HEAD = do_GET  # noqa: N815 the library's name

    def do_PUT(self) -> None:
        """Take an object whose bytes are those it was announced with."""
        data = self.rfile.read(int(self.headers["Content-Length"]))
        key = self._key()
        if key is None:
            return
        digest = base64.b64encode(hashlib.md5(data, usedforsecurity=False).digest()).decode()
        if self.bucket.refused.search(key):
            self._error(507, "QuotaExceeded")
        elif self.headers["Content-MD5"] != digest or "x-amz-checksum-crc32" in self.headers:
            self._error(400, "BadDigest")
        else:
            self.bucket.put(key, data)
            self._send(200, b"")

    def do_DELETE(self) -> None:
        """Forget an object."""
        key = self._key()
        if key is not None:
            self.bucket.objects.pop(key, None)
            self._send(204, b"")

    def _list(self, asked: dict[str, list[str]]) -> None:
        prefix = asked.get("prefix", [""])[0]
        rest = sorted(key.removeprefix(prefix) for key in self.bucket.objects if key.startswith(prefix))
        folders = sorted({one.partition("/")[0] for one in rest if "/" in one})
        said = "".join(f"<Contents><Key>{escape(prefix + one)}</Key></Contents>" for one in rest if "/" not in one)
        said += "".join(f"<CommonPrefixes><Prefix>{escape(prefix + one)}/</Prefix></CommonPrefixes>" for one in folders)
        xml = f"<ListBucketResult><IsTruncated>false</IsTruncated>{said}</ListBucketResult>"
        self._send(200, xml.encode())

    def _error(self, status: int, code: str) -> None:
        self._send(status, f"<Error><Code>{code}</Code><Message>{KEY}</Message></Error>".encode())

    def _send(self, status: int, data: bytes, at: datetime | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        if at:
            self.send_header("Last-Modified", format_datetime(at, usegmt=True))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""
