"""Memos among the documents of record."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from memos.documents import memo_pdf
from memos.models import Memo, MemoVersion
from partnerships.dates import ApproximateDate
from partnerships.records import Issued, Record
from partnerships.together import Questions

CHUNK = 500


class MemoRecords:
    """Every memo; a submitted one as it was issued, a draft as it stands."""

    prefix = "memo"

    def records(self) -> Iterator[Record]:
        """The memos, oldest first."""
        memos = Memo.objects.select_related("agreement").prefetch_related("versions")
        for memo in memos.order_by("pk").iterator(chunk_size=CHUNK):
            for version in memo.versions.all():
                if version != memo.current_version:
                    yield self._record(memo, f"-{version.number}", "replaced")
            yield self._record(memo, "", memo.state)

    def render(self, key: str) -> bytes | None:
        """The PDF of a memo (`12`), or of one of its versions (`12-1`); None when there is none."""
        pk, _dash, number = key.partition("-")
        if not (pk.isascii() and pk.isdigit()):
            return None
        memo = Memo.objects.with_parts().filter(pk=pk).first()
        if memo is None or not number:
            return memo and pdf_of(memo)
        version = next((row for row in memo.versions.all() if str(row.number) == number), None)
        return version and version.read_pdf()

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The submitted version with these bytes."""
        version = (
            MemoVersion.objects.filter(pdf_sha256=sha256)
            .select_related("memo__committee__municipality")
            .order_by("pk")
            .first()
        )
        if version is None:
            return None
        return Issued(
            kind=version.content["document_name"],
            issuer=version.memo.municipality.name,
            on=localtime(version.submitted_at).date(),
            number=version.number,
            latest=version.memo.versions.count(),
            url=version.get_absolute_url() if _may_read(version.memo, user) else "",
        )

    def _record(self, memo: Memo, suffix: str, state: str) -> Record:
        return Record(
            id=f"{self.prefix}-{memo.pk}{suffix}",
            kind="memo",
            title=memo.title,
            diary_number=memo.diary_number,
            agreement=memo.agreement.name if memo.agreement else "",
            state=state,
        )


def _may_read(memo: Memo, user: User | AnonymousUser) -> bool:
    if isinstance(user, AnonymousUser):
        return False
    return Memo.objects.visible_to(user).filter(pk=memo.pk).exists()


def happenings(agreement: Agreement, user: User) -> Questions[list[Happening]]:
    """What was submitted on the agreement, version by version, for its timeline."""
    memos = Memo.objects.visible_to(user).filter(agreement=agreement)
    versions = MemoVersion.objects.filter(memo__in=memos).select_related("memo")
    (rows,) = yield [versions.order_by("submitted_at", "pk")]
    return [happening(version) for version in rows]


def happening(version: MemoVersion) -> Happening:
    """The submission as an event on a timeline."""
    return Happening(
        _("Memos"),
        "memo",
        version.content["title"],
        ApproximateDate.exactly(localtime(version.submitted_at).date()),
        note=_("submitted") if version.number == 1 else f"{version}: {version.reason}",
        url=version.memo.get_absolute_url(),
    )


def pdf_of(memo: Memo) -> bytes:
    """The PDF as issued, byte for byte; of a memo in preparation, as it stands."""
    version = None if memo.is_in_preparation else memo.current_version
    return version.read_pdf() if version else memo_pdf(memo)
