"""Words that betray a page which should be German, learnt from the catalogue."""

import gettext
import re
from functools import cache
from pathlib import Path

from django.apps import apps
from django.db.models import CharField, TextField

from raci.domain.reading import Reading
from raci.models import Import
from raci.services.imports.store import unpacked

CATALOGUE = Path(__file__).resolve().parents[2] / "raci" / "locale" / "de" / "LC_MESSAGES" / "django.mo"
WORD = re.compile(r"[^\W\d_]{2,}")
# Names and words that are the same in both, or what the site calls itself.
SAME = {"orgroles", "excel", "markdown", "csv", "raci", "link"}

NO_READING = Reading("").to_data()

# What a page shows or says aloud: its text, and the attributes that are read.
SEEN = """() => {
  const said = ["title", "aria-label", "placeholder", "alt", "data-needs-ticks"];
  const found = [document.title];
  for (const each of document.querySelectorAll("*")) {
    if (each.matches("script, style, code, input[type=hidden]") || each.closest("[lang]:not(html)")) continue;
    for (const name of said) if (each.hasAttribute(name)) found.push(each.getAttribute(name));
    for (const node of each.childNodes) if (node.nodeType === Node.TEXT_NODE) found.push(node.data);
  }
  return found.map((text) => text.replace(/\\s+/g, " ").trim()).filter(Boolean);
}"""


def words(text: str) -> set[str]:
    return {word.lower() for word in WORD.findall(text)}


@cache
def english_words() -> frozenset[str]:
    """The words that English texts of the project have and no German one."""
    with CATALOGUE.open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # as it was read
    english = {word for key in catalogue for word in words(key if isinstance(key, str) else key[0])}
    german = {word for text in catalogue.values() for word in words(text)}
    return frozenset(english - german - SAME)


def on_record() -> set[str]:
    """The words that people wrote: names, titles, reasons. They stay in the language in which they were written."""
    found: set[str] = set()
    for model in apps.get_app_config("raci").get_models():
        names = [item.name for item in model._meta.fields if isinstance(item, CharField | TextField)]
        for values in model._default_manager.values_list(*names) if names else ():
            found |= {word for value in values if isinstance(value, str) for word in words(value)}
    return found | in_files()


def in_files() -> set[str]:
    """The words of other people's files that are on their way in: names of sheets, roles and duties."""
    found: set[str] = set()
    for content in Import.objects.exclude(reading=None).values_list("reading", flat=True):
        for matrix in Reading.from_data(unpacked(content).get("foreign", NO_READING)).matrices:
            texts = [
                matrix.name,
                matrix.where,
                *(one.name for one in matrix.parties),
                *(one.title for one in matrix.items),
            ]
            found |= {word for text in texts for word in words(text)}
    return found


def english_on(texts: list[str], known: set[str]) -> list[str]:
    """The texts of a page that have an English word nobody wrote."""
    return [text for text in texts if words(text) & english_words() - known]
