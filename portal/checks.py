"""What `manage.py check` says of the public side."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from portal.embedding import OWN_ADDRESS, UnreadableError, fragment


def embedding(**_: Any) -> list[CheckMessage]:
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
    return [Error(said, id="portal.E001") for said in wrong]
