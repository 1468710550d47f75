"""What axe finds on a page: one question for every test that looks at one."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Colours that fade are read halfway: a change of scheme fades each link for an eighth of a second. Two frames, because
# what has just been asked of the page begins in the next one; what never ends is not waited for.
_STILL = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  await frame();
  const moving = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime < Infinity);
  await Promise.allSettled(moving.map((one) => one.finished));
}"""


def flaws(page: Page) -> list[str]:
    """Return a line for each element that breaks a rule of axe, once nothing moves any more.

    Each says where it is, which rule, what is wrong and the element; the list is empty where all is well.
    """
    page.evaluate(_STILL)
    return [
        f"{page.url}: {found['id']}: {_why(node)}: {node['html'][:160]}"
        for found in Axe().run(page).response["violations"]
        for node in found["nodes"]
    ]


def _why(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
