// The head of the grid with its roles, and its foot with the figures under each.

import { make, part, word } from "./words.js";

const heldBy = (column) => (column.held ?? []).join(", ");
const look = (column) => `${column.name}|${heldBy(column)}`;
const same = (head, columns) =>
  head.length === columns.length && head.every((th, at) => th.dataset.key === columns[at].key && th.look === look(columns[at]));

const STYLES = { error: "has-error", warning: "has-warning" };

export class Heads {
  constructor(table, store, sheet) {
    Object.assign(this, { table, store, sheet });
  }

  get head() {
    return this.table.tHead.rows[0];
  }

  draw() {
    const { columns } = this.store;
    const old = [...this.head.cells].slice(2, -1);
    if (!same(old, columns)) this.rebuild(old, columns);
    this.mark();
    this.foot();
    this.table.setAttribute("aria-colcount", columns.length + 3);
  }

  rebuild(old, columns) {
    this.sheet.forget();
    for (const th of old) th.remove();
    const made = columns.map((column) => {
      const th = make("th", { scope: "col", className: column.pair ? "role pair" : "role", role: "columnheader" });
      const name = make("span", { textContent: column.name });
      if (column.held) name.append(" ", make("small", { className: "holder", textContent: heldBy(column) }));
      th.append(name);
      th.dataset.key = column.key;
      th.look = look(column);
      return th;
    });
    this.head.cells[1].after(...made);
    for (const th of [this.head.cells[0], this.head.cells[1], this.head.cells[columns.length + 2]]) {
      th.setAttribute("role", "columnheader");
    }
    [...this.head.cells].forEach((th, at) => th.setAttribute("aria-colindex", at + 1));
    const group = this.table.querySelector("colgroup");
    const widths = [...group.children];
    const cells = columns.map(() => make("col", { className: "col-role" }));
    group.replaceChildren(widths[0], widths[1], ...cells, widths.at(-1));
  }

  // A role with findings is marked at its head; what they are stands in its title and for those who listen.
  mark() {
    this.store.columns.forEach((column, at) => {
      const th = this.head.cells[at + 2];
      const told = this.told(column);
      const level = column.findings.some((rule) => this.store.rules[rule]?.level === "error") ? "error" : "warning";
      for (const style of Object.values(STYLES)) th.classList.remove(style);
      if (told.length) th.classList.add(STYLES[level]);
      th.title = [column.name, heldBy(column), ...told].filter(Boolean).join(". ");
      th.setAttribute("aria-label", th.title);
    });
  }

  told(column) {
    return column.findings.map((rule) => this.store.rules[rule]?.title ?? rule);
  }

  // How often the role owns and does, and what is wrong with its column.
  total(column) {
    const td = make("td", { className: "c", role: "gridcell", textContent: column.total });
    const told = this.told(column).join(". ");
    if (told) td.append(" ", make("span", { className: "tag tag-warn", title: told, textContent: "!" }));
    td.setAttribute("aria-label", [`${column.name}: ${column.total}`, told].filter(Boolean).join(". "));
    return td;
  }

  foot() {
    const { health, columns } = this.store;
    const first = make("th", { scope: "row", colSpan: 2, role: "rowheader" });
    const clean = word("clean", { clean: health.clean, rows: health.applicable });
    first.append(make("strong", { textContent: health.applicable ? clean : word("no-rows") }));
    const percent = health.percent === null ? "" : ` · ${word("percent", { percent: health.percent })}`;
    first.append(percent);
    const totals = columns.map((column) => this.total(column));
    const edge = make("td", { className: "edge", role: "gridcell" });
    edge.append(make("span", { textContent: word("totals", { errors: health.errors, warnings: health.warnings }) }));
    const row = make("tr", { role: "row" });
    row.append(first, ...totals, edge);
    this.table.tFoot.replaceChildren(row);
    const live = part("[data-health]");
    if (live) live.textContent = clean;
  }
}
