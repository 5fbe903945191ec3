"""All that was ever published at one address, and the edition that was asked for."""

from typing import NamedTuple, Self

from django.http import Http404

from disclosure.models import Edition


class Place(NamedTuple):
    """What the addresses of an edition are made of, named as the edition names it, and nothing else of it."""

    government_code: str
    year: int
    department_code: str
    unit_code: str
    number: int

    @classmethod
    def of(cls, edition: Edition) -> Self:
        """Take it from an edition."""
        return cls(*(getattr(edition, name) for name in cls._fields))


class Publication(NamedTuple):
    """A department's or a unit's editions of a year in their order, one of which is asked for."""

    editions: list[Edition]
    edition: Edition

    @classmethod
    def find(cls, government: str, year: str, department: str, unit: str = "", number: str = "") -> Self:
        """Find the newest edition of an address, or the numbered one, in one query.

        Raises Http404 where there is none. A withdrawn edition is found too: it answers for itself.
        """
        found = Edition.objects.at(government, int(year), department, unit).select_related("withdrawal")
        editions = list(found.order_by("number"))
        wanted = [one for one in editions if one.number == int(number)] if number else editions[-1:]
        if not wanted:
            raise Http404
        return cls(editions, wanted[0])

    @property
    def newest(self) -> Edition:
        """Return the edition that stands at the address without a number."""
        return self.editions[-1]

    @property
    def successor(self) -> Edition | None:
        """Return the edition that corrected this one."""
        return next((one for one in self.editions if one.supersedes_id == self.edition.pk), None)

    @property
    def predecessor(self) -> Edition | None:
        """Return the edition that this one corrected."""
        return next((one for one in self.editions if one.pk == self.edition.supersedes_id), None)


def is_withdrawn(edition: Edition) -> bool:
    """Tell whether an edition was withdrawn: then nothing of its content is shown any more."""
    return hasattr(edition, "withdrawal")
