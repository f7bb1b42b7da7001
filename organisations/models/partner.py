"""The register of partners, shared by all municipalities."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from stdnum.exceptions import InvalidChecksum, ValidationError as NumberError
from stdnum.se import orgnr

from partnerships.dates import ApproximateDateField, RowsOn
from partnerships.search import Found, SearchKeyField, SortKeyField, any_of, find_words


class LegalForm(models.TextChoices):
    """The legal forms met in practice; the codes in comments are the tax agency's."""

    NONPROFIT_ASSOCIATION = "nonprofit_association", _("non-profit association")  # 61
    FOUNDATION = "foundation", _("foundation")  # 71, 72
    REGISTERED_FAITH_COMMUNITY = "faith_community", _("registered faith community")  # 63
    ECONOMIC_ASSOCIATION = "economic_association", _("economic association")  # 51
    LIMITED_PROFIT_COMPANY = (
        "limited_profit_company",
        _("limited company with limited profit distribution (svb)"),
    )
    COMPANY = "company", _("limited company")  # 49
    PARTNERSHIP = "partnership", _("trading or limited partnership")  # 31
    PUBLIC_BODY = "public_body", _("public body")  # 81 to 84
    OTHER = "other", _("other legal form")


# The third-last group of the tax agency's numbers: first digit → the forms that usually bear it.
USUAL_FIRST_DIGITS: dict[str, str] = {
    LegalForm.NONPROFIT_ASSOCIATION: "8",
    LegalForm.FOUNDATION: "8",
    LegalForm.REGISTERED_FAITH_COMMUNITY: "28",
    LegalForm.ECONOMIC_ASSOCIATION: "7",
    LegalForm.LIMITED_PROFIT_COMPANY: "5",
    LegalForm.COMPANY: "5",
    LegalForm.PARTNERSHIP: "9",
    LegalForm.PUBLIC_BODY: "2",
}


def canonical_org_number(text: str) -> str:
    """`NNNNNN-NNNN` from ten digits, with or without hyphen, or twelve beginning with 16.

    Raises ValidationError with a sentence for the user.
    """
    digits = text.replace("-", "").replace(" ", "")
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if not (digits.isascii() and digits.isdigit() and len(digits) == 10):
        raise ValidationError(
            _("An organisation number has ten digits, for example 212000-0142."), code="shape"
        )
    if int(digits[2]) < 2:
        raise ValidationError(
            _(
                "The third digit of an organisation number is at least 2. This looks like a personal number, which the portal does not keep."
            ),
            code="third_digit",
        )
    try:
        return orgnr.format(orgnr.validate(digits))
    except InvalidChecksum as error:
        raise ValidationError(
            _(
                "The last digit of the organisation number does not fit the others. Check what was typed."
            ),
            code="checksum",
        ) from error
    except NumberError as error:
        raise ValidationError(_("This is not an organisation number."), code="invalid") from error


def validate_org_number(text: str) -> None:
    """Refuse what is no organisation number. Raises ValidationError."""
    canonical_org_number(text)


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    """A period's last possible day is not before its first possible day."""
    return models.CheckConstraint(
        condition=models.Q(starts_earliest__isnull=True)
        | models.Q(ends_latest__isnull=True)
        | models.Q(ends_latest__gte=models.F("starts_earliest")),
        name=name,
    )


def refuse_to_end_before_it_starts(row: Any) -> None:
    """Raise ValidationError when the row's period is certain to end before it starts."""
    if row.starts and row.ends and row.ends.latest < row.starts.earliest:
        message = _("The last day comes before the first. Change one of the dates.")
        raise ValidationError({"ends": message}, code="order")


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Partners are one shared, public register: every signed-in user sees them all."""
        return self if user.is_authenticated else self.none()

    def matching(self, text: str):
        """Partners with every word of the text in a name of theirs, now or before, in their number
        or in the name of a project of theirs."""
        return self.found(text).rows

    def found(self, text: str) -> Found:
        """The same, and whether there is so much that it is neither counted nor put in order."""
        return find_words(
            self,
            text,
            keys=lambda word: [
                self.model._default_manager.filter(search_key__contains=word).values_list(
                    "pk", flat=True
                ),
                *(
                    rows.filter(search_key__contains=word).values_list("partner", flat=True)
                    for rows in self._named_elsewhere()
                ),
            ],
            condition=self._is_called,
        )

    def _is_called(self, word: str) -> models.Q:
        """Is the word in a name of the partner's, now or before, or of a project of its?"""
        called = models.Q(search_key__contains=word)
        for rows in self._named_elsewhere():
            called |= any_of(rows.filter(search_key__contains=word, partner=models.OuterRef("pk")))
        return called

    def _named_elsewhere(self) -> list[models.QuerySet]:
        """The other names of partners, and the names of their projects."""
        related: list[Any] = [
            self.model._meta.get_field(relation).related_model for relation in ("names", "projects")
        ]
        return [model._default_manager.all() for model in related]

    def current(self):
        """Partners that are not merged into another."""
        return self.filter(merged_into__isnull=True)

    def same_as(self, partner: "Partner"):
        """The partner, and what was merged into it: the same organisation under two entries."""
        return self.filter(models.Q(pk=partner.pk) | models.Q(merged_into=partner.pk))


