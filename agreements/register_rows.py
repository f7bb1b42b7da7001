"""The rows of the register's table, written in Python: as a template they were a third of its page."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from agreements.models import Agreement, AgreementPartner, Status
from partnerships.controls import joined

NOT_KNOWN = "–"
ROW = (
    "<tr>"
    '<th scope="row"><a class="ds-link" href="{{}}">{{}}</a>{{}}</th>'
    '<td data-label="{status}"><span class="ds-tag status-{{}}" data-size="sm">{{}}</span></td>'
    '<td class="nowrap" data-label="{ends}">{{}}</td>'
    "{{}}"
    '<td data-label="{partners}">{{}}</td>'
    '<td class="nowrap" data-label="{kind}">{{}}</td>'
    '<td class="nowrap" data-label="{diary_number}">{{}}</td>'
    '<td data-label="{committee}">{{}}</td>'
    "</tr>\n"
)
ON_A_DAY = '<td class="nowrap" data-label="{}">{}{}</td><td data-label="{}">{}{}</td>'
LACKING = ' <span class="ds-tag" data-color="warning" data-size="sm">{}</span>'


def partners_of(agreements: Sequence[Agreement]) -> dict[int, list[str]]:
    """The names of each agreement's partners in their order, by the agreement's key."""
    keys = [agreement.pk for agreement in agreements]
    parties = AgreementPartner.objects.filter(agreement__in=keys).order_by("position", "pk")
    names: dict[int, list[str]] = {}
    for key, name in parties.values_list("agreement", "partner__name"):
        names.setdefault(key, []).append(name)
    return names


def write_rows(agreements: Sequence[Agreement], *, is_today: bool) -> SafeString:
    """A row for each agreement, with its status and, for another day, who bore the cost then.

    The agreements are annotated as the register's page asks.
    """
    names = partners_of(agreements)
    address = _address()
    lacking = format_html(LACKING, _("follow-up is missing"))
    uncertain = format_html(" <small>{}</small>", _("uncertain"))
    return joined(
        _row(),
        (
            (
                address.format(agreement.pk),
                agreement.name,
                lacking if _is_lacking(agreement) else "",
                agreement.status,  # type: ignore[attr-defined]
                Status(agreement.status).label,  # type: ignore[attr-defined]
                agreement.last_day.isoformat() if agreement.last_day else NOT_KNOWN,
                "" if is_today else _on_the_day(agreement, uncertain),
                ", ".join(names.get(agreement.pk, ())),
                agreement.get_kind_display(),
                agreement.diary_number or NOT_KNOWN,
                agreement.committee,
            )
            for agreement in agreements
        ),
    )


def _row() -> str:
    """A row with a place for each of its parts, and the headings that it shows without the table's."""
    return format_html(
        ROW,
        status=_("Status"),
        ends=_("Ends"),
        partners=_("Partners"),
        kind=_("Kind"),
        diary_number=_("Diary number"),
        committee=_("Committee"),
    )


def _address() -> str:
    """The address of an agreement, with a place for its key."""
    return reverse("agreements:agreement_detail", args=[0]).replace("/0/", "/{}/")


def _is_lacking(agreement: Agreement) -> bool:
    """Is it in force on the day, and does nobody follow it up? Where that is asked at all."""
    return agreement.status == Status.ACTIVE and not getattr(agreement, "is_followed_up", True)  # type: ignore[attr-defined]


def _on_the_day(agreement: Agreement, uncertain: SafeString) -> SafeString:
    number, certain_number, body, certain_body = (
        getattr(agreement, name)
        for name in (
            "revision_number", "certain_revision_number", "bears_cost", "certainly_bears_cost",
        )
    )  # fmt: skip
    return format_html(
        ON_A_DAY,
        _("Revision"),
        number or NOT_KNOWN,
        "" if number == certain_number else uncertain,
        _("Bears the cost"),
        body or NOT_KNOWN,
        "" if body == certain_body else uncertain,
    )
