"""An emblem is a picture, and only what is seen of it is kept."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from budgets import emblems

VECTOR = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(form: str = "PNG", size: tuple[int, int] = (64, 64), **options) -> bytes:
    """Draw a red picture."""
    written = io.BytesIO()
    Image.new("RGB", size, "#8f1d1d").save(written, form, **options)
    return written.getvalue()


def claiming(width: int, height: int) -> bytes:
    """Make a PNG whose header claims a size."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_a_picture_is_kept_under_the_hash_of_what_it_shows(form, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    name, again = emblems.keep(picture(form)), emblems.keep(picture(form))

    assert name == again
    with default_storage.open(f"emblems/{name}") as file:
        assert Image.open(file).size == (64, 64)


def test_what_a_picture_hides_is_not_kept():
    told = PngImagePlugin.PngInfo()
    told.add_text("note", "经办人手机13812345678")

    drawn = emblems.drawn_anew(picture(pnginfo=told) + b"<script>alert(1)</script>")

    assert (drawn.count(b"138"), drawn.count(b"script")) == (0, 0)


def test_a_large_picture_is_made_smaller():
    assert Image.open(io.BytesIO(emblems.drawn_anew(picture(size=(1000, 500))))).size == (320, 160)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (VECTOR, "不是完整的 PNG 或 WebP 图片"),
        (b"", "不是完整的 PNG 或 WebP 图片"),
        (picture("JPEG"), "不是完整的 PNG 或 WebP 图片"),
        (picture("GIF"), "不是完整的 PNG 或 WebP 图片"),
        (claiming(64, 64), "不是完整的 PNG 或 WebP 图片"),
        (claiming(60000, 60000), "不是完整的 PNG 或 WebP 图片"),
        (picture(size=(4200, 40)), "徽标图片是4200×40像素"),
        (picture(size=(16, 64)), "徽标图片是16×64像素"),
        (picture() + bytes(emblems.LARGEST), "超过1MB"),
    ],
    ids=["svg", "empty", "jpeg", "gif", "no-content", "bomb", "huge", "tiny", "heavy"],
)
def test_what_is_no_fitting_picture_is_refused(data, said):
    with pytest.raises(ValidationError, match=said):
        emblems.drawn_anew(data)
