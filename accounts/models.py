"""Users, who sign in by e-mail, and the role each has in each committee."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.permissions import Role
from organisations.models import Committee, Municipality


def as_kept(email: str) -> str:
    """The address as it is kept and looked for, however somebody types it."""
    return email.strip().lower()


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A user with this e-mail address."""
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """The installation's operator, who belongs to no municipality and may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=as_kept(email))


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The users of the user's own municipality; everyone for the installation's operator.

        An operator is seen by operators only, wherever the operator works.
        """
        if user.is_superuser:
            return self
        return self.filter(municipality=user.municipality_id, is_superuser=False)

    def to_answer_for_work(self, user, *, present: int | None = None):
        """Whom the user may make responsible: who is active and does more than read.

        Who is responsible at present stays to be chosen.
        """
        roles = Membership.objects.filter(
            user=models.OuterRef("pk"), committee__municipality=models.OuterRef("municipality")
        ).exclude(role=Role.READER)
        does_more = models.Q(is_superuser=True) | models.Exists(roles)
        return self.visible_to(user).filter(does_more, is_active=True) | self.filter(pk=present)


class User(AbstractUser):
    """A person who signs in by e-mail and works in one municipality."""

    username = None  # type: ignore[assignment]  # people sign in by e-mail
    email = models.EmailField(_("e-mail address"), unique=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="users",
        verbose_name=_("municipality"),
        help_text=_("Empty only for the operator of the installation."),
    )

    objects = UserManager.from_queryset(UserQuerySet)()  # type: ignore[misc,assignment]
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["email"]
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_superuser=True) | models.Q(municipality__isnull=False),
                name="user_belongs_to_a_municipality_or_is_the_operator",
            ),
        ]

    def __str__(self):
        return self.get_full_name() or self.email

    def save(self, **kwargs):
        """Save with the address as it is looked for."""
        self.email = as_kept(self.email)
        super().save(**kwargs)

    def clean(self):
        """The address as it is kept, so that it is compared with others'; and the municipality."""
        super().clean()
        self.email = as_kept(self.email)
        if self.municipality is None and not self.is_superuser:
            sentence = _("Choose the municipality. Only the operator of the portal has none.")
            raise ValidationError({"municipality": sentence})

    @cached_property
    def roles_held(self) -> list["Membership"]:
        """The user's roles in committees of the own municipality, fetched once for a request."""
        held = self.memberships.filter(committee__municipality=self.municipality_id)
        return list(held.select_related("committee"))

    def committees_where(self, permission: str):
        """The committees in which one of the user's roles holds the permission."""
        if not self.is_active:
            return Committee.objects.none()
        if self.is_superuser:
            return Committee.objects.all()
        keys = {committee.pk for committee in self._committees_held(permission)}
        return Committee.objects.filter(pk__in=keys)

    def committees_to_choose(self, permission: str) -> list[Committee]:
        """The same committees by name, without a query of its own for who holds a role in them."""
        if not self.is_active or self.is_superuser:
            return list(self.committees_where(permission))
        return list(dict.fromkeys(self._committees_held(permission)))

    def committee_choices(self, permission: str) -> list[tuple[int | str, str]]:
        """The same for the box of a filter, which may also be left at all of them."""
        committees = self.committees_to_choose(permission)
        return [("", str(_("All committees"))), *((each.pk, str(each)) for each in committees)]

    def _committees_held(self, permission: str) -> Iterator[Committee]:
        roles = Role.holding(permission)
        return (held.committee for held in self.roles_held if held.role in roles)


class Membership(models.Model):
    """The role a user has in a committee. (Swedish: roll i nämnd)"""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    committee = models.ForeignKey(
        Committee, models.CASCADE, related_name="memberships", verbose_name=_("committee")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role)

    history = HistoricalRecords()

    class Meta:
        ordering = ["committee__name", "role"]
        verbose_name = _("role in a committee")
        verbose_name_plural = _("roles in committees")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "committee", "role"], name="user_has_each_role_once_in_a_committee"
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}, {self.committee}"
