"""What somebody types to decide a duty, and how it goes on record."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

from django.utils import timezone

from raci import models
from raci.domain.change import Address, Change
from raci.domain.records import Column, Kind, Row, Sheet
from raci.models.base import new_key
from raci.services.loading import load_matrix
from tests.factories import create, write
from tests.web.conftest import Cast

HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')


def url(cast: Cast, duty: str = "VEN-1") -> str:
    if duty == "VEN-1":
        return cast.url(f"grey-areas/{cast.contested}/decide/")
    return cast.url(f"matrices/{cast.small.matrix_key}/rows/{cast.small.duties[duty]}/decide/")


def day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def lines(prefix: str, *rows: dict[str, str]) -> dict[str, str]:
    found = {f"{prefix}-parts-rows": str(len(rows))}
    for number, row in enumerate(rows):
        found |= {f"{prefix}-parts-{number}-{name}": value for name, value in row.items()}
    return found


def typed(cast: Cast, kind: str, **more: str) -> dict[str, str]:
    """Return what somebody types to decide in one of the ways; every field of the type is filled in."""
    pm, itm, cio = (cast.small.roles[code] for code in ("PM", "ITM", "CIO"))
    by_type = {
        "sole_owner": {"sole_owner-owner": itm},
        "split_scope": {
            "split_scope-terms": "The site",
            "split_scope-otherwise": pm,
            **lines("split_scope", {"name": "Harbour", "role": itm}, {"name": "Fleet", "role": pm}),
        },
        "split_threshold": {
            "split_threshold-terms": "Contract value",
            "split_threshold-mode": "bands",
            **lines(
                "split_threshold",
                {"role": pm, "upper": "50k", "unit": "EUR"},
                {"role": itm, "lower": "50,000", "unit": "EUR"},
            ),
        },
        "shared": {"shared-owner": itm, **lines("shared", {"role": pm, "text": "the technical evaluation"})},
        "delegate": {
            "delegate-owner": itm,
            "delegate-valid_from": day(0),
            "delegate-valid_until": day(365),
            **lines("delegate", {"role": pm, "upper": "10k", "unit": "EUR"}),
        },
        "escalate": {"escalate-owner": cio, "escalate-due_on": day(14), "escalate-terms": "Who signs?"},
        "defer": {"defer-review_on": day(30)},
    }
    common = {"type": kind, "reason": "It was agreed\nat the board.", "reversible": "on", "action": "preview"}
    return {**by_type[kind], **common, **more}


def page(answer: Any) -> str:
    return unescape(answer.content.decode())


def carried(answer: Any) -> dict[str, str]:
    """Return what the preview carries along unseen, as a browser would send it."""
    return {unescape(name): unescape(value) for name, value in HIDDEN.findall(answer.content.decode())}


def put_on_record(cast: Cast, sent: dict[str, str], duty: str = "VEN-1", who: str = "ed"):
    """Preview, and press the button that puts it on record."""
    client = cast.client(who)
    shown = client.post(url(cast, duty), sent)
    assert shown.status_code == 200, page(shown)
    return client.post(url(cast, duty), carried(shown) | {"action": "record"}, follow=True)


def row(cast: Cast, duty: str = "VEN-1") -> dict[str, str]:
    codes = {key: code for code, key in cast.small.roles.items()}
    cells = load_matrix(cast.small.matrix).cells.get(cast.small.duties[duty], {})
    return {codes[role]: letters for role, letters in cells.items()}


def alter(cast: Cast, kind: Kind, key: str, name: str, change: tuple[Any, Any]) -> None:
    """Change a record of the small organisation, or one field of it, from one value to another."""
    matrix = "" if kind is Kind.ROLE else cast.small.matrix_key
    write(cast.small.organisation, Change(Address(kind, matrix, key), name, *change))


def second_matrix(cast: Cast) -> models.Matrix:
    """Return another matrix in which VEN-1 stands, too."""
    key, small = new_key(), cast.small
    columns = [create(Kind.COLUMN, Column(at), role, matrix=key) for at, role in enumerate(small.roles.values())]
    row = create(Kind.ROW, Row(), small.duties["VEN-1"], matrix=key)
    write(small.organisation, create(Kind.SHEET, Sheet("Harbour"), key), row, *columns)
    return models.Matrix.objects.get(key=key)
