"""The website's emblem: read as a picture, drawn anew as a small PNG, and kept under the hash of what was drawn.

Nothing of an uploaded file is ever served: what it hides beside its picture is lost when the picture is drawn anew.
"""

import hashlib
import io
import warnings

from django.core.exceptions import ValidationError
from PIL import Image

from budgets import storing

LARGEST = 1024 * 1024
"""How many bytes may be uploaded."""
WIDEST, NARROWEST = 4096, 32
"""How many pixels each side may have, and must have."""
SIDE = 320
"""How many pixels the longer side of what is kept has at most."""
FORMATS = ("PNG", "WEBP")
FOLDER = "emblems"


def keep(data: bytes) -> str:
    """Keep an emblem and return its name, ``<sha256>.png``; raise ValidationError for what is no fitting picture."""
    drawn = drawn_anew(data)
    name = f"{hashlib.sha256(drawn).hexdigest()}.png"
    if not storing.is_there(f"{FOLDER}/{name}"):
        storing.write(f"{FOLDER}/{name}", drawn)
    return name


def read(name: str) -> bytes:
    """Return a kept emblem; raise FileNotFoundError where there is none, or where other bytes lie under its name."""
    with storing.opened(f"{FOLDER}/{name}") as file:
        data: bytes = file.read()
    if name != f"{hashlib.sha256(data).hexdigest()}.png":
        raise FileNotFoundError(name)
    return data


def drawn_anew(data: bytes) -> bytes:
    """Return the picture in ``data`` as a PNG of at most ``SIDE`` pixels a side; raise ValidationError as ``keep``."""
    if len(data) > LARGEST:
        raise ValidationError(f"徽标文件有{len(data) / LARGEST:.1f}MB，超过1MB。请缩小图片后再上传。")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            _measure(*picture.size)
            picture = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError("这个文件不是完整的 PNG 或 WebP 图片。请用图片软件另存为 PNG 后再上传。") from error
    picture.thumbnail((SIDE, SIDE))
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _measure(width: int, height: int) -> None:
    if not NARROWEST <= min(width, height) <= max(width, height) <= WIDEST:
        size = f"徽标图片是{width}×{height}像素"
        raise ValidationError(f"{size}，每边应在{NARROWEST}至{WIDEST}像素之间。请调整图片大小后再上传。")
