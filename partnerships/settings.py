"""Settings, read from the environment. `docs/operations.md` lists every variable."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from operations.files import files_storage

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # shows the demo's sign-ins on the sign-in page
SECRET_KEY = env.str(
    "SECRET_KEY", default="insecure-for-development-only" if DEBUG else environ.Env.NOTSET
)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else []
)
if not DEBUG and (len(SECRET_KEY) < 50 or not ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "Set SECRET_KEY to at least 50 random characters and ALLOWED_HOSTS to the portal's names. "
        "See docs/operations.md."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "demo",
    "report",
    "meetings",
    "memos",
    "assessments",
    "dialogues",
    "worklist",
    "followups",
    "steering",
    "governance",
    "payments",
    "agreements",
    "accounts",
    "organisations",
    "partnerships",
    "audit",
    "submissions",
    "operations",
    "simple_history",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "partnerships.admin_config.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "operations.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignedInMiddleware",
    "audit.middleware.ActingMiddleware",
    "operations.middleware.RequestLogMiddleware",
    "accounts.middleware.NoStoreMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "submissions.middleware.OnceMiddleware",
]

ROOT_URLCONF = "partnerships.urls"
WSGI_APPLICATION = "partnerships.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["submissions.templatetags.form_key"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]
MESSAGE_STORAGE = "submissions.middleware.Messages"
FORM_RENDERER = "partnerships.renderer.PortalRenderer"

# Database: the embedded SQLite file unless DATABASE_URL names a PostgreSQL.
DATABASES = {
    "default": env.db_url(
        "DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'portal.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        " PRAGMA recursive_triggers=ON;",
    }
# SQLite too: it reads hundreds of tables and triggers whenever it is opened, which takes 25 ms.
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Logs go to standard error: words on a laptop, one JSON object to a line elsewhere.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "words": {"format": "{levelname} {message}", "style": "{"},
        "json": {"()": "operations.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "words" if DEBUG else "json"}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING" if DEBUG else "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}

# Who signs in, and how.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.CommitteeRoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "accounts.views.csrf_failure"
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

# Language and dates.
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
FORMAT_MODULE_PATH = ["partnerships.formats"]
USE_THOUSAND_SEPARATOR = False

# Files.
STATIC_URL = "static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "files"))
STORAGES = {
    "default": files_storage(env.str("FILES_URL", default="")),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        "OPTIONS": {"file_permissions_mode": 0o644},  # the proxy in front reads them too
    },
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # an agreement with a hundred contributions and their sums

# Work outside of the request (`manage.py db_worker` does it); on a laptop within it.
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if DEBUG
        else "django_tasks_db.DatabaseBackend"
    }
}

# Where misses are counted (docs/adr/0059): each process's memory, unless a shared cache is named.
CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
if CACHES["default"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache":
    CACHES["default"]["OPTIONS"] = {"MAX_ENTRIES": 100_000}

# Where the portal is found, for links in letters.
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")

# Mail. The demo's letters go to a folder and are shown on a page.
LETTERS = BASE_DIR / "var" / "letters"
vars().update(
    env.email_url("EMAIL_URL", default=f"filemail:///{LETTERS}" if DEMO else "consolemail://")
)
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds that a silent server is waited for
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="portal@localhost")

# What every response carries.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 60 * 60 * 12
LANGUAGE_COOKIE_HTTPONLY = True
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=60 * 60 * 24 * 365)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"

# History: a row for every saved change, with who and why.
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_DATE_INDEX = "composite"
SIMPLE_HISTORY_REVERT_DISABLED = True  # history is read; what was is written again as a change

# SQLite leaves out the extra columns of a covering index; PostgreSQL has them.
SILENCED_SYSTEM_CHECKS = ["models.W040"]

# What apps offer to the apps under them.
# The documents of record that each app keeps (see partnerships/records.py);
# one with `find_issued` also answers on the page of verification.
DOCUMENT_SOURCES = [
    "memos.records.MemoRecords",
    "dialogues.records.DialogueRecords",
    "assessments.records.AssessmentRecords",
    "followups.records.ReportRecords",
    "steering.records.NotesRecords",
    "meetings.records.AgendaRecords",
    "meetings.records.MinutesRecords",
    "meetings.records.ExtractRecords",
    "report.records.ReportRecords",
]
# What has a last day, for the worklist, reminders and calendars: functions (agreements, first, last)
# that ask (see partnerships/together.py) and return what is due (see partnerships/due.py).
DUE_SOURCES = [
    "agreements.due.due",
    "followups.due.due",
    "steering.due.due",
    "meetings.due.due",
    "report.due.due",
]
# What was given to a user by name, or by a role: the same with (user, first, last).
PERSONAL_DUE_SOURCES = ["steering.due.given_to", "meetings.due.given_to"]
# What waits for a user without a last day, for the start page: functions (user) that ask and return
# what waits (see partnerships/due.py).
WAITING_SOURCES = ["meetings.due.waiting"]
# What stands on an agreement's timeline: functions (agreement, user) that ask and return happenings.
TIMELINE_SOURCES = [
    "dialogues.records.happenings",
    "assessments.records.happenings",
    "memos.records.happenings",
    "followups.records.happenings",
    "steering.records.happenings",
    "meetings.records.happenings",
]
# What `manage.py verify` holds of other apps: functions () -> (where, what is wrong).
VERIFICATIONS = [
    "agreements.verification.broken_agreements",
    "followups.verification.broken_plans",
]
# What other apps keep that follows from how long an agreement lasts: functions (agreement).
AFTER_LIFE = ["followups.actions.next_due.keep_next"]
# Whether somebody follows up an agreement: a function () -> a condition on agreements.
IS_FOLLOWED_UP = "followups.figures.is_followed_up"
# What the sector report asks of other apps: functions (agreements, day) -> those among them.
REPORT_SOURCES = {"without_follow_up": "followups.figures.without_follow_up"}
# What a decision does beyond agreements: functions (item) -> bindings (see meetings/bindings.py).
DECISION_BINDINGS = ["report.bindings.bindings"]
# What apps have to do on every run of `scheduled_work`: functions (at) -> how many things were begun.
SCHEDULED_WORK = [
    "followups.tasks.send_waiting",
    "meetings.tasks.send_waiting",
    "submissions.forgetting.forget_old",
    "operations.forgetting.forget_old",
]
