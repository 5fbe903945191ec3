"""Exports of other systems: how each is known, and how its columns and words become ours. Data, not code."""

from typing import NamedTuple


class Reading(NamedTuple):
    """How one of our columns is read: from the first of the headers that is there, its words translated."""

    headers: tuple[str, ...]
    words: tuple[tuple[str, str], ...] = ()
    """(their word or code, our word); a word that is not listed stays as it is, and is refused where it is not ours."""
    coded: bool = False
    """Whether it holds a code, perhaps with its name: “2013201-行政运行”."""


class Profile(NamedTuple):
    """One sort of export."""

    name: str
    marks: tuple[tuple[str, ...], ...]
    """The headers it is known by: one of each group."""
    sheets: tuple[tuple[str, tuple[tuple[str, Reading], ...]], ...]
    """The titles of our sheets that it fills, each with (our header, how it is read)."""
    dropped: tuple[str, ...] = ()
    """Columns that are left out knowingly."""
