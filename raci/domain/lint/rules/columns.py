"""Rules on a column: one role across all rows that apply."""

from collections.abc import Iterator

from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Facts, Form, Hit, column, rule
from raci.domain.lint.view import View
from raci.domain.text import gettext_noop as _


@rule(
    "K01",
    "column-empty",
    Documentation(
        title=_("The role has no part in anything"),
        check=_(
            "The role is a column of the matrix, and all its cells are empty. Not reported while the role is "
            "concerned by an open grey area: its letters are still to come."
        ),
        why=_("Either the role is not needed here, or its part was forgotten."),
        fix=_("Assign the role, or take its column away."),
    ),
    plain=Form(
        Level.WARNING,
        _("{role} has no part in anything."),
        _("Assign {role} where it takes part, or take its column away."),
    ),
)
def empty(view: View) -> Iterator[Hit]:
    for item in view.columns if view.rows else ():
        if not item.filled and item.role not in view.awaited:
            yield Hit(column(item.role), {"role": view.names([item.role])})


@rule(
    "K02",
    "column-overload",
    Documentation(
        title=_("One role carries more than its share"),
        check=_(
            "The role holds more than half of all cells for owning, or does the work on more than half of the rows. "
            "Only in a matrix of six rows and three roles or more."
        ),
        why=_("Everything waits for this role, and stops when its holder is away."),
        fix=_("Let roles further down own what they can; add roles that are missing as columns; delegate."),
        settings=("overload_above", "overload_from_rows", "overload_from_roles"),
    ),
    owner=Form(
        Level.WARNING,
        _("{role} answers for {count} of {total} duties."),
        _("Let roles further down answer for what they can, or add roles that are missing as columns."),
        variant="owner",
    ),
    doer=Form(
        Level.WARNING,
        _("{role} does the work on {count} of {total} rows."),
        _("Give some of the work to other roles, or add roles that are missing as columns."),
        variant="doer",
    ),
)
def overload(view: View) -> Iterator[Hit]:
    settings, rows = view.settings, len(view.rows)
    if rows < settings.overload_from_rows or len(view.roles) < settings.overload_from_roles:
        return
    owned = sum(item.owners for item in view.columns)
    for item in view.columns:
        for form, count, total in (("owner", item.owners, owned), ("doer", item.doers, rows)):
            if count * 100 > settings.overload_above * total:
                facts: Facts = {"role": view.names([item.role]), "count": count, "total": total}
                yield Hit(column(item.role), facts, form)


@rule(
    "K03",
    "column-passive",
    Documentation(
        title=_("The role only looks on"),
        check=_(
            "The role owns nothing and does nothing; or it is only told. An empty column is K01. Not reported while "
            "the role is concerned by an open grey area."
        ),
        why=_("Either the post is not needed here, or its work was left out."),
        fix=_(
            "Give the role work of its own, merge it with another, or take its column away. Whoever is only told can "
            "be on a mailing list."
        ),
    ),
    none=Form(
        Level.INFO,
        _("{role} neither answers for anything nor does anything."),
        _("Check whether work of {role} was left out, or whether its column is needed."),
        variant="none",
    ),
    notice_only=Form(
        Level.WARNING,
        _("{role} is only told of things."),
        _("Check whether work of {role} was left out; for mere notice a mailing list will do."),
        variant="notice-only",
    ),
)
def passive(view: View) -> Iterator[Hit]:
    for item in view.columns:
        if not item.filled or item.owners or item.doers or item.role in view.awaited:
            continue
        form = "notice_only" if item.only_notice == item.filled else "none"
        yield Hit(column(item.role), {"role": view.names([item.role])}, form)
