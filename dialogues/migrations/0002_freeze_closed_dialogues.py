"""The database itself refuses to change a closed dialogue, its meetings or their participants."""

from django.db import migrations

from partnerships.frozen import Frozen, belongs_to_issued, freezing, issued

OF_DIALOGUE = belongs_to_issued("dialogues_dialogue", "dialogue_id", "closed_at")
OF_MEETING = (
    "EXISTS (SELECT 1 FROM dialogues_dialogue WHERE closed_at IS NOT NULL AND id = "
    "(SELECT dialogue_id FROM dialogues_dialoguemeeting WHERE id = {row}.meeting_id))"
)
TABLES = (
    Frozen("dialogues_dialogue", issued("closed_at"), ("UPDATE", "DELETE")),
    Frozen("dialogues_dialoguemeeting", OF_DIALOGUE),
    Frozen("dialogues_participant", OF_MEETING),
)


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0001_initial")]
    operations = [freezing("A closed dialogue is not changed", TABLES)]
