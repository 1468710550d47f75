// What others changed: shown once by a flash, and told in a sentence.

import { say, word } from "./words.js";

const FLASH_MS = 2500;

const light = (td) => {
  td.classList.remove("is-new");
  void td.offsetWidth; // the animation begins again where it still runs
  td.classList.add("is-new");
  setTimeout(() => td.classList.remove("is-new"), FLASH_MS);
};

// Flashes the cells that somebody else wrote; returns who changed how many cells, by name.
export const flash = (grid, by) => {
  const told = new Map();
  for (const { name, mine, cells } of by.filter((one) => !one.mine)) {
    told.set(name, (told.get(name) ?? 0) + Math.max(1, cells.length));
    for (const [duty, role] of cells) {
      const column = grid.store.columnOf.get(role);
      const line = grid.sheet.lines.get(duty);
      if (line?.row && column !== undefined && !mine) light(line.cells[column + 2]);
    }
  }
  return told;
};

export const tell = (told) => {
  if (told.size) say([...told].map(([name, count]) => word("others", { name, count })).join(" "));
};
