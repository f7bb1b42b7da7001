"""The minutes are numbered, adjusted and posted; from then on nothing in them changes."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import User
from meetings.actions.errors import MinutesRefusedError
from meetings.actions.locks import locked_meeting
from meetings.documents import extract_document, item_content, minutes_document, paragraphs
from meetings.models import AgendaItem, Attendee, Extract, Meeting, Minutes, Notice
from organisations.models import Committee
from partnerships.document_data import as_data
from partnerships.documents import Document
from partnerships.history import attributed
from partnerships.pdf import render_pdf

State = Meeting.State


def next_number(committee: Committee, year: int) -> int:
    """The § that follows the committee's last one of the year."""
    items = AgendaItem.objects.filter(committee=committee, year=year)
    return (items.aggregate(last=Max("number"))["last"] or 0) + 1


@transaction.atomic
def number_items(meeting: Meeting, numbers: dict[int, int | None], *, by: User) -> None:
    """Give the items their §, by primary key; two who do it at once cannot give the same.

    Raises MinutesRefusedError with a sentence for the user.
    """
    committee = Committee.objects.select_for_update().get(pk=meeting.committee_id)
    locked = locked_meeting(meeting)
    items = [item for item in locked.items.all() if item.pk in numbers and not item.is_adjusted]
    wanted = [number for item in items if (number := numbers[item.pk])]
    if twice := {number for number in wanted if wanted.count(number) > 1}:
        raise MinutesRefusedError(_("§ %(number)s is given twice.") % {"number": min(twice)})
    others = AgendaItem.objects.filter(committee=committee, year=locked.held_on.year)
    taken = others.exclude(pk__in=[item.pk for item in items]).filter(number__in=wanted).first()
    if taken:
        raise MinutesRefusedError(
            _("§ %(number)s is %(title)s of %(day)s. The next free one is § %(next)s.")
            % {
                "number": taken.number,
                "title": taken.title,
                "day": taken.meeting.held_on.isoformat(),
                "next": next_number(committee, locked.held_on.year),
            }
        )
    changed = [item for item in items if item.number != numbers[item.pk]]
    for item in changed:  # first away from the numbers that change hands
        if item.number:
            item.number = None
            attributed(item, by=by).save()
    for item in changed:
        if numbers[item.pk]:
            item.number = numbers[item.pk]
            attributed(item, by=by).save()


@transaction.atomic
def adjust(
    meeting: Meeting,
    *,
    on: date,
    place: str,
    by: User,
    at: datetime,
    at_once: Sequence[AgendaItem] = (),
) -> Minutes:
    """Register that the chair and the adjusters have adjusted the minutes: all of them, or `at_once`.

    The minutes and an extract of each § are kept as data and PDF, never changed. Raises
    MinutesRefusedError with sentences for the user.
    """
    locked = locked_meeting(meeting)
    items = list(AgendaItem.objects.with_everything().filter(meeting=locked))
    chosen = {item.pk for item in at_once}
    adjusting = [i for i in items if not i.is_adjusted and (not chosen or i.pk in chosen)]
    if problems := [*_not_yet(locked, on, at, bool(chosen)), *_incomplete(locked, adjusting)]:
        raise MinutesRefusedError(" ".join(problems))
    printed = adjusting if chosen else items
    adjusted = " ".join(filter(None, [on.isoformat(), place.strip()]))
    document = minutes_document(
        locked, printed, issued_at=at, adjusted=adjusted, is_immediate=bool(chosen)
    )
    content = {"paragraphs": paragraphs(printed), "items": [item_content(i) for i in printed]}
    minutes = Minutes(
        meeting=locked, is_immediate=bool(chosen), adjusted_on=on, adjusted_at_place=place.strip()
    )
    _issue(minutes, document, content, f"protokoll-{locked.pk}", by, at)
    for item in adjusting:
        extract = Extract(item=item)
        document = extract_document(item, issued_at=at)
        _issue(extract, document, item_content(item), f"utdrag-{item.pk}", by, at)
        item.minutes = minutes
        attributed(item, by=by, reason=_("Adjusted")).save()
    if not chosen:
        locked.state = State.ADJUSTED
        attributed(locked, by=by, reason=_("Adjusted")).save()
    return minutes


@transaction.atomic
def save_notice(notice: Notice, *, by: User, today: date, reason: str = "") -> Notice:
    """Register that the adjustment was posted, or the notice taken down.

    Raises MinutesRefusedError with a sentence for the user.
    """
    Minutes.objects.select_for_update(of=("self",)).get(pk=notice.minutes_id)
    if problem := _why_not_post(notice, today):
        raise MinutesRefusedError(problem)
    attributed(notice, by=by, reason=reason or notice.appeal_reason).save()
    return notice


def _not_yet(meeting: Meeting, on: date, at: datetime, is_immediate: bool) -> list[str]:
    """Why the minutes cannot be adjusted on this day."""
    ready = {State.CALLED, State.HELD} if is_immediate else {State.HELD}
    problems = []
    if meeting.state not in ready:
        problems.append(
            _("The meeting is %(state)s. Say first that it has been held.")
            % {"state": meeting.get_state_display()}
        )
    if on < meeting.held_on:
        problems.append(_("The minutes cannot be adjusted before the meeting."))
    if on > localtime(at).date():
        problems.append(_("The day of the adjustment has not come yet."))
    return problems


def _incomplete(meeting: Meeting, items: Sequence[AgendaItem]) -> list[str]:
    """What is missing before these items can be adjusted."""
    problems = [] if items else [_("There is nothing to adjust.")]
    for item in items:
        if not item.number:
            problems.append(_("“%(title)s” has no § yet.") % {"title": item.title})
        if not item.is_concluded:
            problems.append(
                _("What was decided on “%(title)s” is not recorded.") % {"title": item.title}
            )
    people = list(meeting.attendees.all())
    if not any(p.function == Attendee.Function.CHAIR and p.is_deciding for p in people):
        problems.append(_("Say who was in the chair."))
    adjusters, wanted = sum(p.is_adjuster for p in people), meeting.rules.adjusters
    laid_down = meeting.rules.pk is not None
    if adjusters < wanted or (laid_down and adjusters != wanted):
        problems.append(
            _(
                "The minutes are adjusted by %(wanted)s members beside the chair; %(found)s are named."
            )
            % {"wanted": wanted, "found": adjusters}
        )
    return problems


def _why_not_post(notice: Notice, today: date) -> str:
    """Why the notice cannot be as it says, as a sentence; empty when it can."""
    if notice.posted_on < notice.minutes.adjusted_on:
        return _("The notice cannot be posted before the minutes are adjusted.")
    if notice.posted_on > today:
        return _("The day of the posting has not come yet.")
    down = notice.taken_down_on
    if down and down < notice.take_down_on:
        return _(
            "The notice stays until the time of appeal is over: it is taken down on %(day)s at the earliest."
        ) % {"day": notice.take_down_on.isoformat()}
    if down and down > today:
        return _("The day when the notice is taken down has not come yet.")
    return ""


def _issue(
    issued: Minutes | Extract, document: Document, content: dict, name: str, by: User, at: datetime
) -> None:
    """Keep the document as data and as PDF with its checksum."""
    pdf = render_pdf(document)
    issued.content = content | {"document": as_data(document)}
    issued.issued_at, issued.issued_by = at, by
    issued.pdf_sha256 = sha256(pdf).hexdigest()
    issued.pdf.save(f"{name}.pdf", ContentFile(pdf), save=False)
    attributed(issued, by=by, reason=_("Adjusted")).save()
