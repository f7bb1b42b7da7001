"""The people a municipality talks with at its partners, until it no longer needs to know them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisations.actions import erase_contact
from organisations.forms import ContactForm, EraseForm
from organisations.models import Contact, Erasure, Partner
from partnerships.access import role_required
from partnerships.history import attributed


@require_safe
@role_required("organisations.view_contact")
def partner_contacts(request, pk):
    """The municipality's own contacts at the partner, as a part of the partner's page."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    mine = {"partner__in": Partner.objects.same_as(partner)}
    context = {
        "partner": partner,
        "contacts": Contact.objects.visible_to(request.user).filter(**mine),
        "erasures": Erasure.objects.visible_to(request.user).filter(**mine),
        "may_change": request.user.has_perm("organisations.change_contact"),
    }
    fragment = "organisations/partials/partner_contacts.html"
    template = fragment if request.htmx else "organisations/partner_contacts.html"
    return render(request, template, context)


@role_required("organisations.change_contact")
def contact_create(request, pk):
    """Register a contact at the partner."""
    if request.user.municipality is None:
        raise PermissionDenied  # the operator works for no municipality and keeps no contacts
    partner = get_object_or_404(Partner.objects.visible_to(request.user).current(), pk=pk)
    return _edit(request, Contact(partner=partner, municipality=request.user.municipality))


@role_required("organisations.change_contact")
def contact_edit(request, pk):
    """Change a contact."""
    contacts = Contact.objects.visible_to(request.user).select_related("partner")
    return _edit(request, get_object_or_404(contacts, pk=pk))


@role_required("organisations.change_contact")
def contact_erase(request, pk):
    """Erase a contact before its time, also from the history."""
    contacts = Contact.objects.visible_to(request.user).select_related("partner", "municipality")
    contact = get_object_or_404(contacts, pk=pk)
    form = EraseForm(request.POST or None)
    if form.is_valid():
        partner = contact.partner
        erase_contact(contact, by=request.user, at=now(), **form.cleaned_data)
        messages.success(request, _("The contact is erased, also from the history."))
        return redirect(partner)
    return render(request, "organisations/contact_erase.html", {"contact": contact, "form": form})


def _edit(request, contact):
    form = ContactForm(request.POST or None, instance=contact, today=localdate())
    if form.is_valid():
        attributed(form.save(commit=False), by=request.user).save()
        messages.success(request, _("The contact is saved."))
        return redirect(contact.partner)
    return render(request, "organisations/contact_edit.html", {"contact": contact, "form": form})
