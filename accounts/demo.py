"""Whom one can sign in as in the demo: one invented person per role. Never loaded elsewhere."""

from dataclasses import dataclass

from accounts.permissions import Role

DEMO_PASSWORD = "demo-samverkan-2026"  # noqa: S105  (printed on the demo's sign-in page)


@dataclass(frozen=True)
class DemoSignIn:
    """An invented user of the demo."""

    role: Role
    first_name: str
    last_name: str
    email: str
    municipality: str
    password: str = DEMO_PASSWORD


DEMO_SIGN_INS = (
    DemoSignIn(
        Role.OFFICER, "Hanna", "Handläggare", "handlaggare@linkoping.example", "Linköpings kommun"
    ),
    DemoSignIn(
        Role.SECRETARY, "Sanna", "Sekreterare", "sekreterare@linkoping.example", "Linköpings kommun"
    ),
    DemoSignIn(Role.READER, "Lars", "Läsare", "lasare@linkoping.example", "Linköpings kommun"),
    DemoSignIn(
        Role.ADMIN, "Agnes", "Administratör", "administrator@linkoping.example", "Linköpings kommun"
    ),
    DemoSignIn(Role.OFFICER, "Göran", "Granne", "handlaggare@goteborg.example", "Göteborgs Stad"),
)
