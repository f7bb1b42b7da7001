"""The end leaves the revisions, and the database freezes what is decided again."""

from importlib import import_module

from django.db import migrations, models

frozen = import_module("agreements.migrations.0002_freeze_decided_revisions")


class Migration(migrations.Migration):
    dependencies = [("agreements", "0004_move_ends_to_terms")]
    operations = [
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_starts_before_it_ends",
        ),
        migrations.RemoveField(
            model_name="historicalrevision",
            name="ends_on",
        ),
        migrations.RemoveField(
            model_name="revision",
            name="ends_on",
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", False)),
                fields=("agreement", "number"),
                name="decided_number_is_unique_in_its_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "original"), ("number", 1)),
                    models.Q(("number__gt", 1), models.Q(("kind", "original"), _negated=True)),
                    _connector="OR",
                ),
                name="first_revision_is_the_original",
            ),
        ),
        migrations.RunPython(frozen.freeze, frozen.thaw),
    ]
