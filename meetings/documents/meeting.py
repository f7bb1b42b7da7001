"""The agenda, the minutes, an extract and the notice, each as a document and as PDF."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, time
from typing import Any

from django.utils.text import capfirst

from meetings import words
from meetings.documents.item import item_sections
from meetings.models import AgendaItem, Attendee, Extract, Meeting, Minutes, Notice
from partnerships.document_data import from_data
from partnerships.documents import (
    Block,
    Document,
    FactTable,
    HeaderField,
    Lines,
    Prose,
    Section,
)

Presence, Function = Attendee.Presence, Attendee.Function


def agenda_document(
    meeting: Meeting, items: Sequence[AgendaItem], *, issued_at: datetime | None = None
) -> Document:
    """The meeting's agenda; without `issued_at` it is marked as a draft."""
    rules = meeting.rules
    rows = [(f"{place}. {item.title}", item.diary_number) for place, item in enumerate(items, 1)]
    table = FactTable(("Ärende", "Diarienummer"), rows)
    called = [_printed(person) for person in meeting.attendees.all()]
    return _document(
        meeting,
        title=f"{rules.agenda_name} till {meeting.committee.name}",
        name=rules.agenda_name,
        sections=(Section("Dagordning", (table,)), Section("Kallade", (Lines(called),))),
        at=issued_at,
        draft_mark="" if issued_at else "Utkast",
        fields=_fields(meeting),
    )


def minutes_document(
    meeting: Meeting,
    items: Sequence[AgendaItem],
    *,
    issued_at: datetime | None = None,
    adjusted: str = "",
    is_immediate: bool = False,
) -> Document:
    """The minutes of these items; without `issued_at` they are marked as not adjusted.

    `adjusted` says on which day and where.
    """
    rules, adjusters = meeting.rules, _adjusters(meeting)
    name = rules.minutes_name
    fields = [
        *_fields(meeting),
        HeaderField("Paragrafer", (paragraphs(items),)),
        HeaderField("Justering", (adjusted, "Omedelbar justering" if is_immediate else "")),
    ]
    return _document(
        meeting,
        title=f"{words.genitive(capfirst(meeting.committee.name))} {name.lower()}",
        name=name,
        sections=(*_people(meeting), *_items(items)),
        at=issued_at,
        draft_mark="" if issued_at else words.NOT_ADJUSTED,
        fields=fields,
        signature_row=rules.signature_labels(len(adjusters) or rules.adjusters),
    )


def extract_document(item: AgendaItem, *, issued_at: datetime | None = None) -> Document:
    """One § of the minutes; without `issued_at` it is marked as not adjusted."""
    meeting, rules = item.meeting, item.meeting.rules
    adjusters = _adjusters(meeting)
    return _document(
        meeting,
        title=f"§ {item.number} {item.title}" if item.number else item.title,
        name=rules.extract_name,
        sections=tuple(item_sections(item, rules, level=2)),
        at=issued_at,
        draft_mark="" if issued_at else words.NOT_ADJUSTED,
        signature_row=rules.signature_labels(len(adjusters) or rules.adjusters),
    )


def notice_document(notice: Notice) -> Document:
    """What is posted on the notice board. (Swedish: anslag, bevis)"""
    minutes = notice.minutes
    meeting = minutes.meeting
    down = notice.taken_down_on
    facts = [
        ("Organ", capfirst(meeting.committee.name)),
        ("Sammanträdesdatum", meeting.held_on.isoformat()),
        ("Paragrafer", minutes.paragraphs),
        ("Justerat", minutes.adjusted_on.isoformat()),
        ("Anslaget sätts upp", notice.posted_on.isoformat()),
        ("Sista dag att överklaga", notice.last_day_of_appeal.isoformat()),
        ("Anslaget tas ned tidigast", notice.take_down_on.isoformat()),
        ("Anslaget togs ned", down.isoformat() if down else ""),
        ("Protokollet förvaras", notice.kept_at),
    ]
    known = [fact for fact in facts if fact[1]]
    text = "Protokollet är justerat. Justeringen har tillkännagetts genom detta anslag."
    posted = datetime.combine(notice.posted_on, time(12), tzinfo=UTC)
    return _document(
        meeting,
        title="Anslag av justerat protokoll",
        name="Anslag",
        sections=(Section("", (Prose(text), FactTable(("Uppgift", "Innehåll"), known))),),
        at=posted,
    )


