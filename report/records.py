"""Noted editions among the documents of record."""

from collections.abc import Iterator
from datetime import UTC, datetime

from partnerships.records import Record
from report.documents import content_of, report_pdf
from report.models import Edition


class ReportRecords:
    """Every edition with years; a frozen one as it was noted, a draft as it stands."""

    prefix = "report"

    def records(self) -> Iterator[Record]:
        """The editions, oldest first."""
        for edition in Edition.objects.filter(year_from__isnull=False).order_by("pk").iterator():
            if edition.is_draft or edition.is_frozen:
                yield Record(
                    id=f"{self.prefix}-{edition.pk}",
                    kind="report",
                    title=edition.title,
                    diary_number=edition.diary_number,
                    agreement="",
                    state="noted" if edition.is_frozen else "draft",
                )

    def render(self, key: str) -> bytes | None:
        """The edition's PDF; None when there is no edition with this key."""
        if not (key.isascii() and key.isdigit()):
            return None
        edition = Edition.objects.with_parts().filter(pk=key).first()
        return pdf_of(edition) if edition else None


def pdf_of(edition: Edition) -> bytes:
    """The PDF as noted, byte for byte; of a draft, as it stands."""
    if not edition.is_frozen:
        content = content_of(edition, at=datetime.now(UTC))
        return report_pdf(edition, content, is_draft=edition.is_draft)
    with edition.pdf.open("rb") as file:
        return file.read()
