"""The user's reminders and calendar address, and the calendar itself."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships.history import attributed
from partnerships.together import ask
from worklist.actions import LANGUAGE, close_calendar, due_of, open_calendar
from worklist.calendar import calendar_of
from worklist.forms import ReminderChoiceForm
from worklist.models import CalendarFeed, ReminderChoice

BACK, AHEAD = timedelta(days=60), timedelta(days=400)


def personal(request):
    """How often the user is reminded, and the private calendar address."""
    choice = ReminderChoice.objects.filter(user=request.user).first()
    form = ReminderChoiceForm(
        request.POST if request.POST.get("form") == "reminders" else None,
        instance=choice or ReminderChoice(user=request.user),
    )
    address = ""
    if request.POST.get("form") == "open":
        secret = open_calendar(request.user)
        address = request.build_absolute_uri(reverse("worklist:calendar_feed", args=[secret]))
    elif request.POST.get("form") == "close":
        close_calendar(request.user)
        messages.success(request, _("The calendar address no longer works."))
        return redirect("worklist:personal")
    elif form.is_valid():
        attributed(form.save(commit=False), by=request.user).save()
        messages.success(request, _("Your choice is saved."))
        return redirect("worklist:personal")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render(
        request, "worklist/personal.html", {"form": form, "feed": feed, "address": address}
    )


@login_not_required
@require_safe
@never_cache
def calendar_feed(request, secret):
    """The calendar of whoever holds the address; any other address does not exist."""
    feeds = CalendarFeed.objects.select_related("user")
    feed = feeds.filter(secret_sha256=CalendarFeed.hashed(secret)).first()
    if feed is None or not feed.user.is_active:
        raise Http404
    today = localdate()
    with override(LANGUAGE):
        rows = ask(due_of(feed.user, first=today - BACK, last=today + AHEAD))
        site = request.build_absolute_uri("/").rstrip("/")
        content = calendar_of(rows, site=site, at=now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
