"""The numbers that an organisation may set for itself."""

from dataclasses import dataclass, field


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
        default=None, metadata={"meaning": "whether an owner may do the work without a letter for doing it"}
    )
    collapse_above: int = _setting(50, "report once for the matrix what is so on more than this share of rows, in %")
    isolated_from_roles: int = _setting(3, "report isolated rows from this number of roles")
    overload_above: int = _setting(50, "share of owning or doing above which a role is overloaded, in %")
    overload_from_rows: int = _setting(6, "report overload from this number of rows")
    overload_from_roles: int = _setting(3, "report overload from this number of roles")
    filled_row_from_roles: int = _setting(5, "report full rows from this number of roles")
    filled_column_from_rows: int = _setting(6, "report full columns from this number of rows")
    filled_matrix_from: int = _setting(90, "share of filled cells from which the whole matrix is too full, in %")
    sla_days: int = _setting(30, "days after which an open grey area is an error")
