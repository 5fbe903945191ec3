"""Chinese ordinals as printed before headings and rows."""

DIGITS = "零一二三四五六七八九"


def ordinal(number: int) -> str:
    """Write 1…99 as 一…九十九."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones or not lead else "")
