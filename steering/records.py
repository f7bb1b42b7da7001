"""Notes of steering groups among the documents of record, and meetings on the timeline."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from partnerships.records import Issued, Record
from partnerships.together import Questions
from steering.documents import notes_pdf
from steering.models import GroupMeeting


class NotesRecords:
    """The notes of every meeting: as they were laid down, else as they stand."""

    prefix = "steering"

    def records(self) -> Iterator[Record]:
        """The notes, oldest first."""
        meetings = GroupMeeting.objects.select_related("group__agreement").order_by("pk")
        for meeting in meetings.iterator():
            yield Record(
                id=f"{self.prefix}-{meeting.pk}",
                kind="notes of a steering group",
                title=f"{meeting.group}, {meeting}",
                diary_number=meeting.agreement.diary_number,
                agreement=meeting.agreement.name,
                state="issued" if meeting.is_issued else "draft",
            )

    def render(self, key: str) -> bytes | None:
        """The PDF of the notes; None when no meeting has this key."""
        if not (key.isascii() and key.isdigit()):
            return None
        meeting = GroupMeeting.objects.with_notes().filter(pk=key).first()
        return meeting and pdf_of(meeting)

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The notes that were laid down with these bytes."""
        found = GroupMeeting.objects.issued().filter(pdf_sha256=sha256)
        meeting = found.select_related("group__agreement__committee__municipality").first()
        if meeting is None or meeting.issued_at is None:
            return None
        return Issued(
            kind=_("Notes of a meeting"),
            issuer=meeting.agreement.municipality.name,
            on=localtime(meeting.issued_at).date(),
            number=1,
            latest=1,
            url=meeting.get_absolute_url() if _may_read(meeting, user) else "",
        )


def pdf_of(meeting: GroupMeeting) -> bytes:
    """The notes byte for byte as they were laid down; else as they stand."""
    if not meeting.is_issued:
        return notes_pdf(meeting)
    with meeting.pdf.open("rb") as file:
        return file.read()


def happenings(agreement: Agreement, user: User) -> Questions[list[Happening]]:
    """The meetings of the agreement's groups, for its timeline."""
    meetings = GroupMeeting.objects.visible_to(user).filter(group__agreement=agreement)
    (rows,) = yield [meetings.select_related("group").order_by("held_earliest", "pk")]
    return [happening(row) for row in rows]


def happening(meeting: GroupMeeting) -> Happening:
    """The meeting as an event on a timeline."""
    return Happening(
        _("Steering groups"),
        "steering",
        str(meeting),
        meeting.held_on,
        note=meeting.group.name,
        url=meeting.get_absolute_url(),
    )


def _may_read(meeting: GroupMeeting, user: User | AnonymousUser) -> bool:
    if not isinstance(user, User):
        return False
    return GroupMeeting.objects.visible_to(user).filter(pk=meeting.pk).exists()
