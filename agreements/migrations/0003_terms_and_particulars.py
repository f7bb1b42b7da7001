"""Terms, notice, terminations, obligations, responsibility, flags and what belongs to one kind.

Decided revisions are thawed for as long as their table is rebuilt; 0005 freezes them again.
"""

from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import agreements.models.particulars
import partnerships.dates.fields
import partnerships.money

frozen = import_module("agreements.migrations.0002_freeze_decided_revisions")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0002_freeze_decided_revisions"),
        ("organisations", "0002_units_and_population"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(frozen.thaw, frozen.freeze),
        migrations.CreateModel(
            name="BudgetedAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("amount", partnerships.money.AmountField(verbose_name="budgeted amount")),
                (
                    "period_basis",
                    models.CharField(
                        choices=[
                            ("per_year", "per year"),
                            ("per_month", "per month"),
                            ("whole_term", "for the whole term"),
                            ("not_stated", "period not stated"),
                        ],
                        default="per_year",
                        max_length=10,
                        verbose_name="period",
                    ),
                ),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "budgeted amount",
                "verbose_name_plural": "budgeted amounts",
                "ordering": ["agreement", "starts_earliest", "pk"],
            },
        ),
        migrations.CreateModel(
            name="GrantParticulars",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "applied_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="applied_earliest",
                        latest_field="applied_latest",
                        null=True,
                        verbose_name="applied for on",
                    ),
                ),
                ("applied_earliest", models.DateField(editable=False, null=True)),
                ("applied_latest", models.DateField(editable=False, null=True)),
                (
                    "applied_amount",
                    partnerships.money.AmountField(
                        blank=True, null=True, verbose_name="amount applied for"
                    ),
                ),
                (
                    "limit_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="For example 18 for 1.5 years.",
                        null=True,
                        verbose_name="time limit in months",
                    ),
                ),
                (
                    "review_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="review_earliest",
                        help_text="When no source states it, the portal computes it from the start and the time limit.",
                        latest_field="review_latest",
                        null=True,
                        verbose_name="to be reviewed",
                    ),
                ),
                ("review_earliest", models.DateField(editable=False, null=True)),
                ("review_latest", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "particulars of a grant",
                "verbose_name_plural": "particulars of grants",
            },
        ),
        migrations.CreateModel(
            name="GrantScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                ),
                (
                    "is_standard",
                    models.BooleanField(
                        default=False,
                        help_text="Computed by fixed rules, such as an amount per member (normerat bidrag).",
                        verbose_name="standard grant",
                    ),
                ),
                ("rules", models.TextField(blank=True, verbose_name="rules")),
                (
                    "excluded_forms",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[agreements.models.particulars.validate_legal_forms],
                        verbose_name="excluded legal forms",
                    ),
                ),
            ],
            options={
                "verbose_name": "grant scheme",
                "verbose_name_plural": "grant schemes",
                "ordering": ["name", "-year", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalBudgetedAmount",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("amount", partnerships.money.AmountField(verbose_name="budgeted amount")),
                (
                    "period_basis",
                    models.CharField(
                        choices=[
                            ("per_year", "per year"),
                            ("per_month", "per month"),
                            ("whole_term", "for the whole term"),
                            ("not_stated", "period not stated"),
                        ],
                        default="per_year",
                        max_length=10,
                        verbose_name="period",
                    ),
                ),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
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
                "verbose_name": "historical budgeted amount",
                "verbose_name_plural": "historical budgeted amounts",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGrantParticulars",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "applied_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="applied_earliest",
                        latest_field="applied_latest",
                        null=True,
                        verbose_name="applied for on",
                    ),
                ),
                ("applied_earliest", models.DateField(editable=False, null=True)),
                ("applied_latest", models.DateField(editable=False, null=True)),
                (
                    "applied_amount",
                    partnerships.money.AmountField(
                        blank=True, null=True, verbose_name="amount applied for"
                    ),
                ),
                (
                    "limit_months",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="For example 18 for 1.5 years.",
                        null=True,
                        verbose_name="time limit in months",
                    ),
                ),
                (
                    "review_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="review_earliest",
                        help_text="When no source states it, the portal computes it from the start and the time limit.",
                        latest_field="review_latest",
                        null=True,
                        verbose_name="to be reviewed",
                    ),
                ),
                ("review_earliest", models.DateField(editable=False, null=True)),
                ("review_latest", models.DateField(editable=False, null=True)),
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
                "verbose_name": "historical particulars of a grant",
                "verbose_name_plural": "historical particulars of grants",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalGrantScheme",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="name")),
                (
                    "year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                ),
                (
                    "is_standard",
                    models.BooleanField(
                        default=False,
                        help_text="Computed by fixed rules, such as an amount per member (normerat bidrag).",
                        verbose_name="standard grant",
                    ),
                ),
                ("rules", models.TextField(blank=True, verbose_name="rules")),
                (
                    "excluded_forms",
                    models.JSONField(
                        blank=True,
                        default=list,
                        validators=[agreements.models.particulars.validate_legal_forms],
                        verbose_name="excluded legal forms",
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
                "verbose_name": "historical grant scheme",
                "verbose_name_plural": "historical grant schemes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalMembershipParticulars",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "statutes",
                    models.CharField(
                        blank=True,
                        help_text="Their title, and where they are kept.",
                        max_length=200,
                        verbose_name="statutes",
                    ),
                ),
                (
                    "statutes_adopted_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="statutes_earliest",
                        latest_field="statutes_latest",
                        null=True,
                        verbose_name="statutes adopted on",
                    ),
                ),
                ("statutes_earliest", models.DateField(editable=False, null=True)),
                ("statutes_latest", models.DateField(editable=False, null=True)),
                (
                    "web_address",
                    models.URLField(blank=True, verbose_name="web address of the statutes"),
                ),
                (
                    "other_members",
                    models.CharField(
                        blank=True,
                        help_text="Other public bodies that are members, as far as the source names them.",
                        max_length=300,
                        verbose_name="other members",
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
                "verbose_name": "historical particulars of a membership",
                "verbose_name_plural": "historical particulars of memberships",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalNoticePeriod",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("municipality", "the municipality"), ("partner", "partner")],
                        max_length=12,
                        verbose_name="party",
                    ),
                ),
                ("length", models.PositiveSmallIntegerField(verbose_name="notice period")),
                (
                    "unit",
                    models.CharField(
                        choices=[("months", "months"), ("days", "days")],
                        default="months",
                        max_length=6,
                        verbose_name="unit",
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
                "verbose_name": "historical notice period",
                "verbose_name_plural": "historical notice periods",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalObligation",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("municipality", "the municipality"), ("partner", "partner")],
                        max_length=12,
                        verbose_name="party",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="In the words of the agreement.", verbose_name="undertaking"
                    ),
                ),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        help_text="Empty: from the beginning of the agreement.",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        help_text="Empty while it goes on, or when a termination ended it.",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
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
                "verbose_name": "historical obligation",
                "verbose_name_plural": "historical obligations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalPlannedPayment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="to be paid on")),
                ("amount", partnerships.money.AmountField(verbose_name="amount")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
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
                "verbose_name": "historical planned payment",
                "verbose_name_plural": "historical planned payments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalProcurementParticulars",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "direct award"),
                            ("open", "advertised"),
                            ("reserved", "reserved procurement (LOU 19:25)"),
                            (
                                "reserved_idea_based",
                                "reserved for idea-based organisations (LOU 19:25 a)",
                            ),
                        ],
                        max_length=20,
                        verbose_name="method",
                    ),
                ),
                (
                    "cpv_codes",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[agreements.models.particulars.validate_cpv_codes],
                        verbose_name="CPV codes",
                    ),
                ),
                (
                    "is_annex_2",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="social and other special services (annex 2)",
                    ),
                ),
                (
                    "value",
                    partnerships.money.AmountField(
                        blank=True, null=True, verbose_name="value of the initial term"
                    ),
                ),
                (
                    "options_value",
                    partnerships.money.AmountField(
                        blank=True,
                        help_text="0 when there are none. Empty when it is not known.",
                        null=True,
                        verbose_name="value of all options and extensions",
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        help_text="The registration with its date, or what shows it otherwise.",
                        verbose_name="evidence that the organisation is idea-based",
                    ),
                ),
                (
                    "signed_on",
                    models.DateField(blank=True, null=True, verbose_name="contract signed on"),
                ),
                (
                    "documented_on",
                    models.DateField(
                        blank=True,
                        help_text="When the reasons for a direct award were written down.",
                        null=True,
                        verbose_name="award documented on",
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
                "verbose_name": "historical particulars of a procurement",
                "verbose_name_plural": "historical particulars of procurements",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalResponsibility",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("cost", "cost"), ("administration", "administration")],
                        max_length=14,
                        verbose_name="responsible for",
                    ),
                ),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        help_text="As exact as the source. Empty when it is not known.",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        help_text="Empty while it goes on.",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
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
                "verbose_name": "historical responsibility",
                "verbose_name_plural": "historical responsibilities",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSourceFlag",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing", "missing in the source"),
                            ("contradiction", "contradiction"),
                            ("deviation", "figures that do not agree"),
                            ("wording", "wording"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(blank=True, editable=False, max_length=80)),
                ("text", models.TextField(verbose_name="what is odd")),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        help_text="As it stands in the source.",
                        verbose_name="quotation",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted as it is"),
                            ("resolved", "resolved"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="settled at"
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
                "verbose_name": "historical flag",
                "verbose_name_plural": "historical flags",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTerm",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="number")),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        help_text="The last day it applies. Empty when no end is agreed, or none is known.",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
                (
                    "end_is_inferred",
                    models.BooleanField(
                        default=False,
                        help_text="No source states it; it follows from something else, which the note says.",
                        verbose_name="the last day is inferred",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("original", "as agreed from the beginning"),
                            ("clause", "by the agreement's own clause"),
                            ("decision", "by a decision"),
                        ],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        help_text="Committee, date and paragraph, when it was decided.",
                        max_length=300,
                        verbose_name="decision",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
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
                "verbose_name": "historical term",
                "verbose_name_plural": "historical terms",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalTermination",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("full", "the whole agreement"), ("partial", "a part of it")],
                        max_length=7,
                        verbose_name="scope",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True,
                        help_text="The part that ends, when it is not the whole agreement.",
                        max_length=300,
                        verbose_name="what is ended",
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[("municipality", "the municipality"), ("partner", "partner")],
                        max_length=12,
                        verbose_name="terminated by",
                    ),
                ),
                (
                    "effective_from",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="effective_earliest",
                        help_text="The first day without it. Empty when it is not known.",
                        latest_field="effective_latest",
                        null=True,
                        verbose_name="effective from",
                    ),
                ),
                ("effective_earliest", models.DateField(editable=False, null=True)),
                ("effective_latest", models.DateField(editable=False, null=True)),
                (
                    "notice_given_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="notice_given_earliest",
                        latest_field="notice_given_latest",
                        null=True,
                        verbose_name="notice given on",
                    ),
                ),
                ("notice_given_earliest", models.DateField(editable=False, null=True)),
                ("notice_given_latest", models.DateField(editable=False, null=True)),
                (
                    "decided_by_role",
                    models.CharField(
                        blank=True,
                        help_text="The role or committee that decided it. Empty when it is not known.",
                        max_length=100,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "decider_reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="why another than the one who signed",
                    ),
                ),
                ("motive", models.TextField(blank=True, verbose_name="motive")),
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
                "verbose_name": "historical termination",
                "verbose_name_plural": "historical terminations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="MembershipParticulars",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "statutes",
                    models.CharField(
                        blank=True,
                        help_text="Their title, and where they are kept.",
                        max_length=200,
                        verbose_name="statutes",
                    ),
                ),
                (
                    "statutes_adopted_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="statutes_earliest",
                        latest_field="statutes_latest",
                        null=True,
                        verbose_name="statutes adopted on",
                    ),
                ),
                ("statutes_earliest", models.DateField(editable=False, null=True)),
                ("statutes_latest", models.DateField(editable=False, null=True)),
                (
                    "web_address",
                    models.URLField(blank=True, verbose_name="web address of the statutes"),
                ),
                (
                    "other_members",
                    models.CharField(
                        blank=True,
                        help_text="Other public bodies that are members, as far as the source names them.",
                        max_length=300,
                        verbose_name="other members",
                    ),
                ),
            ],
            options={
                "verbose_name": "particulars of a membership",
                "verbose_name_plural": "particulars of memberships",
            },
        ),
        migrations.CreateModel(
            name="NoticePeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("municipality", "the municipality"), ("partner", "partner")],
                        max_length=12,
                        verbose_name="party",
                    ),
                ),
                ("length", models.PositiveSmallIntegerField(verbose_name="notice period")),
                (
                    "unit",
                    models.CharField(
                        choices=[("months", "months"), ("days", "days")],
                        default="months",
                        max_length=6,
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice period",
                "verbose_name_plural": "notice periods",
                "ordering": ["agreement", "party"],
            },
        ),
        migrations.CreateModel(
            name="Obligation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[("municipality", "the municipality"), ("partner", "partner")],
                        max_length=12,
                        verbose_name="party",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="In the words of the agreement.", verbose_name="undertaking"
                    ),
                ),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        help_text="Empty: from the beginning of the agreement.",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        help_text="Empty while it goes on, or when a termination ended it.",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "obligation",
                "verbose_name_plural": "obligations",
                "ordering": ["agreement", "party", "pk"],
            },
        ),
        migrations.CreateModel(
            name="PlannedPayment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(verbose_name="to be paid on")),
                ("amount", partnerships.money.AmountField(verbose_name="amount")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
            ],
            options={
                "verbose_name": "planned payment",
                "verbose_name_plural": "planned payments",
                "ordering": ["agreement", "due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ProcurementParticulars",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "direct award"),
                            ("open", "advertised"),
                            ("reserved", "reserved procurement (LOU 19:25)"),
                            (
                                "reserved_idea_based",
                                "reserved for idea-based organisations (LOU 19:25 a)",
                            ),
                        ],
                        max_length=20,
                        verbose_name="method",
                    ),
                ),
                (
                    "cpv_codes",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[agreements.models.particulars.validate_cpv_codes],
                        verbose_name="CPV codes",
                    ),
                ),
                (
                    "is_annex_2",
                    models.BooleanField(
                        blank=True,
                        null=True,
                        verbose_name="social and other special services (annex 2)",
                    ),
                ),
                (
                    "value",
                    partnerships.money.AmountField(
                        blank=True, null=True, verbose_name="value of the initial term"
                    ),
                ),
                (
                    "options_value",
                    partnerships.money.AmountField(
                        blank=True,
                        help_text="0 when there are none. Empty when it is not known.",
                        null=True,
                        verbose_name="value of all options and extensions",
                    ),
                ),
                (
                    "evidence",
                    models.TextField(
                        blank=True,
                        help_text="The registration with its date, or what shows it otherwise.",
                        verbose_name="evidence that the organisation is idea-based",
                    ),
                ),
                (
                    "signed_on",
                    models.DateField(blank=True, null=True, verbose_name="contract signed on"),
                ),
                (
                    "documented_on",
                    models.DateField(
                        blank=True,
                        help_text="When the reasons for a direct award were written down.",
                        null=True,
                        verbose_name="award documented on",
                    ),
                ),
            ],
            options={
                "verbose_name": "particulars of a procurement",
                "verbose_name_plural": "particulars of procurements",
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("cost", "cost"), ("administration", "administration")],
                        max_length=14,
                        verbose_name="responsible for",
                    ),
                ),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        help_text="As exact as the source. Empty when it is not known.",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        help_text="Empty while it goes on.",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "responsibility",
                "verbose_name_plural": "responsibilities",
                "ordering": ["agreement", "kind", "starts_earliest", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SourceFlag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("missing", "missing in the source"),
                            ("contradiction", "contradiction"),
                            ("deviation", "figures that do not agree"),
                            ("wording", "wording"),
                        ],
                        max_length=13,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(blank=True, editable=False, max_length=80)),
                ("text", models.TextField(verbose_name="what is odd")),
                (
                    "quote",
                    models.TextField(
                        blank=True,
                        help_text="As it stands in the source.",
                        verbose_name="quotation",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("accepted", "accepted as it is"),
                            ("resolved", "resolved"),
                        ],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="settled at"
                    ),
                ),
            ],
            options={
                "verbose_name": "flag",
                "verbose_name_plural": "flags",
                "ordering": ["agreement", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(default=0, verbose_name="number")),
                (
                    "starts",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="starts_earliest",
                        latest_field="starts_latest",
                        null=True,
                        verbose_name="first day",
                    ),
                ),
                ("starts_earliest", models.DateField(editable=False, null=True)),
                ("starts_latest", models.DateField(editable=False, null=True)),
                (
                    "ends",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="ends_earliest",
                        help_text="The last day it applies. Empty when no end is agreed, or none is known.",
                        latest_field="ends_latest",
                        null=True,
                        verbose_name="last day",
                    ),
                ),
                ("ends_earliest", models.DateField(editable=False, null=True)),
                ("ends_latest", models.DateField(editable=False, null=True)),
                (
                    "end_is_inferred",
                    models.BooleanField(
                        default=False,
                        help_text="No source states it; it follows from something else, which the note says.",
                        verbose_name="the last day is inferred",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("original", "as agreed from the beginning"),
                            ("clause", "by the agreement's own clause"),
                            ("decision", "by a decision"),
                        ],
                        max_length=10,
                        verbose_name="basis",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        help_text="Committee, date and paragraph, when it was decided.",
                        max_length=300,
                        verbose_name="decision",
                    ),
                ),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["agreement", "number"],
            },
        ),
        migrations.CreateModel(
            name="Termination",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("full", "the whole agreement"), ("partial", "a part of it")],
                        max_length=7,
                        verbose_name="scope",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        blank=True,
                        help_text="The part that ends, when it is not the whole agreement.",
                        max_length=300,
                        verbose_name="what is ended",
                    ),
                ),
                (
                    "by",
                    models.CharField(
                        choices=[("municipality", "the municipality"), ("partner", "partner")],
                        max_length=12,
                        verbose_name="terminated by",
                    ),
                ),
                (
                    "effective_from",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="effective_earliest",
                        help_text="The first day without it. Empty when it is not known.",
                        latest_field="effective_latest",
                        null=True,
                        verbose_name="effective from",
                    ),
                ),
                ("effective_earliest", models.DateField(editable=False, null=True)),
                ("effective_latest", models.DateField(editable=False, null=True)),
                (
                    "notice_given_on",
                    partnerships.dates.fields.ApproximateDateField(
                        blank=True,
                        earliest_field="notice_given_earliest",
                        latest_field="notice_given_latest",
                        null=True,
                        verbose_name="notice given on",
                    ),
                ),
                ("notice_given_earliest", models.DateField(editable=False, null=True)),
                ("notice_given_latest", models.DateField(editable=False, null=True)),
                (
                    "decided_by_role",
                    models.CharField(
                        blank=True,
                        help_text="The role or committee that decided it. Empty when it is not known.",
                        max_length=100,
                        verbose_name="decided by",
                    ),
                ),
                (
                    "decider_reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="why another than the one who signed",
                    ),
                ),
                ("motive", models.TextField(blank=True, verbose_name="motive")),
            ],
            options={
                "verbose_name": "termination",
                "verbose_name_plural": "terminations",
                "ordering": ["agreement", "effective_earliest", "pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="revision",
            options={
                "ordering": ["agreement", "number", "pk"],
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
            },
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_number_is_unique_in_its_agreement",
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="agreement_has_one_draft_at_a_time",
        ),
        migrations.AddField(
            model_name="agreement",
            name="begins_certainly",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="begins_possibly",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="extensions_allowed",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="How many times in all. Empty when it is not known.",
                null=True,
                verbose_name="extensions that the agreement allows",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="is_decided",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="agreement",
            name="is_terminated",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name="agreement",
            name="over_certainly",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="over_possibly",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="signed_by_role",
            field=models.CharField(
                blank=True,
                help_text="The role that signed, who is then also the one to terminate it. For example kommundirektör.",
                max_length=100,
                verbose_name="signed for the municipality by",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="copies",
                to="agreements.contribution",
                verbose_name="the same line in an earlier revision",
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="per_inhabitant",
            field=partnerships.money.AmountField(
                blank=True,
                help_text="In kronor, when the agreement sets a price for each inhabitant.",
                null=True,
                verbose_name="price per inhabitant and year",
            ),
        ),
        migrations.AddField(
            model_name="historicalagreement",
            name="extensions_allowed",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="How many times in all. Empty when it is not known.",
                null=True,
                verbose_name="extensions that the agreement allows",
            ),
        ),
        migrations.AddField(
            model_name="historicalagreement",
            name="signed_by_role",
            field=models.CharField(
                blank=True,
                help_text="The role that signed, who is then also the one to terminate it. For example kommundirektör.",
                max_length=100,
                verbose_name="signed for the municipality by",
            ),
        ),
        migrations.AddField(
            model_name="historicalcontribution",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.contribution",
                verbose_name="the same line in an earlier revision",
            ),
        ),
        migrations.AddField(
            model_name="historicalcontribution",
            name="per_inhabitant",
            field=partnerships.money.AmountField(
                blank=True,
                help_text="In kronor, when the agreement sets a price for each inhabitant.",
                null=True,
                verbose_name="price per inhabitant and year",
            ),
        ),
        migrations.AddField(
            model_name="historicalrevision",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.revision",
                verbose_name="based on",
            ),
        ),
        migrations.AddField(
            model_name="historicalrevision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("original", "original"),
                    ("amendment", "amendment"),
                    ("correction", "correction"),
                    ("extension", "extension"),
                    ("partial_termination", "partial termination"),
                ],
                default="amendment",
                max_length=20,
                verbose_name="kind of revision",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="based_on",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="drafts",
                to="agreements.revision",
                verbose_name="based on",
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("original", "original"),
                    ("amendment", "amendment"),
                    ("correction", "correction"),
                    ("extension", "extension"),
                    ("partial_termination", "partial termination"),
                ],
                default="amendment",
                max_length=20,
                verbose_name="kind of revision",
            ),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="committee",
            field=models.ForeignKey(
                help_text="Whose officers keep the agreement in the portal. Who pays is said under responsibility.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreements",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AlterField(
            model_name="historicalagreement",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Whose officers keep the agreement in the portal. Who pays is said under responsibility.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddConstraint(
            model_name="contribution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("per_inhabitant__isnull", True), ("per_inhabitant__gte", 0), _connector="OR"
                ),
                name="price_per_inhabitant_is_not_negative",
            ),
        ),
        migrations.AddField(
            model_name="budgetedamount",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="budgets",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="budgetedamount",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="budgets",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="grantparticulars",
            name="agreement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="grant",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="grantscheme",
            name="committee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grant_schemes",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="grantscheme",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grant_schemes",
                to="organisations.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="grantparticulars",
            name="scheme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="grants",
                to="agreements.grantscheme",
                verbose_name="grant scheme",
            ),
        ),
        migrations.AddField(
            model_name="historicalbudgetedamount",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalbudgetedamount",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="historicalbudgetedamount",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalgrantparticulars",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalgrantparticulars",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalgrantparticulars",
            name="scheme",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.grantscheme",
                verbose_name="grant scheme",
            ),
        ),
        migrations.AddField(
            model_name="historicalgrantscheme",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="historicalgrantscheme",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalgrantscheme",
            name="municipality",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="historicalmembershipparticulars",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalmembershipparticulars",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalnoticeperiod",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalnoticeperiod",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalobligation",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalobligation",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalplannedpayment",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalplannedpayment",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalprocurementparticulars",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalprocurementparticulars",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalresponsibility",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalresponsibility",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="historicalresponsibility",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalresponsibility",
            name="office",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.office",
                verbose_name="office",
            ),
        ),
        migrations.AddField(
            model_name="historicalresponsibility",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="organisations.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="historicalsourceflag",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalsourceflag",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalsourceflag",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="historicalterm",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicalterm",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaltermination",
            name="agreement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="historicaltermination",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membershipparticulars",
            name="agreement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="membership",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="noticeperiod",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="obligations",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="plannedpayment",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="planned_payments",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="procurementparticulars",
            name="agreement",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="procurement",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="responsibilities",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="committee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responsibilities",
                to="organisations.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responsibilities",
                to="organisations.office",
                verbose_name="office",
            ),
        ),
        migrations.AddField(
            model_name="responsibility",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="responsibilities",
                to="organisations.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="sourceflag",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="flags",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="sourceflag",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="settled_flags",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="terms",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="termination",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="terminations",
                to="agreements.agreement",
                verbose_name="agreement",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="obligations",
                to="agreements.termination",
                verbose_name="ended by",
            ),
        ),
        migrations.AddField(
            model_name="historicalobligation",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="agreements.termination",
                verbose_name="ended by",
            ),
        ),
        migrations.AddConstraint(
            model_name="budgetedamount",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)), name="budgeted_amount_is_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="grantscheme",
            constraint=models.UniqueConstraint(
                fields=("committee", "name", "year"), name="scheme_is_given_once_a_year"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalbudgetedamount",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_1b508b_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalgrantparticulars",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_071c75_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalgrantscheme",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_559164_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalmembershipparticulars",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_f1938c_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalnoticeperiod",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_1945ce_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalplannedpayment",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_5231d9_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalprocurementparticulars",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_b328f9_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalresponsibility",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_0c15dc_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalsourceflag",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_c8bd30_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicalterm",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_31d2c3_idx"
            ),
        ),
        migrations.AddIndex(
            model_name="historicaltermination",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_c97a52_idx"
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeperiod",
            constraint=models.UniqueConstraint(
                fields=("agreement", "party"), name="party_has_one_notice_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedpayment",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="planned_payment_is_more_than_nothing"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("committee__isnull", False),
                    ("office__isnull", False),
                    ("unit__isnull", False),
                    _connector="OR",
                ),
                name="responsibility_names_a_body",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_latest__isnull", True),
                    ("starts_earliest__isnull", True),
                    ("ends_latest__gte", models.F("starts_earliest")),
                    _connector="OR",
                ),
                name="responsibility_starts_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourceflag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True),
                        ("settled_by__isnull", True),
                        ("state", "open"),
                    ),
                    models.Q(
                        models.Q(("state", "open"), _negated=True),
                        models.Q(("reason", ""), _negated=True),
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="settled_flag_says_why_when_and_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="sourceflag",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("agreement", "code"),
                name="check_is_settled_once_in_an_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(
                fields=("agreement", "number"), name="term_number_is_unique_in_its_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("basis", "original"), ("number", 0)),
                    models.Q(("number__gt", 0), models.Q(("basis", "original"), _negated=True)),
                    _connector="OR",
                ),
                name="only_the_first_term_is_original",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_latest__isnull", True),
                    ("starts_earliest__isnull", True),
                    ("ends_latest__gte", models.F("starts_earliest")),
                    _connector="OR",
                ),
                name="term_starts_before_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", 0), ("ends_latest__isnull", False), _connector="OR"),
                name="extension_says_when_it_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope", "full"), ("what", "")),
                    models.Q(("scope", "partial"), models.Q(("what", ""), _negated=True)),
                    _connector="OR",
                ),
                name="partial_termination_says_what_ends",
            ),
        ),
        migrations.AddConstraint(
            model_name="termination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("scope", "full")),
                fields=("agreement",),
                name="agreement_is_terminated_as_a_whole_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_by__isnull", True), ("ends_latest__isnull", True), _connector="OR"
                ),
                name="obligation_ends_in_one_way",
            ),
        ),
        migrations.AddIndex(
            model_name="historicalobligation",
            index=models.Index(
                fields=["history_date", "id"], name="agreements__history_d6c05f_idx"
            ),
        ),
    ]
