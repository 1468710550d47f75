// Which rows are shown, in what order, and how far down each is: sections that fold, rows that fit the filters.

const ROW = 2.5;
const AREA = 2;

export const rem = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

// Lists what is shown. An item has a key of its own, its row or its section, and where it begins in pixels.
export class Layout {
  constructor(store, fits, folded, draft = null) {
    const unit = rem();
    this.items = [];
    this.stops = []; // where the cursor can be: rows, and sections that are folded
    this.height = 0;
    this.shown = 0;
    this.draft = draft;
    for (const [area, rows] of this.sections(store, fits)) {
      const closed = folded.has(area);
      this.shown += rows.length;
      this.add({ key: `area ${area}`, area, rows: rows.length, closed, height: AREA * unit }, closed);
      if (this.draft?.area === area && !this.draft.after) this.addDraft(unit);
      if (!closed) for (const row of rows) this.addRow(row, unit);
    }
    this.placeOf = new Map(this.items.map((item, at) => [item.key, at]));
    this.stopOf = new Map(this.stops.map((item, at) => [item.key, at]));
  }

  sections(store, fits) {
    const found = new Map(store.areas.map((area) => [area.key, []]));
    for (const key of store.order) {
      const row = store.rows.get(key);
      if (row && fits(row)) found.get(row.area)?.push(row);
    }
    if (this.draft && !found.has(this.draft.area)) found.set(this.draft.area, []);
    if (this.draft) return [...found].filter(([area, rows]) => rows.length || area === this.draft.area);
    return [...found].filter(([, rows]) => rows.length);
  }

  addRow(row, unit) {
    this.add({ key: row.key, row, height: ROW * unit }, true);
    if (this.draft?.after === row.key) this.addDraft(unit);
  }

  addDraft(unit) {
    this.add({ key: "draft", draft: this.draft, height: ROW * unit }, false);
  }

  add(item, isStop) {
    item.top = this.height;
    this.height += item.height;
    this.items.push(item);
    if (isStop) this.stops.push(item);
  }

  // The number of the item at a height.
  at(y) {
    let [low, high] = [0, this.items.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.items[middle].top <= y) low = middle;
      else high = middle - 1;
    }
    return Math.max(0, low);
  }
  // The numbers of the items between two heights, of so many beyond either, and of the one that is kept wherever it is.
  between(top, bottom, margin, key) {
    const first = Math.max(0, this.at(top) - margin);
    const last = Math.min(this.items.length - 1, this.at(bottom) + margin);
    const found = Array.from({ length: last - first + 1 }, (_, at) => first + at);
    const kept = this.placeOf.get(key);
    if (kept === undefined || (kept >= first && kept <= last)) return found;
    return kept < first ? [kept, ...found] : [...found, kept];
  }
}
