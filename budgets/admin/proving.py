"""Asks whoever is signed in for their password once more, before what somebody at a deserted desk must not do."""

from typing import Any

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def proven(request: HttpRequest, otherwise: str) -> Any:
    """Return whoever is signed in, once the password was given again; the session goes on under a new key.

    Guesses here are counted as at sign-in. Raises ValidationError with what was not done (``otherwise``) where it is
    wrong.
    """
    name, password = request.user.get_username(), request.POST.get("password", "")
    if authenticate(request, username=name, password=password) != request.user:
        raise ValidationError(f"密码不对，{otherwise}。")
    request.session.cycle_key()
    request.session.save()
    return request.user
