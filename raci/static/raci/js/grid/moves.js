// What the keys that move mean, as in a spreadsheet.

// With Ctrl an arrow goes to the end of what is filled, or over what is empty to the next that is filled.
const leap = (from, last, step, isFilled) => {
  let at = from + step;
  if (at < 0 || at > last) return from;
  const through = isFilled(from) && isFilled(at);
  while (at + step >= 0 && at + step <= last && (through ? isFilled(at + step) : !isFilled(at))) at += step;
  return at;
};

const filled = (cursor, letters) => ({
  down: (place) => {
    const { row } = cursor.layout.stops[place];
    return Boolean(row && cursor.role && letters(row.key, cursor.role.key));
  },
  across: (column) => Boolean(cursor.row && letters(cursor.row.key, cursor.sheet.store.columns[column].key)),
});

const vertical = (step) => (cursor, ctrl, letters) => {
  const last = cursor.layout.stops.length - 1;
  if (!ctrl || !cursor.row || !cursor.role) return [ctrl ? (step < 0 ? 0 : last) : cursor.place + step, cursor.column];
  return [leap(cursor.place, last, step, filled(cursor, letters).down), cursor.column];
};

const horizontal = (step) => (cursor, ctrl, letters) => {
  if (!ctrl || !cursor.isCell) return [cursor.place, cursor.column + step];
  return [cursor.place, leap(cursor.column, cursor.columns - 1, step, filled(cursor, letters).across)];
};

// The next section, or the one before: where Ctrl goes with the page keys.
const section = (cursor, step) => {
  const { stops } = cursor.layout;
  const areaOf = (place) => stops[place]?.row?.area ?? stops[place]?.area;
  let at = Math.max(0, cursor.place);
  const here = areaOf(at);
  while (at >= 0 && at < stops.length && areaOf(at) === here) at += step;
  return at;
};

const paging = (step) => (cursor, ctrl) => [
  ctrl ? section(cursor, step) : Math.max(0, cursor.place + step * cursor.sheet.page),
  cursor.column,
];

const MOVES = {
  ArrowUp: vertical(-1),
  ArrowDown: vertical(1),
  ArrowLeft: horizontal(-1),
  ArrowRight: horizontal(1),
  Home: (cursor, ctrl) => [ctrl ? 0 : cursor.place, 0],
  End: (cursor, ctrl) => [ctrl ? Infinity : cursor.place, Infinity],
  PageUp: paging(-1),
  PageDown: paging(1),
};

// Moves by a key; false where it is none that moves. Tab goes along the row and leaves the grid at its ends.
export const move = (cursor, event, letters) => {
  const ctrl = event.ctrlKey || event.metaKey;
  if (event.key === "Tab" && !ctrl) {
    const to = cursor.column + (event.shiftKey ? -1 : 1);
    const ends = event.shiftKey ? to < 0 : to > cursor.columns;
    if (cursor.key === null || !cursor.row || ends) return false;
    cursor.goTo(cursor.place, to);
    return true;
  }
  if (!(event.key in MOVES)) return false;
  const [place, column] = MOVES[event.key](cursor, ctrl, letters);
  cursor.goTo(place, column, { extend: event.shiftKey && cursor.isCell });
  return true;
};
