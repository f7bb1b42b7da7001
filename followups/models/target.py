"""What a figure should be: at least, at most, or within."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_lazy as _

from partnerships.money import NumberFormField, plain_number

MINUS = "\u2212"
MAX_DIGITS, DECIMAL_PLACES = 16, 4


class FigureFormField(NumberFormField):
    """A number of any sign, with a hyphen or a minus before it."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_digits", MAX_DIGITS)
        kwargs.setdefault("decimal_places", DECIMAL_PLACES)
        super().__init__(**kwargs)

    def to_python(self, value):
        return super().to_python(value.replace(MINUS, "-") if isinstance(value, str) else value)


class FigureField(models.DecimalField):
    """A number of any unit. Null is `not known` or `not reported`, never 0."""

    def __init__(self, *args, **kwargs):
        sizes = {"max_digits": MAX_DIGITS, "decimal_places": DECIMAL_PLACES}
        super().__init__(*args, **{**kwargs, **sizes})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return models.Field.formfield(self, **{"form_class": FigureFormField, **kwargs})


class Targeted(models.Model):
    """A row with a target. Without one the figure is followed, and neither met nor missed."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        WITHIN = "within", _("within two bounds")

    direction = models.CharField(
        _("direction"), max_length=6, choices=Direction, default=Direction.HIGHER
    )
    target = FigureField(
        _("target"),
        null=True,
        blank=True,
        help_text=_("The least or the most it should be; the lower bound when there are two."),
    )
    target_to = FigureField(
        _("upper bound"), null=True, blank=True, help_text=_("Only within two bounds.")
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    direction="within",
                    target__isnull=False,
                    target_to__isnull=False,
                    target__lte=F("target_to"),
                )
                | (~Q(direction="within") & Q(target_to__isnull=True)),
                name="%(class)s_has_two_bounds_or_one",
            ),
        ]

    def is_met_by(self, value: Decimal | None) -> bool | None:
        """Is the target met? None when there is no target, or no figure."""
        if value is None or self.target is None:
            return None
        if self.direction == self.Direction.LOWER:
            return value <= self.target
        if self.direction == self.Direction.HIGHER or self.target_to is None:
            return value >= self.target
        return self.target <= value <= self.target_to

    @property
    def target_words(self) -> str:
        """`at least 20`, `at most 5`, `10 to 20`; empty without a target."""
        if self.target is None:
            return ""
        number = plain_number(self.target)
        if self.direction == self.Direction.WITHIN and self.target_to is not None:
            return gettext("%(low)s to %(high)s") % {
                "low": number,
                "high": plain_number(self.target_to),
            }
        if self.direction == self.Direction.LOWER:
            return gettext("at most %(number)s") % {"number": number}
        return gettext("at least %(number)s") % {"number": number}
