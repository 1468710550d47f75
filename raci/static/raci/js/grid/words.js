// What the grid says. The words stand in the page, so that they are translated where all others are.

const tools = document.querySelector("[data-grid-tools]");
export const part = (selector) => tools.querySelector(selector);

const line = part("[data-grid-said]");

// Returns a sentence of the page with its {places} filled in.
export const word = (name, values = {}) =>
  part(`[data-word="${name}"]`)
    .textContent.trim()
    .replace(/\{(\w+)\}/g, (_, place) => values[place] ?? "");

// Says it to eye and ear; a link, where one helps, opens beside the page, so that nothing on it is lost.
export const say = (text, link = null) => {
  if (link === null) {
    line.textContent = text;
    return;
  }
  const anchor = document.createElement("a");
  anchor.href = link.href;
  anchor.target = "_blank";
  anchor.textContent = link.text;
  line.replaceChildren(`${text} `, anchor);
};
