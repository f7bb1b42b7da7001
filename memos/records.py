"""Memos among the documents of record."""

from collections.abc import Iterator

from memos.documents import memo_pdf
from memos.models import Memo
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


def pdf_of(memo: Memo) -> bytes:
    """The PDF as issued, byte for byte; of a draft, as it stands."""
    if memo.is_draft:
        return memo_pdf(memo)
    with memo.pdf.open("rb") as file:
        return file.read()
