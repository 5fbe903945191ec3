"""The parts of the settings that protect the site and its accounts; portal/settings.py takes them from here."""

from typing import Any

DIRECTIVES: dict[str, list[str]] = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
"""Nothing from elsewhere, and nothing inline: what somebody smuggles into a text can neither run nor paint."""

LOOPBACK = "127.0.0.1,::1"
"""This machine: a proxy in front is believed, and whoever supervises is told everything, where nothing else is set."""

RATES_A_MINUTE = {"search": 60, "api": 300, "verify": 60, "downloads": 30, "sign_in": 30}
"""How often one address may ask for what costs work; 0: as often as it likes."""

DJANGOS, OURS = "django.contrib.auth.password_validation", "budgets.passwords"
PASSWORD_RULES: list[dict[str, Any]] = [
    {"NAME": f"{DJANGOS}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{OURS}.EnoughKinds"},
    {"NAME": f"{DJANGOS}.UserAttributeSimilarityValidator"},
    {"NAME": f"{DJANGOS}.CommonPasswordValidator"},  # twenty thousand common ones
    {"NAME": f"{OURS}.NoLocalWords"},
    {"NAME": f"{OURS}.NotRepeated"},
]
"""What a password must be; see docs/decisions/0020-passwords.md."""

SECOND_FACTOR = "publisher,emergency_publisher,system_administrator,security_administrator,audit_administrator"
"""The roles that need one where nothing else is set and the site is on HTTPS: who publishes, and who administers."""


def cookie_prefix(*, https: bool, path: str) -> str:
    """Return what binds a cookie to this very host, and to HTTPS (RFC 6265bis); nothing binds it without HTTPS."""
    if not https:
        return ""
    return "__Host-" if path == "/" else "__Secure-"
