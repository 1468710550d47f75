// What the grid says. The words stand in the page, so that they are translated where all others are.

const tools = document.querySelector("[data-grid-tools]");
export const part = (selector) => tools.querySelector(selector);

const line = part("[data-grid-said]");

// Numbers are written as the page's language does; it takes a while to ask how, and few are so large that it matters.
const language = document.documentElement.lang;
const number = (value) => (Number.isInteger(value) && Math.abs(value) < 1000 ? String(value) : value.toLocaleString(language));
const shown = (value) => (typeof value === "number" ? number(value) : (value ?? ""));

const words = new Map();

// Returns a word without places; asked for thousands of times, looked up once.
export const plain = (name) => {
  if (!words.has(name)) words.set(name, part(`[data-word="${name}"]`).textContent.trim());
  return words.get(name);
};

// Returns a sentence of the page with its {places} filled in.
export const word = (name, values = {}) => plain(name).replace(/\{(\w+)\}/g, (_, place) => shown(values[place]));

// Makes an element; what is no property of it becomes an attribute.
export const make = (name, values = {}) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(values)) {
    if (key === "role") made.setAttribute(key, value);
    else if (value !== "") made[key] = value;
  }
  return made;
};

// Says it to eye and ear; a link, where one helps, opens beside the page, so that nothing on it is lost.
export const say = (text, link = null) => {
  line.title = text;
  if (link === null) {
    line.textContent = text;
    return;
  }
  const anchor = make("a", { href: link.href, target: "_blank", textContent: link.text });
  line.replaceChildren(`${text} `, anchor);
};
