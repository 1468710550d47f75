"""The numbers that an organisation may set for itself."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LintSettings:
    """Thresholds of the rules. Shares are in per cent of 100, counts in rows or roles, ``sla_days`` in days.

    ``owner_may_do`` says whether an owner may do the work without a letter for doing it; None leaves it
    to the scheme.
    """

    owner_may_do: bool | None = None
    collapse_above: int = 50
    isolated_from_roles: int = 3
    overload_above: int = 50
    overload_from_rows: int = 6
    overload_from_roles: int = 3
    filled_row_from_roles: int = 5
    filled_column_from_rows: int = 6
    filled_matrix_from: int = 90
    sla_days: int = 30
