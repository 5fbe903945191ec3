"""What the site writes down of its own running: one JSON object a line, kept for more than a year.

Never in it: passwords, what was typed into forms, query strings, names. Who is meant is told by the account's number;
what looks like an identity card, a mobile or a bank card in an error's own words is blotted out. This module is read by
the settings, so that it knows no Django.
"""

import contextlib
import json
import logging
import re
import secrets
import time
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

NUMBER: ContextVar[str] = ContextVar("number", default="")
"""The number of the request that is being answered."""
KEPT_DAYS = 400
"""The law wants a year (《互联网政务应用安全管理规定》第二十条)."""
GIVEN = re.compile(r"[0-9A-Za-z-]{8,64}")
OWN = ("method", "path", "status", "ms", "user", "worker", "edition", "reason")
PERSONAL = re.compile(
    r"(?<![0-9A-Za-z])(?:[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d{4}[\dXx]|1[3-9]\d{9}|\d{16,19})(?![0-9A-Za-z])"
)
MARK = "portal.export"
"""In the environment of what the portal asks of itself, to write its pages as files; no header sets it."""
ROW = re.compile(r"^(?:DETAIL|详细信息|CONTEXT|背景): .*$", re.MULTILINE)
"""Where PostgreSQL quotes the row that it refused."""
BREAKS = {mark: f"\\u{mark:04x}" for mark in (0x85, 0x2028, 0x2029)}
"""What some programs take for the end of a line, and JSON does not write otherwise by itself."""
logger = logging.getLogger("portal.requests")


def blotted(text: str) -> str:
    """Return a text without what it may quote of somebody's data."""
    return PERSONAL.sub("***", ROW.sub("", text))


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Say when, how grave, who speaks, what, and in answer to which request."""
        said: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).astimezone().isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": blotted(record.getMessage()),
        }
        if number := NUMBER.get():
            said["request"] = number
        said.update({name: getattr(record, name) for name in OWN if getattr(record, name, None) is not None})
        if record.exc_info and record.exc_info[0]:
            said["error"] = record.exc_info[0].__name__
            said["trace"] = blotted(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False, default=str).translate(BREAKS)


class DailyFile(logging.Handler):
    """Appends each line to the file of its day, and deletes those that are older than is asked.

    Not TimedRotatingFileHandler: several processes write here, and where two of them rename the day's file one takes
    away what the other wrote.
    """

    def __init__(self, folder: str, days: int = KEPT_DAYS) -> None:
        super().__init__()
        self.folder, self.days, self.day = Path(folder), days, ""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one line at the end, whoever else does the same."""
        try:
            day = time.strftime("%Y-%m-%d", time.localtime(record.created))
            if day != self.day:
                self._begin(day)
            with self._file(day).open("a", encoding="utf-8") as file:
                file.write(f"{self.format(record)}\n")
        except Exception:  # noqa: BLE001 logging never stops what is logged
            self.handleError(record)

    def _file(self, day: str) -> Path:
        return self.folder / f"portal-{day}.jsonl"

    def _begin(self, day: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
        with contextlib.suppress(FileExistsError):
            self._file(day).touch(mode=0o640, exist_ok=False)
        oldest = self._file(str(datetime.fromisoformat(day).date() - timedelta(days=self.days))).name
        for path in self.folder.glob("portal-????-??-??.jsonl"):
            if path.name < oldest:
                path.unlink(missing_ok=True)
        self.day = day


def configuration(folder: str) -> dict[str, Any]:
    """Return LOGGING: to the console always (systemd keeps it), to a file a day where a folder is named."""
    handlers: dict[str, Any] = {"console": {"class": "logging.StreamHandler", "formatter": "json"}}
    if folder:
        handlers["file"] = {"()": DailyFile, "folder": folder, "formatter": "json"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "filters": {"paper": {"()": lambda: on_paper}},
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": "INFO"},
        "loggers": {
            "fontTools": {"level": "WARNING"},
            "weasyprint": {"level": "WARNING", "filters": ["paper"]},
            "axes": {"level": "ERROR"},
            "django": {"handlers": [], "propagate": True},
        },
    }


def on_paper(record: logging.LogRecord) -> bool:
    """Tell whether a warning of the PDF engine is one: it cannot read our rules for screens, and need not."""
    return "media type" not in record.getMessage()


class Requests:
    """Middleware, the outermost: numbers each request, says so in the answer, and writes one line about it."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        """Answer."""
        from budgets.addresses import by_proxy

        given = request.headers.get("X-Request-ID", "") if by_proxy(request) else ""
        request.number = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        mark, begun = NUMBER.set(request.number), time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = request.number
            self._write(request, response, round((time.monotonic() - begun) * 1000))
        finally:
            NUMBER.reset(mark)
        return response

    def _write(self, request: Any, response: Any, taken: int) -> None:
        """Write the line; the account is only named where the answer had to know it, never looked up for this.

        What the portal asks of itself, to write its pages as files, is no request of anybody.
        """
        if request.META.get(MARK) and response.status_code < 500:  # noqa: PLR2004 a status
            return
        user = getattr(getattr(request, "_cached_user", None), "pk", None)
        level = logging.WARNING if response.status_code >= 500 else logging.INFO  # noqa: PLR2004 a status
        said = {"method": request.method, "path": request.path, "status": response.status_code, "ms": taken}
        logger.log(level, "answered", extra={**said, "user": user})
