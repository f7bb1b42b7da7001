"""The end that stood on revisions becomes the agreement's term; what the register reads is filled in."""

from datetime import timedelta

from django.db import migrations

DAY = timedelta(days=1)


def move(apps, schema_editor):
    Agreement = apps.get_model("agreements", "Agreement")
    Revision = apps.get_model("agreements", "Revision")
    Term = apps.get_model("agreements", "Term")
    Revision.objects.filter(number=1).update(kind="original")
    for agreement in Agreement.objects.prefetch_related("revisions").iterator(chunk_size=500):
        revisions = sorted(agreement.revisions.all(), key=lambda revision: revision.number)
        decided = [revision for revision in revisions if revision.decided_at]
        ends = next((row.ends_on for row in reversed(decided or revisions) if row.ends_on), None)
        if ends:
            term = Term(agreement=agreement, number=0, basis="original")
            term.starts, term.ends = revisions[0].in_force_from, ends
            term.save()
        agreement.is_decided = bool(decided)
        starts = [row.in_force_from for row in decided if row.in_force_from]
        is_dated = bool(decided and decided[0].in_force_from)
        agreement.begins_possibly = (
            min(start.possibly_from for start in starts) if is_dated else None
        )
        agreement.begins_certainly = min((start.certainly_from for start in starts), default=None)
        agreement.over_possibly = agreement.over_certainly = ends and ends + DAY
        agreement.save()


class Migration(migrations.Migration):
    dependencies = [("agreements", "0003_terms_and_particulars")]
    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
