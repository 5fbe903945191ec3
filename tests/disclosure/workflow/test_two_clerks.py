"""Two clerks, a thousand edits: kept, or replaced by somebody who had seen them, or asked about; none lost."""

import json
import random
import re
import threading
from collections import Counter
from html import unescape
from itertools import pairwise
from typing import NamedTuple

import pytest
from depth import times
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.urls import reverse
from gridded import a_clerk
from walking import opened

from budgets.models import AssetHolding, AuditTrail
from disclosure.entry.grids import grids_of, slots_of
from disclosure.models import Disclosure

pytestmark = pytest.mark.timeout(400)
SEED, EDITS, FORMS = 20260101, times(500, 150), 5
"""By each clerk: saves through the grid, and through the form of a row."""
FIELDS = ("measure", "value")
SEEN = re.compile(r'name="(\d+)\.seen" value="([^"]*)"')
FORM_SEEN = re.compile(r'name="seen" value="([^"]*)"')


class Edit(NamedTuple):
    """An edit that was accepted: of which cell, what its author had seen there, and what it says now."""

    by: str
    row: str
    field: str
    seen: str
    text: str


class Clerk:
    """Somebody at the grid with a page that grows old, who chooses at random."""

    def __init__(self, disclosure, user, barrier) -> None:
        self.user, self.barrier, self.client = user.username, barrier, Client()
        self.client.force_login(user)
        self.chance = random.Random(f"{SEED}{user.username}")  # noqa: S311 a test's dice
        self.names = [slot.name for slot in slots_of(grids_of(disclosure)["assetholding"])]
        self.address = reverse("admin:grid", args=[disclosure.pk, "assetholding"])
        self.accepted, self.counts, self.wrong = list[Edit](), Counter(), []
        self.view = self.looked()

    def looked(self) -> dict[str, list[str]]:
        """Open the grid and keep what it shows."""
        page = self.client.get(self.address).content.decode()
        return {key: json.loads(unescape(text)) for key, text in SEEN.findall(page)}

    def work(self) -> None:
        """Make all the edits, the forms spread among them."""
        self.barrier.wait()
        try:
            for number in range(EDITS):
                if number % (EDITS // FORMS) == 0:
                    self.fill_in_form(number)
                if number % 100 == 50:
                    self.view = self.looked()
                self.fill_in_cell(number)
        except Exception as error:  # noqa: BLE001 told by the test
            self.wrong.append(repr(error))
        finally:
            connections["default"].close()

    def told(self, number: int, field: str) -> str:
        """Make up a text that nobody else writes."""
        return f"{self.user[0]}{number}" if field == "measure" else f"{number}.{self.chance.randrange(10, 99)}"

    def fill_in_cell(self, number: int) -> None:
        """Type into one cell of an old page, and save it; where somebody else was there, look at both and choose."""
        row, field = self.chance.choice(sorted(self.view)), self.chance.choice(FIELDS)
        at, text = self.names.index(field), self.told(number, field)
        while True:
            seen = self.view[row]
            if text == seen[at]:
                return
            answer = self.send(row, [*seen[:at], text, *seen[at + 1 :]])
            one = answer["rows"][row]
            self.view[row] = one["seen"]
            if answer["stored"]:
                self.counts["accepted"] += 1
                self.accepted.append(Edit(self.user, row, field, seen[at], text))
                return
            self.counts["refused"] += 1
            self.asked(one, field, at, text)
            if self.chance.random() < 0.4:
                self.counts["given way"] += 1
                return

    def asked(self, one, field: str, at: int, text: str) -> None:
        """See that a refusal holds both values."""
        both = (one["cells"][at], one["theirs"].get(field), one["theirs"].get(field))
        if both != (text, one["seen"][at], one["seen"][at]) or "别人刚才改成了" not in str(one["wrong"].get(field)):
            self.wrong.append(f"{field} {text}: {one}")

    def send(self, row: str, cells: list[str]):
        """Save as the script of the page does."""
        sent = {f"{row}.{name}": text for name, text in zip(self.names, cells, strict=True)}
        sent |= {"row": row, f"{row}.seen": json.dumps(self.view[row]), "do": "save"}
        return self.client.post(self.address, sent, headers={"accept": "application/json"}).json()

    def fill_in_form(self, number: int) -> None:
        """Open a row's form, wait, and save it; a contradiction is shown, and the second save insists."""
        row = self.chance.choice(sorted(self.view))
        address = reverse("admin:budgets_assetholding_change", args=[row])
        sent, seen = _form_of(self.client.get(address).content.decode())
        self.fill_in_cell(1000 + number)
        text = f"{self.user[0]}表{number}"
        for _ in range(20):
            answer = self.client.post(address, {**sent, "measure": text, "seen": seen, "_save": "1"})
            told = unescape(FORM_SEEN.search(answer.content.decode())[1]) if answer.status_code == 200 else ""
            if answer.status_code == 302:
                self.counts["forms"] += 1
                self.accepted.append(Edit(self.user, row, "measure", _measure(seen), text))
                return
            self.counts["forms asked"] += 1
            page = answer.content.decode()
            if "别人刚才把这一栏改成了" not in page or f'value="{text}"' not in page:
                self.wrong.append(page)
            seen = told
        self.wrong.append("a form was never stored")


def _measure(seen: str) -> str:
    return json.loads(seen)["measure"] or ""


def _form_of(page: str) -> tuple[dict[str, str], str]:
    """Give the fields of the form, and what it says that it saw."""
    seen = unescape(FORM_SEEN.search(page)[1])
    stored = json.loads(seen)
    names = {"budget_id": "budget", "unit_id": "unit"}
    return {names.get(name, name): text or "" for name, text in stored.items() if name != "id"}, seen


@pytest.fixture
def draft(committed) -> Disclosure:
    return opened(Disclosure.objects.get(budget__department__code="203", unit=None))


def test_a_thousand_edits_of_two_clerks_at_once_are_kept_or_asked_about(draft, capsys):
    barrier = threading.Barrier(2)
    users = [a_clerk(draft, name) for name in ("甲", "乙")]
    clerks = [Clerk(draft, get_user_model().objects.get(pk=user.pk), barrier) for user in users]
    first = AuditTrail.objects.order_by("-pk").first().pk
    stored = {str(row.pk): row for row in AssetHolding.objects.filter(budget=draft.budget)}

    threads = [threading.Thread(target=clerk.work) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [said for clerk in clerks for said in clerk.wrong] == []
    written = _written(first)
    accepted = [edit for clerk in clerks for edit in clerk.accepted]
    assert Counter(written) == Counter(accepted)
    _chained(written, stored)
    counts = sum((clerk.counts for clerk in clerks), Counter())
    assert counts["accepted"] + counts["given way"] >= 2 * EDITS
    assert counts["refused"] > 50
    with capsys.disabled():
        print(f"\n{connections['default'].vendor}: {dict(counts)}, of the trail {len(written)}")  # noqa: T201


def _written(first: int) -> list[Edit]:
    """Read the edits out of the trail, in their order."""
    found = []
    for line in AuditTrail.objects.filter(pk__gt=first, action__in=("fill_in", "change")).order_by("pk"):
        detail = json.loads(line.detail)
        if detail.get("model") != "budgets.AssetHolding":
            continue
        for row in detail["rows"] if line.action == "fill_in" else [detail]:
            for field, (before, after) in row["changes"].items():
                found.append(Edit(line.actor.username, str(row["pk"]), field, before, after))
    return found


def _chained(written: list[Edit], stored) -> None:
    """See that each edit replaced the one before it, which its author had seen, and that the last one stands."""
    cells = {}
    for edit in written:
        cells.setdefault((edit.row, edit.field), []).append(edit)
    for (row, field), edits in cells.items():
        now = AssetHolding.objects.get(pk=row)
        assert _shown(now, field) == edits[-1].text
        assert _shown(stored[row], field) == edits[0].seen
        assert all(later.seen == earlier.text for earlier, later in pairwise(edits))


def _shown(row: AssetHolding, field: str) -> str:
    value = getattr(row, field)
    return "" if value is None else str(value)
