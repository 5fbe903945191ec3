"""Chinese names in Latin letters. The dictionary takes 56 MB: only processes that ask for letters load it."""


def initials_of(name: str) -> str:
    """Return the pinyin initials of a Chinese name, letters and digits kept: 办公费 → bgf."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def letters_of(name: str) -> str:
    """Return the pinyin of a Chinese name without tones, letters and digits kept: 办公费 → bangongfei."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name)).lower()
