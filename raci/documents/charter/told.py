"""What a charter says, in words and in the order of the page: the same for every kind of document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from raci.documents.charter import labels
from raci.documents.charter.held import held
from raci.documents.charter.parts import Row, Section, Table
from raci.documents.speech import ENGLISH, Language, day, said, speaking
from raci.documents.speech import gettext as _
from raci.domain.charter.powers import limit_words
from raci.domain.charter.view import Ability, CharterView, items

Levels: TypeAlias = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class SignedBy:
    """A holder of the role, and when they signed the charter as it is; None where they have not."""

    name: str
    manner: str
    starts_on: date | None = None
    ends_on: date | None = None
    signed_on: date | None = None


@dataclass(frozen=True)
class Edition:
    """A charter as it leaves the house. ``levels`` names the levels of each scale."""

    organisation: str
    view: CharterView
    holders: Sequence[SignedBy] = ()
    levels: Levels = field(default_factory=dict)
    made_on: date | None = None
    language: Language = ENGLISH


@dataclass(frozen=True)
class Told:
    """A charter in words. ``facts`` are pairs that stand in its head; ``signing`` is where it is signed."""

    title: str
    code: str
    subtitle: str
    status: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    signing: Table


def tell(edition: Edition) -> Told:
    """Return a charter in the words of its language; sections that say nothing are there and say so."""
    with speaking(edition.language):
        view = edition.view
        return Told(
            title=view.role.name,
            code=view.role.code,
            subtitle=_("Charter of a role at {organisation}").format(organisation=edition.organisation),
            status=_(labels.STATUS[view.status]),
            facts=tuple(_facts(edition)),
            sections=tuple(_sections(edition)),
            signing=_signing(edition.holders),
        )


def _facts(edition: Edition) -> Iterator[tuple[str, str]]:
    charter = edition.view.charter
    yield _("Status"), _(labels.STATUS[edition.view.status])
    yield _("Valid from"), day(charter.valid_from) if charter.valid_from else _("not set")
    yield _("Review on"), day(charter.review_on) if charter.review_on else _("not set")
    yield _("Revision"), str(edition.view.revision)
    if edition.made_on:
        yield _("Drawn up on"), day(edition.made_on)


def _sections(edition: Edition) -> Iterator[Section]:
    view = edition.view
    role, charter = view.role, view.charter
    yield Section("purpose", _("Purpose"), text=role.purpose.strip(), empty=_("Not written yet."))
    yield Section("scope", _("Scope"), text=role.scope.strip(), empty=_("Not written yet."))
    yield Section("excludes", _("Does not own"), items=items(charter.excludes), empty=_("Not written yet."))
    yield _main_duties(view)
    yield held(view)
    yield Section("domains", _("Controls alone"), items=items(charter.domains), empty=_("Nothing named."))
    yield Section("policies", _("Policies"), items=items(charter.policies), empty=_("None named."))
    yield _authority(view)
    yield _skills(view, edition.levels)
    yield _reporting(view)
    yield Section("dependencies", _("Depends on"), items=items(charter.dependencies), empty=_("Nobody named."))
    yield Section("measures", _("Measured by"), items=items(charter.measures), empty=_("Nothing named."))


def _main_duties(view: CharterView) -> Section:
    with_shares = bool(view.shares)
    heads = [_("Main duty"), _("Stands for"), *([_("Share of time")] if with_shares else [])]
    rows = []
    for item in view.main_duties:
        cells = [item.text, item.duty_name or item.area_name]
        rows.append(Row((*cells, *([_percent(item.share) if item.share else ""] if with_shares else []))))
    if with_shares:
        rows.append(Row((_("Together"), "", _percent(view.shares)), kind="foot"))
    table = Table("", tuple(heads), (6, 4, 2)[: len(heads)], tuple(rows))
    tables = (table,) if view.main_duties else ()
    return Section("main_duties", _("Main duties"), tables=tables, empty=_("Not written yet."))


def _percent(share: int) -> str:
    return _("{share} %").format(share=share)


def _authority(view: CharterView) -> Section:
    heads = (_("May"), _("What"), _("Up to"), _("Where"), _("Note"))
    rows = []
    for power in view.authorities:
        one = power.record
        limit = said(limit_words(one.ceiling, one.unit)) if one.ceiling else _("no limit")
        where = power.sheet_title or _("everywhere")
        rows.append(Row((_(labels.VERB[one.verb]), one.thing, limit, where, one.note)))
    tables = (Table("", heads, (2, 4, 3, 3, 4), tuple(rows)),) if rows else ()
    return Section("authority", _("Authority"), tables=tables, empty=_("None on record."))


def _skills(view: CharterView, levels: Levels) -> Section:
    heads = (_("Skill"), _("Competency"), _("Required level"), _("Essential"))
    rows = [Row(tuple(_ability(item, levels))) for item in view.abilities]
    tables = (Table("", heads, (5, 4, 3, 2), tuple(rows)),) if rows else ()
    return Section("skills", _("Skills"), tables=tables, empty=_("None on record."))


def _ability(item: Ability, levels: Levels) -> Iterator[str]:
    competency = " ".join(filter(None, (item.code, item.competency)))
    yield item.skill or item.competency
    yield competency or _("no competency covers it")
    if item.required is None:
        yield from ("", "")
        return
    name = levels.get(item.scale, {}).get(item.required.level, "")
    yield f"{item.required.level} · {_(name)}" if name else str(item.required.level)
    yield _("yes") if item.required.essential else ""


def _reporting(view: CharterView) -> Section:
    several = len({item.option for item in view.above}) > 1
    lines = []
    for item in view.above:
        text = _("{role}, by a dotted line") if item.dotted else "{role}"
        line = text.format(role=item.name)
        if several:
            line = _("Alternative {option}: {line}").format(option=item.option, line=line)
        lines.append(f"{line} ({item.note})" if item.note else line)
    if view.escalation:
        lines.append(_("Escalates to {role}").format(role=view.escalation_name))
    return Section("reports_to", _("Reports to"), items=tuple(lines), empty=_("To nobody, as far as is on record."))


def _signing(holders: Sequence[SignedBy]) -> Table:
    heads = (_("Held by"), _("How"), _("From"), _("Until"), _("Signed on"))
    rows = [
        Row(
            (
                one.name or _("name erased"),
                _(labels.MANNER.get(one.manner, one.manner)),
                day(one.starts_on) if one.starts_on else "",
                day(one.ends_on) if one.ends_on else "",
                day(one.signed_on) if one.signed_on else "",
            )
        )
        for one in holders
    ]
    return Table(_("Signatures"), heads, (5, 3, 3, 3, 4), tuple(rows))
