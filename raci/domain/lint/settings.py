"""The numbers that an organisation may set for itself."""

from dataclasses import dataclass, field

from raci.domain.text import gettext_noop as _


def _setting(default: int, meaning: str) -> int:
    chosen: int = field(default=default, metadata={"meaning": meaning})
    return chosen


@dataclass(frozen=True)
class LintSettings:
    """Thresholds of the rules. The metadata of each field say in words what it means.

    ``owner_may_do`` says whether an owner may do the work without a letter for doing it; None leaves it
    to the scheme.
    """

    owner_may_do: bool | None = field(
        default=None, metadata={"meaning": _("whether an owner may do the work without a letter for doing it")}
    )
    collapse_above: int = _setting(50, _("report once for the matrix what is so on more than this share of rows, in %"))
    isolated_from_roles: int = _setting(3, _("report isolated rows from this number of roles"))
    overload_above: int = _setting(50, _("share of owning or doing above which a role is overloaded, in %"))
    overload_from_rows: int = _setting(6, _("report overload from this number of rows"))
    overload_from_roles: int = _setting(3, _("report overload from this number of roles"))
    filled_row_from_roles: int = _setting(5, _("report full rows from this number of roles"))
    filled_column_from_rows: int = _setting(6, _("report full columns from this number of rows"))
    filled_matrix_from: int = _setting(90, _("share of filled cells from which the whole matrix is too full, in %"))
    overdue_review_days: int = _setting(90, _("days after which a review that is due and was not made is an error"))
    sla_days: int = _setting(30, _("days after which an open grey area is an error"))
    ack_days: int = _setting(14, _("days within which the holder of a role signs its charter, or what changed in it"))
    max_owned: int = _setting(15, _("rows over all matrices above which a person answers for too much"))
    owned_share: int = _setting(40, _("share of all owned rows above which a person answers for too much, in %"))
