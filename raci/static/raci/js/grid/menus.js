// The menus of a row and of a role, and the questions that their entries ask.

import { ask, openMenu } from "./menu.js";
import { part, word } from "./words.js";

// Where the question of a row stands, or where it is asked; the role of the cell is one of its sides.
const askAt = (row, role) => {
  if (row.open) return part("[data-grey]").dataset.grey.replace("KEY", row.open.grey);
  return `${part("[data-raise]").dataset.raise}&duty=${row.key}${role ? `&role=${role.key}` : ""}`;
};

export class Menus {
  constructor(grid) {
    this.grid = grid;
  }

  open() {
    const { cursor } = this.grid;
    if (cursor.key === null) return this.openRole();
    return cursor.row ? this.openRow(cursor.row) : null;
  }

  openRow(row) {
    const { grid } = this;
    const { rows } = grid.cursor.range;
    const duties = (rows.includes(row) ? rows : [row]).map((one) => one.key);
    const act = (deed, more = {}) => grid.structure.act({ do: deed, duties, ...more });
    const applies = row.out
      ? ["menu-applies", "", () => grid.structure.act({ do: "applies", duty: row.key, applies: true, reason: "" })]
      : ["menu-out", "", () => this.leaveOut(row)];
    const { role } = grid.cursor;
    const question = [row.open ? "menu-grey" : "menu-raise", "", () => window.location.assign(askAt(row, role))];
    const typed = [
      ...(row.open || row.out ? [] : [question]),
      ["menu-rename", "F2", () => grid.inline.rename(row)],
      ["menu-add", "Ins", () => grid.addDuty()],
      ["menu-up", "Alt ↑", () => grid.shift(-1)],
      ["menu-down", "Alt ↓", () => grid.shift(1)],
      applies,
      ["menu-remove", "", () => act("remove-rows")],
      ["menu-retire", "", () => act("retire-duties")],
    ];
    const open = ["menu-open", "Enter", () => grid.openPanel(row, "")];
    const entries = [open, ...(row.open ? [question] : []), ...(grid.typing ? typed : [])];
    openMenu(grid.cursor.element(), row.title, entries, () => grid.cursor.focus());
  }

  async leaveOut(row) {
    const title = word("ask-out", { duty: row.title });
    const answer = await ask(title, [["reason", word("reason"), "", true]]);
    if (answer) await this.grid.structure.act({ do: "applies", duty: row.key, applies: false, reason: answer.reason });
    this.grid.cursor.focus();
  }

  openRole() {
    const { grid } = this;
    const { role } = grid.cursor;
    if (!role) return;
    const act = (deed) => grid.structure.act({ do: deed, roles: [role.key] });
    const typed = [
      ["menu-rename", "F2", () => this.renameRole(role)],
      ["menu-add-role", "", () => this.addRole(role)],
      ["menu-left", "Alt ←", () => grid.shiftRole(-1)],
      ["menu-right", "Alt →", () => grid.shiftRole(1)],
      ["menu-remove", "", () => act("remove-columns")],
      ["menu-retire-role", "", () => act("retire-roles")],
    ];
    const only = ["menu-only", "", () => grid.filter.set("role", role.key)];
    openMenu(grid.cursor.element(), role.name, [only, ...(grid.typing ? typed : [])], () => grid.cursor.focus());
  }

  async renameRole(role) {
    const seen = { code: role.code, name: role.name };
    let typed = seen;
    let why = "";
    for (;;) {
      const fields = [["name", word("role"), typed.name, true], ["code", word("code"), typed.code, true]];
      typed = await ask(word("ask-rename", { role: role.name }), fields, why);
      if (!typed) break;
      const answer = await this.grid.structure.act({ do: "rename-role", role: role.key, seen, ...typed });
      if (answer.kind === "done") break;
      why = answer.why; // what was typed stays, with the reason why it cannot stand
    }
    this.grid.cursor.focus();
  }

  async addRole(after = this.grid.store.columns.at(-1)) {
    let typed = { name: "", code: "" };
    let why = "";
    for (;;) {
      const fields = [["name", word("role"), typed.name, true], ["code", word("code-optional"), typed.code, false]];
      typed = await ask(word("ask-role"), fields, why);
      if (!typed) break;
      const answer = await this.grid.structure.act({ do: "add-role", after: after?.key ?? "", ...typed });
      if (answer.kind === "done") {
        this.grid.cursor.goTo(this.grid.cursor.place, this.grid.store.columnOf.get(answer.key) ?? 0);
        return;
      }
      why = answer.why;
    }
    this.grid.cursor.focus();
  }
}
