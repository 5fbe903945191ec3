"""Sentences about codes: which list is in force in a year, and what a code is called there."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Substr

from budgets.querysets import YearEffectiveQuerySet

SHIPPED = 0
"""Stands for the list that came with the portal where a year goes by no official one."""


class Known(NamedTuple):
    """What a code is called, and whether the year's list holds it."""

    name: str
    in_force: bool


class CodeListQuerySet(QuerySet):
    """Sentences about the yearly lists."""

    def lending_to(self, year: int) -> Self:
        """Put last the list that ``year`` goes by: its own, else the newest official one before it."""
        return self.filter(Q(official=True, year__lte=year) | Q(used=True, year=year)).order_by("year")

    def locking(self, scheme: str, vintage: int, *, official: bool) -> Self:
        """Keep the years of editions because of which this vintage may not be edited."""
        lent = Q(vintage=vintage) if official else Q(pk__in=())
        return self.filter(lent | Q(year=vintage), scheme=scheme, used=True)


class CodeQuerySet(YearEffectiveQuerySet):
    """Sentences about the codes of a classification.

    The list of a year is its official one where that has been imported, and then nothing else is in force; else the
    newest official one before it; else the list that came with the portal. A year that an edition used keeps to the
    list it had then (``CodeList.vintage``).
    """

    def judged(self, year: int) -> Self:
        """Tell of each code whether it is in force in ``year``, and how far its vintage is from it."""
        schemes = self.model.schemes
        scheme = OuterRef("kind") if len(schemes) > 1 else Value(schemes[0])
        lists = apps.get_model("budgets", "CodeList").objects.filter(scheme=scheme)
        lender = Coalesce(Subquery(lists.lending_to(year).reverse().values("vintage")[:1]), SHIPPED)
        before, after = Value(year) - F("vintage"), F("vintage") + Value(1000)
        distance = Case(When(vintage__lte=year, then=before), default=after, output_field=IntegerField())
        listed = Q(official=True, vintage=F("lender")) | Q(official=False, lender=SHIPPED)
        return self.alias(lender=lender, distance=distance).alias(
            listed=ExpressionWrapper(listed & self.validity(year), output_field=BooleanField())
        )

    def worst_first(self, year: int) -> Self:
        """Keep what is in force in ``year``, the vintage that fits best last: the newest till then, else the next."""
        return self.judged(year).filter(listed=True).order_by("-distance")

    def names_in(self, year: int, codes: Iterable[str]) -> dict[str, str]:
        """Name each code as the list of ``year`` does; one that it lacks as any other list does, never as nothing."""
        return {code: known.name for code, known in self.known_in(year, codes).items()}

    def known_in(self, year: int, codes: Iterable[str]) -> "dict[str, Known]":
        """Name each code as :meth:`names_in` does, and tell whether the list of ``year`` holds it."""
        known = self.judged(year).filter(code__in=codes).annotate(in_force=F("listed")).order_by("listed", "-distance")
        return {code: Known(name, held) for code, name, held in known.values_list("code", "name", "in_force")}

    def not_in_force(self, year: int, codes: Iterable[str]) -> list[str]:
        """Return those codes that the list of ``year`` lacks, in order."""
        asked = set(codes)
        return sorted(asked - set(self.worst_first(year).filter(code__in=asked).values_list("code", flat=True)))

    def of_scheme(self, scheme: str) -> Self:
        """Keep one list's codes: those of one budget, where the classification has a list for each."""
        return self.filter(kind=scheme) if len(self.model.schemes) > 1 else self

    def outstanding(self) -> Self:
        """Leave out what the official list of the same year says itself."""
        kind = {"kind": OuterRef("kind")} if len(self.model.schemes) > 1 else {}
        own = self.model.objects.filter(official=True, code=OuterRef("code"), vintage=OuterRef("vintage"), **kind)
        return self.exclude(Exists(own), official=False)

    def with_parents(self) -> Self:
        """Name beside each code its class and its group (类, 款), as their newest lists do."""
        lists = self.model.objects.order_by("-vintage", "-pk")
        return self.annotate(
            class_name=Subquery(lists.filter(code=Substr(OuterRef("code"), 1, 3)).values("name")[:1]),
            group_name=Subquery(lists.filter(code=Substr(OuterRef("code"), 1, 5)).values("name")[:1]),
        )

    def newest_of_each(self) -> Self:
        """Keep each code once, as its newest list names it: what a picker offers."""
        newer = Q(vintage__gt=OuterRef("vintage")) | Q(vintage=OuterRef("vintage"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(self.model.objects.filter(newer, code=OuterRef("code"))))