class Partner(models.Model):
    """A legal person outside the municipality. (Swedish: idéburen aktör, avtalspart)"""

    name = models.CharField(_("name"), max_length=200)
    org_number = models.CharField(
        _("organisation number"),
        max_length=11,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_org_number],
        help_text=_("Ten digits, for example 212000-0142. Leave empty when it is not known."),
    )
    legal_form = models.CharField(
        _("legal form"),
        max_length=30,
        choices=LegalForm,
        blank=True,
        help_text=_("Leave as not known when no source states it."),
    )
    web_address = models.URLField(_("web address"), blank=True)
    named_from = ApproximateDateField(
        _("has borne its name since"),
        earliest_field="named_earliest",
        latest_field="named_latest",
        null=True,
        blank=True,
        help_text=_("As exact as the source. Before that, documents show the former name."),
    )
    named_earliest = models.DateField(null=True, editable=False)
    named_latest = models.DateField(null=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    search_key = SearchKeyField(of=("name", "org_number"))
    sort_key = SortKeyField(of=("name",))

    objects = PartnerQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        indexes = [models.Index(fields=["sort_key", "id"], name="partner_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(org_number__isnull=True)
                | models.Q(org_number__regex=r"^\d{6}-\d{4}$"),
                name="organisation_number_is_ten_digits_or_not_known",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True)
                | ~models.Q(merged_into=models.F("id")),
                name="partner_is_not_merged_into_itself",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organisations:partner_detail", args=[self.pk])

    @property
    def has_unusual_number(self) -> bool:
        """Does the number begin with another digit than the legal form usually has?"""
        usual = USUAL_FIRST_DIGITS.get(self.legal_form, "")
        return bool(self.org_number and usual and self.org_number[0] not in usual)

    @property
    def survivor(self) -> "Partner":
        """The entry that this one was merged into, or itself."""
        return self.merged_into or self

    def name_on(self, day: date) -> str:
        """What the partner was called on the day, as far as its former names have dates."""
        has_dated_name = self.named_from is not None
        if self.named_from and self.named_from.certainly_from <= day:
            return self.name
        former = [
            row
            for row in self.names.all()
            if row.kind == PartnerName.Kind.FORMER
            and (row.ends or has_dated_name or (row.starts and day <= row.starts.latest))
        ]
        found = RowsOn.among(former, day).candidates
        return found[-1].name if found else self.name


class PartnerName(models.Model):
    """A name that a partner also has or had, from when to when. (Swedish: tidigare namn, alias)"""

    class Kind(models.TextChoices):
        FORMER = "former", _("former name")
        ALIAS = "alias", _("also known as")

    partner = models.ForeignKey(
        Partner, models.CASCADE, related_name="names", verbose_name=_("partner")
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    name = models.CharField(_("name"), max_length=200)
    starts = ApproximateDateField(
        _("from"),
        earliest_field="starts_earliest",
        latest_field="starts_latest",
        null=True,
        blank=True,
    )
    starts_earliest = models.DateField(null=True, editable=False)
    starts_latest = models.DateField(null=True, editable=False)
    ends = ApproximateDateField(
        _("until"),
        earliest_field="ends_earliest",
        latest_field="ends_latest",
        null=True,
        blank=True,
    )
    ends_earliest = models.DateField(null=True, editable=False)
    ends_latest = models.DateField(null=True, editable=False)
    search_key = SearchKeyField(of=("name",))

    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        ordering = ["pk"]
        verbose_name = _("partner name")
        verbose_name_plural = _("partner names")
        constraints = [
            models.UniqueConstraint(fields=["partner", "name"], name="partner_has_each_name_once"),
            ends_after_it_starts("partner_name_ends_after_it_starts"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        refuse_to_end_before_it_starts(self)
