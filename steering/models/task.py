"""What is to be done after a meeting: by whom, and by when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement
from steering.models.meeting import GroupMeeting


class GroupTaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The tasks of groups whose agreement the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include("meeting__group__agreement"))

    def open(self):
        """Tasks that are still to be done."""
        return self.filter(state=GroupTask.State.OPEN)


class GroupTask(models.Model):
    """An action that the group gave somebody. (Swedish: åtgärd, uppgift)"""

    class State(models.TextChoices):
        OPEN = "open", _("to be done")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    meeting = models.ForeignKey(
        GroupMeeting, models.CASCADE, related_name="tasks", verbose_name=_("meeting")
    )
    text = models.TextField(_("what is to be done"))
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="group_tasks",
        verbose_name=_("responsible in the portal"),
    )
    responsible_role = models.CharField(
        _("or a role"),
        max_length=150,
        blank=True,
        help_text=_("For example verksamhetsledare at the organisation."),
    )
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=7, choices=State, default=State.OPEN, editable=False
    )
    outcome = models.TextField(_("what came of it"), blank=True, editable=False)
    settled_at = models.DateTimeField(_("settled at"), null=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="settled_group_tasks",
        verbose_name=_("settled by"),
    )

    objects = GroupTaskQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("task of the group")
        verbose_name_plural = _("tasks of the group")
        indexes = [models.Index(fields=["state", "due_on"], name="group_task_by_state_and_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="group_task_says_what"),
            models.CheckConstraint(
                condition=Q(responsible__isnull=False) | ~Q(responsible_role=""),
                name="group_task_has_somebody_responsible",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="open", settled_at__isnull=True, settled_by__isnull=True, outcome=""
                )
                | Q(
                    state__in=["done", "dropped"],
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="settled_group_task_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(outcome=""),
                name="dropped_group_task_says_why",
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return f"{reverse('steering:meeting_detail', args=[self.meeting_id])}#task-{self.pk}"

    @property
    def agreement(self) -> Agreement:
        """The agreement that the group steers."""
        return self.meeting.group.agreement

    @property
    def is_open(self) -> bool:
        """Is it still to be done?"""
        return self.state == self.State.OPEN

    @property
    def who(self) -> str:
        """Who is to do it, as the page says it."""
        return ", ".join(filter(None, [str(self.responsible or ""), self.responsible_role]))

    def is_late(self, today: date) -> bool:
        """Has its day passed while it was open?"""
        return self.is_open and self.due_on is not None and self.due_on < today
