"""The portal's settings for a worker of its own: jobs in the database, letters in files."""

import os

from partnerships.settings import *  # noqa: F403  (all of them, and three of its own)

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
EMAIL_BACKEND = os.environ["MAIL_BACKEND"]
EMAIL_FILE_PATH = os.environ["MAIL_FOLDER"]
