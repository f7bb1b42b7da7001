"""The portal's settings, as in production, for measuring in one process."""

from partnerships.settings import *  # noqa: F403
from partnerships.settings import DATABASES, LOGGING, STORAGES

ROOT_URLCONF = "bench.urls"
ALLOWED_HOSTS = ["localhost"]
SECURE_SSL_REDIRECT = False
DATABASES["default"]["CONN_MAX_AGE"] = None
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
LOGGING["root"]["level"] = "WARNING"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
