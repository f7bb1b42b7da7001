"""Logs of dialogues among the documents of record, and on the timeline of what they led to."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from agreements.documents import Happening
from agreements.models import Agreement
from dialogues.documents import dialogue_pdf
from dialogues.models import Dialogue
from partnerships.dates import ApproximateDate
from partnerships.records import Issued, Record
from partnerships.together import Questions


class DialogueRecords:
    """Every log; of a closed dialogue as it was issued, of an open one as it stands."""

    prefix = "dialogue"

    def records(self) -> Iterator[Record]:
        """The logs, oldest first."""
        for dialogue in Dialogue.objects.select_related("agreement").order_by("pk").iterator():
            yield Record(
                id=f"{self.prefix}-{dialogue.pk}",
                kind="dialogue log",
                title=dialogue.name,
                diary_number=dialogue.diary_number,
                agreement=dialogue.agreement.name if dialogue.agreement else "",
                state="open" if dialogue.is_open else "closed",
            )

    def render(self, key: str) -> bytes | None:
        """The log's PDF; None when there is no dialogue with this key."""
        if not (key.isascii() and key.isdigit()):
            return None
        dialogue = Dialogue.objects.with_log().filter(pk=key).first()
        return dialogue and pdf_of(dialogue)

    def find_issued(self, sha256: str, user: User | AnonymousUser) -> Issued | None:
        """The issued document with these bytes."""
        found = Dialogue.objects.filter(pdf_sha256=sha256, closed_at__isnull=False)
        dialogue = found.select_related("committee__municipality").order_by("pk").first()
        if dialogue is None or dialogue.closed_at is None:
            return None
        return Issued(
            kind=_("Log of a dialogue"),
            issuer=dialogue.committee.municipality.name,
            on=localtime(dialogue.closed_at).date(),
            number=1,
            latest=1,
            url=dialogue.get_absolute_url() if _may_read(dialogue, user) else "",
        )


def _may_read(dialogue: Dialogue, user: User | AnonymousUser) -> bool:
    if not isinstance(user, User):
        return False
    return Dialogue.objects.visible_to(user).filter(pk=dialogue.pk).exists()


def pdf_of(dialogue: Dialogue) -> bytes:
    """The log as issued, byte for byte; of an open dialogue, as it stands."""
    if dialogue.is_open:
        return dialogue_pdf(dialogue)
    with dialogue.pdf.open("rb") as file:
        return file.read()


def happenings(agreement: Agreement, user: User) -> Questions[list[Happening]]:
    """The dialogues that led to the agreement, for its timeline."""
    dialogues = Dialogue.objects.visible_to(user).filter(agreement=agreement)
    (rows,) = yield [dialogues.order_by("started_earliest", "pk")]
    return [happening(row) for row in rows]


def happening(dialogue: Dialogue) -> Happening:
    """The dialogue as a period on a timeline."""
    ends = dialogue.ended_on
    if ends is None and dialogue.closed_at:
        ends = ApproximateDate.exactly(localtime(dialogue.closed_at).date())
    return Happening(
        _("Dialogues"),
        "dialogue",
        dialogue.name,
        dialogue.started_on,
        ends,
        is_open=dialogue.is_open,
        note=str(dialogue.get_outcome_display() if dialogue.outcome else _("open")),
        url=dialogue.get_absolute_url(),
    )
