"""The stylesheets of the workspace as one file: in order, right while one develops, and collected in production."""

import os
from pathlib import Path

import pytest

from orgroles import static
from orgroles.static import JOINED, SOURCES, STYLES, JoinedStyles, joined


@pytest.fixture
def finder(tmp_path, settings, monkeypatch):
    """A finder over three small stylesheets, which writes into a folder of its own."""
    folder = tmp_path / "css"
    folder.mkdir()
    for name in ("first", "second", "last"):
        (folder / f"{name}.css").write_text(f".{name} {{}}\n")
    monkeypatch.setattr(static, "SOURCES", folder)
    monkeypatch.setattr(static, "STYLES", ("first", "second", "last"))
    settings.BUILD_DIR = tmp_path / "build"
    return JoinedStyles()


def test_every_stylesheet_of_the_workspace_is_joined_once():
    there = sorted(path.stem for path in SOURCES.glob("*.css") if not path.stem.startswith("admin"))
    assert sorted(STYLES) == there


def test_tokens_come_first_and_print_last():
    assert (STYLES[0], STYLES[-1]) == ("tokens", "print")
    text = joined(SOURCES)
    places = [text.index(f"/* {name}.css */") for name in STYLES]
    assert places == sorted(places)


def test_no_stylesheet_names_another_file():
    """An address in a stylesheet counts from its folder, which a joined file must share."""
    assert "@import" not in joined(SOURCES)
    assert (SOURCES / "look.css").exists() is False


def test_it_is_found_by_its_name_only(finder, tmp_path):
    found = finder.find(JOINED)
    assert found == str(tmp_path / "build" / "static" / JOINED)
    assert finder.find(JOINED, find_all=True) == [found]
    assert finder.find("raci/css/base.css") == []


def test_it_is_made_anew_when_a_source_has_changed_and_only_then(finder):
    place = Path(finder.storage.path(JOINED))
    os.utime(finder.find(JOINED), (1, 1))
    finder.find(JOINED)
    assert place.stat().st_mtime == 1
    (static.SOURCES / "second.css").write_text(".second { color: inherit }\n")
    finder.find(JOINED)
    assert ".second { color: inherit }\n\n/* last.css */" in place.read_text(encoding="utf-8")


def test_it_is_collected(finder):
    assert [name for name, storage in finder.list(None) if storage.exists(name)] == [JOINED]
    assert list(finder.list(["*.css"])) == []


@pytest.mark.django_db
def test_a_page_asks_for_one_stylesheet_and_gets_it(client):
    page = client.get("/accounts/login/").content.decode()
    assert page.count('rel="stylesheet"') == 1
    answer = client.get(f"/static/{JOINED}")
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/css")
    assert b"".join(answer.streaming_content).decode() == joined(SOURCES)
