// Two people changed one cell: both values, who and when, and a choice. Nothing is lost until it is made.

import { nameOf } from "./letters.js";
import { part, word } from "./words.js";

const panels = part("[data-grid-clashes]");
const template = part("[data-clash]");

const value = (letters) => (letters ? `${letters} (${nameOf(letters)})` : nameOf(letters));

const when = (at) => (at ? new Date(at).toLocaleString(document.documentElement.lang) : "");

const fill = (panel, cell, theirs) => {
  const texts = {
    where: `${cell.code}, ${cell.where}`,
    mine: value(cell.shown),
    theirs: value(theirs.current),
    who: word("by", { by: theirs.by, at: when(theirs.at) }),
  };
  for (const [name, text] of Object.entries(texts)) panel.querySelector(`[data-${name}]`).textContent = text;
};

// Shows the choice and calls back with "mine" or "theirs". Returns what the cell keeps until then.
export const ask = (cell, theirs, choose) => {
  const panel = template.content.firstElementChild.cloneNode(true);
  fill(panel, cell, theirs);
  panel.setAttribute("aria-label", word("asked", { where: cell.where }));
  panel.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choose]")?.dataset.choose;
    if (!choice) return;
    panel.remove();
    choose(choice);
  });
  panels.append(panel);
  return {
    theirs: theirs.current,
    refill: () => fill(panel, cell, theirs),
    focus: () => panel.querySelector("[data-choose]").focus(),
  };
};
