"""Keep a filled database of a release for the tests of upgrades: `release_dump.py RELEASE`.

The demo, as it is on each engine, in the archive of `manage.py backup`, compressed, under
tests/upgrades/dumps/RELEASE/. Later versions are tested to upgrade it (docs/operations.md).
"""

import lzma
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.with_postgres import newest_binaries, running_cluster

ROOT = Path(__file__).resolve().parent.parent
DUMPS = ROOT / "tests" / "upgrades" / "dumps"
OLDEST = (
    15  # the oldest PostgreSQL that the portal supports: an older one reads no newer one's dump
)


def dump(release: str, engine: str, url: str) -> Path:
    """The demo in a new database, as an archive."""
    with tempfile.TemporaryDirectory(prefix="portal-dump-") as directory:
        archive = Path(directory, "portal.tar")
        told = {"DATABASE_URL": url, "MEDIA_ROOT": f"{directory}/files", "DEBUG": "on"}
        for command in (["migrate"], ["load_demo"], ["backup", str(archive)]):
            print(f"{engine}: {command[0]} …", flush=True)
            subprocess.run(
                [sys.executable, "manage.py", *command, "--verbosity", "0"],
                cwd=ROOT,
                env=os.environ | told,
                check=True,
            )
        target = DUMPS / release / f"{engine}.tar.xz"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(lzma.compress(archive.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    return target


def main(arguments: Sequence[str]) -> int:
    """Both engines; refuses to write over a release."""
    if len(arguments) != 1 or not arguments[0]:
        sys.exit(__doc__)
    release = arguments[0]
    if (DUMPS / release).exists():
        sys.exit(f"{DUMPS / release} is there already. A release is dumped once.")
    if int(newest_binaries().parts[-2]) > OLDEST:
        sys.exit(f"Dump with PostgreSQL {OLDEST}, or whoever has that one cannot read it.")
    with tempfile.TemporaryDirectory(prefix="portal-dump-") as directory:
        made = [dump(release, "sqlite", f"sqlite:///{directory}/portal.sqlite3")]
    with running_cluster() as url:
        made.append(dump(release, "postgresql", url))
    for path in made:
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
