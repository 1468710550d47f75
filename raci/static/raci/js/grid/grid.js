// The grid of a matrix: what is shown, where one is, what is on its way, and what can be done.

import { openPanel } from "../panel.js";
import { Clashes } from "./clash.js";
import { Cursor } from "./cursor.js";
import { Drag } from "./drag.js";
import { Feed, fetchGrid } from "./feed.js";
import { Filter } from "./filter.js";
import { Heads } from "./heads.js";
import { Inline } from "./inline.js";
import { Layout } from "./layout.js";
import { sayRange } from "./keys.js";
import { flash, tell } from "./others.js";
import { Queue } from "./queue.js";
import { at } from "./send.js";
import { Sheet } from "./sheet.js";
import { Structure } from "./structure.js";
import { Menus } from "./menus.js";
import { listeners } from "./telling.js";
import { say, word } from "./words.js";

export class Grid {
  constructor(table, store, typing) {
    Object.assign(this, { table, store, typing, folded: new Set(), draft: null });
    this.queue = new Queue(store, listeners(this));
    this.letters = (duty, role) => this.queue.letters(duty, role);
    this.sheet = new Sheet(table, store, (duty, role) => this.queue.entry(duty, role));
    prepare(table);
    this.heads = new Heads(table, store, this.sheet);
    this.cursor = new Cursor(this.sheet);
    this.filter = new Filter(store, this.letters, () => this.refresh());
    this.clashes = new Clashes(store, this.queue, (duty, role) => this.cursor.goToCell(duty, role));
    this.feed = new Feed(store, (delta) => this.take(delta, true));
    this.structure = new Structure(store, this.feed);
    this.queue.wait = () => this.structure.line;
    this.inline = new Inline(this);
    this.menus = new Menus(this);
    if (typing) this.drag = new Drag(this);
    this.heads.draw();
    this.refresh();
    this.cursor.start();
  }

  // Lays everything out anew: other rows are shown, or in another order.
  refresh() {
    const hadFocus = this.table.contains(document.activeElement) && !this.draft;
    const layout = new Layout(this.store, this.filter.fits, this.folded, this.draft);
    this.sheet.show(layout, this.cursor.key);
    this.table.setAttribute("aria-rowcount", layout.items.length + 1);
    this.filter.count(layout.shown);
    if (hadFocus && !this.table.contains(document.activeElement)) this.cursor.focus();
  }

  // Takes what the server says is newer. `others` tells that it was asked for, not answered to a write.
  async take(delta, others) {
    if (delta.reload) {
      this.store.load(await fetchGrid());
      delta.order = this.store.order;
    } else if (!this.store.merge(delta)) return;
    const hadFocus = this.table.contains(document.activeElement);
    this.heads.draw();
    if (delta.order || this.sheet.lines.size === 0) this.refresh();
    else {
      for (const row of delta.rows) this.relink(row);
      this.sheet.draw();
      this.filter.count(this.sheet.layout.shown);
    }
    if (hadFocus && !this.table.contains(document.activeElement)) this.cursor.focus();
    const told = flash(this, delta.by ?? []);
    if (others) tell(told);
  }

  // The layout holds the rows themselves: a row that came anew takes the place of the old one.
  relink(row) {
    const place = this.sheet.layout.placeOf.get(row.key);
    if (place !== undefined) this.sheet.layout.items[place].row = row;
  }

  set(spots, wanted) {
    const free = spots.filter(({ row, role }) => !this.clashes.retype(row.key, role.key, wanted));
    const written = this.queue.write(free.map(({ row, role }) => ({ duty: row.key, role: role.key, wanted })));
    for (const { row } of spots) this.sheet.redraw(row.key);
    if (written > 1) sayRange(spots, wanted);
    return true;
  }

  fold(area, closed = !this.folded.has(area)) {
    if (closed) this.folded.add(area);
    else this.folded.delete(area);
    const { row, item } = this.cursor;
    const here = (row?.area ?? item?.area) === area;
    const first = closed ? `area ${area}` : this.sheet.layout.items.find((one) => one.row?.area === area)?.key;
    if (here) this.cursor.key = closed ? first : null;
    this.refresh();
    if (here && !closed) this.cursor.key = this.sheet.layout.items.find((one) => one.row?.area === area)?.key ?? null;
    if (here) this.cursor.goTo(this.cursor.place, this.cursor.column);
    say(word(closed ? "folded" : "unfolded"));
  }

  openPanel(row, role) {
    openPanel(at(role ? `panel/${row.key}/${role}/` : `panel/${row.key}/`), { back: this.cursor.element() });
  }

  shift(direction) {
    const { rows } = this.cursor.range;
    if (!rows.length) return null;
    this.cursor.anchor = null;
    return this.structure.step(rows, direction);
  }

  shiftRole(direction) {
    const { role } = this.cursor;
    if (!role) return null;
    const done = this.structure.stepRole(role.key, direction);
    return done?.then(() => this.cursor.goTo(this.cursor.place, this.store.columnOf.get(role.key) ?? 0));
  }

  addDuty() {
    const { row, item } = this.cursor;
    const area = row?.area ?? item?.area ?? this.store.areas[0]?.key ?? "";
    this.folded.delete(area);
    this.inline.add(row?.key ?? this.structure.section(area).at(-1) ?? "", area);
  }

  menu() {
    this.menus.open();
  }

  roleMenu() {
    this.menus.openRole();
  }

  renameRole() {
    if (this.cursor.role) this.menus.renameRole(this.cursor.role);
  }
}

// Puts the rows of the server's own table away and makes the element a grid with one tab stop.
const prepare = (table) => {
  table.setAttribute("role", "grid");
  table.classList.add("is-grid");
  for (const name of ["tabindex", "role", "aria-label"]) table.parentElement.removeAttribute(name);
  for (const row of [table.tHead.rows[0], table.tFoot.rows[0]]) row.setAttribute("role", "row");
  for (const group of [table.tHead, table.tFoot]) group.setAttribute("role", "rowgroup");
  document.querySelector("[data-grid-pages]")?.remove();
};
