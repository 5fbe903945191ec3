"""The way of a disclosure told a second time, from the statute and not from the code, for the machine that compares."""

from dataclasses import dataclass, field
from typing import NamedTuple

DEPARTMENTAL = ("department_review", "secrecy_review", "signing")
REVIEWS = (*DEPARTMENTAL, "bureau_review")
UNDER_WAY = (*REVIEWS, "ready")
STATES = ("drafting", *UNDER_WAY, "published")
DESK = {
    "department_review": "department_reviewer",
    "secrecy_review": "secrecy_reviewer",
    "signing": "signing_head",
    "bureau_review": "bureau_reviewer",
    "ready": "publisher",
}
ONWARDS = {
    "drafting": "department_review",
    "department_review": "secrecy_review",
    "secrecy_review": "signing",
    "signing": "bureau_review",
    "bureau_review": "ready",
}
SUPERVISORS, EITHER = {"bureau_reviewer", "publisher"}, {"clerk", "bureau_reviewer"}
RIGHTS = {
    "submit": {"drafting": {"clerk"}},
    "recall": {"department_review": {"clerk"}},
    "sign": {state: {DESK[state]} for state in DEPARTMENTAL},
    "approve": {"bureau_review": {"bureau_reviewer"}},
    "send_back": {state: {DESK[state], "bureau_reviewer"} for state in UNDER_WAY},
    "schedule": {"ready": {"publisher"}},
    "publish": {"ready": {"publisher"}},
    "publish_urgently": {state: {"emergency_publisher"} for state in ("drafting", *REVIEWS)},
    "confirm_urgent": dict.fromkeys(STATES, SUPERVISORS),
    "correct": {"published": EITHER},
    "abandon": {"drafting": EITHER},
    "withdraw": dict.fromkeys(STATES, SUPERVISORS),
}
"""Which act is possible in which state, by which roles."""
STEPS = ("submit", "sign", "approve", "publish")


class Taken(NamedTuple):
    """A step that was taken."""

    act: str
    by: str
    before: str
    after: str


@dataclass
class Edition:
    """What the public may read: which text, and what happened to it."""

    text: str
    urgent_by: str = ""
    confirmed_by: str = ""
    withdrawn: bool = False


