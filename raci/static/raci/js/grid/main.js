// The grid of a matrix under the fingers. Without this script every cell leads to its form, as before.

import { cellOf } from "./cell.js";
import { Cursor } from "./cursor.js";
import { refreshEdges } from "./edge.js";
import { codeOf, toggled } from "./letters.js";
import { note, redo, undo } from "./undo.js";
import { part, say, word } from "./words.js";
import { write } from "./write.js";

const table = document.querySelector("table.matrix");
const keys = part("[data-grid-keys]");
const cursor = new Cursor(table);

const set = (cell, letters) => {
  if (letters === cell.shown) return;
  const step = { cell, before: cell.shown, after: letters };
  note(step);
  write(cell, letters, step);
};

const goBack = (step) => {
  if (!step) return say(word("no-step"));
  cursor.goTo(step.cell.td);
  if (step.letters === null) return say(word("moved-on", { where: step.cell.where }));
  return write(step.cell, step.letters);
};

const COMMANDS = { z: (shift) => goBack(shift ? redo() : undo()), y: () => goBack(redo()) };

const open = (td) => {
  const clash = td.matches(".c") && cellOf(td).clash;
  if (clash) clash.focus();
  else td.querySelector("a")?.click();
};

const KEYS = {
  Enter: open,
  "?": () => keys.showModal(),
  Delete: (td) => set(cellOf(td), ""),
  Backspace: (td) => set(cellOf(td), ""),
};
const ANYWHERE = ["Enter", "?"];

const command = (event) => {
  const act = COMMANDS[event.key.toLowerCase()];
  act?.(event.shiftKey);
  return Boolean(act);
};

// Returns whether the key meant something here.
const press = (td, event) => {
  const ctrl = event.ctrlKey || event.metaKey;
  if (cursor.move(event.key, ctrl)) return true;
  if (ctrl) return command(event);
  const isCell = td.matches(".c");
  if (event.key in KEYS && (isCell || ANYWHERE.includes(event.key))) {
    KEYS[event.key](td);
    return true;
  }
  const code = isCell && codeOf(event.key);
  if (!code) return false;
  const cell = cellOf(td);
  set(cell, event.shiftKey ? toggled(cell.shown, code) : code);
  return true;
};

table.addEventListener("keydown", (event) => {
  if (event.altKey || event.isComposing || !cursor.holds(event.target)) return;
  if (press(event.target, event)) event.preventDefault();
});

// A mouse chooses a cell, twice opens it; a finger, which cannot type, opens it at once.
table.addEventListener("click", (event) => {
  const td = event.target.closest("td");
  if (!cursor.holds(td) || !td.matches(".c")) return;
  const isPlain = event.pointerType === "mouse" && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!isPlain) return;
  event.preventDefault();
  if (event.detail === 2) open(td);
  else cursor.goTo(td);
});

table.addEventListener("focusin", (event) => {
  if (cursor.holds(event.target)) cursor.enter(event.target);
});

part("[data-open-keys]").addEventListener("click", () => keys.showModal());

table.setAttribute("role", "grid");
table.parentElement.removeAttribute("tabindex"); // the grid is the one tab stop
part("[data-grid-bar]").hidden = false;
refreshEdges();
