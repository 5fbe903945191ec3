"""机构改革 between two years: a department renamed, two merged, one split, a unit moved."""

from dataclasses import replace
from datetime import date

from budgets.enums import SuccessionKind
from budgets.models import Department, Succession, Unit
from disclosure.sample.government.characters import Post
from disclosure.sample.government.register import Register, serial_of
from disclosure.sample.government.seats import Place, Seat, together

CYCLE = 12
RENAMED, MERGED, SPLIT = 1, (3, 4), 5
MOVING = 3


class Reform:
    """The reform at the beginning of ``year``: closes what ends, creates what follows, records the succession."""

    def __init__(self, register: Register, year: int) -> None:
        self.register, self.year = register, year

    def apply(self, seats: list[Seat]) -> list[Seat]:
        """Return the seats of the year; each slot is reformed once, every ``CYCLE`` slots in the same way."""
        if len(seats) == 1:
            return [self._renamed(seats[0])]
        after = [self._reformed(seat, seats) for seat in seats]
        kept = [seat for found in after for seat in found]
        if len(kept[0].places) > MOVING:
            self._move(kept[0], kept[1])
        return kept

    def _reformed(self, seat: Seat, seats: list[Seat]) -> list[Seat]:
        turn, mates = seat.slot % CYCLE, {other.slot: other for other in seats}
        if turn == RENAMED:
            return [self._renamed(seat)]
        if turn == MERGED[0] and seat.slot + 1 in mates:
            return [self._merged(seat, mates[seat.slot + 1])]
        if turn == MERGED[1]:
            return []
        if turn == SPLIT and len(seat.places) > 1:
            return self._split(seat)
        return [seat]

    def _renamed(self, seat: Seat) -> Seat:
        new = self._follow(seat, f"{_stem(seat)}管理局")
        self._record(SuccessionKind.RENAMED, seat.department, new)
        places = [self._rehouse(place, new, place.post) for place in seat.places]
        return Seat(seat.slot, seat.character, new, places, seat.past)

    def _merged(self, seat: Seat, other: Seat) -> Seat:
        new = self._follow(seat, f"{_stem(seat)}{other.character.name}")
        self._close(other.department)
        for old in (seat, other):
            self._record(SuccessionKind.MERGED, old.department, new)
        places = [self._rehouse(place, new, place.post) for place in seat.places]
        for place in other.places:
            post = place.post if place.post.name else place.post._replace(name=f"{other.character.name}事务中心")
            places.append(self._rehouse(place, new, post))
        return Seat(seat.slot, seat.character, new, places, together([p.past for p in (seat, other) if p.past]))

    def _split(self, seat: Seat) -> list[Seat]:
        half = (len(seat.places) + 1) // 2
        made = []
        for name, places in (("综合局", seat.places[:half]), ("事业局", seat.places[half:])):
            new = self._follow(seat, f"{_stem(seat)}{name}")
            self._record(SuccessionKind.SPLIT, seat.department, new)
            posts = [places[0].post._replace(name=""), *(place.post for place in places[1:])]
            housed = [self._rehouse(p, new, post) for p, post in zip(places, posts, strict=True)]
            past = together([place.past for place in housed if place.past])
            made.append(Seat(seat.slot, seat.character, new, housed, past))
        return made

    def _move(self, seat: Seat, to: Seat) -> None:
        """Move the last unit of one department to another."""
        place = seat.places.pop()
        to.places.append(self._rehouse(place, to.department, place.post, "划转"))

    def _follow(self, seat: Seat, name: str) -> Department:
        self._close(seat.department)
        return self.register.department(f"示例{name}{serial_of(seat.slot)}", self.year)

    def _close(self, old: Department | Unit) -> None:
        old.valid_to = self.year - 1
        old.save(update_fields=["valid_to"])

    def _rehouse(self, place: Place, to: Department, post: Post, note: str = "") -> Place:
        """Let a unit continue under a new department; projects of the old one end."""
        old = place.unit
        self._close(old)
        new = self.register.unit(to, post, serial_of(place.slot), self.year)
        Succession.objects.create(
            government=self.register.government,
            kind=SuccessionKind.RENAMED,
            date=self._date,
            from_unit=old,
            to_unit=new,
            note=note or "随部门调整更名",
        )
        return replace(place, unit=new, post=post, projects=[])

    def _record(self, kind: SuccessionKind, old: Department, new: Department) -> None:
        Succession.objects.create(
            government=self.register.government,
            kind=kind,
            date=self._date,
            from_department=old,
            to_department=new,
            note="示例：机构改革",
        )

    @property
    def _date(self) -> date:
        return date(self.year - 1, 11, 20)


def _stem(seat: Seat) -> str:
    return seat.character.name.removesuffix("局")
