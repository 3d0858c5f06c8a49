"""What a terminal starts; before anything else, whether this is the right Python with all it needs.

Kept so simple that an old Python, and one without our packages, can read it and say what is wrong.
"""

import sys
from importlib import metadata
from pathlib import Path

LEAST = (3, 11)


def trouble(version, requirements):  # type: ignore[no-untyped-def]
    """Say in one sentence why nothing can start here; '' when all is well."""
    if tuple(version[:2]) < LEAST:
        found = ".".join(str(part) for part in version[:3])
        return f"Kiezkarte braucht Python 3.11 oder neuer, gefunden: {found}. Bitte ein neueres Python installieren: python.org"
    gone = [name for name in named(requirements) if not there(name)]
    if gone:
        return f"Es fehlt: {', '.join(gone)}. Bitte mit „make run“ starten oder „make install“ ausführen."
    return ""


def named(requirements):  # type: ignore[no-untyped-def]
    """List the packages of a requirements file that this system needs."""
    lines = [line.split("#")[0].strip() for line in requirements.splitlines()]
    here = [line for line in lines if line and not (";" in line and sys.platform == "win32")]
    return [line.split(";")[0].split("==")[0].strip() for line in here]


def there(name):  # type: ignore[no-untyped-def]
    """Tell whether a package is installed."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


_FILE = Path(__file__).parent.parent / "requirements.in"
_SAID = trouble(sys.version_info, _FILE.read_text(encoding="utf-8") if _FILE.is_file() else "")
if _SAID:
    sys.exit(_SAID)
