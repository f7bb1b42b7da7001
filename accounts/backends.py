"""Turns roles in committees into Django's permissions."""

from django.contrib.auth.backends import BaseBackend

from accounts.permissions import Role


class CommitteeRoleBackend(BaseBackend):
    """`user.has_perm(permission)`: in some committee; with an object: in that object's committee."""

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or not user_obj.is_authenticated:
            return False
        memberships = user_obj.memberships.filter(
            role__in=Role.holding(perm), committee__municipality=user_obj.municipality_id
        )
        if obj is not None and hasattr(obj, "committee_id"):
            memberships = memberships.filter(committee=obj.committee_id)
        return memberships.exists()
