"""The one page of settings; every value that differs between places comes from the environment (.env.example)."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from portal import logs
from portal.environment import address, networks, number, origins, several, switch, text
from portal.hardening import DIRECTIVES, LOOPBACK, PASSWORD_RULES, RATES_A_MINUTE, SECOND_FACTOR, cookie_prefix
from portal.storage import storage

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(text("VAR_DIR", str(BASE_DIR / "var")))


def _secret_key() -> str:
    """Take SECRET_KEY from the environment, else make one once and keep it in VAR_DIR."""
    if "SECRET_KEY" in os.environ:
        return text("SECRET_KEY", "")
    path = VAR_DIR / "secret_key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def database(url: str) -> dict[str, Any]:
    """Read the URL of a database; SQLite gets what it needs against lock upgrades and lost writes."""
    config: dict[str, Any] = environ.Env.db_url_config(url)
    engine = config.get("ENGINE", "")
    if engine not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        message = "环境变量DATABASE_URL无效。示例：postgres://用户:密码@主机:5432/库名，或 sqlite:////路径/文件。"
        raise ImproperlyConfigured(message)
    config.setdefault("CONN_MAX_AGE", 60)  # of SQLite as long as the file stays where it is (portal.lasting)
    if engine.endswith("sqlite3"):
        pragmas = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
        config["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    else:
        config.setdefault("CONN_HEALTH_CHECKS", True)
        config["OPTIONS"] = {"connect_timeout": 3, **config.get("OPTIONS", {})}
    return config


def _mail() -> dict[str, Any]:
    """Read EMAIL_URL; where it is not set there is no host, and no mail is tried."""
    try:
        config: dict[str, Any] = environ.Env.email_url_config(text("EMAIL_URL", "smtp://"))
    except (ImproperlyConfigured, ValueError):
        config = {"EMAIL_HOST": None}
    if "EMAIL_URL" in os.environ and not config["EMAIL_HOST"]:
        message = "环境变量EMAIL_URL无效。示例：smtp+ssl://用户:密码@smtp.example.cn:465，用户和密码中的@写作%40。"
        raise ImproperlyConfigured(message)
    secure = {"EMAIL_USE_SSL": 465, "EMAIL_USE_TLS": 587}
    port = next((port for name, port in secure.items() if config.get(name)), 25)
    return {**config, "EMAIL_PORT": config["EMAIL_PORT"] or port}


DEBUG = False
SECRET_KEY = _secret_key()
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
HTTPS = switch("HTTPS", default=False)

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
DESK_PATH = "admin/"
FORCE_SCRIPT_NAME = text("PATH_PREFIX", "/").rstrip("/") or None
INSTALLED_APPS = [
    "axes",  # before ours: it listens first, so that the trail, which is locked last, is written last
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "portal.apps.PortalConfig",
    "portal.apps.DeskConfig",
    "disclosure",
    "performance",
    "budgets",
    "django_tables2",
    "import_export",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
]
# Outermost first. Requests numbers and logs whatever comes; Policy stands before all that answers by itself, so that
# refusals and files carry its headers too. What keeps whole answers stands around Django (portal/answers).
MIDDLEWARE = [
    "portal.logs.Requests",
    "portal.policy.Policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.gate.DeskGate",
    "portal.limiting.RateLimits",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.staying.Staying",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.display.Varied",
    "portal.guard.PublicReadOnly",
    "portal.views.problems.DamagedFiles",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.site.site",
                "disclosure.desk.notices.unread",
            ],
            "builtins": ["portal.templatetags.drawn"],
        },
    },
]

DATABASES = {"default": database(text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'portal.sqlite3'}"))}
if "REPLICA_URL" in os.environ:
    DATABASES["replica"] = {**database(text("REPLICA_URL", "")), "TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["portal.replica.Reads"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR_DIR / "files"
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = f"{FORCE_SCRIPT_NAME or ''}/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": storage(text("OBJECT_STORAGE", "")),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True
DATE_FORMAT = "Y年n月j日"

LOGGING = logs.configuration(text("LOG_DIR", ""))
HEALTH_ALLOWED = networks("HEALTH_ALLOWED", LOOPBACK)

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOCK_AFTER, LOCK_MINUTES = number("LOCK_AFTER", 5), number("LOCK_MINUTES", 30, least=1)
AXES_ENABLED, AXES_FAILURE_LIMIT, AXES_COOLOFF_TIME = LOCK_AFTER > 0, LOCK_AFTER, timedelta(minutes=LOCK_MINUTES)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # an office behind one address goes on working
AXES_CLIENT_IP_CALLABLE, AXES_LOCKOUT_CALLABLE = "budgets.locking.place_of", "budgets.locking.refusal"
AXES_RESET_ON_SUCCESS, AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = True, False
AXES_ENABLE_ADMIN, AXES_DISABLE_ACCESS_LOG, AXES_VERBOSE = False, True, False
AUTH_PASSWORD_VALIDATORS = PASSWORD_RULES
MFA_ROLES = several("MFA_ROLES", SECOND_FACTOR if HTTPS else "none")
OTP_TOTP_ISSUER = text("SITE_NAME", "部门预算公开平台")
PASSWORD_DAYS, ACCOUNT_IDLE_DAYS = number("PASSWORD_DAYS", 90), number("ACCOUNT_IDLE_DAYS", 90)
CSRF_FAILURE_VIEW = "portal.views.problems.outdated"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 30_000  # a grid of a thousand rows is one form
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
IMPORT_EXPORT_USE_TRANSACTIONS = True

MAIL = _mail()
EMAIL_HOST, EMAIL_PORT, EMAIL_TIMEOUT = MAIL["EMAIL_HOST"] or "", MAIL["EMAIL_PORT"], 10
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"] or "", MAIL["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.get("EMAIL_USE_SSL", False), MAIL.get("EMAIL_USE_TLS", False)
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", EMAIL_HOST_USER or "portal@localhost")
SITE_URL = address("SITE_URL", "http://127.0.0.1:8000")
PUBLIC_URL = address("PUBLIC_URL", SITE_URL.rstrip("/") + (FORCE_SCRIPT_NAME or ""))
FONTS_DIR = text("FONTS_DIR", "")
SIGNING_CERTIFICATE = text("SIGNING_CERTIFICATE", "")
SIGNING_PASSWORD, SIGNING_PASSWORD_FILE = text("SIGNING_PASSWORD", ""), text("SIGNING_PASSWORD_FILE", "")
SM2_KEY, SM2_PASSWORD_FILE = text("SM2_KEY", ""), text("SM2_PASSWORD_FILE", "")
RENDER_WORKERS = switch("RENDER_WORKERS", default=False)  # who draws the PDFs: manage.py render_worker
ANSWERS = switch("ANSWERS", default="replica" not in DATABASES)  # a replica may be a moment behind
ANSWERS_DIR = text("ANSWERS_DIR", str(VAR_DIR / "answers"))
DESK_DIR = text("DESK_DIR", str(VAR_DIR))  # uploads to be confirmed and imports under way: several servers share it
SITE_NAME = text("SITE_NAME", "部门预算公开平台")
SITE_SPONSOR = text("SITE_SPONSOR", "")
SITE_CONTACT = text("SITE_CONTACT", "")
EMBED_HEADER_FILE = text("EMBED_HEADER_FILE", "")
EMBED_STYLES = several("EMBED_STYLES")

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^livez$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{FORCE_SCRIPT_NAME or ''}/"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
COOKIE_PREFIX = cookie_prefix(https=HTTPS, path=SESSION_COOKIE_PATH)
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
SESSION_IDLE_MINUTES, SESSION_HOURS = number("SESSION_IDLE_MINUTES", 30, least=1), number("SESSION_HOURS", 12, least=1)
SESSION_COOKIE_AGE, SESSION_EXPIRE_AT_BROWSER_CLOSE = SESSION_HOURS * 60 * 60, True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
FRAME_ANCESTORS = origins("FRAME_ANCESTORS")
TRUSTED_PROXIES, DESK_NETWORKS = networks("TRUSTED_PROXIES", LOOPBACK), networks("DESK_NETWORKS")
RATE_LIMITS = switch("RATE_LIMITS", default=True)
RATES = {key: number(f"RATE_{key.upper()}", default) for key, default in RATES_A_MINUTE.items()}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": DIRECTIVES}
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
