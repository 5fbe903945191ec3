"""Personal data in a file that is about to be published: what S01 to S03 look for, with the places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.readers.blocks import Block, Paragraph
from budgets.readers.pdf import REFUSALS
from disclosure.audit.privacy import cards, identities, masked, mobiles
from disclosure.checkup.files import read_any
from disclosure.filetypes import FileType
from disclosure.refusal import RefusalError

SEARCHES = (("身份证号", identities), ("手机号", mobiles), ("银行卡号", cards))
UNREAD = {
    REFUSALS["scanned"]: "文件里没有文字（扫描件或图片），没有检查个人信息。",
    REFUSALS["limits"]: "文件页数或内容过多，没有检查个人信息。",
}
OLD_WORD = "旧版 .doc 文件不能读出文字，没有检查个人信息。"
MOST = 50
"""How many places are said."""


class Looked(NamedTuple):
    """What was seen of a file: how much was read, why nothing was, and where personal data stands (numbers masked)."""

    pieces: int
    unread: str
    places: tuple[str, ...]

    @property
    def remarks(self) -> str:
        """Say, a line each, what must be confirmed with a reason; blank where there is nothing."""
        return "\n".join((self.unread, *self.places)).strip()


def look(name: str, data: bytes, kind: FileType) -> Looked:
    """Read a file and look for personal data; raise RefusalError for one that is broken, locked or hostile."""
    if kind.extension == "doc":
        return Looked(0, OLD_WORD, ())
    try:
        blocks = read_any(f"file.{kind.extension}", data)
    except ValidationError as error:
        sentence = "".join(error.messages)
        if sentence in UNREAD:
            return Looked(0, UNREAD[sentence], ())
        raise RefusalError(f"“{name}”不能发布：{sentence}") from error
    places = list(dict.fromkeys(place for block in blocks for place in _of(block)))
    more = [f"另有{len(places) - MOST}处。"] if len(places) > MOST else []
    return Looked(len(blocks), "", (*places[:MOST], *more))


def _of(block: Block) -> Iterator[str]:
    for place, text in _texts(block):
        for name, search in SEARCHES:
            for number in search(text):
                yield f"{place}：{name}“{masked(number)}”"


def _texts(block: Block) -> Iterator[tuple[str, str]]:
    """Yield texts with their places; before a cell's, the words that head its column (“银行卡号”)."""
    if isinstance(block, Paragraph):
        yield block.place, block.text
        return
    heads = {cell.column: re.sub(r"\d", "", cell.text) for cell in (block.rows[0] if block.rows else [])}
    for number, row in enumerate(block.rows):
        for cell in row:
            head = heads.get(cell.column, "") if number else ""
            yield cell.place, f"{head}：{cell.text}" if head else cell.text
