"""Under a county's website: its header in the place of our own, from a fragment its administrator gives."""

import logging
import re
from pathlib import Path
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.core import checks
from django.utils.safestring import SafeString, mark_safe

logger = logging.getLogger(__name__)


class UnreadableError(Exception):
    """A header that cannot be used; its text is a sentence for the administrator."""


LARGEST = 200_000
"""How many bytes a header may have."""
WHOLE_PAGE = re.compile(r"<\s*(?:!doctype|html|head|body|main|h1)\b", re.IGNORECASE)
OWN_ADDRESS = re.compile(r"/(?!/)[^\s\"'<>\\]*")


class Embedding(NamedTuple):
    """The header of the website around us, and the style sheets it is dressed with."""

    header: SafeString
    styles: tuple[str, ...]

    @classmethod
    def read(cls) -> Self | None:
        """Return the header that is set; None where none is, or where it cannot be read (the log says so)."""
        if not settings.EMBED_HEADER_FILE:
            return None
        try:
            header = fragment(Path(settings.EMBED_HEADER_FILE))
        except UnreadableError:
            logger.exception("门户页眉不能使用，改用本平台自己的页眉")
            return None
        styles = tuple(one for one in settings.EMBED_STYLES if OWN_ADDRESS.fullmatch(one))
        return cls(mark_safe(header), styles)  # noqa: S308 the administrator's own file


def fragment(path: Path) -> str:
    """Read a header; raise UnreadableError with a sentence for what cannot stand at the head of a page."""
    named = f"EMBED_HEADER_FILE 指定的门户页眉文件 {path}"
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{named}{_why(error)}。请核对路径，并让运行用户可以读它。") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{named}不是 UTF-8 编码。请另存为 UTF-8。") from error
    if len(data) > LARGEST or not text.strip():
        raise UnreadableError(f"{named}有{len(data)}字节，应在1至{LARGEST}字节之间。请只放页眉的片段。")
    if found := WHOLE_PAGE.search(text):
        raise UnreadableError(f"{named}里有 {found[0]}>，应是一个片段。请只留页眉本身，去掉整页的标记和标题。")
    return text


def _why(error: OSError) -> str:
    """Say in words why a file cannot be read."""
    known = {FileNotFoundError: "不存在", PermissionError: "不许运行用户读取", IsADirectoryError: "是一个目录"}
    return known.get(type(error), f"读取出错（{error.errno}）")


@checks.register
def usable(**_asked: Any) -> list[checks.CheckMessage]:
    """Complain of a header or of style sheets that cannot be used."""
    wrong = [
        f"EMBED_STYLES 中的“{one}”不是本网站下的地址，应以一个 / 开头，例如 /css/portal.css 。"
        for one in settings.EMBED_STYLES
        if not OWN_ADDRESS.fullmatch(one)
    ]
    if settings.EMBED_HEADER_FILE:
        try:
            fragment(Path(settings.EMBED_HEADER_FILE))
        except UnreadableError as error:
            wrong.append(str(error))
    elif settings.EMBED_STYLES:
        wrong.append("设置了 EMBED_STYLES，却没有设置 EMBED_HEADER_FILE。请指定门户的页眉文件，或删去 EMBED_STYLES。")
    return [checks.Error(said, id="portal.E001") for said in wrong]
