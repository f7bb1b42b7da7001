"""The partner's personal link: sent, opened once, taken back."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _, override

from accounts.models import User
from followups.actions.refusals import FollowUpRefusedError, LinkRefusedError
from followups.models import FollowUpReport, ReportEvent, ReportLink, hashed, new_secret
from followups.states import Step
from partnerships.history import attributed


@dataclass(frozen=True)
class Invitation:
    """To whom a link goes, in which language, for how long, with which words."""

    recipient: str
    language: str
    days: int
    message: str = ""


@dataclass(frozen=True)
class LinkLetter:
    """A link and what only its letter says: the secret, which is stored nowhere, and the officer's words."""

    link: ReportLink
    secret: str
    message: str


@transaction.atomic
def make_link(
    report: FollowUpReport, invitation: Invitation, *, by: User, at: datetime
) -> LinkLetter:
    """Make a new link to the report; older ones open nothing from now on. FollowUpRefusedError.

    Its letter is sent by `send_link` when the transaction is through: a mail server may be silent,
    and nobody waits for it with rows locked.
    """
    link, secret = _new_link(report, invitation, by, at)
    return LinkLetter(link, secret, invitation.message)


def send_link(letter: LinkLetter, *, by: User, at: datetime) -> None:
    """Send the partner the link. When that cannot be done it is taken back. FollowUpRefusedError."""
    link = letter.link
    try:
        _letter(link, letter.secret, letter.message).send()
    except (SMTPException, OSError) as error:
        revoke_link(link, by=by, at=at)
        raise FollowUpRefusedError(
            _(
                "The letter could not be sent to %(recipient)s. Check the address, or try again later."
            )
            % {"recipient": link.recipient}
        ) from error


@transaction.atomic
def open_link(secret: str, *, at: datetime) -> tuple[ReportLink, str]:
    """Trade the letter's secret for the cookie's, once. Raises LinkRefusedError, whatever is wrong."""
    links = ReportLink.objects.alive(at).filter(opened_at__isnull=True)
    link = links.select_for_update().filter(secret_sha256=hashed(secret)).first()
    if link is None:
        raise LinkRefusedError
    cookie = new_secret()
    link.opened_at, link.cookie_sha256 = at, hashed(cookie)
    attributed(link, by=None, reason=_("Link opened")).save()
    event = ReportEvent(report=link.report, step=Step.USE_LINK, at=at, partner=link.recipient)
    attributed(event, by=None).save()
    return link, cookie


@transaction.atomic
def revoke_link(link: ReportLink, *, by: User, at: datetime) -> None:
    """Take the link back; from now on it opens nothing, and nor does its cookie."""
    locked = ReportLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        _revoke(locked, by, at)


def _new_link(
    report: FollowUpReport, invitation: Invitation, by: User, at: datetime
) -> tuple[ReportLink, str]:
    locked = FollowUpReport.objects.select_for_update().get(pk=report.pk)
    if not locked.is_open:
        raise FollowUpRefusedError(_("The report is not being written, so no link is sent."))
    for older in locked.links.filter(revoked_at__isnull=True):
        _revoke(older, by, at)
    secret = new_secret()
    link = ReportLink(
        report=report,
        recipient=invitation.recipient,
        language=invitation.language,
        secret_sha256=hashed(secret),
        created_at=at,
        created_by=by,
        expires_at=at + timedelta(days=invitation.days),
    )
    attributed(link, by=by).save()
    _tell(link, Step.SEND_LINK, by, at)
    return link, secret


def _revoke(link: ReportLink, by: User, at: datetime) -> None:
    link.revoked_at = at
    attributed(link, by=by, reason=_("Link taken back")).save()
    _tell(link, Step.REVOKE_LINK, by, at)


def _tell(link: ReportLink, step: Step, by: User, at: datetime) -> None:
    event = ReportEvent(report=link.report, step=step, at=at, by=by, note=link.recipient)
    attributed(event, by=by).save()


def _letter(link: ReportLink, secret: str, message: str) -> EmailMessage:
    """The letter, in the partner's language."""
    with override(link.language):
        path = reverse("followups:handin_open", args=[secret], query={"language": link.language})
        context = {
            "link": link,
            "report": link.report,
            "agreement": link.report.agreement,
            "address": f"{settings.SITE_URL}{path}",
            "message": message,
        }
        subject = _("Report on %(agreement)s, %(period)s") % {
            "agreement": " ".join(link.report.agreement.name.split()),
            "period": link.report,
        }
        text = render_to_string("followups/link_email.txt", context)
    return EmailMessage(subject, text, to=[link.recipient])
