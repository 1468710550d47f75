// Two people changed one cell: both values, who and when, and a choice. Nothing is lost until it is made.

import { nameOf } from "./letters.js";
import { make, part, say, word } from "./words.js";

const panels = part("[data-grid-clashes]");
const template = part("[data-clash]");

const value = (letters) => (letters ? `${letters} (${nameOf(letters)})` : nameOf(letters));

const when = (at) => (at ? new Date(at).toLocaleString(document.documentElement.lang) : "");

export class Clashes {
  constructor(store, queue, goTo) {
    Object.assign(this, { store, queue, goTo, open: new Map() });
  }

  of(duty, role) {
    return this.open.get(`${duty} ${role}`);
  }

  // Shows the choice for each; what is typed into such a cell meanwhile becomes what "mine" means.
  ask(conflicts) {
    for (const conflict of conflicts) this.askOne(conflict);
    const [first] = conflicts;
    say(word("clashed", { where: this.store.where(first.duty, first.role) }));
  }

  askOne(conflict) {
    const { duty, role } = conflict;
    const where = this.store.where(duty, role);
    const panel = template.content.firstElementChild.cloneNode(true);
    panel.setAttribute("aria-label", word("asked", { where }));
    panel.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choose]")?.dataset.choose;
      if (choice) this.choose(conflict, choice);
    });
    this.of(duty, role)?.panel.remove();
    this.open.set(`${duty} ${role}`, { panel, conflict });
    this.fill(duty, role);
    panels.append(panel);
  }

  fill(duty, role) {
    const { panel, conflict } = this.of(duty, role);
    const texts = {
      where: `${this.store.rows.get(duty)?.code ?? ""}, ${this.store.where(duty, role)}`,
      mine: value(this.queue.letters(duty, role)),
      theirs: value(conflict.current),
      who: word("by", { by: conflict.by, at: when(conflict.at) }),
    };
    for (const [name, text] of Object.entries(texts)) panel.querySelector(`[data-${name}]`).textContent = text;
  }

  // Something was typed into a contested cell: it is part of the choice, not a write. False where none is.
  retype(duty, role, wanted) {
    const entry = this.queue.entry(duty, role);
    if (entry?.state !== "clash" || !this.of(duty, role)) return false;
    entry.wanted = wanted;
    this.fill(duty, role);
    return true;
  }

  choose({ duty, role, current }, choice) {
    this.of(duty, role).panel.remove();
    this.open.delete(`${duty} ${role}`);
    this.queue.choose(duty, role, current, choice);
    this.goTo(duty, role);
    if (choice === "theirs") say(word("kept", { cell: `${this.store.where(duty, role)}: ${nameOf(current)}` }));
  }

  focus(duty, role) {
    this.of(duty, role)?.panel.querySelector("[data-choose]").focus();
  }

  // Hands back what the server will not take, so that it can be read and typed again.
  handBack(cells, why) {
    const told = cells.map(([duty, role, , wanted]) => `${this.store.where(duty, role)}: ${value(wanted)}`);
    const panel = make("section", { className: "says says-error", role: "alert" });
    panel.append(make("p", { textContent: word("refused", { why }) }));
    const list = make("ul");
    list.append(...told.slice(0, 20).map((text) => make("li", { textContent: text })));
    if (told.length > 20) list.append(make("li", { textContent: word("more", { count: told.length - 20 }) }));
    const close = make("button", { type: "button", className: "button button-small", textContent: word("close") });
    close.addEventListener("click", () => panel.remove());
    panel.append(list, close);
    panels.append(panel);
  }
}
