// What is said of what is on its way: saved, waiting, contested, refused, taken back; and of what others changed.

import { nameOf } from "./letters.js";
import { fetchGrid } from "./send.js";
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
  delta: (delta) => take(grid, delta, false),
  saved: ({ cells }) => saved(grid, cells),
  clashed: (conflicts) => grid.clashes.ask(conflicts),
  refused: ({ cells }, why) => refused(grid, cells, why),
  waits: (kind, { cells }) => waits(grid, kind, cells),
  undone: (answer, which) => undone(grid, answer, which),
});

const FLASH_MS = 2500;

const light = (td) => {
  td.classList.remove("is-new");
  void td.offsetWidth; // the animation begins again where it still runs
  td.classList.add("is-new");
  setTimeout(() => td.classList.remove("is-new"), FLASH_MS);
};

// Flashes the cells that somebody else wrote; returns who changed how many cells, by name.
const flash = (grid, by) => {
  const told = new Map();
  for (const { name, mine, cells } of by.filter((one) => !one.mine)) {
    told.set(name, (told.get(name) ?? 0) + Math.max(1, cells.length));
    for (const [duty, role] of cells) {
      const column = grid.store.columnOf.get(role);
      const line = grid.sheet.lines.get(duty);
      if (line?.row && column !== undefined && !mine) light(line.cells[column + 2]);
    }
  }
  return told;
};

const tell = (told) => {
  if (told.size) say([...told].map(([name, count]) => word("others", { name, count })).join(" "));
};

// A layout holds the rows themselves: a row that came anew takes the place of the old one.
const relink = ({ layout }, row) => {
  const place = layout.placeOf.get(row.key);
  if (place !== undefined) layout.items[place].row = row;
};

// Takes what the server says is newer. `others` tells that it was asked for, not answered to a write.
export const take = async (grid, delta, others) => {
  const { store, sheet, table, cursor } = grid;
  if (delta.reload) {
    store.load(await fetchGrid());
    delta.order = store.order;
  } else if (!store.merge(delta)) return;
  const hadFocus = table.contains(document.activeElement);
  grid.heads.draw();
  if (delta.order || sheet.lines.size === 0) grid.refresh();
  else {
    for (const row of delta.rows) relink(sheet, row);
    sheet.draw();
    grid.filter.count(sheet.layout.shown);
  }
  if (hadFocus && !table.contains(document.activeElement)) cursor.focus();
  const told = flash(grid, delta.by ?? []);
  if (others) tell(told);
};
