// What is said of what is on its way: saved, waiting, contested, refused, taken back.

import { nameOf } from "./letters.js";
import { part, say, word } from "./words.js";

const saved = (grid, cells) => {
  if (cells.some(([duty, role]) => grid.queue.entry(duty, role))) return null; // more is on its way
  if (cells.length > 1) return say(word("saved-many", { count: cells.length }));
  const [[duty, role]] = cells;
  return say(word("saved", { cell: `${grid.store.where(duty, role)}: ${nameOf(grid.letters(duty, role))}` }));
};

const refused = (grid, cells, why) => {
  for (const [duty] of cells) grid.sheet.redraw(duty);
  if (cells.length) grid.clashes.handBack(cells, why);
  say(word("refused", { why }));
};

const waits = (grid, kind, cells) => {
  const [first] = cells;
  const where = first ? grid.store.where(first[0], first[1]) : word("undo");
  const link = kind === "signed-out" ? { href: part("[data-sign-in]").href, text: word("sign-in") } : null;
  say(word(kind, { where }), link);
};

const undone = (grid, answer, which) => {
  if (answer.kind === "done") {
    const [first] = answer.cells ?? [];
    if (first) grid.cursor.goToCell(first[0], first[1]);
    return say(word(which === "undo" ? "taken-back" : "done-again", { sentence: answer.sentence }));
  }
  if (answer.kind === "clash") return say(word("moved-on", { sentence: answer.sentence, by: answer.by }));
  return say(answer.kind === "gone" ? word("no-step") : answer.why);
};

// Returns what the queue tells the grid.
export const listeners = (grid) => ({
  changed: (duties) => duties.forEach((key) => grid.sheet?.redraw(key)),
  delta: (delta) => grid.take(delta, false),
  saved: ({ cells }) => saved(grid, cells),
  clashed: (conflicts) => grid.clashes.ask(conflicts),
  refused: ({ cells }, why) => refused(grid, cells, why),
  waits: (kind, { cells }) => waits(grid, kind, cells),
  undone: (answer, which) => undone(grid, answer, which),
});
