// The grid of a matrix: what is shown, where one is, what is on its way, and what can be done.

import { Cursor } from "./cursor.js";
import { Filter } from "./filter.js";
import { Heads } from "./heads.js";
import { Late } from "./late.js";
import { Layout } from "./layout.js";
import { sayRange } from "./keys.js";
import { Queue } from "./queue.js";
import { at } from "./send.js";
import { Sheet } from "./sheet.js";
import { say, word } from "./words.js";

export class Grid {
  constructor(table, store, typing) {
    Object.assign(this, { table, store, typing, folded: new Set(), draft: null });
    this.queue = new Queue(store, { changed: (duties) => this.redraw(duties) });
    this.letters = (duty, role) => this.queue.letters(duty, role);
    this.sheet = new Sheet(table, store, (duty, role) => this.queue.entry(duty, role));
    prepare(table);
    this.heads = new Heads(table, store, this.sheet);
    this.cursor = new Cursor(this.sheet);
    this.filter = new Filter(store, this.letters, () => this.refresh());
    this.late = new Late((modules) => this.complete(modules));
    this.queue.whole = this.late.whole; // what the server answers may be a conflict: it has to be shown
    this.heads.draw();
    this.refresh();
    this.cursor.start();
  }

  // Takes what comes after the first sight.
  complete({ Clashes, Drag, Feed, Inline, Menus, Structure, openPanel, paste, listeners, take }) {
    const { store, queue } = this;
    Object.assign(this, { showPanel: openPanel, pasteCells: paste });
    this.clashes = new Clashes(store, queue, (duty, role) => this.cursor.goToCell(duty, role));
    this.feed = new Feed(store, (delta) => take(this, delta, true));
    this.structure = new Structure(store, this.feed);
    Object.assign(queue.on, listeners(this));
    queue.wait = () => this.structure.line;
    this.inline = new Inline(this);
    this.menus = new Menus(this);
    if (this.typing) this.drag = new Drag(this);
    if (this.pressed) this.drag?.begin(this.pressed); // it was pressed before, and is held
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

  set(spots, wanted) {
    const free = spots.filter(({ row, role }) => !this.clashes?.retype(row.key, role.key, wanted));
    const written = this.queue.write(free.map(({ row, role }) => ({ duty: row.key, role: role.key, wanted })));
    for (const { row } of spots) this.sheet.redraw(row.key);
    if (written > 1) sayRange(spots, wanted);
    return true;
  }

  redraw(duties) {
    for (const key of duties) this.sheet?.redraw(key);
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
    const address = at(role ? `panel/${row.key}/${role}/` : `panel/${row.key}/`);
    return this.late.run(() => this.showPanel(address, { back: this.cursor.element() }));
  }

  shift(direction) {
    return this.late.run(() => this.shiftNow(direction));
  }

  shiftNow(direction) {
    const { rows } = this.cursor.range;
    if (!rows.length) return null;
    this.cursor.anchor = null;
    return this.structure.step(rows, direction);
  }

  shiftRole(direction) {
    const { role } = this.cursor;
    return role && this.late.run(() => this.shiftRoleNow(role, direction));
  }

  shiftRoleNow(role, direction) {
    const done = this.structure.stepRole(role.key, direction);
    return done?.then(() => this.cursor.goTo(this.cursor.place, this.store.columnOf.get(role.key) ?? 0));
  }

  addDuty() {
    return this.late.run(() => this.addDutyNow());
  }

  addDutyNow() {
    const { row, item } = this.cursor;
    const area = row?.area ?? item?.area ?? this.store.areas[0]?.key ?? "";
    this.folded.delete(area);
    this.inline.add(row?.key ?? this.structure.section(area).at(-1) ?? "", area);
  }

  menu() {
    return this.late.run(() => this.menus.open());
  }

  roleMenu() {
    return this.late.run(() => this.menus.openRole());
  }

  // Opens the words of the duty or role that one is at for writing.
  rename() {
    const { key, row, role } = this.cursor;
    if (key === null) return role && this.late.run(() => this.menus.renameRole(role));
    return row && this.late.run(() => this.inline.rename(row));
  }

  paste(cells) {
    return this.late.run(() => this.pasteCells(cells, this.cursor, this.queue));
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
