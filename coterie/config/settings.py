"""One settings file: safe defaults, and the few things an operator may change by environment.

docs/settings.md documents every COTERIE_* variable; a house test compares.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.csp import CSP

from coterie.config.catalogues import compiled
from coterie.config.logs import logging_config
from coterie.config.signing_in import *  # noqa: F403
from coterie.core.keys import data_folder, key_for

PACKAGE = Path(__file__).resolve().parents[1]
DATA = data_folder()

SECRET_KEY = key_for("django").hex()
DEBUG = os.environ.get("COTERIE_DEBUG") == "1"
HTTPS = os.environ.get("COTERIE_HTTPS") == "1"
SITE_NAME = os.environ.get("COTERIE_NAME", "Coterie")
RUN_BY = os.environ.get("COTERIE_RUN_BY", "")
SOURCE_URL = os.environ.get("COTERIE_SOURCE", "")
# Addresses of proxies whose X-Forwarded-For is believed.
PROXIES = os.environ.get("COTERIE_PROXY", "")
# Whether hosts may let machines learn from what everybody reads in their communities.
LEARNERS_WELCOME = os.environ.get("COTERIE_AI", "1") == "1"
PUBLIC_URL = os.environ.get("COTERIE_URL", "").rstrip("/")
# Once there is a name, other names are somebody's trick to get a link of theirs into a page.
NAMED = f"{urlsplit(PUBLIC_URL).hostname},localhost,127.0.0.1" if PUBLIC_URL else "*"
ALLOWED_HOSTS = os.environ.get("COTERIE_HOSTS", NAMED).split(",")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

INSTALLED_APPS = [
    "coterie.demo",
    "coterie.home",
    "coterie.audiences",
    "coterie.safety",
    "coterie.inbox",
    "coterie.outside",
    "coterie.chat",
    "coterie.gatherings",
    "coterie.talk",
    "coterie.media",
    "coterie.communities",
    "coterie.personas",
    "coterie.accounts",
    "coterie.search",
    "coterie.ui",
    "coterie.core",
    "coterie.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pads its answers at random (BREACH); nginx in front would not.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coterie.accounts.middleware.Spoken",
    "django.middleware.common.CommonMiddleware",
    "coterie.config.unspeakable.NoNul",
    "coterie.config.unspeakable.NotBlank",
    "django.middleware.csrf.CsrfViewMiddleware",
    "coterie.accounts.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coterie.personas.middleware.ViewerMiddleware",
    "coterie.config.waiting.NoTurn",
    "coterie.ui.middleware.NotForLearning",
]

if os.environ.get("COTERIE_ACCESS_LOG") == "1":
    MIDDLEWARE.insert(0, "coterie.config.logs.AccessLog")

ROOT_URLCONF = "coterie.config.urls"
WSGI_APPLICATION = "coterie.config.wsgi.application"

TEMPLATE_ENGINES = {
    "rust": "django_rust_templates.RustTemplates",
    "django": "django.template.backends.django.DjangoTemplates",
}
FORM_RENDERERS = {
    "rust": "django_rust_templates.forms.RustFormRenderer",
    "django": "django.forms.renderers.DjangoTemplates",
}
ENGINE = os.environ.get("COTERIE_TEMPLATE_ENGINE", "rust")
FORM_RENDERER = FORM_RENDERERS[ENGINE]
TEMPLATES = [
    {
        "BACKEND": TEMPLATE_ENGINES[ENGINE],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.messages.context_processors.messages",
                "coterie.home.context.rail",
            ],
            "builtins": [
                "coterie.ui.templatetags.ui",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]


def database() -> dict[str, object]:
    """SQLite in the data folder, or the PostgreSQL that COTERIE_DATABASE names."""
    url = urlsplit(os.environ.get("COTERIE_DATABASE", ""))
    if url.scheme.startswith("postgres"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": str(url.port or ""),
            "CONN_MAX_AGE": None,
            "CONN_HEALTH_CHECKS": True,
        }
    return {
        "ENGINE": "coterie.core.sqlite3",
        "NAME": DATA / "coterie.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
            ),
        },
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
IN_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    # Counts how often somebody tries: room enough that in a usual house no counts are pushed out.
    "default": {"BACKEND": IN_MEMORY, "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "cards": {
        "BACKEND": IN_MEMORY,
        "LOCATION": "cards",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 64},
    },
}

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

# Each has a thread of its own in the worker, so that an import does not hold up a mail, and a
# stranger's slow server neither.
QUEUES = ["default", "slow", "errands"]
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}

LANGUAGE_CODE = "en"
# In their own names, so that they are found by who reads no other. docs/languages.md adds one.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [compiled(PACKAGE / "locale", DATA / "locale")]
FORMAT_MODULE_PATH = "coterie.config.formats"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 86_400
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "UTC"
USE_TZ = True
# Where people sleep who did not say: for quiet hours and the hour of the digest.
HOME_ZONE = os.environ.get("COTERIE_ZONE", "UTC")
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "coterie.config.statics.HashedStatics"},
}

LOGGING = logging_config(os.environ.get("COTERIE_LOG_LEVEL", "WARNING"))

# Where processes tell each other what is new; empty: PostgreSQL itself, or the data folder.
BUS = os.environ.get("COTERIE_BUS", "")
LINK_PREVIEWS = os.environ.get("COTERIE_PREVIEWS", "1") == "1"
PAGE_THREADS = int(os.environ.get("COTERIE_THREADS", "8"))
LARGEST_FORM = 12_000_000
LARGEST_PHOTO = int(os.environ.get("COTERIE_PHOTO_MB", "20")) * 1_000_000
# Without scripts all photos of a post come in one form.
PHOTOS_AT_ONCE = 5
LARGEST_ARCHIVE = int(os.environ.get("COTERIE_ARCHIVE_MB", "2048")) * 1_000_000

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_HANDLERS = ["coterie.core.incoming.Nameless"]
