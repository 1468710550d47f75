// Adding, renaming, moving and retiring duties and roles: each is one deed of the server, which Ctrl+Z takes back.

import { nextTurn } from "./patience.js";
import { send } from "./send.js";
import { say, word } from "./words.js";

export class Structure {
  constructor(store, feed) {
    Object.assign(this, { store, feed, line: Promise.resolve() });
  }

  // Does it, one deed after the other; returns what the server said.
  act(values) {
    const done = this.line.then(() => this.actNow(values));
    this.line = done.catch(() => null);
    return done;
  }

  // Where the server cannot be reached it is tried again and said so.
  async actNow(values) {
    let answer = await send("structure.json", values);
    while (answer.kind === "later" || answer.kind === "signed-out") {
      say(word(`structure-${answer.kind}`));
      await nextTurn();
      answer = await send("structure.json", values);
    }
    if (answer.kind === "done") {
      await this.feed.ask();
      say(`${answer.sentence} ${word("take-back")}`);
    } else {
      say(answer.why ?? "");
    }
    return answer;
  }

  section(area) {
    return this.store.order.filter((key) => this.store.rows.get(key).area === area);
  }

  get areas() {
    return this.store.areas.map((area) => area.key);
  }

  // Moves rows one line up or down; at the end of a section into the next one.
  step(rows, direction) {
    const duties = rows.map((row) => row.key);
    const { area } = direction < 0 ? rows[0] : rows.at(-1);
    const section = this.section(area);
    const first = section.indexOf(duties[0]);
    const last = section.indexOf(duties.at(-1));
    if (direction < 0 && first > 0) return this.move(duties, section[first - 2] ?? "", area);
    if (direction > 0 && last < section.length - 1) return this.move(duties, section[last + 1], area);
    const next = this.areas[this.areas.indexOf(area) + direction];
    if (next === undefined) return null;
    return this.move(duties, direction < 0 ? (this.section(next).at(-1) ?? "") : "", next);
  }

  move(duties, after, area) {
    return this.act({ do: "move-rows", duties, after, area });
  }

  // Moves a role one column to the left or right.
  stepRole(role, direction) {
    const roles = this.store.columns.map((column) => column.key);
    const at = roles.indexOf(role);
    if (at + direction < 0 || at + direction >= roles.length) return null;
    return this.moveRole(role, direction < 0 ? (roles[at - 2] ?? "") : roles[at + 1]);
  }

  moveRole(role, after) {
    return this.act({ do: "move-columns", roles: [role], after });
  }
}
