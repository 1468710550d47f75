"""manage.py read_matrix: what a file holds, for people and as JSON."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

GRID = "Task,Master,Crew,Pilot\nMoor,A,R,C\nUnload,A,R (at night),-\n"


def run(path: Path, *options: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("read_matrix", str(path), *options, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(end.code or 0)
    return out.getvalue(), 0


def test_it_prints_matrices_as_json(tmp_path: Path) -> None:
    file = tmp_path / "landing.csv"
    file.write_text(GRID)
    text, status = run(file, "--json")
    (matrix,) = json.loads(text)["matrices"]
    assert (matrix["roles"], matrix["duties"]) == (["Master", "Crew", "Pilot"], ["Moor", "Unload"])
    assert matrix["cells"] == [[0, 0, "A"], [0, 1, "R"], [0, 2, "C"], [1, 0, "A"], [1, 1, "R"]]
    assert status == 0


def test_it_tells_people_what_was_read(tmp_path: Path) -> None:
    file = tmp_path / "landing.csv"
    file.write_text(GRID)
    text, _status = run(file)
    assert "Moor: Master A, Crew R, Pilot C" in text
    assert "nobody has a part there" in text


def test_it_ends_with_one_where_there_is_no_matrix(tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("# Notes\n\nNothing here.\n")
    text, status = run(file, "--json")
    assert status == 1
    assert json.loads(text)["matrices"] == []
    assert json.loads(text)["problems"][0]["weight"] == "refused"


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("read_matrix", str(tmp_path / "gone.csv"))
