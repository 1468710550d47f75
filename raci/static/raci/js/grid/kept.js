// What is on its way is also kept in the browser: a page that is closed, reloaded or signed out loses nothing.

import { part } from "./words.js";

const name = `orgroles.waiting.${part("[data-keep]").dataset.keep}`;

const read = () => JSON.parse(localStorage.getItem(name) ?? "[]");

// Returns what an earlier page left, and forgets it here: whoever takes it keeps it again.
export const kept = () => {
  try {
    const found = read();
    localStorage.removeItem(name);
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
};

// Keeps the batches; false where the browser has no place for them.
export const keep = (batches) => {
  try {
    if (batches.length) localStorage.setItem(name, JSON.stringify(batches));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
};
