"""The database itself refuses to change a noted edition, or anything that belongs to one."""

from django.db import migrations

from partnerships.frozen import Frozen, belongs_to_issued, freezing, issued

SENTENCE = "A noted edition of the report is not changed"
OF_EDITION = belongs_to_issued("report_edition", "edition_id", "frozen_at")
OF_ASKED = (
    "EXISTS (SELECT 1 FROM report_edition e JOIN report_askedoffice a ON a.edition_id = e.id "
    "WHERE a.id = {row}.asked_id AND e.frozen_at IS NOT NULL)"
)
OF_FIGURE = (
    "EXISTS (SELECT 1 FROM report_edition e JOIN report_reportfigure f ON f.edition_id = e.id "
    "WHERE f.id = {row}.figure_id AND e.frozen_at IS NOT NULL)"
)
TABLES = (
    Frozen("report_edition", issued("frozen_at"), ("UPDATE", "DELETE")),
    Frozen("report_reportsection", OF_EDITION),
    Frozen("report_reportfigure", OF_EDITION),
    Frozen("report_figureexclusion", OF_FIGURE),
    Frozen("report_focusquestion", OF_EDITION),
    Frozen("report_askedoffice", OF_EDITION),
    Frozen("report_focusanswer", OF_ASKED),
)


class Migration(migrations.Migration):
    dependencies = [("report", "0001_initial")]
    operations = [freezing(SENTENCE, TABLES)]
