"""Rules on a row: one duty across all roles."""

from collections.abc import Iterator

from raci.domain.lint.finding import Level
from raci.domain.lint.registry import Documentation, Form, Hit, row, row_rule
from raci.domain.lint.view import RowView, View
from raci.domain.text import gettext_noop as _


@row_rule(
    "R01",
    "row-no-owner",
    Documentation(
        title=_("Nobody answers for the duty"),
        check=_(
            "No role holds a letter for owning, and the row is not empty. In a scheme without such a letter, the one "
            "for leading takes its place. A row that holds nothing but advice and notice lacks owner and doer alike, "
            "and both are reported as one finding, a passive row."
        ),
        why=_("If nobody answers for the outcome, nobody notices that it does not come."),
        fix=_("Name one owner. If the roles cannot agree on one, raise a grey area."),
    ),
    plain=Form(
        Level.ERROR,
        _("Nobody answers for {duty}."),
        _("Name one role that answers for {duty}, or raise it as a grey area."),
    ),
    passive=Form(
        Level.ERROR,
        _("{duty} is passive: roles are asked and told, but nobody answers for it and nobody does it."),
        _("Name one role that answers for {duty} and one that does it."),
        variant="passive",
    ),
)
def no_owner(view: View, item: RowView) -> Iterator[Hit]:
    if item.filled and not item.owners:
        yield Hit(row(item.duty), {"duty": view.code(item.duty)})


@row_rule(
    "R02",
    "row-many-owners",
    Documentation(
        title=_("Too many roles answer for the duty"),
        check=_("More roles hold a letter for owning than the scheme allows; RACI allows one."),
        why=_("Two owners each wait for the other, and what one has decided the other reopens."),
        fix=_("Keep one owner and let the others do the work or advise; or split the duty by scope or by amount."),
    ),
    plain=Form(
        Level.ERROR,
        _("{count} roles answer for {duty}: {roles}. The scheme allows {limit}."),
        _("Keep one of {roles} as owner, or split {duty} by scope or by amount."),
    ),
)
def many_owners(view: View, item: RowView) -> Iterator[Hit]:
    limit, count = view.scheme.owner_limit, len(item.owners)
    if limit is not None and count > limit:
        names = view.names(item.owners)
        yield Hit(row(item.duty), {"duty": view.code(item.duty), "count": count, "roles": names, "limit": limit})


@row_rule(
    "R03",
    "row-no-doer",
    Documentation(
        title=_("Nobody does the work"),
        check=_(
            "No role holds a letter for doing, unless the row has an owner and owners may do the work themselves. "
            "Where this is so on more than half of the rows, it is reported once for the matrix. A scheme without a "
            "letter for doing is not checked."
        ),
        why=_("What nobody has to do may not get done."),
        fix=_("Name a role that does the work, or state for the whole matrix that owners do it."),
        settings=("owner_may_do", "collapse_above"),
    ),
    plain=Form(
        Level.ERROR,
        _("Nobody does the work of {duty}."),
        _("Name a role that does {duty}."),
    ),
    many=Form(
        Level.ERROR,
        _("On {count} of {rows} rows nobody does the work."),
        _("Name a role that does the work on each of these rows."),
    ),
    many_owned=Form(
        Level.ERROR,
        _("On {count} of {rows} rows nobody does the work; {owned} of them have an owner."),
        _(
            "If owners do the work themselves, say so in the settings (owner may do); otherwise name a role that does "
            "it."
        ),
    ),
)
def no_doer(view: View, item: RowView) -> Iterator[Hit]:
    if view.can_be_done and not item.doers and not (item.owners and view.owner_may_do):
        yield Hit(row(item.duty), {"duty": view.code(item.duty)})


@row_rule(
    "R08",
    "row-empty",
    Documentation(
        title=_("The row is empty"),
        check=_("The duty applies in this scope, and every cell of its row is empty."),
        why=_("An empty row is a duty that was forgotten."),
        fix=_("Assign it, or mark it as not applying here and say why."),
        hides=("R01", "R03"),
    ),
    plain=Form(
        Level.ERROR,
        _("No role has any part in {duty}."),
        _("Assign {duty}, or mark it as not applying in this matrix and say why."),
    ),
)
def empty(view: View, item: RowView) -> Iterator[Hit]:
    if not item.filled:
        yield Hit(row(item.duty), {"duty": view.code(item.duty)})


@row_rule(
    "R09",
    "row-isolated",
    Documentation(
        title=_("Nobody else hears of the work"),
        check=_(
            "No role is asked and none is told, in a matrix of three roles or more. A scheme with neither letter is "
            "not checked."
        ),
        why=_("Work that nobody sees is done twice, or against other work."),
        fix=_("Ask who needs to know."),
        settings=("isolated_from_roles",),
    ),
    plain=Form(
        Level.INFO,
        _("No role is asked about {duty} or told of it."),
        _("Ask who needs to know of {duty}."),
    ),
)
def isolated(view: View, item: RowView) -> Iterator[Hit]:
    if not item.heard and view.can_be_heard and len(view.roles) >= view.settings.isolated_from_roles:
        yield Hit(row(item.duty), {"duty": view.code(item.duty)})
