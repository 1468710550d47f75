"""Which room may open which door: the table of docs/architecture.md, held by reading every import."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

LEAVES = {"domain": set(), "documents": {"domain"}, "models": {"domain"}, "services": {"models", "documents", "domain"}}
DOORS = ("web", "api", "admin", "management")
# What each folder of raci/ may import of raci/, besides itself. A folder that is not named here fails.
FORMS = {"forms": {"services", "models", "domain"}}
MAY_IMPORT = LEAVES | FORMS | {door: set(LEAVES) for door in DOORS} | {"migrations": {"models", "domain"}}
for door in ("web", "admin"):
    MAY_IMPORT[door].add("forms")
# Files of raci/ itself belong to Django's start-up.
FILES = {"__init__", "apps"}
# Packages from outside that a room may never import, whole families by their first name.
OUTSIDE = {
    "domain": {"django", "openpyxl", "python_calamine", "defusedxml", "lxml", "orgroles"},
    "documents": {"django", "django_tables2", "django_filters", "orgroles"},
    "models": {"openpyxl", "python_calamine"},
}


def imported(tree: ast.AST, package: list[str]) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module of `package` imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            module = ".".join([*base, *filter(None, [node.module])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def forbidden(room: str, name: str) -> bool:
    """Whether a module of `room` may not import `name`."""
    first, *rest = name.split(".")
    if first != "raci":
        return first in OUTSIDE.get(room, ())
    target = rest[0] if rest else ""
    return bool(target) and target not in {room, *MAY_IMPORT[room]}


def violations(root: Path) -> Iterator[str]:
    """A sentence for every import against the table, and for every folder or file that it does not know."""
    for path in sorted((root / "raci").rglob("*.py")):
        relative = path.relative_to(root)
        room = relative.parts[1].removesuffix(".py")
        if room in FILES:
            continue
        if room not in MAY_IMPORT:
            yield f"{relative}: the table has no room named {room}"
            continue
        for line, name in imported(ast.parse(path.read_bytes()), list(relative.parent.parts)):
            if forbidden(room, name):
                yield f"{relative}:{line} imports {name}, which {room} may not"


def test_every_import_follows_the_table():
    assert list(violations(ROOT)) == []


FORBIDDEN_PAIRS = [
    (room, other) for room in MAY_IMPORT for other in MAY_IMPORT if other not in {room, *MAY_IMPORT[room]}
]

PLANTED = [
    *((f"{room}/deep/er.py", f"import raci.{other}.x", f"raci.{other}.x") for room, other in FORBIDDEN_PAIRS),
    ("domain/clock.py", "from django.utils import timezone", "django.utils.timezone"),
    ("domain/sheet.py", "import openpyxl", "openpyxl"),
    ("documents/x.py", "import django.db", "django.db"),
    ("domain/lint/x.py", "from ...models import Duty", "raci.models.Duty"),
    ("models/x.py", "def late():\n    from raci import services", "raci.services"),
    ("web/x.py", "from .. import api", "raci.api"),
]


@pytest.mark.parametrize(("where", "line", "name"), PLANTED)
def test_a_planted_import_is_named_with_its_file_and_line(tmp_path, where, line, name):
    path = tmp_path / "raci" / where
    path.parent.mkdir(parents=True)
    path.write_text(f'"""Doc."""\n{line}\n')
    at = 2 + line.count("\n")
    room = where.split("/")[0]
    assert list(violations(tmp_path)) == [f"raci/{where}:{at} imports {name}, which {room} may not"]


@pytest.mark.parametrize("where", ["helpers/x.py", "views.py"])
def test_a_folder_that_the_table_does_not_know_is_named(tmp_path, where):
    path = tmp_path / "raci" / where
    path.parent.mkdir(parents=True)
    path.write_text("")
    room = where.split("/")[0].removesuffix(".py")
    assert list(violations(tmp_path)) == [f"raci/{where}: the table has no room named {room}"]


def test_what_the_table_allows_is_silent(tmp_path):
    path = tmp_path / "raci" / "services" / "x.py"
    path.parent.mkdir(parents=True)
    path.write_text(
        "from raci.models import Duty\nfrom raci.documents.edition import x\nfrom .y import z\nimport django\n"
    )
    assert list(violations(tmp_path)) == []
