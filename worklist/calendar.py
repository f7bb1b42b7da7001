"""What is due, as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from partnerships.dates.bounds import moved
from partnerships.due import Due


def calendar_of(rows: Iterable[Due], *, site: str, at: datetime) -> bytes:
    """One all-day event for each; the same thing has the same UID every time. `site` has no final slash."""
    host = site.partition("://")[2]
    calendar = Calendar()
    calendar.add("prodid", "-//Avtalsportalen//SV")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Agreements: what is due"))
    for row in rows:
        event = Event()
        event.add("uid", f"{row.key}@{host}")
        event.add("dtstamp", at)
        event.add("dtstart", row.on)
        event.add("dtend", moved(row.on, days=1))
        event.add("summary", f"{row.what}: {row.title}")
        event.add("description", row.committee)
        event.add("url", f"{site}{row.url}")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
