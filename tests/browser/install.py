"""Find Chromium, or install it: the system's, else Debian's package when root, else Playwright's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def found() -> str | None:
    """Return the system's Chromium, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def main() -> int:
    """Make sure that there is a browser and a font for each of our scripts."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")
    if root and not found():
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        packages = ["chromium", "fonts-noto-core"]
        subprocess.run(["apt-get", "install", "-y", "-qq", *packages], check=False)
    if not found() and not Path.home().joinpath(".cache/ms-playwright").exists():
        return subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"]
        ).returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
