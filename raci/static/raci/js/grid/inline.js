// Writing a duty where it stands: its code and its words, in a row that is there or a new one below it.

import { make, word } from "./words.js";

const field = (name, value, label, placeholder = "") => {
  const input = make("input", { name, value, placeholder, type: "text", autocomplete: "off", className: `inline-${name}` });
  input.setAttribute("aria-label", label);
  return input;
};

export class Inline {
  constructor(grid) {
    this.grid = grid;
  }

  // Opens the words of a row for writing.
  rename(row) {
    const line = this.grid.sheet.lines.get(row.key);
    if (!line || line.editing) return;
    line.editing = true;
    line.row = null;
    const close = (saved) => {
      line.editing = false;
      line.row = null;
      this.grid.sheet.redraw(row.key);
      this.grid.sheet.draw();
      if (saved !== undefined) this.grid.cursor.focus();
    };
    const seen = { code: row.code, title: row.title };
    this.fill(line, seen, close, (values) => this.grid.structure.act({ do: "rename-duty", duty: row.key, seen, ...values }));
  }

  // Opens a new row below one, in its section.
  add(after, area) {
    if (this.grid.draft) return;
    const line = make("tr", { className: "draft", role: "row" });
    line.append(make("td", { className: "code", role: "gridcell" }), make("th", { className: "duty", scope: "row", role: "rowheader" }));
    const rest = make("td", { colSpan: this.grid.store.columns.length + 1, className: "small quiet", role: "gridcell" });
    rest.textContent = word("draft-help");
    line.append(rest);
    const close = (saved) => {
      this.grid.draft = null;
      this.grid.refresh();
      if (saved?.key) this.grid.cursor.goToCell(saved.key, null);
      else this.grid.cursor.focus();
    };
    this.grid.draft = { after, area, line };
    this.grid.refresh();
    this.fill(line, { code: "", title: "" }, close, (values) => this.grid.structure.act({ do: "add-duty", after, area, ...values }));
  }

  // Puts the fields into a line; `close` ends it, `save` writes it.
  fill(line, { code, title }, close, save) {
    const codeField = field("code", code, word("code"), word("code-auto"));
    const titleField = field("title", title, word("duty"), word("duty-example"));
    const error = make("small", { className: "field-error", role: "alert" });
    line.cells[0].replaceChildren(codeField);
    line.cells[1].replaceChildren(titleField, error);
    let ended = false;
    const end = (saved) => {
      if (ended) return;
      ended = true;
      close(saved);
    };
    const finish = async () => {
      const values = { code: codeField.value.trim(), title: titleField.value.trim() };
      if (values.code === code && values.title === title) return end(null);
      const answer = await save(values);
      if (answer.kind === "done") return end(answer);
      error.textContent = answer.why;
      return titleField.focus();
    };
    line.addEventListener("keydown", (event) => {
      if (ended) return;
      if (event.key === "Enter") finish();
      else if (event.key === "Escape") end(null);
      else return event.stopPropagation();
      event.preventDefault();
      return event.stopPropagation();
    });
    titleField.focus();
    titleField.select();
  }
}
