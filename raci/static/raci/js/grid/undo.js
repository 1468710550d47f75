// The keystrokes of this page, to take back and to do again. Each step is a write like any other.

const done = [];
const undone = [];

export const note = (step) => {
  done.push(step);
  undone.length = 0;
};

// What was never written cannot be taken back.
export const forget = (step) => {
  for (const steps of [done, undone]) {
    const at = steps.indexOf(step);
    if (at >= 0) steps.splice(at, 1);
  }
};

// Returns {cell, letters} to write; null where there is nothing; letters is null where the cell has moved on.
const step = (from, to, goal, start) => {
  const last = from.pop();
  if (!last) return null;
  if (last.cell.shown !== last[start]) return { cell: last.cell, letters: null };
  to.push(last);
  return { cell: last.cell, letters: last[goal] };
};

export const undo = () => step(done, undone, "before", "after");
export const redo = () => step(undone, done, "after", "before");
