// The letters of the matrix's scheme: how they look, what they are called, what a key means.

import { part, word } from "./words.js";

const drawn = new Map(
  [...part("[data-letters-drawn]").children].map((holder) => [holder.dataset.letters, holder.content.firstElementChild]),
);
const codes = [...drawn.keys()].filter((letters) => !letters.includes("/"));

// The heaviest letter: what an interim owner holds until a row is decided.
export const heaviest = codes[0];

export const codeOf = (key) => codes.find((code) => code.toUpperCase() === key.toUpperCase());

export const nameOf = (letters) => {
  if (!letters) return word("empty");
  const chip = drawn.get(letters);
  return chip ? chip.querySelector(".visually-hidden").textContent : letters.split("/").map(nameOf).join(", ");
};

// Adds a letter to those of a cell, or takes it away; in the order of the scheme, as the server keeps them.
export const toggled = (letters, code) => {
  const held = new Set(letters.split("/"));
  if (!held.delete(code)) held.add(code);
  return codes.filter((one) => held.has(one)).join("/");
};

// Draws letters as the server does. Letters that may not stand together are shown until it has refused them.
export const chip = (letters) => {
  const known = drawn.get(letters);
  if (known) return known.cloneNode(true);
  const plain = document.createElement("span");
  plain.className = "letter";
  plain.textContent = letters;
  return plain;
};

// Reads the letters that the server drew in a cell; it says so where it drew what the cell does not hold.
export const lettersIn = (td) =>
  td.dataset.letters ?? [...td.querySelectorAll('[aria-hidden="true"]')].map((shown) => shown.textContent).join("/");
