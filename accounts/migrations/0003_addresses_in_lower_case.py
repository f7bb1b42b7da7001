"""Who was registered with capitals in the address could not sign in: it is looked for without."""

from django.db import migrations
from django.db.models.functions import Lower


def lower(apps, schema_editor):
    """Keep each address in lower case, unless it is somebody else's already."""
    users = apps.get_model("accounts", "User").objects
    for user in users.exclude(email=Lower("email")):
        address = user.email.lower()
        if not users.filter(email=address).exists():
            users.filter(pk=user.pk).update(email=address)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_municipality_and_memberships")]
    operations = [migrations.RunPython(lower, migrations.RunPython.noop, elidable=True)]