def extract_as_issued(extract: Extract) -> Document:
    """The document of an extract, from what was kept."""
    return _as_issued(extract, extract.item.meeting)


def minutes_as_issued(minutes: Minutes) -> Document:
    """The document of adjusted minutes, from what was kept."""
    return _as_issued(minutes, minutes.meeting)


def paragraphs(items: Iterable[AgendaItem]) -> str:
    """`§ 149`, or `§§ 148–150, 152`."""
    numbers = sorted(item.number for item in items if item.number)
    if not numbers:
        return ""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"{'§§' if len(numbers) > 1 else '§'} {', '.join(parts)}"


def item_content(item: AgendaItem) -> dict[str, Any]:
    """What a § says, as plain data beside its document."""
    decision = getattr(item, "decision", None)
    return {
        "number": item.number,
        "title": item.title,
        "diary_number": item.diary_number,
        "outcome": decision.outcome if decision else "",
        "points": [point.text for point in decision.points.all()] if decision else [],
        "recipients": [str(row) for row in decision.recipients.all()] if decision else [],
        "agreements": [agreement.name for agreement in item.agreements.all()],
    }


def _as_issued(issued: Extract | Minutes, meeting: Meeting) -> Document:
    return from_data(
        issued.content["document"],
        created_at=_held_at(meeting),
        modified_at=issued.issued_at,
        logo=meeting.municipality.logo_content(),
    )


def _document(
    meeting: Meeting,
    *,
    title: str,
    name: str,
    sections: Sequence[Section],
    at: datetime | None,
    draft_mark: str = "",
    fields: Sequence[HeaderField] = (),
    signature_row: Sequence[str] = (),
) -> Document:
    municipality, held_at = meeting.municipality, _held_at(meeting)
    body = capfirst(meeting.committee.name)
    return Document(
        title=title,
        document_name=name,
        municipality_name=municipality.name,
        sections=sections,
        created_at=held_at,
        modified_at=at or held_at,
        language=words.LANGUAGE,
        draft_mark=draft_mark,
        letterhead_colour=municipality.colour,
        logo=meeting.municipality.logo_content(),
        header_fields=fields,
        footer_text=municipality.footer,
        author=f"{body}, {municipality.name}",
        description=f"{name}, {body} {meeting.held_on.isoformat()}",
        page_heading=(body, meeting.held_on.isoformat()),
        signature_row=signature_row,
    )


def _fields(meeting: Meeting) -> list[HeaderField]:
    when = " ".join(filter(None, [meeting.held_on.isoformat(), meeting.hours]))
    return [
        HeaderField("Organ", (capfirst(meeting.committee.name),)),
        HeaderField("Tid", (when,)),
        HeaderField("Plats", (meeting.place,)),
    ]


def _people(meeting: Meeting) -> Iterator[Section]:
    people = list(meeting.attendees.all())
    lists = (
        ("Beslutande", [p for p in people if p.is_deciding]),
        ("Övriga närvarande", [p for p in people if p.presence == Presence.PRESENT]),
        ("Frånvarande", [p for p in people if p.presence == Presence.ABSENT]),
        ("Justerande", _adjusters(meeting)),
    )
    for heading, listed in lists:
        yield Section(heading, (Lines([_printed(person) for person in listed]),))


def _printed(person: Attendee) -> str:
    function = words.FUNCTIONS.get(Function(person.function), "")
    if person.is_elected:
        return ", ".join(filter(None, [str(person), function]))
    return ", ".join(filter(None, [person.name, person.party or function]))


def _adjusters(meeting: Meeting) -> list[Attendee]:
    return [person for person in meeting.attendees.all() if person.is_adjuster]


def _items(items: Sequence[AgendaItem]) -> Iterator[Section]:
    for item in items:
        number = f"§ {item.number}" if item.number else words.NO_PARAGRAPH
        at_once: tuple[Block, ...] = ()
        if item.minutes and item.minutes.is_immediate:
            day = item.minutes.adjusted_on.isoformat()
            at_once = (Prose(f"Paragrafen justerades omedelbart, {day}."),)
        yield Section(f"{number} {item.title}", at_once, style="chapter")
        yield from item_sections(item, item.meeting.rules, level=3)


def _held_at(meeting: Meeting) -> datetime:
    """A moment of the meeting's day, for the file's own dates."""
    return datetime.combine(meeting.held_on, time(12), tzinfo=UTC)
