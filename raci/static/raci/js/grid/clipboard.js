// Ranges as text, as spreadsheets exchange it: tabs between cells, lines between rows, quotes where a cell needs them.

// Reads such a text into rows of cells.
export const parse = (text) => {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  const clean = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let at = 0; at < clean.length; at += 1) {
    const character = clean[at];
    if (quoted) {
      if (character !== '"') cell += character;
      else if (clean[at + 1] === '"') cell += clean[++at];
      else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t" || character === "\n") {
      rows.at(-1).push(cell);
      cell = "";
      if (character === "\n") rows.push([]);
    } else cell += character;
  }
  rows.at(-1).push(cell);
  return rows;
};

// Writes rows of cells as such a text.
export const format = (rows) => rows.map((cells) => cells.join("\t")).join("\n");

const escaped = (text) => text.replace(/[&<>]/g, (one) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[one]);

// The same as a table, which keeps its cells apart where it is pasted into a document.
export const asTable = (rows) =>
  `<table>${rows.map((cells) => `<tr>${cells.map((one) => `<td>${escaped(one)}</td>`).join("")}</tr>`).join("")}</table>`;
