"""The short code on the cover and at the foot of a PDF: the beginning of the content's SHA-256, written for people."""

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing is misread on paper."""
MISREAD = str.maketrans("OIL", "011")
DIGITS = 20
"""Hexadecimal digits of the SHA-256 in a code: 80 bits, more than anyone can search through."""
LENGTH, GROUP = 16, 4


def code_of(sha256: str) -> str:
    """Return the code of a content by its SHA-256 (hexadecimal), in groups of four: ``8K2M-…``."""
    number = int(sha256[:DIGITS], 16)
    letters = "".join(ALPHABET[number >> 5 * at & 31] for at in reversed(range(LENGTH)))
    return "-".join(letters[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def beginning_of(code: str) -> str | None:
    """Return how the SHA-256 of a code begins; None for what is no code. Case, spaces and hyphens do not matter."""
    letters = "".join(code.split()).replace("-", "").upper().translate(MISREAD)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | ALPHABET.index(letter)
    return f"{number:0{DIGITS}x}"


def address_of(code: str) -> str:
    """Return the full public address at which a code is verified."""
    return f"{settings.PUBLIC_URL.rstrip('/')}/verify/{code}"
