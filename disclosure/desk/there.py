"""Who else is at the place that somebody has just opened or saved, in words."""

from typing import Any

from disclosure.enums import NarrativeKey
from disclosure.intake.sheets import SHEETS
from disclosure.models import Disclosure
from disclosure.presence import Other, arrive, others

HOME = ""
GRID, TEXT = "grid:", "text:"
"""How the names of places begin; a grid's key or a text's follows."""


def here(disclosure: Disclosure, place: str, *, by: Any, works: bool) -> list[str]:
    """Note that somebody is here, where they may work here, and say who else is; at home, who is anywhere."""
    if works:
        arrive(disclosure, place, by=by)
    return [_said(one, place) for one in others(disclosure, place or None, than=by)]


def _said(other: Other, place: str) -> str:
    ago = f"{other.minutes}分钟前" if other.minutes else "刚刚"
    if other.place and other.place == place:
        return f"{other.name} {ago}也在编辑这里。"
    if other.place:
        return f"{other.name} {ago}在编辑“{_title(other.place)}”。"
    return f"{other.name} {ago}也打开了这一页。"


def _title(place: str) -> str:
    kind, _, key = place.partition(":")
    if f"{kind}:" == TEXT:
        return str(NarrativeKey(key).label) if key in NarrativeKey else key
    return next((one.title for one in SHEETS if one.model._meta.model_name == key), key)
