"""The database itself keeps notes that are laid down. A task lives on: who, when and its outcome."""

from django.db import migrations

from partnerships.frozen import EVERY_CHANGE, Frozen, belongs_to_issued, freezing, issued

OF_MEETING = belongs_to_issued("steering_groupmeeting", "meeting_id", "issued_at")
GIVEN = (
    f"({OF_MEETING.replace('{row}', '{old}')}) AND "
    "(NEW.text <> {old}.text OR NEW.meeting_id <> {old}.meeting_id)"
)
TABLES = (
    Frozen("steering_groupmeeting", issued("issued_at"), ("UPDATE", "DELETE")),
    Frozen("steering_meetingcount", OF_MEETING, EVERY_CHANGE),
    Frozen("steering_groupdecision", OF_MEETING, EVERY_CHANGE),
    Frozen("steering_grouptask", OF_MEETING, ("INSERT", "DELETE")),
    Frozen("steering_grouptask", GIVEN, ("UPDATE",)),
)


class Migration(migrations.Migration):
    dependencies = [("steering", "0001_initial")]
    operations = [freezing("Notes that are laid down are not changed", TABLES)]
