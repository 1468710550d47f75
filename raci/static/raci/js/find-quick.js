// Answers under the box while somebody types: a combobox with a list. Without this, Enter asks the page as ever.

const PATIENCE = 120;
const field = document.querySelector("[data-find]");

// What the page does not need without a script: the list, and the voice that says how many there are.
const made = (tag, attributes) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
};

const begin = () => {
  const list = made("div", { id: "find-list", role: "listbox", class: "quick", "aria-label": field.dataset.list });
  const voice = made("p", { role: "status", class: "visually-hidden" });
  list.hidden = true;
  const combobox = { role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list" };
  for (const [name, value] of Object.entries(combobox)) field.setAttribute(name, value);
  field.form.append(list, voice);

  let waiting = 0;
  let asked = null;
  let shown = "";

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  const choose = (option) => {
    chosen()?.setAttribute("aria-selected", "false");
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
  };

  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(null);
  };

  const stop = () => {
    clearTimeout(waiting);
    asked?.abort();
  };

  const ask = async (typed) => {
    asked = new AbortController();
    const address = `${field.dataset.find}?${new URLSearchParams({ q: typed })}`;
    try {
      const answer = await fetch(address, { signal: asked.signal, headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok || answer.redirected) return show(false); // signed out, or busy: Enter still asks the page
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-said]");
      choose(null);
      list.replaceChildren(...found.children);
      voice.textContent = found.dataset.said;
      shown = typed;
      show(list.childElementCount > 0 && document.activeElement === field);
    } catch (error) {
      if (error.name !== "AbortError") show(false); // no network: Enter still asks the page
    }
  };

  const move = (event) => {
    const all = options();
    if (!all.length) return;
    event.preventDefault();
    show(true);
    const at = all.indexOf(chosen());
    // Below the last one and above the first one stands the box itself.
    const steps = all.length + 1;
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    choose(all[(next + 1 + steps) % steps - 1] ?? null);
  };

  field.addEventListener("input", () => {
    stop();
    const typed = field.value.trim();
    if (!typed) return show(false);
    waiting = setTimeout(ask, PATIENCE, typed);
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") move(event);
    if (event.key === "Enter" && chosen() && !list.hidden) {
      event.preventDefault();
      location.assign(chosen().dataset.href);
    }
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first Escape only closes the list, a second one empties the box
      stop();
      show(false);
    }
  });

  field.addEventListener("focus", () => show(options().length > 0 && field.value.trim() === shown));
  field.addEventListener("blur", () => {
    stop();
    show(false);
  });
  // The box keeps the focus while something in the list is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.href);
  });
};

if (field) begin();
