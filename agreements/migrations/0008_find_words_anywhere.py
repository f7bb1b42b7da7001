from django.db import migrations

from partnerships.trigrams import find_anywhere_in


class Migration(migrations.Migration):
    dependencies = [("agreements", "0007_sort_by_last_end")]

    operations = [find_anywhere_in("agreements_agreement")]
