"""The log of a dialogue: what it says, and its history."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, gettext_lazy, override

from dialogues.models import Dialogue, DialogueMeeting, Participant
from partnerships.documents import Block, Document, FactTable, HeaderField, Lines, Prose, Section
from partnerships.history import Entry, entries
from partnerships.markdown import to_html
from partnerships.pdf import render_pdf

LANGUAGE = "sv"  # the language of record, whatever language the interface has
TEXTS = {
    "said": gettext_lazy("What was said"),
    "information": gettext_lazy("Information given"),
    "alternatives": gettext_lazy("Alternatives offered"),
    "conclusion": gettext_lazy("What it led to"),
}


def dialogue_document(dialogue: Dialogue) -> Document:
    """The log as a document. `dialogue` is best fetched `with_log()`."""
    with override(LANGUAGE):
        municipality = dialogue.municipality
        return Document(
            title=dialogue.name,
            document_name=_("Log of a dialogue"),
            municipality_name=municipality.name,
            sections=tuple(_sections(dialogue)),
            created_at=dialogue.created_at,
            modified_at=dialogue.closed_at or dialogue.created_at,
            language=LANGUAGE,
            draft_mark=_("Goes on") if dialogue.is_open else "",
            letterhead_colour=municipality.colour,
            logo=municipality.logo_content(),
            header_fields=tuple(_header_fields(dialogue)),
            running_identifier=f"Dnr {dialogue.diary_number}" if dialogue.diary_number else "",
            footer_text=municipality.footer,
            author=municipality.name,
            description=_("Log of a dialogue with %(subject)s") % {"subject": dialogue.subject},
        )


def dialogue_pdf(dialogue: Dialogue) -> bytes:
    """The log as PDF/A-3a and PDF/UA-1."""
    return render_pdf(dialogue_document(dialogue))


def history_of(dialogue: Dialogue) -> list[Entry]:
    """Every change of the dialogue and of its log, newest first."""
    meetings = DialogueMeeting.history.filter(dialogue_id=dialogue.pk)
    return entries(
        [
            Dialogue.history.filter(id=dialogue.pk),
            meetings,
            Participant.history.filter(meeting_id__in=meetings.values("id")),
        ]
    )


def partner_name(dialogue: Dialogue) -> str:
    """What the organisation was called when the dialogue began."""
    day = dialogue.started_earliest or localtime(dialogue.created_at).date()
    return dialogue.partner.name_on(day)


def _header_fields(dialogue: Dialogue) -> Iterator[HeaderField]:
    yield HeaderField(_("Committee"), [capfirst(dialogue.committee.name)])
    yield HeaderField(_("Organisation"), [partner_name(dialogue)])
    yield HeaderField(_("Project"), [dialogue.project.name if dialogue.project else ""])
    yield HeaderField(_("Diary number"), [dialogue.diary_number])
    yield HeaderField(_("Officer"), [str(dialogue.officer) if dialogue.officer else ""])


def _sections(dialogue: Dialogue) -> Iterator[Section]:
    yield Section(_("The dialogue"), [_facts(dialogue)])
    yield Section(_("Need"), [Prose(to_html(dialogue.need))])
    for meeting in dialogue.meetings.all():
        yield Section(str(meeting), list(_meeting_blocks(meeting)))
    if not dialogue.is_open:
        yield Section(_("Outcome"), list(_outcome(dialogue)))


def _facts(dialogue: Dialogue) -> FactTable:
    not_known = _("not known")
    rows = [
        (_("Kind"), capfirst(dialogue.get_kind_display())),
        (_("Initiative taken by"), capfirst(dialogue.get_initiative_display() or not_known)),
        (_("How it began"), dialogue.initiative_note or capfirst(not_known)),
        (_("Began"), capfirst(str(dialogue.started_on or not_known))),
        (_("Meetings written down"), str(len(dialogue.meetings.all()))),
    ]
    if dialogue.follows:
        rows.append((_("Follows"), dialogue.follows.name))
    return FactTable((_("Question"), _("Answer")), rows)


def _meeting_blocks(meeting: DialogueMeeting) -> Iterator[Block]:
    people = [f"{row.function} ({row.get_side_display()})" for row in meeting.participants.all()]
    if people:
        yield Prose(_("Took part:"))
        yield Lines(people)
    for name, label in TEXTS.items():
        if text := getattr(meeting, name).strip():
            yield Prose(to_html(f"**{label}**\n\n{text}"))
    day = localtime(meeting.recorded_at).strftime("%Y-%m-%d")
    yield Prose(_("Written down by %(who)s %(date)s.") % {"who": meeting.recorded_by, "date": day})


def _outcome(dialogue: Dialogue) -> Iterator[Block]:
    rows = [
        (_("Outcome"), capfirst(dialogue.get_outcome_display())),
        (_("Ended on"), capfirst(str(dialogue.ended_on or _("not known")))),
    ]
    if dialogue.agreement:
        rows.append((_("Agreement"), dialogue.agreement.name))
    yield FactTable((_("Question"), _("Answer")), rows)
    yield Prose(to_html(dialogue.outcome_reason))
    if dialogue.closed_at:
        day = localtime(dialogue.closed_at).strftime("%Y-%m-%d")
        yield Prose(_("Closed by %(who)s %(date)s.") % {"who": dialogue.closed_by, "date": day})
