// The window on the rows: only what is in sight is in the document, and its lines are drawn over while one scrolls.

import { rem } from "./layout.js";
import { drawLine, drawSection, makeLine } from "./rows.js";
import { make } from "./words.js";

const MARGIN = 4; // lines kept beyond either edge of the window, once it has been painted
const CELL = 3.125; // width of a column, in rem
const SMALL = 6000; // cells up to which everything is drawn: then the browser's own search and print see all of it

export class Sheet {
  constructor(table, store, entry) {
    Object.assign(this, { table, store, entry, lines: new Map(), spare: [], everything: false });
    this.scroller = table.parentElement;
    this.wide = Math.ceil(this.scroller.clientWidth / (CELL * rem())); // columns of the first sight
    this.measure(); // while the server's rows are there: without rows the window would be low, and drawn twice
    this.body = make("tbody", { role: "rowgroup" });
    this.pads = [0, 1, 2].map(() => make("tr", { className: "pad", role: "presentation" }));
    for (const pad of this.pads) pad.append(make("td"));
    for (const old of [...table.tBodies]) old.remove();
    table.tHead.after(this.body);
    this.scroller.addEventListener("scroll", () => this.later(), { passive: true });
    const observer = new ResizeObserver(() => this.measure());
    for (const part of [this.scroller, table.tHead, table.tFoot]) observer.observe(part);
    window.addEventListener("beforeprint", () => this.draw((this.everything = true)));
    window.addEventListener("afterprint", () => this.draw((this.everything = false)));
  }

  // Shows another list of rows; `kept` is the key of the line that must stay because the cursor is in it.
  show(layout, kept) {
    Object.assign(this, { layout, kept });
    this.draw();
  }

  // Draws what nobody saw at first: the columns and lines beyond the window.
  widen() {
    this.wide = Infinity;
    for (const key of this.lines.keys()) this.redraw(key);
    this.later();
  }

  // Cells that stay in sight are layers of their own, which cost: only while one has gone aside.
  later() {
    if (!this.layout) return;
    this.table.classList.toggle("is-aside", this.scroller.scrollLeft > 0);
    this.frame ??= requestAnimationFrame(() => this.draw());
  }

  // Measured when something changes its size, never while one scrolls: `room` is what head and foot leave for rows.
  measure() {
    this.head = this.table.tHead.offsetHeight;
    this.height = this.scroller.clientHeight;
    this.room = this.height - this.head - this.table.tFoot.offsetHeight;
    this.later();
  }

  // The numbers of the items to draw: the window, and the line in which the cursor is.
  wanted() {
    const { items } = this.layout;
    if (!items.length) return [];
    const cells = items.length * this.store.columns.length;
    if (this.everything || cells <= SMALL) return [...items.keys()];
    const scrollTop = this.lines.size ? this.scroller.scrollTop : 0; // with no line yet, asking would lay out in vain
    return this.layout.between(scrollTop, scrollTop + this.height - this.head, this.wide === Infinity ? MARGIN : 0, this.kept);
  }

  draw() {
    if (this.frame) cancelAnimationFrame(this.frame);
    this.frame = null;
    const wanted = this.wanted();
    const { items } = this.layout;
    const keys = new Set(wanted.map((at) => items[at].key));
    for (const [key, line] of this.lines) if (!keys.has(key)) this.drop(key, line);
    let at = null;
    let edge = 0;
    let pad = 0;
    const place = (line) => {
      const next = at ? at.nextSibling : this.body.firstChild;
      at = next === line ? line : this.body.insertBefore(line, next);
    };
    const fill = (height) => {
      if (height > 0.5 && pad < this.pads.length) {
        this.pads[pad].firstChild.style.height = `${height}px`;
        place(this.pads[pad++]);
      }
    };
    for (const number of wanted) {
      const item = items[number];
      fill(item.top - edge);
      place(this.line(item, number));
      edge = item.top + item.height;
    }
    fill(this.layout.height - edge);
    for (; pad < this.pads.length; pad += 1) this.pads[pad].remove();
    this.onDraw?.();
  }

  drop(key, line) {
    this.lines.delete(key);
    line.remove();
    if (!line.row) return;
    line.row = null; // whatever is drawn there next is drawn in full
    this.spare.push(line);
  }

  line(item, number) {
    const line = this.lines.get(item.key) ?? item.draft?.line ?? this.fresh(item);
    this.lines.set(item.key, line);
    line.setAttribute("aria-rowindex", number + 2);
    if (item.row) {
      if (!line.editing && line.row !== item.row) drawLine(line, item.row, this.store, this.entry, this.wide);
    } else if (!item.draft) drawSection(line, item, this.store);
    return line;
  }

  fresh(item) {
    return item.row ? (this.spare.pop() ?? makeLine(this.store.columns.length)) : make("tr", { role: "row" });
  }

  // Draws one row anew where it is in sight.
  redraw(key) {
    const line = this.lines.get(key);
    const row = this.store.rows.get(key);
    if (line?.row && row && !line.editing) drawLine(line, row, this.store, this.entry, this.wide);
  }

  // The columns are others than before: no line fits any more.
  forget() {
    for (const line of this.lines.values()) line.remove();
    this.lines.clear();
    this.spare = [];
  }

  // Brings an item into sight without moving more than is needed.
  reveal(key) {
    const item = this.layout.items[this.layout.placeOf.get(key)];
    if (!item) return;
    const { room } = this;
    const { scrollTop } = this.scroller;
    if (item.top < scrollTop) this.scroller.scrollTop = item.top;
    else if (item.top + item.height > scrollTop + room) this.scroller.scrollTop = item.top + item.height - room;
    this.draw();
  }

  // How many lines fit into the window.
  get page() {
    return Math.max(1, Math.floor(this.room / (2.5 * rem())) - 1);
  }
}
