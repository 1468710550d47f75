// One cell: what the server has confirmed, what is shown, and what is still on its way.

import { chip, heaviest, lettersIn, nameOf } from "./letters.js";
import { word } from "./words.js";

const STATES = ["waiting", "clash"];

// A link with nothing in it has no name.
const nothing = () => {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = word("empty");
  return span;
};

class Cell {
  constructor(td) {
    this.td = td;
    this.link = td.querySelector("a");
    this.duty = td.parentElement.dataset.title;
    this.code = td.parentElement.id;
    this.role = td.closest("table").tHead.rows[0].cells[td.cellIndex].textContent.trim();
    this.interim = td.querySelector(".letter-interim + .visually-hidden");
    this.confirmed = lettersIn(td);
    this.shown = this.confirmed;
    this.queue = [];
    this.busy = false;
    this.clash = null;
    this.state = "";
    this.label();
  }

  get url() {
    return this.link.href;
  }

  get where() {
    return `${this.duty}, ${this.role}`;
  }

  label() {
    const state = this.state ? `, ${word(this.state)}` : "";
    this.td.setAttribute("aria-label", `${this.where}: ${nameOf(this.shown)}${state}`);
  }

  paint(letters) {
    this.shown = letters;
    const look = letters || (this.interim ? heaviest : "");
    const parts = [look ? chip(look) : nothing()];
    if (look && this.interim) {
      parts[0].classList.add("letter-interim");
      parts.push(this.interim);
    }
    this.link.replaceChildren(...parts);
    this.label();
  }

  // Marks the cell as waiting for the network or for a choice; "" when all is well.
  mark(state) {
    this.state = state;
    for (const one of STATES) this.td.classList.toggle(`is-${one}`, one === state);
    this.label();
  }
}

const known = new WeakMap();

// Cells are made when they are first needed: a page may have fifty thousand.
export const cellOf = (td) => {
  if (!known.has(td)) known.set(td, new Cell(td));
  return known.get(td);
};
