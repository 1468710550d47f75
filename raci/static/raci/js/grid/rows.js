// Drawing one line of the grid: a duty with its cells, or the head of a section. Lines are drawn over, not made anew.

import { chip, heaviest, nameOf } from "./letters.js";
import { make, part, word } from "./words.js";

const greyAt = part("[data-grey]")?.dataset.grey ?? "";

const state = (entry) => (entry?.state ? `, ${word(entry.state)}` : "");

const STATES = ["waiting", "clash"];

// Draws one cell. What was drawn there is kept with it, so that nothing is done where nothing has changed.
export const drawCell = (td, { where, letters, interim, entry }) => {
  const look = `${letters}|${interim}`;
  if (td.look !== look) {
    const shown = letters || (interim ? heaviest : "");
    td.replaceChildren(...(shown ? [chip(shown, interim)] : []));
    td.look = look;
  }
  const until = interim ? `, ${word("interim")}` : "";
  const label = `${where}: ${nameOf(letters)}${until}${state(entry)}`;
  if (td.label !== label) td.setAttribute("aria-label", (td.label = label));
  for (const one of STATES) td.classList.toggle(`is-${one}`, entry?.state === one);
};

const tag = (text, style, title = "", href = "") => {
  const made = make(href ? "a" : "span", { className: `tag ${style}`, title, textContent: text });
  if (href) Object.assign(made, { href, tabIndex: -1 });
  return made;
};

const STYLES = { error: "tag-alert", warning: "tag-warn" };

// Says at the end of a line what is open and what is wrong with it.
const edge = (td, row, rules) => {
  const tags = [];
  if (row.open) tags.push(tag(word("undecided"), "tag-warn", "", greyAt.replace("KEY", row.open.grey)));
  else if (row.out) tags.push(tag(word("out"), "", row.out));
  for (const rule of row.findings ?? []) {
    const { level, short, title } = rules[rule] ?? { short: rule };
    tags.push(tag(short, STYLES[level] ?? "", title));
  }
  if (row.comments) tags.push(tag(word("comments", { count: row.comments }), "tag-said"));
  td.replaceChildren(...tags);
};

const title = (th, row) => {
  const note = row.open?.note ?? row.out ?? "";
  const span = make("span", { className: "clamp", textContent: row.title });
  if (note) span.append(" ", make("small", { className: "quiet", textContent: `· ${note}` }));
  th.replaceChildren(span);
  th.title = row.title;
};

// Makes an empty line for a duty with so many columns.
export const makeLine = (columns) => {
  const tr = make("tr", { role: "row" });
  tr.append(make("td", { className: "code", role: "gridcell" }));
  tr.append(make("th", { className: "duty", scope: "row", role: "rowheader" }));
  for (let at = 0; at < columns; at += 1) tr.append(make("td", { className: "c", role: "gridcell" }));
  tr.append(make("td", { className: "edge", role: "gridcell" }));
  [...tr.cells].forEach((td, at) => td.setAttribute("aria-colindex", at + 1));
  return tr;
};

// Draws a duty into a line. `entry` gives what is on its way to a cell, by role; `wide` is how many columns are drawn.
export const drawLine = (tr, row, store, entry, wide) => {
  if (tr.row !== row) {
    tr.row = row;
    tr.id = row.code;
    tr.dataset.key = row.key;
    tr.className = row.open ? "open" : row.out ? "out" : "";
    tr.cells[0].textContent = row.code;
    title(tr.cells[1], row);
    edge(tr.cells[tr.cells.length - 1], row, store.rules);
  }
  store.columns.slice(0, wide).forEach((column, at) => {
    const own = entry(row.key, column.key);
    drawCell(tr.cells[at + 2], {
      where: `${row.title}, ${column.name}`,
      letters: own ? own.wanted : store.at(row, at),
      interim: row.open?.interim === column.key,
      entry: own,
    });
  });
};

// Draws the head of a section: its name, how far it is, and a button that folds it.
export const drawSection = (tr, item, store) => {
  const area = store.areaOf.get(item.area) ?? { name: "", settled: 0, total: 0 };
  const look = [area.name, area.settled, area.total, item.closed, store.columns.length].join("|");
  if (tr.look === look) return;
  tr.look = look;
  const span = store.columns.length + 3;
  const name = area.name || word("other");
  const button = make("button", { type: "button", className: "fold", tabIndex: -1, textContent: name });
  button.dataset.fold = item.area;
  button.setAttribute("aria-expanded", String(!item.closed));
  const settled = make("span", { textContent: word("settled", { settled: area.settled, total: area.total }) });
  const line = make("span", { className: "area-line" });
  line.append(button, settled);
  const th = make("th", { colSpan: span, scope: "rowgroup", role: "rowheader" });
  th.append(line);
  th.setAttribute("aria-label", `${name}, ${settled.textContent}${item.closed ? `, ${word("folded")}` : ""}`);
  tr.className = item.closed ? "area is-folded" : "area";
  tr.replaceChildren(th);
};
