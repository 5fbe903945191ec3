"""Two hundred guesses at a password at once: no more than five are looked at."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db import connections
from django.test import Client

from budgets.models import AuditTrail

GUESSES, AT_ONCE = 200, 20
NAME, PASSWORD, OFFICE = "被猜", "Bu-Zhi-Dao-8", "192.0.2.10"


def attempt(password: str, name: str = NAME) -> int:
    form = {"username": name, "password": password}
    return Client().post("/admin/login/", form, REMOTE_ADDR=OFFICE).status_code


@pytest.fixture
def evaluated(monkeypatch) -> list[str]:
    """What the password check was asked."""
    asked, real = [], ModelBackend.authenticate

    def watched(self, request, username=None, password=None, **others):
        asked.append(password)
        return real(self, request, username=username, password=password, **others)

    monkeypatch.setattr(ModelBackend, "authenticate", watched)
    return asked


@pytest.fixture
def guessed(committed, settings):
    settings.AXES_ENABLED = True
    get_user_model().objects.create_user("邻居", password=PASSWORD, is_staff=True)
    return get_user_model().objects.create_user(NAME, password=PASSWORD, is_staff=True)


def test_no_more_than_five_of_two_hundred_guesses_are_looked_at(guessed, evaluated, capsys):
    several = connections["default"].vendor == "postgresql"
    guesses = [f"guess-{number}" for number in range(GUESSES)]
    barrier, answers = threading.Barrier(AT_ONCE), []

    def work(own: list[str]) -> None:
        barrier.wait()
        answers.extend(attempt(guess) for guess in own)
        connections["default"].close()

    if several:
        threads = [threading.Thread(target=work, args=(guesses[one::AT_ONCE],)) for one in range(AT_ONCE)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
    else:
        answers.extend(attempt(guess) for guess in guesses)

    with capsys.disabled():
        print(f"\nguesses: {GUESSES} at once {several}, evaluated {len(evaluated)}")  # noqa: T201 a measured figure
    assert len(evaluated) == 5
    assert sorted(answers) == [200] * 4 + [429] * (GUESSES - 4)
    assert attempt(PASSWORD) == 429
    assert attempt(PASSWORD, "邻居") == 302
    assert AuditTrail.objects.filter(action="lock_out").count() == 1
