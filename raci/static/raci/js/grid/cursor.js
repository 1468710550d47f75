// Where one is in the grid: one tab stop, moved by the keys of a spreadsheet.

import { cellOf } from "./cell.js";

const FIRST_COLUMN = 2; // after code and duty

const MOVES = {
  ArrowUp: ([row, column]) => [row - 1, column],
  ArrowDown: ([row, column]) => [row + 1, column],
  ArrowLeft: ([row, column]) => [row, column - 1],
  ArrowRight: ([row, column]) => [row, column + 1],
  Home: ([row], { ctrl }) => [ctrl ? 0 : row, 0],
  End: ([row], { ctrl }) => [ctrl ? Infinity : row, Infinity],
  PageUp: ([row, column], { page }) => [row - page, column],
  PageDown: ([row, column], { page }) => [row + page, column],
};

const within = (number, count) => Math.max(0, Math.min(count - 1, number));

export class Cursor {
  constructor(table) {
    this.table = table;
    this.rows = [...table.querySelectorAll("tbody tr:not(.area)")];
    this.columns = this.rows[0].cells.length - FIRST_COLUMN;
    for (const link of table.querySelectorAll("a")) link.tabIndex = -1;
    this.stop = this.at([0, 0]);
    this.enter(this.stop);
  }

  at([row, column]) {
    return this.rows[row].cells[column + FIRST_COLUMN];
  }

  holds(td) {
    return Boolean(td?.closest("tbody")) && td.matches(".c, .edge");
  }

  enter(td) {
    td.tabIndex = 0;
    if (td !== this.stop) this.stop.removeAttribute("tabindex"); // from a cell in focus it would take the focus too
    this.stop = td;
    if (td.matches(".c")) cellOf(td); // its label is there before it is read aloud
  }

  goTo(td) {
    this.enter(td);
    td.focus();
  }

  // Moves by a key; false where the key is none that moves.
  move(key, ctrl) {
    if (!(key in MOVES)) return false;
    const from = [this.rows.indexOf(this.stop.parentElement), this.stop.cellIndex - FIRST_COLUMN];
    const [row, column] = MOVES[key](from, { ctrl, page: this.page() });
    this.goTo(this.at([within(row, this.rows.length), within(column, this.columns)]));
    return true;
  }

  page() {
    const window = this.table.parentElement.clientHeight - this.table.tHead.offsetHeight;
    return Math.max(1, Math.floor(window / this.stop.offsetHeight) - 1);
  }
}
