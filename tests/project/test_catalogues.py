"""Message catalogues: each language has every text of the code and the templates, translated."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "raci" / "locale").glob("*/LC_MESSAGES/django.po"))
COMPILED = [path.with_suffix(".mo") for path in CATALOGUES]

# What stands for something else in a text: %(name)s, {name}, %s.
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%[sd](?!\w)")
MARKERS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}


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
    ("entry", "words"),
    [
        ("", "used but not defined"),
        ('msgid "Open"\nmsgstr ""\n', "untranslated"),
        ('#, fuzzy\nmsgid "Open"\nmsgstr "Auf"\n', "needs to be reviewed"),
    ],
)
def test_a_missing_untranslated_or_unsure_text_is_named(require, tmp_path, entry, words):
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


def read(compiled):
    """A compiled catalogue as a dictionary: a text, or a text and the number of its plural form, to its translation."""
    with compiled.open("rb") as stream:
        return dict(gettext.GNUTranslations(stream)._catalog)


def places(text):
    return sorted(PLACE.findall(text))


def misplaced(catalogue):
    """The texts whose translation does not have the same places."""
    singular = {key: key if isinstance(key, str) else key[0] for key in catalogue if key}
    return [key for key, text in singular.items() if places(text) != places(catalogue[key])]


def test_there_is_a_german_catalogue():
    assert "de" in [path.parts[-3] for path in CATALOGUES]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_the_compiled_catalogue_is_that_of_the_text(require, tmp_path, path):
    require("gettext")
    fresh = tmp_path / "django.mo"
    status, said = run(ROOT, "msgfmt", "--check-format", "--check-domain", "--output-file", str(fresh), str(path))
    assert status == 0, said
    assert read(path.with_suffix(".mo")) == read(fresh), "compile it again: manage.py compilemessages"


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_of_its_text(path):
    assert misplaced(read(path)) == []


def test_a_translation_that_loses_a_place_is_named():
    catalogue = {"": "", "{a} of %(b)s": "%(b)s von {a}", "{a} %": "{b} %", ("%(n)d row", 0): "eine Zeile"}
    assert misplaced(catalogue) == ["{a} %", ("%(n)d row", 0)]


def unseen_texts(source):
    """The texts that are to be translated inside an f-string, where no tool finds them."""
    return [
        call.args[0].value
        for text in ast.walk(ast.parse(source))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in MARKERS
        if call.args and isinstance(call.args[0], ast.Constant)
    ]


def test_no_text_hides_inside_an_f_string():
    found = {path: unseen_texts(path.read_text(encoding="utf-8")) for path in (ROOT / "raci").rglob("*.py")}
    assert {str(path.relative_to(ROOT)): texts for path, texts in found.items() if texts} == {}
    assert unseen_texts("f'{_(\"Open\")}'") == ["Open"]


def test_templates_say_findings_in_the_language_of_the_reader():
    english = re.compile(r"\b(item|finding|found)(\.\w+)*\.(text|remedy|message|hint)\b")
    pages = [path for path in (ROOT / "templates").rglob("*.html") if english.search(path.read_text(encoding="utf-8"))]
    assert pages == [], "say {{ finding|says }} and {{ finding|advises }}"


def test_templates_write_days_as_the_language_does():
    fixed = re.compile(r"""(date|time):["'](?!c["']|Y-m-d["']|H:i:s["']|l["']|[A-Z_]+["'])""")
    pages = [path for path in (ROOT / "templates").rglob("*.html") if fixed.search(path.read_text(encoding="utf-8"))]
    assert pages == [], "use DATE_FORMAT, SHORT_DATE_FORMAT, DATETIME_FORMAT or MONTH_DAY_FORMAT"
