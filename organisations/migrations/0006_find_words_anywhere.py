from django.db import migrations

from partnerships.trigrams import find_anywhere_in


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_projects_registrations_contacts_and_merging")]

    operations = [
        find_anywhere_in("organisations_partner"),
        find_anywhere_in("organisations_partnername"),
        find_anywhere_in("organisations_partnerproject"),
    ]
