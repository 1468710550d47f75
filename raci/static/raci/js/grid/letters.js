// The letters of the matrix's scheme: how they look, what they are called, what a key or a pasted text means.

import { part, plain } from "./words.js";

const drawn = new Map(
  [...part("[data-letters-drawn]").children].map((holder) => [holder.dataset.letters, holder.content.firstElementChild]),
);
const names = new Map([...drawn].map(([letters, chip]) => [letters, chip.querySelector(".visually-hidden").textContent]));
const codes = [...drawn.keys()].filter((letters) => !letters.includes("/"));

// The cell says its letters itself, so what is drawn in it is for the eye only.
for (const chip of drawn.values()) {
  chip.querySelector(".visually-hidden").remove();
  chip.setAttribute("aria-hidden", "true");
}

// The heaviest letter: what an interim owner holds until a row is decided.
export const heaviest = codes[0];

const folded = (text) => text.normalize("NFKC").toLowerCase().trim();
const byText = new Map();
for (const [letters, name] of names) {
  byText.set(folded(letters), letters);
  byText.set(folded(name), letters);
}

export const codeOf = (key) => codes.find((code) => code.toUpperCase() === key.toUpperCase());

export const nameOf = (letters) => {
  if (!letters) return plain("empty");
  return names.get(letters) ?? letters.split("/").map((code) => names.get(code) ?? code).join(", ");
};

const ordered = (held) => codes.filter((one) => held.has(one)).join("/");

// Adds a letter to those of a cell, or takes it away; in the order of the scheme, as the server keeps them.
export const toggled = (letters, code) => {
  const held = new Set(letters.split("/"));
  if (!held.delete(code)) held.add(code);
  return ordered(held);
};

// Reads what stands in a cell of a spreadsheet: "a/r", "R, A", "Accountable"; null where it cannot be read.
export const readLetters = (text) => {
  const asked = folded(text);
  if (["", "-", "–", "—"].includes(asked)) return "";
  if (byText.has(asked)) return byText.get(asked);
  const parts = asked.split(/[/,;+&|\s]+/).filter(Boolean);
  const found = parts.map((one) => byText.get(one));
  if (found.some((one) => one === undefined)) return null;
  const letters = ordered(new Set(found.flatMap((one) => one.split("/"))));
  return drawn.has(letters) ? letters : null;
};

// Draws letters as the server does. Letters that may not stand together are shown until it has refused them.
export const chip = (letters, interim = false) => {
  const known = drawn.get(letters);
  const span = known ? known.cloneNode(true) : document.createElement("span");
  if (!known) {
    span.className = "letter";
    span.textContent = letters;
  }
  if (interim) span.classList.add("letter-interim");
  return span;
};