@dataclass
class Telling:
    """Where one disclosure stands."""

    posts: dict[str, set[str]]
    text: str
    chain: str = "four"
    combines: bool = False
    state: str = "drafting"
    authors: set[str] = field(default_factory=set)
    open_remarks: int = 0
    steps: list[Taken] = field(default_factory=list)
    step: Taken | None = None
    """The last step to the public in this round."""
    signed: list[tuple[str, str, str, bool]] = field(default_factory=list)
    """The submission and the reviews of this round: state, person, text, whether combined."""
    scheduled: tuple[object, str] | None = None
    editions: list[Edition] = field(default_factory=list)

    def answer(self, act: str, who: str, **how) -> str:
        """Say what becomes of an attempt: done, again (nothing more to do), refused."""
        if self._again(act, who, **how):
            return "again"
        roles = RIGHTS[act].get(self.state, set())
        stopped = getattr(self, f"_stops_{act}", lambda *_, **__: False)
        return "refused" if not roles & self.posts[who] or stopped(who, **how) else "done"

    def combined(self, who: str) -> bool:
        """Tell whether a signature would be the second in a row, which a small department may take."""
        return bool(self.step and self.step.by == who and self.combines and self.step.before in DEPARTMENTAL)

    def take(self, act: str, who: str, **how) -> None:
        """Take a step that is answered with “done”."""
        before, after = self.state, self._after(act, **how)
        getattr(self, f"_take_{act}", lambda *_, **__: None)(who, **how)
        if before == "ready" and after != "ready":
            self.scheduled = None
        self.state = after
        self.steps.append(Taken(act, who, before, after))
        if act in STEPS:
            self.step = self.steps[-1]

    def _take_submit(self, who: str) -> None:
        self.signed = [(self.state, who, self.text, False)]

    def _take_sign(self, who: str, **_how) -> None:
        self.signed.append((self.state, who, self.text, self.combined(who)))

    def _take_approve(self, who: str, **_how) -> None:
        self.signed.append((self.state, who, self.text, False))

    def _take_schedule(self, who: str, *, at) -> None:
        self.scheduled = (at, who) if at else None

    def _take_publish(self, _who: str) -> None:
        self.editions.append(Edition(self.text))

    def _take_publish_urgently(self, who: str, **_how) -> None:
        self.editions.append(Edition(self.text, urgent_by=who))

    def _take_withdraw(self, _who: str, **how) -> None:
        for edition in self._wanted(**how):
            edition.withdrawn = True

    def _take_confirm_urgent(self, who: str, *, number: int, **_how) -> None:
        self.editions[number - 1].confirmed_by = who

    @property
    def live(self) -> str | None:
        """Return the text that the public reads now."""
        return self.editions[-1].text if self.editions and not self.editions[-1].withdrawn else None

    def _after(self, act: str, **how) -> str:
        if act in {"submit", "sign", "approve"}:
            return "ready" if self.chain == "three" and self.state == "signing" else ONWARDS[self.state]
        if act == "withdraw":
            opens = self.state == "published" and how["number"] == len(self.editions)
            return "drafting" if opens else self.state
        ends = {"recall": "drafting", "send_back": "drafting", "correct": "drafting"}
        ends |= dict.fromkeys(("publish", "publish_urgently", "abandon"), "published")
        return ends.get(act, self.state)

    def _wanted(self, *, number: int, also_earlier: bool) -> list[Edition]:
        found = self.editions[:number] if also_earlier else [self.editions[number - 1]]
        return [edition for edition in found if not edition.withdrawn]

    def _again(self, act: str, who: str, **how) -> bool:
        if act == "withdraw":
            return not self._wanted(**how)
        if act == "confirm_urgent":
            return self.editions[how["number"] - 1].confirmed_by == who
        if act == "schedule":
            return self.scheduled == ((how["at"], who) if how["at"] else None)
        if act == "publish_urgently" and not how["reason"].strip():
            return False
        last = self.steps[-1] if self.steps else None
        if last is None or (last.act, last.by, last.after) != (act, who, self.state):
            return False
        return act not in {"sign", "approve"} or (how["step"] == last.before and how["step"] != self.state)

    def _not_apart(self, who: str, *, may_combine: bool = False) -> bool:
        second = self.step is not None and self.step.by == who
        return who in self.authors or (second and not (may_combine and self.combined(who)))

    def _void(self) -> bool:
        return any(text != self.text for _, _, text, _ in self.signed)

    def _stops_submit(self, _who: str) -> bool:
        return self.live == self.text or self.open_remarks > 0

    def _stops_sign(self, who: str, *, step: str) -> bool:
        wrong = step != self.state
        return wrong or self._not_apart(who, may_combine=True) or self.open_remarks > 0 or self._void()

    def _stops_approve(self, who: str, **_how) -> bool:
        return self._not_apart(who) or self.open_remarks > 0 or self._void()

    def _stops_send_back(self, _who: str, *, comment: str) -> bool:
        return not comment.strip()

    def _stops_schedule(self, who: str, *, at) -> bool:
        return at is not None and (at.year < 2100 or self._not_apart(who) or self._void())

    def _stops_publish(self, who: str) -> bool:
        return self._not_apart(who) or self.open_remarks > 0 or self._void() or self.live == self.text

    def _stops_publish_urgently(self, who: str, *, reason: str) -> bool:
        return not reason.strip() or self._not_apart(who) or self.live == self.text

    def _stops_confirm_urgent(self, who: str, *, number: int, conclusion: str) -> bool:
        edition = self.editions[number - 1]
        return bool(edition.confirmed_by) or edition.urgent_by == who or not conclusion.strip()

    def _stops_correct(self, _who: str, *, kind: str, reason: str) -> bool:
        return kind not in {"figures", "words", "omission", "form", "privacy", "other"} or not reason.strip()

    def _stops_abandon(self, _who: str) -> bool:
        return self.live is None or self.live != self.text
