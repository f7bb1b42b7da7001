"""Submitted versions, steps and the memo's state."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0006_keep_last_days"),
        ("memos", "0002_interpellations"),
        ("organisations", "0004_known_thresholds_and_rates"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalMemoStep",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("approved", "approved"),
                            ("submitted", "submitted"),
                            ("agenda", "on the agenda"),
                            ("decided", "decided"),
                            ("referred_back", "referred back"),
                            ("tabled", "tabled"),
                            ("closed", "closed"),
                        ],
                        max_length=13,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("approved", "approved"),
                            ("submitted", "submitted"),
                            ("agenda", "on the agenda"),
                            ("decided", "decided"),
                            ("referred_back", "referred back"),
                            ("tabled", "tabled"),
                            ("closed", "closed"),
                        ],
                        max_length=13,
                        verbose_name="to",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "content_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="SHA-256 of what was approved",
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical step of a memo",
                "verbose_name_plural": "historical steps of memos",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMemoVersion",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("reason", models.TextField(blank=True, verbose_name="reason for the new version")),
                ("pdf", models.TextField(max_length=100, verbose_name="PDF as submitted")),
                (
                    "pdf_sha256",
                    models.CharField(
                        db_index=True, max_length=64, verbose_name="SHA-256 of the PDF"
                    ),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField()),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical submitted version",
                "verbose_name_plural": "historical submitted versions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MemoStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("approved", "approved"),
                            ("submitted", "submitted"),
                            ("agenda", "on the agenda"),
                            ("decided", "decided"),
                            ("referred_back", "referred back"),
                            ("tabled", "tabled"),
                            ("closed", "closed"),
                        ],
                        max_length=13,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("review", "in review"),
                            ("approved", "approved"),
                            ("submitted", "submitted"),
                            ("agenda", "on the agenda"),
                            ("decided", "decided"),
                            ("referred_back", "referred back"),
                            ("tabled", "tabled"),
                            ("closed", "closed"),
                        ],
                        max_length=13,
                        verbose_name="to",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "content_sha256",
                    models.CharField(
                        blank=True,
                        editable=False,
                        max_length=64,
                        verbose_name="SHA-256 of what was approved",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a memo",
                "verbose_name_plural": "steps of memos",
                "ordering": ["memo", "at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="MemoVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                ("reason", models.TextField(blank=True, verbose_name="reason for the new version")),
                ("content", models.JSONField(verbose_name="content")),
                ("pdf", models.FileField(upload_to="memos/", verbose_name="PDF as submitted")),
                (
                    "pdf_sha256",
                    models.CharField(
                        db_index=True, max_length=64, verbose_name="SHA-256 of the PDF"
                    ),
                ),
            ],
            options={
                "verbose_name": "submitted version",
                "verbose_name_plural": "submitted versions",
                "ordering": ["memo", "number"],
            },
        ),
        migrations.AddField(
            model_name="historicalmemo",
            name="correction_reason",
            field=models.TextField(
                blank=True, editable=False, verbose_name="reason for the new version"
            ),
        ),
        migrations.AddField(
            model_name="historicalmemo",
            name="decided_by_role",
            field=models.CharField(
                blank=True,
                help_text="The role that decides without a meeting, for example Kommundirektör.",
                max_length=150,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="historicalmemo",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="day of the decision"),
        ),
        migrations.AddField(
            model_name="historicalmemo",
            name="delegation",
            field=models.CharField(
                blank=True,
                help_text="The point of the delegation order. Empty when it is not known.",
                max_length=150,
                verbose_name="delegation",
            ),
        ),
        migrations.AddField(
            model_name="historicalmemo",
            name="edit_number",
            field=models.PositiveIntegerField(
                default=1, editable=False, verbose_name="number of the latest change"
            ),
        ),
        migrations.AddField(
            model_name="historicalmemo",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("review", "in review"),
                    ("approved", "approved"),
                    ("submitted", "submitted"),
                    ("agenda", "on the agenda"),
                    ("decided", "decided"),
                    ("referred_back", "referred back"),
                    ("tabled", "tabled"),
                    ("closed", "closed"),
                ],
                default="draft",
                editable=False,
                max_length=13,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="memo",
            name="correction_reason",
            field=models.TextField(
                blank=True, editable=False, verbose_name="reason for the new version"
            ),
        ),
        migrations.AddField(
            model_name="memo",
            name="decided_by_role",
            field=models.CharField(
                blank=True,
                help_text="The role that decides without a meeting, for example Kommundirektör.",
                max_length=150,
                verbose_name="decided by",
            ),
        ),
        migrations.AddField(
            model_name="memo",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="day of the decision"),
        ),
        migrations.AddField(
            model_name="memo",
            name="delegation",
            field=models.CharField(
                blank=True,
                help_text="The point of the delegation order. Empty when it is not known.",
                max_length=150,
                verbose_name="delegation",
            ),
        ),
        migrations.AddField(
            model_name="memo",
            name="edit_number",
            field=models.PositiveIntegerField(
                default=1, editable=False, verbose_name="number of the latest change"
            ),
        ),
        migrations.AddField(
            model_name="memo",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("review", "in review"),
                    ("approved", "approved"),
                    ("submitted", "submitted"),
                    ("agenda", "on the agenda"),
                    ("decided", "decided"),
                    ("referred_back", "referred back"),
                    ("tabled", "tabled"),
                    ("closed", "closed"),
                ],
                default="draft",
                editable=False,
                max_length=13,
                verbose_name="state",
            ),
        ),
        migrations.AddConstraint(
            model_name="memo",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_by_role", ""), ("decided_on__isnull", True), ("delegation", "")
                    ),
                    models.Q(
                        ("state__in", ["decided", "closed"]),
                        models.Q(("decided_by_role", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="role_decision_names_the_role_and_is_decided",
            ),
        ),
        migrations.AddField(
            model_name="historicalmemostep",
            name="by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="historicalmemostep",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalmemostep",
            name="memo",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="memos.memo",
                verbose_name="memo",
            ),
        ),
        migrations.AddField(
            model_name="historicalmemoversion",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalmemoversion",
            name="memo",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="memos.memo",
                verbose_name="memo",
            ),
        ),
        migrations.AddField(
            model_name="historicalmemoversion",
            name="submitted_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddField(
            model_name="memostep",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memo_steps",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="memostep",
            name="memo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="steps",
                to="memos.memo",
                verbose_name="memo",
            ),
        ),
        migrations.AddField(
            model_name="memoversion",
            name="memo",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="versions",
                to="memos.memo",
                verbose_name="memo",
            ),
        ),
        migrations.AddField(
            model_name="memoversion",
            name="submitted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submitted_memo_versions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="submitted by",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalmemostep",
            index=models.Index(
                fields=["history_date", "id"], name="memos_histo_history_eb1b35_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalmemoversion",
            index=models.Index(
                fields=["history_date", "id"], name="memos_histo_history_20108d_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="memostep",
            constraint=models.CheckConstraint(
                condition=models.Q(("from_state", models.F("to_state")), _negated=True),
                name="memo_step_leads_elsewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="memoversion",
            constraint=models.UniqueConstraint(
                fields=("memo", "number"), name="memo_has_each_version_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="memoversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("number", 1),
                    models.Q(("number__gt", 1), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="later_version_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="memoversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("pdf", ""), _negated=True),
                    models.Q(("pdf_sha256", ""), _negated=True),
                ),
                name="submitted_version_keeps_its_pdf",
            ),
        ),
    ]
