"""The whole matrix page: the grid, the filters as switches, and where it stands in time."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from raci import models
from raci.domain.lint import RULES, lint
from raci.domain.matrix import Matrix
from raci.domain.records import Area
from raci.domain.text import fold
from raci.services.history import Moment, matrix_at
from raci.services.holders import held_today
from raci.services.linting import findings_of
from raci.services.loading import load_matrix
from raci.web.grid import Grid, build
from raci.web.grid_keys import Keys, grid_keys
from raci.web.grid_query import Chip, GridQuery, chips
from raci.web.look import title_of

# So many rows are some 2,400 pixels high.
_FILLING = 60


@dataclass(frozen=True)
class GridPage:
    """What the template of a matrix draws. ``as_of`` is None where it is shown as it is now.

    ``typing`` says whether its visitor may write in it.
    """

    matrix: models.Matrix
    loaded: Matrix
    grid: Grid
    query: GridQuery
    chips: tuple[Chip, ...]
    areas: tuple[tuple[str, Area], ...]
    as_of: Moment | None
    typing: bool
    keys: Keys
    rules: tuple[tuple[str, str], ...]

    @property
    def live(self) -> bool:
        """Whether the script takes the grid over: it shows what is there now."""
        return self.as_of is None

    @property
    def is_long(self) -> bool:
        """Whether all rows together are higher than any window: the grid of the script then fills its room."""
        return self.live and self.grid.pages > 1 and self.grid.shown > _FILLING

    @property
    def is_ahead(self) -> bool:
        """Whether it is asked for as of a day to come: then only who holds which role is another."""
        return bool(self.as_of and self.as_of.day and self.as_of.day > timezone.localdate())

    @property
    def roles(self) -> list[tuple[str, str]]:
        """The roles of the columns, by name, to choose from."""
        found = [(key, self.loaded.roles[key].name) for key in self.loaded.column_keys]
        return sorted(found, key=lambda item: fold(item[1]))

    @property
    def more_filters(self) -> bool:
        return bool(self.query.role or self.query.letter)

    @property
    def previous(self) -> str:
        return self.query.href(page=self.query.page - 1) if self.query.page > 1 else ""

    @property
    def next(self) -> str:
        return self.query.href(page=self.query.page + 1) if self.query.page < self.grid.pages else ""


def day_of(moment: Moment) -> date:
    """Return the day on which a moment lies: that of the revision where no day was asked for."""
    return moment.day or (timezone.localdate(moment.at) if moment.at else timezone.localdate())


def grid_page(matrix: models.Matrix, query: GridQuery, *, may_write: bool) -> GridPage:
    """Return the page of a matrix. Raises `NoSuchRevision` where it is asked for as of one that is not there."""
    today = timezone.localdate()
    past = None if query.as_of is None else matrix_at(matrix, query.as_of)
    loaded = past.matrix if past else load_matrix(matrix)
    typing = may_write and not past
    day = day_of(past.moment) if past else today
    found = findings_of(loaded, day) if day == today else lint(loaded, today=day)
    grid = build(loaded, found, query, typing, held_today(matrix.organisation_id, loaded, day))
    rules = {item.rule for item in found if item.level != "info"} | ({query.findings} & RULES.keys())
    used = {loaded.duties[duty].area for duty in loaded.row_keys}
    areas = sorted(((key, loaded.areas[key]) for key in used if key in loaded.areas), key=lambda item: item[1].position)
    return GridPage(
        matrix=matrix,
        loaded=loaded,
        grid=grid,
        query=query,
        chips=tuple(chips(loaded, query)),
        areas=tuple(areas),
        as_of=past.moment if past else None,
        typing=typing,
        keys=grid_keys(loaded.scheme, typing=typing),
        rules=tuple((rule, title_of(rule)) for rule in sorted(rules)),
    )
