// Every keystroke is one write: painted at once, sent in order within its cell, taken back where it is refused.

import { ask } from "./clash.js";
import { nextTurn, wentWell } from "./patience.js";
import { send } from "./send.js";
import { forget } from "./undo.js";
import { say, word, part } from "./words.js";

const unfinished = new Set();
const afterwards = new Set();

// Calls back with each cell whose last write has been confirmed.
export const whenWritten = (listener) => afterwards.add(listener);

const settle = (cell) => {
  if (cell.queue.length) return;
  unfinished.delete(cell);
  cell.paint(cell.confirmed);
};

const done = (cell, { letters }) => {
  cell.queue.shift();
  cell.confirmed = letters;
  settle(cell);
  if (cell.queue.length) return;
  say(word("saved", { cell: cell.td.getAttribute("aria-label") }));
  for (const listener of afterwards) listener(cell);
};

const refused = (cell, { why }) => {
  forget(cell.queue.shift().step);
  settle(cell);
  say(word("refused", { where: cell.where, why }));
};

const choose = (cell, choice) => {
  const { theirs } = cell.clash;
  const last = cell.queue.pop();
  for (const write of cell.queue.splice(0)) forget(write.step);
  cell.clash = null;
  cell.confirmed = theirs;
  cell.mark("");
  if (choice === "mine") {
    if (last.step) last.step.before = theirs;
    cell.queue.push(last);
    run(cell);
  } else {
    forget(last.step);
    settle(cell);
    say(word("kept", { cell: cell.td.getAttribute("aria-label") }));
  }
  cell.td.focus();
};

const clashed = (cell, theirs) => {
  cell.mark("clash");
  cell.clash = ask(cell, theirs, (choice) => choose(cell, choice));
  say(word("clashed", { where: cell.where }));
};

const wait = async (cell, kind) => {
  cell.mark("waiting");
  const link = kind === "signed-out" ? { href: part("[data-sign-in]").href, text: word("sign-in") } : null;
  say(word(kind, { where: cell.where }), link);
  await nextTurn();
};

const take = { done, refused, clash: clashed };

async function run(cell) {
  if (cell.busy) return;
  cell.busy = true;
  while (cell.queue.length && !cell.clash) {
    const answer = await send(cell.url, cell.confirmed, cell.queue[0].letters);
    if (answer.kind in take) {
      wentWell();
      if (cell.state) cell.mark("");
      take[answer.kind](cell, answer);
    } else {
      await wait(cell, answer.kind);
    }
  }
  cell.busy = false;
}

// Paints letters and sends them. `step` is what undo remembers of it, null for an undo itself.
export const write = (cell, letters, step = null) => {
  cell.queue.push({ letters, step });
  unfinished.add(cell);
  cell.paint(letters);
  cell.clash?.refill();
  run(cell);
};

// Nobody leaves by accident while something is on its way.
window.addEventListener("beforeunload", (event) => {
  if (unfinished.size) event.preventDefault();
});
