"""Invented users and their roles."""

import factory

from accounts.models import Membership, User
from accounts.permissions import Role
from tests.organisations.factories import CommitteeFactory, MunicipalityFactory

PASSWORD = "mycket-hemligt-ord-17"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    email = factory.Sequence(lambda n: f"person{n}@exempelby.example")
    first_name = "Test"
    last_name = factory.Sequence(lambda n: f"Testsson {n}")
    password = factory.django.Password(PASSWORD)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    committee = factory.SubFactory(CommitteeFactory)
    user = factory.SubFactory(
        UserFactory, municipality=factory.SelfAttribute("..committee.municipality")
    )
    role = Role.OFFICER


def member_of(committee, role=Role.OFFICER, **person):
    """A new user with the role in the committee."""
    named = {f"user__{name}": value for name, value in person.items()}
    return MembershipFactory(committee=committee, role=role, **named).user
