// What each key does in the grid, beside those that move.

import { codeOf, nameOf, toggled } from "./letters.js";
import { part, say, word } from "./words.js";

const help = part("[data-grid-keys]");

const letterKeys = (grid, event) => {
  const code = codeOf(event.key);
  if (!code || !grid.cursor.isCell) return false;
  const { spots } = grid.cursor;
  const first = grid.queue.letters(spots[0].row.key, spots[0].role.key);
  const wanted = event.shiftKey ? toggled(first, code) : code;
  grid.set(spots, wanted);
  return true;
};

const empty = (grid) => grid.cursor.isCell && grid.set(grid.cursor.spots, "");

const open = (grid) => {
  const { cursor } = grid;
  if (cursor.key === null) return grid.roleMenu();
  if (!cursor.row) return grid.fold(cursor.item.area);
  const role = cursor.isCell ? cursor.role.key : "";
  if (role && grid.clashes?.of(cursor.row.key, role)) return grid.clashes.focus(cursor.row.key, role);
  return grid.openPanel(cursor.row, role);
};

const foldHere = (closed) => (grid) => {
  const area = grid.cursor.row?.area ?? grid.cursor.item?.area;
  if (area !== undefined) grid.fold(area, closed);
};

const PLAIN = {
  Enter: open,
  "?": () => help.showModal(),
  Escape: (grid) => grid.cursor.goTo(grid.cursor.place, grid.cursor.column),
  "-": foldHere(true),
  "+": foldHere(false),
};

const TYPING = {
  Delete: empty,
  Backspace: empty,
  F2: (grid) => grid.rename(),
  Insert: (grid) => grid.addDuty(),
  ContextMenu: (grid) => grid.menu(),
};

const CTRL = {
  a: (grid) => grid.cursor.goTo(Infinity, Infinity, { extend: (grid.cursor.goTo(0, 0), true) }),
  z: (grid, event) => grid.typing && grid.queue.turn(event.shiftKey ? "redo" : "undo"),
  y: (grid) => grid.typing && grid.queue.turn("redo"),
};

const ALT = {
  ArrowUp: (grid) => grid.shift(-1),
  ArrowDown: (grid) => grid.shift(1),
  ArrowLeft: (grid) => grid.shiftRole(-1),
  ArrowRight: (grid) => grid.shiftRole(1),
};

const act = (deeds, name, grid, event) => {
  const deed = deeds[name];
  deed?.(grid, event);
  return Boolean(deed);
};

// Does what a key means here; false where it means nothing.
export const press = (grid, event) => {
  if (event.altKey) return grid.typing && act(ALT, event.key, grid, event);
  if (event.ctrlKey || event.metaKey) return act(CTRL, event.key.toLowerCase(), grid, event);
  if (event.shiftKey && event.key === "F10") return act(TYPING, "ContextMenu", grid, event);
  if (act(PLAIN, event.key, grid, event)) return true;
  if (!grid.typing) return false;
  if (act(TYPING, event.key, grid, event)) return true;
  return letterKeys(grid, event);
};

// Says what was done to a range.
export const sayRange = (spots, wanted) => say(word("filled", { count: spots.length, letters: nameOf(wanted) }));
