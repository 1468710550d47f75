"""The grid of a matrix of 10,000 duties by 50 roles in headless Chromium, against a real server.

What a person waits for, in milliseconds of the browser's clock: the medians of several rounds.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measure import Check, verdict

ROOT = Path(__file__).resolve().parents[1]
DUTIES, ROLES, ROUNDS = 10_000, 50, 5

# Collects tasks that keep the page from answering for longer than 50 ms.
LONG_TASKS = """() => {
  window.longTasks = [];
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((task) => task.duration)))
    .observe({ entryTypes: ["longtask"] });
}"""
# Goes down the sheet for so many frames; 120 pixels a frame is a wheel that is turned as fast as it goes.
SCROLL = """([frames, pixels]) => new Promise((resolve) => {
  const sheet = document.querySelector(".sheet");
  window.longTasks.length = 0;
  const step = () => {
    sheet.scrollTop += pixels;
    if (frames-- > 0) requestAnimationFrame(step);
    else setTimeout(() => resolve([...window.longTasks]), 100);
  };
  step();
})"""
# From the key to the end of the frame in which the letter is painted.
KEYSTROKE = """(key) => new Promise((resolve) => {
  const cell = document.activeElement;
  const asked = performance.now();
  cell.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  requestAnimationFrame(() => {
    const text = cell.textContent;
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve([performance.now() - asked, text]);
    channel.port2.postMessage(0);
  });
})"""
# The grid marks the moment at which its first frame has been painted.
MARKED = "performance.getEntriesByName('grid-ready').length"
PATIENCE = 60  # seconds; a page that takes longer has failed
READY = """() => {
  const [page] = performance.getEntriesByType("navigation");
  const [mark] = performance.getEntriesByName("grid-ready");
  const [paint] = performance.getEntriesByName("first-contentful-paint");
  return [mark.startTime - page.responseEnd, paint.startTime - page.responseEnd, page.responseEnd];
}"""


@contextmanager
def site() -> Iterator[tuple[str, str, str]]:
    """Yield the address of a server over a large matrix of its own, a session, and the path of the matrix."""
    sys.path.insert(0, str(ROOT))
    from tests.races.server import Database, Server, environment

    with tempfile.TemporaryDirectory() as folder:
        database = Database(Path(folder))
        values = environment(database, "orgroles.settings")
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity=0"], cwd=ROOT, env=values, check=True)
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.data", str(DUTIES), str(ROLES)],
            cwd=ROOT, env=values, check=True, capture_output=True, text=True,
        )  # fmt: skip
        session, path = json.loads(made.stdout)
        server = Server(database, Path(folder), threads=4)
        server.start()
        try:
            yield f"http://127.0.0.1:{server.port}", session, path
        finally:
            server.kill()
            database.drop()


@contextmanager
def page_of(address: str, session: str) -> Iterator[Any]:
    """Yield a page of headless Chromium in which the session is signed in, with an empty cache."""
    from playwright.sync_api import sync_playwright

    from tests.tools import CHROMIUM_FLAGS, find_tool

    flags = [*CHROMIUM_FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_tool("chromium"), args=flags)
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
        yield context.new_page()
        browser.close()


def measure(address: str, session: str, path: str) -> dict[str, float]:
    """Return the figures of one round: a fresh browser, one page, a long scroll, a keystroke."""
    with page_of(address, session) as page:
        sizes: dict[str, float] = {}
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        names: dict[str, str] = {}
        wire.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
        wire.on(
            "Network.loadingFinished",
            lambda event: sizes.update({names.get(event["requestId"], ""): event["encodedDataLength"]}),
        )
        page.goto(path)
        wait_for_grid(page)
        ready, paint, response = page.evaluate(READY)
        nodes = page.evaluate("document.querySelectorAll('*').length")
        page.evaluate(LONG_TASKS)
        page.locator(".matrix td.c").first.click()
        tasks = page.evaluate(SCROLL, [120, 120])
        flung = page.evaluate(SCROLL, [120, 300])
        page.keyboard.press("Control+Home")
        key = "i" if "I" not in first(page) else "c"
        with page.expect_response("**/cells.json") as answer:
            painted, text = page.evaluate(KEYSTROKE, key)
        timing = answer.value.request.timing
        answered = timing["responseStart"] - timing["requestStart"]
        assert text in ("I", "C"), text
        sent = next(size for name, size in sizes.items() if name.endswith("grid.json"))
        return {
            "ready": ready, "paint": paint, "response": response, "nodes": nodes, "kB": sent / 1000,
            "long": len(tasks), "longest": max(tasks, default=0), "flung": len(flung),
            "painted": painted, "answered": answered,
        }  # fmt: skip


def wait_for_grid(page: Any) -> None:
    """Wait until the grid has been painted. Asked from outside: the policy of the page allows no polling by text."""
    end = time.monotonic() + PATIENCE
    while not page.evaluate(MARKED):
        assert time.monotonic() < end, page.locator("[data-grid-said]").text_content()
        page.wait_for_timeout(20)


def first(page: Any) -> str:
    return str(page.locator(".matrix td.c").first.inner_text())


def main() -> int:
    """Measure, print, and return 1 where a limit is passed."""
    with site() as (address, session, path):
        measure(address, session, path)  # the server's own caches
        found = [measure(address, session, path) for _ in range(ROUNDS)]
    figures = {name: median(round_[name] for round_ in found) for name in found[0]}
    for name, figure in figures.items():
        print(f"{name:10} {figure:10.1f}   {' '.join(f'{round_[name]:.1f}' for round_ in found)}")
    return verdict(
        [
            Check("usable after the page's response", figures["ready"], 1000, " ms"),
            Check("over the wire", figures["kB"], 350, " kB"),
            Check("elements in the document", figures["nodes"], 6000),
            Check("tasks over 50 ms in 120 frames of the wheel", figures["long"], 0),
            Check("from the key to the painted letter", figures["painted"], 50, " ms"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
