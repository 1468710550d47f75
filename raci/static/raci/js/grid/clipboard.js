// Ranges as text, as spreadsheets exchange it: tabs between cells, lines between rows, quotes where a cell needs them.

// A cell in quotes. Excel writes it where the cell has a line break, a tab or quotes; LibreOffice never does, and writes
// quotes as they are: so they count only where they enclose the whole cell.
const QUOTED = /"([^"]*(?:""[^"]*)*)"(?=[\t\n]|$)/y;
const EDGE = /[\t\n]|$/g;

const from = (pattern, at, text) => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

// Reads such a text into rows of cells.
export const parse = (text) => {
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows = [[]];
  for (let at = 0; ; at += 1) {
    const quoted = from(QUOTED, at, clean);
    const end = from(EDGE, quoted ? at + quoted[0].length : at, clean).index;
    rows.at(-1).push(quoted ? quoted[1].replaceAll('""', '"') : clean.slice(at, end));
    if (end === clean.length) return rows;
    if (clean[end] === "\n") rows.push([]);
    at = end;
  }
};

// Writes rows of cells as such a text.
export const format = (rows) => rows.map((cells) => cells.join("\t")).join("\n");

const escaped = (text) => text.replace(/[&<>]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[one]);

// The same as a table, which keeps its cells apart where it is pasted into a document.
export const asTable = (rows) =>
  `<table>${rows.map((cells) => `<tr>${cells.map((one) => `<td>${escaped(one)}</td>`).join("")}</tr>`).join("")}</table>`;
