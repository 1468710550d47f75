"""Message catalogues: each language has every text of the code and the templates, translated."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(folder, *command):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def complaints(root, scratch):
    """What is missing or unsure in any language, as `msgcmp` says it; the texts are collected from a copy."""
    languages = sorted((root / "raci" / "locale").glob("*/LC_MESSAGES/django.po"))
    if not languages:
        return []
    for folder in ("raci", "templates"):
        shutil.copytree(root / folder, scratch / folder, ignore=shutil.ignore_patterns("locale", "__pycache__"))
    (scratch / "locale").mkdir()
    status, said = run(scratch, sys.executable, "-m", "django", "makemessages", "--locale", "xx", "--keep-pot")
    assert status == 0, said
    found = []
    for path in languages:
        status, said = run(scratch, "msgcmp", str(path), "locale/django.pot")
        found += [f"{path.parts[-3]}: {said}"] if status else []
    return found


def test_every_language_has_every_text(require, tmp_path):
    require("gettext")
    assert complaints(ROOT, tmp_path) == []


@pytest.mark.parametrize(
    ("entry", "words"), [("", "used but not defined"), ('msgid "Open"\nmsgstr ""\n', "untranslated")]
)
def test_a_missing_or_untranslated_text_is_named(require, tmp_path, entry, words):
    require("gettext")
    root, scratch = tmp_path / "root", tmp_path / "scratch"
    po = root / "raci" / "locale" / "de" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + entry)
    (root / "templates").mkdir()
    (root / "templates" / "x.html").write_text("{% load i18n %}{% translate 'Open' %}")
    [complaint] = complaints(root, scratch)
    assert complaint.startswith("de: ")
    assert words in complaint
    po.write_text(po.read_text().replace(entry, "") + 'msgid "Open"\nmsgstr "Offen"\n')
    assert complaints(root, tmp_path / "again") == []
