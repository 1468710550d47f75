// What the server has confirmed: rows, columns, sections and figures at one revision, and the letters of every cell.

const BASE = 32;
const KEY = 12;

// A cell of a row is one character; blanks at the end are left out.
const indexAt = (row, column) => Math.max(0, (row.cells.charCodeAt(column) || BASE) - BASE);

export class Store {
  constructor() {
    this.rows = new Map();
    this.order = [];
  }

  takeTop(top) {
    Object.assign(this, {
      revision: top.revision,
      contents: top.contents,
      columns: top.columns,
      areas: top.areas,
      rules: top.rules,
      health: top.health,
    });
    this.columnOf = new Map(top.columns.map((column, at) => [column.key, at]));
    this.contentOf = new Map(top.contents.map((letters, at) => [letters, at]));
    this.areaOf = new Map(top.areas.map((area) => [area.key, area]));
  }

  // Takes the whole payload.
  load(payload) {
    this.takeTop(payload);
    const { key, code, title, area, cells } = payload.rows;
    this.order = code.map((_, at) => key.slice(at * KEY, (at + 1) * KEY));
    this.rows = new Map(
      this.order.map((one, at) => [
        one,
        { key: one, code: code[at], title: title[at], area: payload.areas[area[at]].key, cells: cells[at] },
      ]),
    );
    for (const [at, state] of payload.state) Object.assign(this.rows.get(this.order[at]), state);
  }

  // Takes what is newer; false where it is older than what is here.
  merge(delta) {
    if (delta.revision < this.revision) return false;
    this.takeTop(delta);
    for (const row of delta.rows) this.rows.set(row.key, row);
    if (delta.order) {
      this.order = delta.order;
      const kept = new Set(delta.order);
      for (const key of this.rows.keys()) if (!kept.has(key)) this.rows.delete(key);
    }
    return true;
  }

  letters(duty, role) {
    const row = this.rows.get(duty);
    return row ? (this.contents[indexAt(row, this.columnOf.get(role))] ?? "") : "";
  }

  at(row, column) {
    return this.contents[indexAt(row, column)] ?? "";
  }

  has(duty, role) {
    return this.rows.has(duty) && this.columnOf.has(role);
  }

  // Tells how a cell is called: "Select the vendor, IT Manager".
  where(duty, role) {
    const column = this.columns[this.columnOf.get(role)];
    return [this.rows.get(duty)?.title, column?.name].filter(Boolean).join(", ");
  }
}
