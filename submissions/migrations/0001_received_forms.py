from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="SHA-256")),
                ("location", models.TextField(blank=True, verbose_name="led to")),
                ("received_at", models.DateTimeField(db_index=True, verbose_name="received")),
            ],
            options={
                "verbose_name": "received form",
                "verbose_name_plural": "received forms",
                "ordering": ["-received_at"],
            },
        ),
    ]
