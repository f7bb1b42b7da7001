"""The running of the portal."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class OperationsConfig(AppConfig):
    name = "operations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from operations import checks

        register(checks.the_cache_can_count, Tags.caches)
