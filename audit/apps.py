"""The log belongs to the database: it is made whenever the database's tables are."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "audit"
    verbose_name = _("Log")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from audit import checks, connections, installing

        connection_created.connect(connections.prepare, dispatch_uid="audit")
        pre_migrate.connect(installing.before_migrating, sender=self, dispatch_uid="audit")
        post_migrate.connect(installing.after_migrating, sender=self, dispatch_uid="audit")
        register(checks.every_table_is_logged, Tags.database)
