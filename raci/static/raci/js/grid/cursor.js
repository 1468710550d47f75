// Where one is in the grid, and how far the range reaches: one tab stop, moved by the keys of a spreadsheet.

const TITLE = -1; // the column of the duty; then come the roles, then the edge
const HEAD = -1; // the row of the roles

const within = (number, low, high) => Math.max(low, Math.min(high, number));

export class Cursor {
  constructor(sheet) {
    this.sheet = sheet;
    this.key = null; // of the item that one is in; null in the head
    this.column = 0;
    this.anchor = null; // the other corner of the range: {key, column}
    this.stop = null;
    sheet.onDraw = () => this.paint();
  }

  get layout() {
    return this.sheet.layout;
  }

  get columns() {
    return this.sheet.store.columns.length;
  }

  get place() {
    return this.key === null ? HEAD : (this.layout.stopOf.get(this.key) ?? 0);
  }

  get item() {
    return this.key === null ? null : this.layout.stops[this.place];
  }

  get row() {
    return this.item?.row ?? null;
  }

  get role() {
    return this.sheet.store.columns[this.column] ?? null;
  }

  // Whether it stands in a cell that holds letters.
  get isCell() {
    return Boolean(this.row) && this.column >= 0 && this.column < this.columns;
  }

  // The range as rows and columns: from corner to corner, whatever is folded or left out.
  get range() {
    const other = this.anchor ?? { key: this.key, column: this.column };
    const places = [this.place, this.layout.stopOf.get(other.key) ?? this.place].sort((a, b) => a - b);
    const columns = [this.column, other.column].sort((a, b) => a - b);
    const rows = this.layout.stops.slice(Math.max(0, places[0]), places[1] + 1).flatMap((item) => item.row ?? []);
    const roles = this.sheet.store.columns.slice(Math.max(0, columns[0]), Math.min(this.columns, columns[1] + 1));
    return { rows, roles, first: Math.max(0, columns[0]) };
  }

  get spots() {
    const { rows, roles } = this.range;
    return rows.flatMap((row) => roles.map((role) => ({ row, role })));
  }

  // Stands in the first cell; nothing moves for it.
  start() {
    this.key = this.layout.stops[0]?.key ?? null;
    this.sheet.kept = this.key;
    this.paint();
  }

  // Goes to a place; `extend` keeps the other corner where it is.
  goTo(place, column, { extend = false, focus = true } = {}) {
    const lowest = extend && this.isCell ? 0 : HEAD;
    const to = within(place, this.layout.stops.length ? lowest : HEAD, this.layout.stops.length - 1);
    if (extend) this.anchor ??= { key: this.key, column: this.column };
    else this.anchor = null;
    this.key = to === HEAD ? null : this.layout.stops[to].key;
    this.column = within(column, extend ? 0 : TITLE, extend ? this.columns - 1 : this.columns);
    this.sheet.kept = this.key;
    if (this.key !== null) this.sheet.reveal(this.key);
    this.paint();
    if (focus) this.focus();
  }

  goToCell(duty, role, options) {
    const place = this.layout.stopOf.get(duty);
    const column = this.sheet.store.columnOf.get(role);
    if (place === undefined) return false;
    this.goTo(place, column ?? this.column, options);
    return true;
  }

  // The element of a place in the document.
  element(key = this.key, column = this.column) {
    if (key === null) return this.sheet.table.tHead.rows[0].cells[column + 2];
    const line = this.sheet.lines.get(key);
    if (!line) return null;
    return line.cells[line.row ? column + 2 : 0];
  }

  focus() {
    const target = this.element();
    target?.focus({ preventScroll: this.key !== null && !this.isCell });
  }

  // Where an element stands.
  placeOfElement(td) {
    const tr = td.parentElement;
    if (tr.parentElement === this.sheet.table.tHead) return { place: HEAD, column: td.cellIndex - 2 };
    const key = tr.row ? tr.dataset.key : `area ${tr.querySelector("[data-fold]")?.dataset.fold}`;
    return { place: this.layout.stopOf.get(key), column: tr.row ? Math.max(TITLE, td.cellIndex - 2) : this.column };
  }

  // Shows the tab stop and the range on what is in the document now.
  paint() {
    if (this.key !== null && !this.layout.stopOf.has(this.key)) this.key = this.layout.stops[0]?.key ?? null;
    this.column = within(this.column, TITLE, this.columns);
    const stop = this.element();
    if (stop !== this.stop) {
      this.stop?.removeAttribute("tabindex");
      this.stop = stop;
      if (stop) stop.tabIndex = 0; // only then: the browser lays everything out anew for it
    }
    this.paintRange();
  }

  paintRange() {
    const marked = this.anchor ? new Set(this.range.rows.map((row) => row.key)) : null;
    const [low, high] = this.anchor ? [this.column, this.anchor.column].sort((a, b) => a - b) : [0, -1];
    for (const [key, line] of this.sheet.lines) {
      if (!line.row || (!line.marked && !marked?.has(key))) continue;
      line.marked = Boolean(marked?.has(key));
      for (let at = 0; at < this.columns; at += 1) {
        const isIn = line.marked && at >= low && at <= high;
        line.cells[at + 2].classList.toggle("is-in", isIn);
        if (isIn) line.cells[at + 2].setAttribute("aria-selected", "true");
        else line.cells[at + 2].removeAttribute("aria-selected");
      }
    }
  }
}
