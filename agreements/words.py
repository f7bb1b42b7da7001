"""Answers in words: the same on the page, in the PDF and on the command line."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from agreements.models import AgreementOn, Deadline, Obligation, Price, Termination
from agreements.models.deadlines import Why
from partnerships.dates import RowsOn
from partnerships.money import kronor, percent, plain_number, signed_kronor


def status_words(answer: AgreementOn) -> str:
    """The status, its candidates when it is uncertain, and what has been terminated in part."""
    labels = [str(candidate.label) for candidate in answer.status.candidates]
    words = labels[0] if len(labels) == 1 else _("uncertain: %(names)s") % {"names": either(labels)}
    for row, is_certain in answer.partly_terminated:
        said = _("terminated in part %(date)s: %(what)s")
        if not is_certain:
            said = _("perhaps terminated in part by then (%(date)s): %(what)s")
        words += ", " + said % {"date": row.effective_from, "what": row.what}
    if answer.coming_end and answer.coming_end.effective_from:
        words += ", " + _("terminated with effect from %(date)s") % {
            "date": answer.coming_end.effective_from
        }
    return words


def revision_words(answer: AgreementOn) -> str:
    """The revision that applies, the candidates when it is uncertain, and one that is agreed."""
    found = answer.revision
    names = [
        _("%(revision)s, in force from %(start)s") % {"revision": row, "start": row.in_force_from}
        for row in found.candidates
    ]
    if not names:
        words = _("none applied")
    elif found.is_uncertain:
        words = _("uncertain: %(names)s") % {"names": either(names)}
    else:
        words = names[0]
    if found.agreed:
        words += "; " + _(
            "%(revision)s was agreed (%(agreed)s) and is in force from %(start)s."
        ) % {
            "revision": found.agreed,
            "agreed": found.agreed.agreed_on,
            "start": found.agreed.in_force_from,
        }
    return words


def held_words(found: RowsOn) -> str:
    """Who or what held on the day; the candidates when it is uncertain."""
    if not found.candidates:
        return _("nobody") if found.is_known else _("not known")
    names = [str(row) for row in found.candidates]
    if not found.is_uncertain:
        return names[0]
    if found.may_be_none:
        names.append(_("nobody"))
    dates = {str(row.starts) for row in found.candidates if row.starts and not row.starts.is_exact}
    reason = ", ".join(f"”{date}”" for date in sorted(dates & _vague_that_day(found)))
    words = _("uncertain: %(names)s") % {"names": either(names)}
    return f"{words} ({reason})" if reason else words


def term_words(answer: AgreementOn) -> str:
    """The term that runs, with what is left of extensions."""
    found = answer.term
    names = [str(row) for row in found.candidates]
    if coming := answer.coming_term:
        words = _("%(term)s, begins %(start)s") % {"term": coming, "start": coming.starts}
    elif not names:
        words = _("none runs") if found.is_known else _("none known")
    elif found.is_uncertain:
        words = _("uncertain: %(names)s") % {"names": either(names)}
    else:
        words = names[0]
    left = answer.extensions_left
    if left is None:
        return words
    return words + ", " + _("extensions left: %(left)s") % {"left": left}


def end_words(answer: AgreementOn) -> str:
    """The last day, or why there is none."""
    end = next(row for row in answer.deadlines if row.kind == Deadline.Kind.END)
    return deadline_words(end)[1]


def deadlines_words(answer: AgreementOn) -> list[tuple[str, str]]:
    """What each last day is for, and the day or why it is not known.

    Before anything is decided there is no source yet that could lack the notice period.
    """
    unfilled = _("not filled in")
    return [
        (deadline_words(row)[0], unfilled)
        if row.why == Why.NO_NOTICE and not answer.life.is_decided
        else deadline_words(row)
        for row in answer.deadlines
    ]


def deadline_words(deadline: Deadline) -> tuple[str, str]:
    """What the last day is for, and the day or why it is not known."""
    what = capfirst(str(deadline.kind.label))
    if deadline.party:
        what = _("%(what)s, %(party)s") % {"what": what, "party": deadline.party.label}
    if deadline.on:
        return what, deadline.on.isoformat()
    if deadline.approximate and deadline.is_computed:
        return what, _("%(date)s, computed") % {"date": deadline.approximate}
    if deadline.approximate:
        return what, str(deadline.approximate)
    why = deadline.why
    return what, _("unknown: %(why)s") % {"why": why.label} if why else _("unknown")


def obligation_words(obligation: Obligation, is_certain: bool) -> str:
    """The undertaking, marked when it may have ended or not begun."""
    if is_certain:
        return obligation.text
    return _("%(text)s (uncertain whether it applied)") % {"text": obligation.text}


def price_words(price: Price) -> str:
    """What a price per inhabitant comes to in the year, beside the budget; or that it cannot be known."""
    if price.amount is None:
        return _("cannot be computed: the population of 31 December %(year)s is not known") % {
            "year": price.year - 1
        }
    population = price.population.number if price.population else 0
    words = _("%(amount)s in %(year)s (%(price)s × %(population)s inhabitants)") % {
        "amount": kronor(price.amount),
        "year": price.year,
        "price": kronor(price.line.per_inhabitant),
        "population": plain_number(Decimal(population)),
    }
    if price.deviation is None or price.deviation_share is None:
        return words
    return (
        words
        + "; "
        + _("budgeted %(budgeted)s, which differs by %(deviation)s (%(share)s)")
        % {
            "budgeted": kronor(price.budgeted),
            "deviation": signed_kronor(price.deviation),
            "share": percent(price.deviation_share, 2),
        }
    )


def saving_words(answer: AgreementOn, termination: Termination) -> str:
    """What a termination saves in a year, and on whose budget."""
    if termination.scope != Termination.Scope.FULL:
        return "–"
    budget = answer.saved_by(termination)
    if budget is None:
        return _("not known: no budget is registered for that day")
    return f"{kronor(budget.amount)} {budget.get_period_basis_display()}, {budget.committee}"


def either(names: list[str]) -> str:
    """`a, b or c`."""
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}


def _vague_that_day(found: RowsOn) -> set[str]:
    """The wordings of the dates between whose bounds the day lies."""
    dates = [date for row in found.candidates for date in (row.starts, row.ends) if date]
    return {str(date) for date in dates if date.earliest <= found.day <= date.latest}
