// What a write changed beside its cell: the state of the row, the figures of its area and under the columns.

import { whenWritten } from "./write.js";

const PAUSE_MS = 300;
const codes = new Set();
let timer = 0;

// The page narrowed to one row has that row's state, and figures over all rows.
const address = (code) => {
  const asked = new URLSearchParams(location.search);
  for (const name of ["undecided", "findings", "shared", "area", "page"]) asked.delete(name);
  asked.set("q", code);
  return `${location.pathname}?${asked}`;
};

const replace = (old, fresh) => {
  for (const link of fresh.querySelectorAll("a")) link.tabIndex = -1;
  old.replaceChildren(...fresh.childNodes);
};

const refresh = async (code) => {
  const response = await fetch(address(code), { redirect: "manual" });
  if (response.status === 503) due(code); // the database was busy with a write
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const fresh = page.getElementById(code);
  const row = document.getElementById(code);
  if (!fresh || !row) return;
  row.className = fresh.className;
  replace(row.querySelector(".edge"), fresh.querySelector(".edge"));
  replace(row.closest("tbody").rows[0], fresh.closest("tbody").rows[0]);
  replace(row.closest("table").tFoot.rows[0], page.querySelector("table.matrix").tFoot.rows[0]);
};

const refreshAll = () => {
  for (const code of codes) refresh(code).catch(() => {});
  codes.clear();
};

// Refreshes once the fingers rest; where it fails the figures are those from before, and the letters are right.
const due = (code) => {
  codes.add(code);
  clearTimeout(timer);
  timer = setTimeout(refreshAll, PAUSE_MS);
};

export const refreshEdges = () => whenWritten((cell) => due(cell.code));
