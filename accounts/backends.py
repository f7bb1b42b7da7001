"""Turns roles in committees into Django's permissions."""

from django.contrib.auth.backends import ModelBackend

from accounts.models import User
from accounts.permissions import PERMISSIONS


class CommitteeRoleBackend(ModelBackend):
    """Signs in by password; permissions come from the roles alone, never from groups.

    `user.has_perm(permission)`: in some committee; with an object: in that object's committee.
    """

    def get_user(self, user_id):
        users = User.objects.select_related("municipality")
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None

    def has_perm(self, user_obj, perm, obj=None):
        if not user_obj.is_active or not user_obj.is_authenticated:
            return False
        held = user_obj.roles_held
        if obj is not None and hasattr(obj, "committee_id"):
            held = [
                membership for membership in held if membership.committee_id == obj.committee_id
            ]
        return any(membership.role in PERMISSIONS.get(perm, ()) for membership in held)

    def get_all_permissions(self, user_obj, obj=None):
        return {perm for perm in PERMISSIONS if self.has_perm(user_obj, perm, obj)}

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        return set()
