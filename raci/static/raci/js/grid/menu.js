// What can be done with a row or a role: a menu beside it, each entry with its key.

import { make, part, word } from "./words.js";

const menu = part("[data-menu]");
let back = null;

const close = () => {
  if (menu.matches(":popover-open")) menu.hidePopover();
};

const step = (direction) => {
  const items = [...menu.querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  items[(at + direction + items.length) % items.length].focus();
};

menu.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") step(1);
  else if (event.key === "ArrowUp") step(-1);
  else if (event.key === "Tab") close();
  else return;
  event.preventDefault();
});

menu.addEventListener("toggle", (event) => {
  if (event.newState === "closed") back?.();
});

// Shows entries of [word, key, deed] beside an element; `focus` gives the focus back.
export const openMenu = (element, title, entries, focus) => {
  back = focus;
  const items = entries.map(([name, key, act]) => {
    const button = make("button", { type: "button", role: "menuitem" });
    button.append(make("span", { textContent: word(name) }));
    if (key) button.append(make("kbd", { textContent: key }));
    button.addEventListener("click", () => {
      close();
      act();
    });
    return button;
  });
  menu.setAttribute("aria-label", title);
  menu.replaceChildren(...items);
  menu.showPopover();
  const box = element.getBoundingClientRect();
  const room = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - room.width - 8))}px`;
  const below = box.bottom + room.height + 8 < window.innerHeight;
  menu.style.top = `${below ? box.bottom + 2 : Math.max(8, box.top - room.height - 2)}px`;
  items[0].focus();
};

const dialog = part("[data-ask]");

// Asks for some texts; resolves to them by name, or to null. `fields` are [name, label, value, required].
export const ask = (title, fields, note = "") => {
  const form = dialog.querySelector("form");
  dialog.querySelector("h2").textContent = title;
  dialog.querySelector("[data-note]").textContent = note;
  const inputs = fields.map(([name, label, value, required]) => {
    const holder = make("label", { className: "field" });
    const input = make("input", { name, value, required, type: "text", autocomplete: "off" });
    holder.append(make("span", { textContent: label }), input);
    return holder;
  });
  dialog.querySelector("[data-fields]").replaceChildren(...inputs);
  dialog.returnValue = "";
  dialog.showModal();
  dialog.querySelector("input")?.select();
  return new Promise((resolve) => {
    const done = () => resolve(dialog.returnValue === "save" ? Object.fromEntries(new FormData(form)) : null);
    dialog.addEventListener("close", done, { once: true });
  });
};
