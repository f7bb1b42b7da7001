"""Memos among the documents of record."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from memos.documents import memo_pdf
from memos.models import Memo
from partnerships.dates import ApproximateDate
from partnerships.records import Record


class MemoRecords:
    """Every memo; a submitted one as it was issued, a draft as it stands."""

    prefix = "memo"

    def records(self) -> Iterator[Record]:
        """The memos, oldest first."""
        for memo in Memo.objects.select_related("agreement").order_by("pk").iterator():
            yield Record(
                id=f"{self.prefix}-{memo.pk}",
                kind="memo",
                title=memo.title,
                diary_number=memo.diary_number,
                agreement=memo.agreement.name if memo.agreement else "",
                state="draft" if memo.is_draft else "submitted",
            )

    def render(self, key: str) -> bytes | None:
        """The memo's PDF; None when there is no memo with this key."""
        memo = (
            Memo.objects.with_parts().filter(pk=key).first()
            if key.isascii() and key.isdigit()
            else None
        )
        return None if memo is None else pdf_of(memo)


def happenings(agreement: Agreement, user: User) -> Iterator[Happening]:
    """The memos submitted on the agreement, for its timeline."""
    memos = Memo.objects.visible_to(user).filter(agreement=agreement)
    for memo in memos.filter(submitted_at__isnull=False).order_by("submitted_at"):
        day = ApproximateDate.exactly(localtime(memo.submitted_at).date())
        url = memo.get_absolute_url()
        yield Happening(_("Memos"), "memo", memo.title, day, note=_("submitted"), url=url)


def pdf_of(memo: Memo) -> bytes:
    """The PDF as issued, byte for byte; of a draft, as it stands."""
    if memo.is_draft:
        return memo_pdf(memo)
    with memo.pdf.open("rb") as file:
        return file.read()
