"""The database itself refuses to change a template that a memo is written with."""

from django.db import migrations

from partnerships.frozen import Frozen, freezing

IN_USE = "EXISTS (SELECT 1 FROM memos_memo WHERE template_id = {row})"
SAID = (
    "municipality_id",
    "name",
    "version",
    "document_name",
    "numbering",
    "office_label",
    "officer_label",
    "date_label",
    "diary_label",
    "addressee_label",
    "draft_mark",
    "amount_heading",
    "line_heading",
    "total_label",
    "consultation_line",
    "union_not_called_for",
    "union_informed",
    "union_negotiated",
)  # whether it is offered may still be said
IS_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in SAID)
TEMPLATES = (
    Frozen(
        "memos_memotemplate", f"{IN_USE.format(row='{old}.id')} AND ({IS_CHANGED})", ("UPDATE",)
    ),
    Frozen("memos_templatesection", IN_USE.format(row="{row}.template_id")),
)


class Migration(migrations.Migration):
    dependencies = [("memos", "0007_template_versions")]
    operations = [freezing("A template in use is not changed", TEMPLATES)]
