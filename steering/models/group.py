"""Who steers an agreement: a group with its roles."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from agreements.models import Agreement


class Side(models.TextChoices):
    """Whom somebody in the group speaks for."""

    MUNICIPALITY = "municipality", _("the municipality")
    PARTNER = "partner", _("the organisation")
    OTHER = "other", _("another")


class SteeringGroupQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The groups of the agreements that the user may read."""
        return self.filter(Agreement.objects.visible_to(user).include())

    def with_agreement(self):
        """The groups with what their pages and documents print of the agreement."""
        return self.select_related("agreement__committee__municipality")


class SteeringGroup(models.Model):
    """A group of both parties that steers an agreement. (Swedish: styrgrupp, ledningsgrupp)"""

    class Kind(models.TextChoices):
        STEERING = "steering", _("steering group")
        MANAGEMENT = "management", _("management group")
        WORKING = "working", _("working group")

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="steering_groups", verbose_name=_("agreement")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STEERING)
    name = models.CharField(_("name"), max_length=150)
    mission = models.TextField(
        _("mission"),
        blank=True,
        help_text=_("What the group decides on and how often it meets, as the agreement says it."),
    )
    is_active = models.BooleanField(
        _("meets"), default=True, help_text=_("Untick when the group has ceased to meet.")
    )

    objects = SteeringGroupQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["agreement", "name", "pk"]
        verbose_name = _("steering group")
        verbose_name_plural = _("steering groups")
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "name"], name="agreement_has_each_group_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="steering_group_has_a_name"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("steering:group_detail", args=[self.pk])


class GroupRole(models.Model):
    """A function in the group. A name is kept only when somebody wrote one."""

    group = models.ForeignKey(
        SteeringGroup, models.CASCADE, related_name="roles", verbose_name=_("steering group")
    )
    side = models.CharField(_("from"), max_length=12, choices=Side)
    function = models.CharField(
        _("function"), max_length=150, help_text=_("For example verksamhetschef.")
    )
    name = models.CharField(
        _("name of the person"),
        max_length=150,
        blank=True,
        help_text=_("Only when it is needed; a name is personal data."),
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["side", "pk"]
        verbose_name = _("role in the group")
        verbose_name_plural = _("roles in the group")
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="group_role_speaks_for_a_known_side"
            ),
        ]

    def __str__(self):
        return f"{self.function}, {self.name}" if self.name else self.function
