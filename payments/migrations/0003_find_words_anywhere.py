from django.db import migrations

from partnerships.trigrams import find_anywhere_in


class Migration(migrations.Migration):
    dependencies = [("payments", "0002_freeze_payments")]

    operations = [find_anywhere_in("payments_payment")]
