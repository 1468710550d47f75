"""Static files: the stylesheets of the workspace as one, and all of them named by their content in production."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# The look: tokens first, then one file for each component; of rules that weigh the same the later one counts.
STYLES = (
    "tokens", "base", "layout", "controls", "chips", "letters", "panels", "shell", "menus", "lists", "matrix", "sheet",
    "first-rows", "grid", "grid-rows", "grid-cells", "grid-dialogs", "assign", "deciding", "decision", "grey",
    "beside", "beside-thread", "structure", "building", "boundary", "boundary-narrow", "boundary-print", "history",
    "compare", "finds", "charts", "levels", "legend", "paths", "measures", "waits", "rounds", "rates", "marking",
    "charter", "charter-tables", "charter-edit", "people", "entrance", "mine", "imports", "import-preview",
    "import-preview-answers", "mapping", "shell-narrow", "paths-print", "print",
)  # fmt: skip
JOINED = "raci/css/look.css"
SOURCES = Path(__file__).resolve().parents[1] / "raci" / "static" / "raci" / "css"


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Names the modules that a script imports by their content too, so that old and new ones never mix."""

    support_js_module_import_aggregation = True


class JoinedStyles(BaseFinder):
    """Offers the stylesheets of the workspace as one file: a browser that asks for thirty waits six times as long.

    The file is made in the folder for what is built, and made anew as soon as one of its sources has changed: so it
    is right while one develops, and collected in production like any other.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.storage = FileSystemStorage(location=settings.BUILD_DIR / "static")

    def check(self, **_: Any) -> list[Any]:
        return []  # nothing about it can be set

    def find(self, path: str, find_all: bool = False, **_: Any) -> Any:
        """Return where the file of that name is; nothing for any other name."""
        if path != JOINED:
            return []
        found = str(self._made())
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        """Yield the file and the storage that holds it."""
        if not matches_patterns(JOINED, ignore_patterns or ()):
            self._made()
            yield JOINED, self.storage

    def _made(self) -> Path:
        place = Path(self.storage.path(JOINED))
        text = joined(SOURCES)
        if not place.exists() or place.read_text(encoding="utf-8") != text:
            place.parent.mkdir(parents=True, exist_ok=True)
            unfinished = place.with_suffix(f".{uuid4().hex}")
            unfinished.write_text(text, encoding="utf-8")
            unfinished.replace(place)  # whoever reads it meanwhile has the old one, whole
        return place


def joined(folder: Path) -> str:
    """Return the text of all stylesheets of a folder that make the look, in their order."""
    parts = ((name, (folder / f"{name}.css").read_text(encoding="utf-8")) for name in STYLES)
    return "\n".join(f"/* {name}.css */\n{text}" for name, text in parts)
