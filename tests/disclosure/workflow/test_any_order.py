"""Acts in any order, 10,000 in a whole run, by anybody: the workflow answers as the way told a second time does."""

import sys
from collections import Counter

import pytest
from depth import times
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from second_telling import DEPARTMENTAL, RIGHTS, STATES, UNDER_WAY, Telling
from stage import FAR, PAST, POSTS, SOON, Stage

from budgets.enums import Role
from disclosure import document, searching, workflow
from disclosure.composing import Composer
from disclosure.layouts import LAYOUTS
from disclosure.models import Comment, Edition, Transition

STEPS, EXAMPLES, LEAST = 200, times(80, 16), times(10_000, 800)
FEWER = 9
"""How many examples are enough on the second engine: what differs there is what the database does, not the order."""
TEXTS = ("甲", "乙", "丙")
WHO = st.sampled_from(sorted(POSTS))
WORDS = st.sampled_from(["理由", "理由", "理由", " "])
AT = st.sampled_from([SOON, SOON, FAR, PAST, None])
TRIED: Counter[tuple[str, str]] = Counter()
STIRRED: Counter[str] = Counter()
REACHED: Counter[str] = Counter()


class AnyOrder(RuleBasedStateMachine):
    """One disclosure, told twice: by the code on a database, by :class:`Telling` in memory."""

    draft = clerk = None
    """The stored draft each example begins with; all it does is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.stage = Stage(self.draft)
        self.stage.write(TEXTS[0])
        self.told = Telling({name: {str(role) for role in roles} for name, roles in POSTS.items()}, TEXTS[0])
        self.hashes: dict[str, str] = {}
        self.acts = 0

    def teardown(self) -> None:
        """See that what is remembered is what would be drawn now, and undo everything."""
        drawn = Composer(self.stage.now, LAYOUTS[self.stage.year.layout])
        assert document.sha256(document.canonical(drawn.content())) == document.Document.of(self.stage.now).sha256
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, act: str, who: str, **how) -> None:
        """Try an act, and compare what became of it with what was told."""
        expected, stage = self.told.answer(act, who, **how), self.stage
        assert (act, stage.attempt(act, who, **how)) == (act, expected)
        TRIED[act, expected] += 1
        if expected == "done":
            before, gone = self.told.state, self._withdrawn()
            self.told.take(act, who, **how)
            self._left_one_step(act, before, who, max(1, self._withdrawn() - gone))

    def _withdrawn(self) -> int:
        """Count the editions that are told to be withdrawn."""
        return sum(bool(one.withdrawn) for one in self.told.editions)

    def _left_one_step(self, act: str, before: str, who: str, editions: int) -> None:
        """Every act leaves one Transition and its line in the trail, a withdrawal one for each edition."""
        last = Transition.objects.filter(disclosure=self.stage.pk).last()
        user = self.stage.people[who]
        assert (last.act, last.before, last.after, last.by_id) == (act, before, self.told.state, user.pk)
        lines = [(row.action, row.actor_id) for row in self.stage.trail()]
        assert lines == [(act, user.pk)] * editions
        if act in {"submit", "sign", "approve", "publish", "publish_urgently"}:
            assert self.hashes.setdefault(self.told.text, last.content_sha256) == last.content_sha256
        if act.startswith("publish"):
            self._stands_on_its_reviews(act)
        REACHED[self.told.state] += 1

    def _stands_on_its_reviews(self, act: str) -> None:
        """An edition names exactly the reviews of its round that signed its very text."""
        edition, told = self.stage.now.editions.current().get(), self.told
        reviews = [one for one in told.signed[1:] if one[2] == told.text]
        if told.steps[-1].before == "drafting":
            reviews = []
        people = {name: str(user) for name, user in self.stage.people.items()}
        expected = [(step, people[who], combined) for step, who, _, combined in reviews]
        stored = list(edition.sign_offs.order_by("pk").values_list("step", "person", "combined"))
        assert stored == expected
        if act == "publish":
            assert {*DEPARTMENTAL} <= {step for step, _, _ in stored}
            signed = Transition.objects.filter(disclosure=self.stage.pk, round=edition.disclosure.round)
            kept = signed.filter(act__in=["submit", "sign", "approve", "publish"])
            assert set(kept.values_list("content_sha256", flat=True)) == {edition.content_sha256}
        assert hasattr(edition, "urgent") is (act == "publish_urgently")

    @initialize(data=st.data())
    def begin(self, data) -> None:
        """Set how the department works."""
        self._arrange(data.draw)

    @rule(data=st.data())
    def go_on(self, data) -> None:
        """Take the next step to the public, by somebody who may."""
        self._rightly(data, ("submit", "sign", "approve", "publish"))

    @rule(data=st.data())
    def keep_going(self, data) -> None:
        """Take the next step to the public, by somebody who may."""
        self._rightly(data, ("submit", "sign", "approve", "publish", "schedule"))

    @rule(data=st.data())
    def act_rightly(self, data) -> None:
        """Take any act that is possible now, by somebody who may."""
        self._rightly(data, tuple(RIGHTS))

    def _rightly(self, data, acts) -> None:
        able = [
            (act, who, how)
            for act in acts
            for how in self._ways(act)
            for who in POSTS
            if self.told.answer(act, who, **how) == "done"
        ]
        if able:
            act, who, how = data.draw(st.sampled_from(able))
            self.attempt(act, who, **how)

    def _ways(self, act: str) -> list[dict]:
        number = len(self.told.editions)
        urgent = [at for at, one in enumerate(self.told.editions, start=1) if one.urgent_by]
        return {
            "sign": [{"step": self.told.state}] if self.told.state in DEPARTMENTAL else [],
            "approve": [{"step": "bureau_review"}],
            "send_back": [{"comment": "请修改"}],
            "schedule": [{"at": SOON}, {"at": None}],
            "publish_urgently": [{"reason": "突发"}],
            "confirm_urgent": [{"number": urgent[-1], "conclusion": "同意"}] if urgent else [],
            "correct": [{"kind": "words", "reason": "笔误"}],
            "withdraw": [{"number": number, "also_earlier": False}] if number else [],
        }.get(act, [{}])

    @rule(who=WHO, act=st.sampled_from(["submit", "recall", "abandon", "publish"]))
    def anybody(self, who, act) -> None:
        """Try what needs no words."""
        self.attempt(act, who)

    @rule(who=WHO, step=st.sampled_from(UNDER_WAY[:-1]))
    def anybody_signs(self, who, step) -> None:
        """Sign any step."""
        self.attempt("approve" if step == "bureau_review" else "sign", who, step=step)

    @rule(who=WHO, comment=WORDS)
    def anybody_sends_back(self, who, comment) -> None:
        """Return it, with or without words."""
        self.attempt("send_back", who, comment=comment)

    @rule(who=WHO, at=AT)
    def anybody_schedules(self, who, at) -> None:
        """Set an hour, or take it back."""
        self.attempt("schedule", who, at=at)

    @rule(who=WHO, reason=WORDS)
    def anybody_publishes_urgently(self, who, reason) -> None:
        """Go past the reviews."""
        self.attempt("publish_urgently", who, reason=reason)

    @rule(who=WHO, kind=st.sampled_from(["words", "figures", "whim"]), reason=WORDS)
    def anybody_corrects(self, who, kind, reason) -> None:
        """Open what is published."""
        self.attempt("correct", who, kind=kind, reason=reason)

    @precondition(lambda self: self.told.editions)
    @rule(who=WHO, data=st.data(), also_earlier=st.booleans())
    def anybody_withdraws(self, who, data, also_earlier) -> None:
        """Take any edition off."""
        number = data.draw(st.integers(1, len(self.told.editions)))
        self.attempt("withdraw", who, number=number, also_earlier=also_earlier)

    @precondition(lambda self: any(one.urgent_by for one in self.told.editions))
    @rule(who=WHO, data=st.data(), conclusion=WORDS)
    def anybody_confirms(self, who, data, conclusion) -> None:
        """Confirm an urgent publication."""
        urgent = [at for at, one in enumerate(self.told.editions, start=1) if one.urgent_by]
        self.attempt("confirm_urgent", who, number=data.draw(st.sampled_from(urgent)), conclusion=conclusion)

    @rule(text=st.sampled_from(TEXTS), anywhere=st.integers(0, 9))
    def edit(self, text, anywhere) -> None:
        """Change a sentence: mostly where clerks may, now and then past the lock."""
        if self.told.state == "drafting" or not anywhere:
            self.stage.write(text)
            self.told.text = text
        STIRRED["edit"] += 1

    @rule(due=st.booleans())
    def the_hour_comes(self, due) -> None:
        """Publish what is due, in the name of whoever set the hour."""
        hour, by = self.told.scheduled or (None, "")
        expected = hour is not None and due and self.told.state == "ready"
        published = expected and self.told.answer("publish", by) == "done"
        before = self.told.state
        [*results] = workflow.publish_due(FAR if due else None)
        on_time = expected and hour <= FAR
        assert [one.edition is not None for one in results] == ([published] if on_time else [])
        TRIED["publish_due", "done" if published else "refused"] += 1
        if published:
            self.told.take("publish", by)
            self._left_one_step("publish", before, by, 1)

    @rule(who=WHO, answered=st.booleans())
    def somebody_remarks(self, who, answered) -> None:
        """Make a remark, mostly answered at once."""
        able = bool(self.told.posts[who] & {*POSTS["every hat"]} - {*ODD})
        assert self.stage.attempt("remark", who, text="请核对") == ("done" if able else "refused")
        TRIED["remark", "done" if able else "refused"] += 1
        if able:
            self.told.open_remarks += 1
            if answered:
                self._answer_all()
            self.stage.trail()

    def _answer_all(self) -> None:
        for comment in Comment.objects.filter(disclosure=self.stage.pk, resolved_at=None):
            workflow.answer(comment, by=self.clerk, text="已核对")
        self.told.open_remarks = 0
        self.stage.trail()

    @rule(what=st.sampled_from(["fill", "answer", "close", "write", "arrange"]), data=st.data())
    def something_changes(self, what, data) -> None:
        """Change what surrounds the draft: posts, authors, remarks, the chain."""
        STIRRED[what] += 1
        getattr(self, f"_{what}")(data.draw)

    def _fill(self, _draw) -> None:
        for name, roles in POSTS.items():
            for role in set(map(str, roles)) - self.told.posts[name]:
                self.stage.open(name, role)
                self.told.posts[name].add(role)

    def _answer(self, _draw) -> None:
        self._answer_all()

    def _close(self, draw) -> None:
        who = draw(WHO)
        self.stage.close(who)
        self.told.posts[who] = set()

    def _write(self, draw) -> None:
        who = draw(st.sampled_from(["clerk", "second clerk", "three hats", "second publisher"]))
        self.stage.became_author(who)
        self.told.authors.add(who)

    def _arrange(self, draw) -> None:
        self.told.chain, self.told.combines = draw(st.sampled_from(["four", "three"])), draw(st.booleans())
        year, department = self.stage.year, self.stage.department
        type(year).objects.filter(pk=year.pk).update(reviews=self.told.chain)
        type(department).objects.filter(pk=department.pk).update(combines_reviews=self.told.combines)

    @invariant()
    def both_tell_the_same(self) -> None:
        """The state, the hour and what the public reads are those that were told; nothing else was written down."""
        now, told = self.stage.now, self.told
        assert now.status == told.state
        assert now.status in STATES
        hour = (now.publish_at, now.scheduled_by_id) if now.publish_at else None
        expected = told.scheduled and (told.scheduled[0], self.stage.people[told.scheduled[1]].pk)
        assert hour == expected
        stored = Edition.objects.filter(disclosure=now).order_by("number")
        rows = list(stored.values_list("number", "content_sha256", "withdrawal", "content"))
        public = [(number, sha, gone is None, there is not None) for number, sha, gone, there in rows]
        assert public == [
            (at, self.hashes[one.text], not one.withdrawn, not one.withdrawn)
            for at, one in enumerate(told.editions, start=1)
        ]
        assert Transition.objects.filter(disclosure=now).count() == len(told.steps)
        assert self.stage.trail() == []


class Remembering:
    """Draws what a text stands among once, and takes it from memory after: the tables of these acts never change."""

    def __init__(self) -> None:
        self.drawn: dict[str, Composer] = {}

    def __call__(self, disclosure, layout) -> Composer:
        """Return the composer of a disclosure with the text it has now."""
        text = disclosure.narratives.get(key="other_matters").text
        return self.drawn.setdefault(text, None) or self.draw(text, disclosure, layout)

    def draw(self, text, disclosure, layout) -> Composer:
        """Draw one, and remember it."""
        self.drawn[text] = Composer(disclosure, layout)
        return self.drawn[text]


ODD = {"emergency_publisher", "auditor", "system_administrator", "security_administrator", "audit_administrator"}
"""The roles on whose desk no draft ever lies."""


@pytest.mark.timeout(2400)
def test_acts_in_any_order_are_answered_as_told(draft, crew, capsys, monkeypatch):
    monkeypatch.setattr(document, "Composer", Remembering())
    monkeypatch.setattr(searching, "add", lambda _edition, _content: None)  # the index is told elsewhere; it takes long
    AnyOrder.draft, AnyOrder.clerk = draft, crew[Role.CLERK]
    whole = connection.vendor == "sqlite"
    chosen = settings(
        max_examples=EXAMPLES if whole else FEWER,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(AnyOrder, settings=chosen)

    done = sum(count for (_, answer), count in TRIED.items() if answer == "done")
    refused = sum(count for (_, answer), count in TRIED.items() if answer == "refused")
    with capsys.disabled():
        sys.stdout.write(
            f"\n{sum(TRIED.values())}步：{done}步办成，{refused}步被拒；{dict(REACHED)}\n{dict(TRIED)}\n{dict(STIRRED)}\n"
        )
    assert sum(TRIED.values()) >= (LEAST if whole else 500)
    common = {"submit", "sign"} | ({"publish_urgently"} if whole else set())
    assert common <= {act for act, answer in TRIED if answer == "done"}
