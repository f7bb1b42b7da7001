from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ScheduledRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("done_at", models.DateTimeField(verbose_name="done")),
            ],
            options={
                "verbose_name": "scheduled work",
                "verbose_name_plural": "scheduled work",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_scheduled_run")
                ],
            },
        ),
    ]
