"""How large matrices are."""

from django.db.models import Count

from raci import models


def largest(*, at_least: int, most: int) -> list[models.Matrix]:
    """Return the largest matrices of all organisations that have so many crossings, at most so many, largest first."""
    rows, columns = (
        dict(model.objects.order_by().values_list("matrix").annotate(Count("pk")))
        for model in (models.MatrixRow, models.MatrixColumn)
    )
    sizes = {matrix: count * columns.get(matrix, 0) for matrix, count in rows.items()}
    large = sorted((matrix for matrix, size in sizes.items() if size >= at_least), key=lambda one: -sizes[one])[:most]
    found = models.Matrix.objects.select_related("organisation", "scheme").in_bulk(large)
    return [found[matrix] for matrix in large]
