"""The notes of a group's meeting: what they say, and the history of the group."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override

from partnerships.documents import Document, FactTable, HeaderField, Lines, Prose, Section
from partnerships.history import Entry, entries
from partnerships.markdown import to_html
from partnerships.pdf import render_pdf
from steering.models import (
    GroupDecision,
    GroupMeeting,
    GroupRole,
    GroupTask,
    MeetingCount,
    SteeringGroup,
)

LANGUAGE = "sv"  # the language of record, whatever language the interface has


def notes_document(meeting: GroupMeeting) -> Document:
    """The notes as a document. `meeting` is best fetched `with_notes()`."""
    with override(LANGUAGE):
        agreement = meeting.agreement
        municipality = agreement.municipality
        held_on = meeting.held_on or _("date not known")
        return Document(
            title=f"{meeting.group}, {held_on}",
            document_name=_("Notes of a meeting"),
            municipality_name=municipality.name,
            sections=tuple(_sections(meeting)),
            created_at=meeting.recorded_at,
            modified_at=meeting.issued_at or meeting.recorded_at,
            language=LANGUAGE,
            draft_mark="" if meeting.is_issued else _("Not laid down"),
            letterhead_colour=municipality.colour,
            logo=municipality.logo_content(),
            header_fields=tuple(_header_fields(meeting)),
            running_identifier=f"Dnr {agreement.diary_number}" if agreement.diary_number else "",
            footer_text=municipality.footer,
            author=municipality.name,
            description=_("Notes of a meeting of %(group)s") % {"group": meeting.group},
        )


def notes_pdf(meeting: GroupMeeting) -> bytes:
    """The notes as PDF/A-3a and PDF/UA-1."""
    return render_pdf(notes_document(meeting))


def history_of(group: SteeringGroup) -> list[Entry]:
    """Every change of the group and of its meetings, newest first."""
    meetings = GroupMeeting.history.filter(group_id=group.pk)
    of_meetings = {"meeting_id__in": meetings.values("id")}
    return entries(
        [
            SteeringGroup.history.filter(id=group.pk),
            GroupRole.history.filter(group_id=group.pk),
            meetings,
            MeetingCount.history.filter(**of_meetings),
            GroupDecision.history.filter(**of_meetings),
            GroupTask.history.filter(**of_meetings),
        ]
    )


def _header_fields(meeting: GroupMeeting) -> Iterator[HeaderField]:
    agreement = meeting.agreement
    yield HeaderField(_("Agreement"), [agreement.name])
    yield HeaderField(_("Group"), [capfirst(meeting.group.get_kind_display())])
    yield HeaderField(_("Held on"), [capfirst(str(meeting.held_on or _("not known")))])
    yield HeaderField(_("Diary number"), [agreement.diary_number])
    yield HeaderField(_("Source"), [meeting.source])


def _sections(meeting: GroupMeeting) -> Iterator[Section]:
    roles = [f"{role} ({role.get_side_display()})" for role in meeting.group.roles.all()]
    yield Section(_("The group"), [Lines(roles)])
    yield Section(_("Notes"), [Prose(to_html(meeting.notes))])
    yield Section(_("Counted"), [_counts(meeting)])
    yield Section(_("Decisions"), [Lines([row.text for row in meeting.decisions.all()])])
    yield Section(_("Tasks"), [_tasks(meeting)])
    yield Section(_("Written down"), [_written_down(meeting)])


def _counts(meeting: GroupMeeting) -> FactTable:
    return FactTable(
        (_("Counted"), _("How many"), _("Scope")),
        [[capfirst(row.counted), row.number, row.scope or "–"] for row in meeting.counts.all()],
    )


def _tasks(meeting: GroupMeeting) -> FactTable:
    """As they were given: what came of them stands in the portal."""
    return FactTable(
        (_("What is to be done"), _("By whom"), _("To be done by")),
        [
            [row.text, row.who, row.due_on.isoformat() if row.due_on else "–"]
            for row in meeting.tasks.all()
        ],
    )


def _written_down(meeting: GroupMeeting) -> Prose:
    day = localtime(meeting.recorded_at).date().isoformat()
    said = [_("Written down by %(who)s %(date)s.") % {"who": meeting.recorded_by, "date": day}]
    if meeting.issued_at:
        day = localtime(meeting.issued_at).date().isoformat()
        said.append(_("Laid down by %(who)s %(date)s.") % {"who": meeting.issued_by, "date": day})
    return Prose(" ".join(said))
