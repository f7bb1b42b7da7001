"""The database itself refuses to change a confirmed assessment, and a criteria set that is in use."""

from django.db import migrations

from partnerships.frozen import Frozen, belongs_to_issued, freezing, issued

SAID = (
    "municipality_id",
    "name",
    "version",
    "adopted_by",
    "adopted_on",
    "paragraph",
    "diary_number",
    "valid_from",
    "rule",
    "alternatives",
)  # of a criteria set; until when it is valid and whether it is offered may still be said
IN_USE = "EXISTS (SELECT 1 FROM assessments_assessment WHERE criteria_set_id = {row})"
IS_CHANGED = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in SAID)
OF_SET = IN_USE.format(row="{row}.criteria_set_id")
SETS = (
    Frozen(
        "assessments_criteriaset",
        f"{IN_USE.format(row='{old}.id')} AND ({IS_CHANGED})",
        ("UPDATE",),
    ),
    *(
        Frozen(f"assessments_{model}", OF_SET)
        for model in ("criterion", "eligibleform", "formquestion", "legalquestion")
    ),
)
OF_ASSESSMENT = belongs_to_issued("assessments_assessment", "assessment_id", "confirmed_at")
ASSESSMENTS = (
    Frozen("assessments_assessment", issued("confirmed_at"), ("UPDATE", "DELETE")),
    *(
        Frozen(f"assessments_{model}", OF_ASSESSMENT)
        for model in ("criterionassessment", "formanswer", "legalanswer")
    ),
)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [
        freezing("A criteria set in use is not changed", SETS),
        freezing("A confirmed assessment is not changed", ASSESSMENTS),
    ]
