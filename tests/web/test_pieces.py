"""The rows of a payload that are taken over from an earlier one say what they would say if they were written anew."""

from raci import models
from raci.web import live
from tests.factories import write
from tests.web.screens import base
from tests.web.test_live import register_changes


def test_whatever_changes_the_payload_is_as_if_it_had_been_written_anew(cast):
    client = cast.client("bob")
    client.get(f"{base(cast)}grid.json")
    for what, changes in register_changes(cast).items():
        write(cast.small.organisation, *changes)
        carried = client.get(f"{base(cast)}grid.json").json()
        live._packed.clear()
        live._pieces.clear()
        assert client.get(f"{base(cast)}grid.json").json() == carried, what


def test_a_row_in_which_nothing_changed_is_not_written_again(cast, monkeypatch):
    client, seen = cast.client("ed"), []
    client.get(f"{base(cast)}grid.json")
    monkeypatch.setattr("raci.web.payload.Payload.cells", lambda self, duty: seen.append(duty) or "")
    cells = [[cast.small.duties["FIN-1"], cast.small.roles["PM"], "", "C"]]
    found = models.Matrix.objects.get(key=cast.small.matrix_key).organisation.revision
    body = {"since": found, "changes": cells}
    assert client.post(f"{base(cast)}cells.json", body, content_type="application/json").status_code == 200
    seen.clear()
    client.get(f"{base(cast)}grid.json")
    assert seen == [cast.small.duties["FIN-1"]]
