"""Memos that were submitted get their first version, with the same PDF and checksum.

Their document as data cannot be had from here, so `document` is None: the PDF says it all.
"""

from django.db import migrations


def as_content(memo):
    """What memos.documents.memo_content gives, as far as the rows say it."""
    return {
        "title": memo.title,
        "document_name": memo.template.document_name,
        "committee": memo.committee.name,
        "office": memo.office.name if memo.office else "",
        "diary_number": memo.diary_number,
        "dated_on": memo.dated_on.isoformat() if memo.dated_on else None,
        "agreement": memo.agreement.name if memo.agreement else "",
        "revision": memo.revision.number if memo.revision else None,
        "points": [row.text for row in in_order(memo.proposal_points)],
        "bases": [
            {"title": row.title, "dated_on": row.dated_on and row.dated_on.isoformat()}
            for row in in_order(memo.decision_bases)
        ],
        "recipients": [
            {"function": row.function, "name": row.name} for row in in_order(memo.recipients)
        ],
        "signatories": [
            {"name": row.name, "title": row.title} for row in in_order(memo.signatories)
        ],
        "document": None,
    }


def in_order(rows):
    return rows.order_by("position", "pk")


def to_versions(apps, schema_editor):
    Memo, MemoVersion = apps.get_model("memos", "Memo"), apps.get_model("memos", "MemoVersion")
    MemoStep = apps.get_model("memos", "MemoStep")
    submitted = Memo.objects.filter(submitted_at__isnull=False, state="draft")
    for memo in submitted.order_by("pk"):
        who_and_when = {"submitted_at": memo.submitted_at, "submitted_by": memo.submitted_by}
        kept = {"content": as_content(memo), "pdf": memo.pdf.name, "pdf_sha256": memo.pdf_sha256}
        MemoVersion.objects.get_or_create(memo=memo, number=1, defaults=who_and_when | kept)
        MemoStep.objects.create(
            memo=memo,
            from_state="draft",
            to_state="submitted",
            at=memo.submitted_at,
            by=memo.submitted_by,
        )
        Memo.objects.filter(pk=memo.pk).update(state="submitted")


def back_to_memos(apps, schema_editor):
    """The latest version goes back to the memo's row; what came before it is in the files."""
    Memo, MemoVersion = apps.get_model("memos", "Memo"), apps.get_model("memos", "MemoVersion")
    for version in MemoVersion.objects.order_by("memo", "number"):
        Memo.objects.filter(pk=version.memo_id).update(
            submitted_at=version.submitted_at,
            submitted_by=version.submitted_by,
            pdf=version.pdf.name,
            pdf_sha256=version.pdf_sha256,
            state="draft",
            decided_by_role="",
            decided_on=None,
            delegation="",
        )


class Migration(migrations.Migration):
    dependencies = [("memos", "0003_versions_and_states")]
    operations = [migrations.RunPython(to_versions, back_to_memos)]
