"""A server that is killed and started again under an edit: what was typed waits, is sent, and stands once."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.races, pytest.mark.browser]


def test_what_is_typed_while_the_server_is_gone_is_written_when_it_is_back(browser, site, start):
    prepared = site("prepare", "restart", 1)
    [session] = prepared["sessions"].values()
    server = start()
    url = f"http://127.0.0.1:{server.port}"
    context = browser.new_context(base_url=url, viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
    page = context.new_page()
    page.goto(f"/o/restart/matrices/{prepared['matrix']}/")
    page.locator("table.is-grid").wait_for()
    said = page.locator("[data-grid-said]")
    page.locator('[id="D-0"] td.c').first.click()
    page.keyboard.press("a")
    expect(said).to_contain_text("Saved", timeout=15000)
    server.kill()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("r")
    expect(said).to_contain_text("waits", timeout=20000)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("c")
    expect(page.locator('[id="D-2"] td.c').first).to_have_text("C")
    server.start()
    expect(said).to_contain_text("Saved. Do 2, Role 0: Consulted", timeout=60000)
    report = site("report", "restart")
    first = prepared["roles"][0]
    wanted = [[prepared["duties"][row], first, letters] for row, letters in enumerate(("A", "R", "C"))]
    assert sorted(report["cells"]) == sorted(wanted)
    assert [size for _number, _by, size in report["revisions"][1:]] == [1, 1, 1]
    assert report["faults"] == []
    context.close()
