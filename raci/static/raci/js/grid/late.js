// What neither the first sight nor the first letter needs: fetched once the grid is painted. Whoever asks for it before
// stands in a line, and every key pressed behind that stands there too: nothing is lost and nothing overtakes.

import { nextTurn } from "./patience.js";

const fetchAll = () =>
  Promise.all([import("./clash.js"), import("./drag.js"), import("./feed.js"), import("./inline.js"), import("./menus.js"), import("./paste.js"), import("./structure.js"), import("./telling.js"), import("../panel.js")]);

// What the browser itself would have done, had the key come only now.
const byHand = (target, { key, ctrlKey, metaKey }) => {
  if (target.matches("button, a") && ["Enter", " "].includes(key)) target.click();
  if (!target.matches("input") || ctrlKey || metaKey) return;
  if (key === "Backspace" && target.selectionStart === target.selectionEnd) target.selectionStart = Math.max(0, target.selectionStart - 1);
  if (key === "Backspace") target.setRangeText("");
  if (key.length === 1) target.setRangeText(key, target.selectionStart, target.selectionEnd, "end");
};

const pressAgain = (event) => {
  const target = document.activeElement;
  if (target.dispatchEvent(new KeyboardEvent("keydown", event))) byHand(target, event);
};

export class Late {
  // `take` is given the modules as soon as they are here.
  constructor(take) {
    Object.assign(this, { take, line: [], isHere: false });
    this.whole = new Promise((resolve) => (this.done = resolve));
  }

  // Fetches everything; without a network it is tried again, while letters are taken and kept.
  async fetch() {
    for (let modules = null; !modules; ) {
      modules = await fetchAll().catch(() => null);
      if (modules) this.take(Object.assign({}, ...modules));
      else await nextTurn();
    }
    this.isHere = true;
    for (const deed of this.line.splice(0)) deed();
    this.done();
  }

  // Does it now, or in its turn.
  run(deed) {
    if (this.isHere) return deed();
    this.line.push(deed);
    return null;
  }

  // Whether a key has to wait for what was asked before it.
  holds(event) {
    if (!this.line.length) return false;
    event.preventDefault();
    this.line.push(() => pressAgain(event));
    return true;
  }
}
