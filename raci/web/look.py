"""Template tags: letters as chips, days in words, what counts as overdue."""

from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from raci.domain.comparison import Fate
from raci.domain.lint import RULES, Finding
from raci.domain.scheme import LetterClass, Scheme, split_letters
from raci.forms.letters import spoken
from raci.services.said import Named, Said
from raci.services.words import finding_advises, finding_says, shown_number
from raci.services.words import said as said_sentence
from raci.web.scheme import common_scheme

register = template.Library()

# How a class of letters looks. Four weights are enough: the letter itself always shows.
_WEIGHTS = {
    LetterClass.OWNER: "owner",
    LetterClass.LEAD: "owner",
    LetterClass.DOER: "doer",
    LetterClass.HELP: "doer",
    LetterClass.NOTICE: "notice",
    LetterClass.OUT: "notice",
}


def chip(scheme: Scheme, letters: str, extra: str = "") -> SafeString:
    """Return letters as a chip; read aloud it says their names. Nothing for an empty cell."""
    return _drawn(scheme, letters, spoken(scheme, letters), extra) if letters else mark_safe("")


@lru_cache(maxsize=1024)
def shape(scheme: Scheme, letters: str, extra: str = "") -> SafeString:
    """Return letters as a chip for the eye only: what it stands in says their names."""
    codes = split_letters(letters)
    if len(codes) == 1:
        return format_html('<span class="letter letter-{} {}">{}</span>', _weight(scheme, codes[0]), extra, codes[0])
    parts = format_html_join(
        "", '<span class="letter letter-{}">{}</span>', ((_weight(scheme, code), code) for code in codes)
    )
    return format_html('<span class="letter letter-both {}">{}</span>', extra, parts)


@lru_cache(maxsize=1024)
def _drawn(scheme: Scheme, letters: str, spoken_text: str, extra: str) -> SafeString:
    codes = split_letters(letters)
    if len(codes) == 1:
        return format_html(
            '<span class="letter letter-{} {}"><span aria-hidden="true">{}</span>'
            '<span class="visually-hidden">{}</span></span>',
            _weight(scheme, codes[0]), extra, codes[0], spoken_text,
        )  # fmt: skip
    parts = format_html_join(
        "", '<span class="letter letter-{}" aria-hidden="true">{}</span>', ((_weight(scheme, c), c) for c in codes)
    )
    return format_html(
        '<span class="letter letter-both {}">{}<span class="visually-hidden">{}</span></span>',
        extra, parts, spoken_text,
    )  # fmt: skip


def _weight(scheme: Scheme, code: str) -> str:
    letter = scheme.by_code.get(code)
    return _WEIGHTS.get(letter.letter_class, "input") if letter else "input"


@register.simple_tag
def letters(value: str, scheme: Scheme | None = None, extra: str = "") -> SafeString:
    """Show letters as a chip, in the words of a scheme (RACI where none is given)."""
    return chip(scheme or common_scheme(), value, extra)


@register.filter
def said(value: str, scheme: Scheme) -> str:
    """Return letters as one would say them."""
    return spoken(scheme, value)


@register.simple_tag(takes_context=True)
def sentence(context: dict[str, Any], said_so: object) -> SafeString:
    """Show a sentence of the history; the duties that it names lead to their pages."""
    return _linked(said_so, context["place"].organisation.slug)


def _linked(part: object, slug: str) -> SafeString:
    if isinstance(part, Said):
        parts = {name: _linked(inner, slug) for name, inner in part.parts.items()}
        return mark_safe(escape(part.pattern) % parts)  # noqa: S308 - the pattern is ours, its parts are escaped
    if isinstance(part, Named) and part.duty:
        return format_html('<a href="{}">{}</a>', reverse("duty", args=[slug, part.duty]), part)
    return escape(part)


# What a letter of each class asks of the role that holds it.
_ASKS = {
    LetterClass.OWNER: gettext_lazy("answers for the outcome and has the last word"),
    LetterClass.DOER: gettext_lazy("does the work"),
    LetterClass.LEAD: gettext_lazy("drives it and proposes"),
    LetterClass.HELP: gettext_lazy("helps with the work"),
    LetterClass.INPUT: gettext_lazy("is asked before it is done"),
    LetterClass.VETO: gettext_lazy("can stop it"),
    LetterClass.VERIFY: gettext_lazy("checks the result"),
    LetterClass.SIGN: gettext_lazy("signs the result off"),
    LetterClass.NOTICE: gettext_lazy("is told of it"),
    LetterClass.COACH: gettext_lazy("advises on how to do it"),
    LetterClass.OUT: gettext_lazy("has no part in it"),
}


@register.filter
def asks(code: str, scheme: Scheme) -> str:
    """Say what a letter asks of whoever holds it."""
    return str(_ASKS[scheme.by_code[code].letter_class]) if code in scheme.by_code else ""


@register.simple_tag
def icon(name: str) -> SafeString:
    """Show a picture of the sprite; it is decoration, the words beside it say what it means."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("raci/img/icons.svg"), name,
    )  # fmt: skip


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return the languages of the site by code, each with its own name for itself."""
    return list(settings.LANGUAGES)


