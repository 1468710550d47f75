// Starts the grid. Without this script the page shows its first rows, and every cell leads to its form.

import { asTable, format, parse } from "./clipboard.js";
import { Grid } from "./grid.js";
import { press } from "./keys.js";
import { move } from "./moves.js";
import { fetchGrid } from "./send.js";
import { Store } from "./store.js";
import { part, say, word } from "./words.js";

const table = document.querySelector("table.matrix");

const inGrid = (event) => event.target.closest?.("td, th")?.closest("table") === table && !event.target.matches("input");

const listenToKeys = (grid) => {
  table.addEventListener("keydown", (event) => {
    if (event.isComposing || !inGrid(event) || event.target.matches("input") || grid.late.holds(event)) return;
    if ((!event.altKey && move(grid.cursor, event, grid.letters)) || press(grid, event)) event.preventDefault();
  });
  part("[data-open-keys]").addEventListener("click", () => part("[data-grid-keys]").showModal());
  part("[data-add-duty]")?.addEventListener("click", () => grid.addDuty());
  part("[data-add-role]")?.addEventListener("click", () => grid.late.run(() => grid.menus.addRole()));
  document.querySelector("[data-clear-filter]")?.addEventListener("click", () => grid.filter.clear());
};

// A mouse chooses a cell and draws a range; twice opens it. A finger, which cannot type, opens it at once.
const listenToPointer = (grid) => {
  const { cursor } = grid;
  let drawing = false;
  const goTo = (event, extend) => {
    const td = event.target.closest("td, th");
    if (!td || td.closest("table") !== table || !td.closest("tbody, thead")) return false;
    const { place, column } = cursor.placeOfElement(td);
    if (place === undefined) return false;
    cursor.goTo(place, column, { extend: extend && cursor.isCell });
    return true;
  };
  table.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button !== 0 || event.target.closest("a, button, input")) return;
    if (goTo(event, event.shiftKey)) event.preventDefault();
    grid.pressed = event;
    drawing = Boolean(event.target.closest("td.c"));
  });
  table.addEventListener("pointerover", (event) => drawing && event.target.closest("td.c") && goTo(event, true));
  document.addEventListener("pointerup", () => (drawing = grid.pressed = null));
  table.addEventListener("dblclick", (event) => {
    if (!grid.typing || !event.target.closest("th.duty")) return cursor.row && grid.openPanel(cursor.row, cursor.isCell ? cursor.role.key : "");
    return grid.rename();
  });
  table.addEventListener("click", (event) => {
    const fold = event.target.closest("[data-fold]");
    if (fold) grid.fold(fold.dataset.fold);
    else if (event.pointerType === "touch" && goTo(event, false) && cursor.row) {
      grid.openPanel(cursor.row, cursor.isCell ? cursor.role.key : "");
    }
  });
  table.addEventListener("contextmenu", (event) => {
    if (!event.target.closest("th.duty, td.code, th.role") || !goTo(event, false)) return;
    event.preventDefault();
    grid.menu();
  });
};

const listenToClipboard = (grid) => {
  const { cursor } = grid;
  const copy = (event) => {
    if (!inGrid(event) || !cursor.isCell) return false;
    const { rows, roles } = cursor.range;
    const texts = rows.map((row) => roles.map((role) => grid.letters(row.key, role.key)));
    event.clipboardData.setData("text/plain", format(texts));
    event.clipboardData.setData("text/html", asTable(texts));
    event.preventDefault();
    say(word("copied", { count: rows.length * roles.length }));
    return true;
  };
  document.addEventListener("copy", copy);
  document.addEventListener("cut", (event) => grid.typing && copy(event) && grid.set(cursor.spots, ""));
  document.addEventListener("paste", (event) => {
    if (!grid.typing || !inGrid(event) || !cursor.isCell) return;
    event.preventDefault();
    grid.paste(parse(event.clipboardData.getData("text/plain")));
  });
};

const start = async () => {
  const store = new Store();
  store.load(await fetchGrid());
  const grid = new Grid(table, store, table.hasAttribute("data-typing"));
  listenToKeys(grid);
  listenToPointer(grid);
  listenToClipboard(grid);
  part("[data-grid-bar]").hidden = false;
  if (grid.typing && grid.queue.resume()) say(word("resumed"));
  requestAnimationFrame(() =>
    setTimeout(() => {
      performance.mark("grid-ready"); // it is painted
      grid.sheet.widen();
      grid.late.fetch();
    }),
  );
};

// Where the payload cannot be had the page stays as it came: its rows can be read and every cell has its form.
start().catch((error) => {
  table.removeAttribute("data-more");
  say(word("no-grid"));
  throw error;
});
