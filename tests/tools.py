"""Where the programs of the system are that tests and measurements drive."""

import os
import shutil
from pathlib import Path

# Where programs of the system stand, by the name that tests use for them.
TOOLS = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "soffice": ("soffice", "libreoffice"),
    "pdftoppm": ("pdftoppm",),
    "postgres": ("postgres",),
    "gettext": ("xgettext",),
}

CHROMIUM_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_tool(name: str) -> str | None:
    """The path of a tool, or None. ORGROLES_CHROMIUM and its like name one that stands elsewhere."""
    named = os.environ.get(f"ORGROLES_{name.upper()}")
    if named:
        return named
    folders = [str(folder) for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"))]
    search = os.pathsep.join([os.environ.get("PATH", os.defpath), *folders])
    return next((path for candidate in TOOLS[name] if (path := shutil.which(candidate, path=search))), None)