@register.filter
def days_ago(day: date | None) -> int | None:
    """Return how many days ago a day was."""
    return None if day is None else (timezone.localdate() - day).days


@register.filter
def age(day: date | None) -> str:
    """Say how long something has been there, in days."""
    days = days_ago(day)
    return "" if days is None else ngettext("%(days)s day", "%(days)s days", days) % {"days": days}


@register.filter
def due(day: date | None) -> str:
    """Say when something is due: overdue by how much, today, or in how many days."""
    days = days_ago(day)
    if days is None:
        return ""
    if days > 0:
        return ngettext("%(days)s day overdue", "%(days)s days overdue", days) % {"days": days}
    if days == 0:
        return _("today")
    return ngettext("in %(days)s day", "in %(days)s days", -days) % {"days": -days}


@register.filter
def overdue(day: date | None) -> bool:
    """Tell whether a due day has passed."""
    return day is not None and day < timezone.localdate()


@register.filter
def of(values: Any, key: Any) -> Any:
    """Return one value of a mapping or one field of a form; nothing where it is not there."""
    try:
        return values[key]
    except KeyError:
        return ""


@register.filter
def letters_of(number: int) -> str:
    """Return the class of the question for the letters of the role with that number."""
    return f"letters-of-{number}"


# What a rule says in two or three words, where the eye ends. The whole sentence stands behind it.
_SHORT = {
    "R01": gettext_lazy("Nobody accountable"),
    "R02": gettext_lazy("Several accountable"),
    "R03": gettext_lazy("Nobody does it"),
    "R08": gettext_lazy("Empty"),
    "R09": gettext_lazy("Nobody else told"),
    "A02": gettext_lazy("Owner ranks below"),
    "A03": gettext_lazy("Owner is no post"),
    "A04": gettext_lazy("Work across lines"),
    "C01": gettext_lazy("Letter adds nothing"),
    "C02": gettext_lazy("Owns and does"),
    "P01": gettext_lazy("Nobody at work"),
}
_STYLES = {"error": "tag-alert", "warning": "tag-warn", "info": ""}


@register.filter
def tag_style(finding: Finding) -> str:
    """Return how a finding of its level looks."""
    return _STYLES[finding.level]


_LEVELS = {"error": gettext_lazy("Error"), "warning": gettext_lazy("Warning"), "info": gettext_lazy("Note")}


@register.filter
def level_word(finding: Finding) -> str:
    """Say how serious a finding is: its colour alone does not tell everybody."""
    return str(_LEVELS[finding.level])


@register.filter
def rule_title(finding: Finding) -> str:
    """Return the title of the rule that reported a finding."""
    return title_of(finding.rule)


@register.filter
def rule_about(finding: Finding) -> dict[str, str]:
    """Return what the handbook says of the rule that reported a finding: what it checks, why, what to do."""
    about = RULES[finding.rule].documentation
    return {"check": _(about.check), "why": _(about.why), "fix": _(about.fix)}


register.filter("number", shown_number)
register.filter("spoken", said_sentence)
register.filter("says", finding_says)
register.filter("advises", finding_advises)


def title_of(rule: str) -> str:
    """Return the title of a rule."""
    return _(RULES[rule].documentation.title)


def short_of(rule: str) -> str:
    """Return what a rule says in two or three words."""
    return str(_SHORT.get(rule) or title_of(rule))


@register.simple_tag
def edge(findings: tuple[Finding, ...]) -> SafeString:
    """Say at the end of a row what is wrong with it: one tag for each rule, the sentences behind it."""
    by_rule: dict[str, list[Finding]] = {}
    for finding in findings:
        by_rule.setdefault(finding.rule, []).append(finding)
    return format_html_join(
        " ",
        '<span class="tag {}" title="{}">{}</span>',
        ((tag_style(found[0]), " ".join(map(finding_says, found)), short_of(rule)) for rule, found in by_rule.items()),
    )


# What became of something, by a mark and a word: neither needs a colour.
_FATES = {
    Fate.ADDED: ("+", gettext_lazy("added")),
    Fate.REMOVED: ("−", gettext_lazy("removed")),
    Fate.RENAMED: ("≈", gettext_lazy("renamed")),
    Fate.OPENED: ("?", gettext_lazy("opened")),
    Fate.SETTLED: ("✓", gettext_lazy("settled")),
    Fate.WITHDRAWN: ("×", gettext_lazy("withdrawn")),
    Fate.CHANGED: ("≠", gettext_lazy("changed")),
    Fate.MOVED: ("↕", gettext_lazy("moved")),
}


@register.simple_tag
def fate(what: Fate, count: int | None = None) -> SafeString:
    """Say what became of something, or of how many things."""
    mark, word = _FATES[what]
    said_so = word if count is None else f"{count} {word}"
    return format_html(
        '<span class="fate fate-{}"><span aria-hidden="true">{}</span> {}</span>', what.value, mark, said_so
    )
