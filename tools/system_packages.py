"""Fetch what pip cannot: Debian packages, one by one and only when missing.

Usage: system_packages.py NEED…, with needs from the table below. Uses the standard library only.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Need:
    """Something that must be on the machine, how to tell, and what brings it."""

    is_met: Callable[[], bool]
    packages: tuple[str, ...]


def run(command: Sequence[str], stderr: int | None = None) -> bool:
    """Does the command succeed? Nobody is asked anything, and only what goes wrong is heard."""
    ended = subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr
    )
    return ended.returncode == 0


def has_program(*names: str) -> Callable[[], bool]:
    """Are all of the programs on the path?"""
    return lambda: all(shutil.which(name) for name in names)


def succeeds(*command: str) -> Callable[[], bool]:
    """Is the program there, and does this call of it succeed?"""

    def is_met() -> bool:
        if shutil.which(command[0]) is None:
            return False
        return run(command, stderr=subprocess.DEVNULL)

    return is_met


def has_postgresql() -> bool:
    """Are PostgreSQL's server binaries there?"""
    return any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


NEEDS = {
    "pango": Need(
        succeeds(sys.executable, "-c", "import weasyprint"),
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    ),
    "postgresql": Need(has_postgresql, ("postgresql",)),
    "chromium": Need(has_program("chromium"), ("chromium",)),
    "nginx": Need(lambda: Path("/usr/sbin/nginx").exists(), ("nginx-light",)),
    "java": Need(
        # A run-time environment has no compiler, and the PDF validator is started from source.
        succeeds("java", "--describe-module", "jdk.compiler"),
        ("default-jdk-headless",),
    ),
    "poppler": Need(
        has_program("pdffonts", "pdfinfo", "pdftoppm", "pdftotext"), ("poppler-utils",)
    ),
}


def apt_get() -> list[str] | None:
    """How to call apt-get, as root or through sudo without a password; None if not allowed."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        prefix = []
    elif succeeds("sudo", "-n", "true")():
        prefix = ["sudo", "-n"]
    else:
        return None
    quietly = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    return [*prefix, *quietly, "-o", "DPkg::Lock::Timeout=120"]


def install(packages: list[str]) -> bool:
    """Install with apt; False when that is not allowed or does not succeed."""
    apt = apt_get()
    if apt is None:
        return False
    print(f"Installing {' '.join(packages)} …", flush=True)
    # One dead source of many makes the update fail; whether it matters, the installation tells.
    run([*apt, "update"])
    return run([*apt, "install", "--yes", "--no-install-recommends", *packages])


def missing(names: Sequence[str]) -> list[str]:
    return [name for name in names if not NEEDS[name].is_met()]


def main(names: Sequence[str]) -> int:
    """Meet the needs; 1 and one clear sentence when they cannot be met."""
    if unknown := set(names) - set(NEEDS):
        print(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(NEEDS)}.", file=sys.stderr)
        return 2
    lacking = missing(names)
    if not lacking:
        return 0
    packages = [package for name in lacking for package in NEEDS[name].packages]
    if not install(packages):
        command = shlex.join(["sudo", "apt-get", "install", *packages])
        print(
            f"Missing Debian packages; run this as an administrator, and try again: {command}",
            file=sys.stderr,
        )
        return 1
    if broken := missing(lacking):
        print(f"Installed, but still does not work: {', '.join(broken)}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
