// The preview of an import by keyboard: one line after another, each answer kept as it is given. Without this the form
// is sent as a whole.

import { answer, isAccepted, isDisputed, show } from "./lines.js";
import { send } from "./send.js";

const form = document.querySelector("[data-preview]");
const lines = () => [...document.querySelectorAll("[data-line]")].filter((line) => controlOf(line));
const controlOf = (line) => line.querySelector("input[type=radio]:checked, input[type=checkbox]");
const keys = document.querySelector("[data-preview-keys]");
const part = (name) => form.querySelector(`[data-${name}]`);
const word = (name) => document.querySelector("[data-preview-words]").content.querySelector(`[data-word="${name}"]`);
let anchor = null;

const tell = (text) => {
  part("wrong").textContent = text;
  part("wrong").hidden = !text;
};

const take = (said) => {
  part("sum").textContent = said.sum;
  part("lint").textContent = said.lint;
  part("apply").textContent = said.button;
  part("apply").disabled = !said.can_apply;
  for (const [group, counted] of Object.entries(said.groups)) {
    const place = document.querySelector(`[data-group="${group}"] [data-counted]`);
    if (place) place.textContent = counted;
  }
  for (const line of lines()) show(line, ...(said.lines[line.dataset.line] ?? []));
};

// One request after the other, in the order in which the answers were given.
let queue = Promise.resolve();
const keep = (body) => {
  const shown = lines().map((line) => line.dataset.line);
  queue = queue.then(async () => {
    const { kind, said } = await send(form, { ...body, shown });
    tell(kind === "done" ? "" : (said?.error ?? word(kind).textContent));
    if (kind === "done") take(said);
  });
};

const keepLines = (chosen, wanted) => {
  const byVerdict = {};
  for (const line of chosen) {
    const verdict = answer(line, wanted);
    if (verdict) (byVerdict[verdict] ??= []).push(line.dataset.line);
  }
  for (const [verdict, ids] of Object.entries(byVerdict)) keep({ lines: ids, verdict });
};

const keepGroup = (group, verdict) => keep({ group, verdict });

const current = () => document.activeElement.closest?.("[data-line]");

const chosen = () => {
  const marked = lines().filter((line) => line.classList.contains("is-chosen"));
  return marked.length ? marked : [current()];
};

const choose = (from, to) => {
  const all = lines();
  const [first, last] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b);
  all.forEach((line, at) => line.classList.toggle("is-chosen", from !== to && at >= first && at <= last));
};

const go = (line, extend) => {
  if (!line) return;
  anchor = extend ? (anchor ?? current() ?? line) : null;
  controlOf(line).focus();
  line.scrollIntoView({ block: "nearest" });
  choose(anchor ?? line, line);
};

const step = (event, by) => {
  const all = lines();
  const at = all.indexOf(current());
  go(all[at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by], event.shiftKey);
};

const toggleGroup = () => {
  const group = current()?.closest("[data-group]");
  if (!group) return;
  const open = lines().filter((line) => group.contains(line) && !isDisputed(line));
  keepGroup(group.dataset.group, open.every(isAccepted) ? "refuse" : "accept");
};

const ACTIONS = {
  ArrowDown: (event) => step(event, 1),
  ArrowUp: (event) => step(event, -1),
  Home: (event) => go(lines()[0], event.shiftKey),
  End: (event) => go(lines().at(-1), event.shiftKey),
  a: () => keepLines(chosen(), "accept"),
  r: () => keepLines(chosen(), "refuse"),
  q: () => keepLines(chosen(), "ask"),
  g: toggleGroup,
  " ": () => keepLines(chosen(), isAccepted(current()) ? "refuse" : "accept"),
  "?": () => keys.showModal(),
};

const isElsewhere = (event) =>
  event.altKey || event.ctrlKey || event.metaKey || keys.open || event.target.matches("#reason, select, [type=text]");

document.addEventListener("keydown", (event) => {
  const action = ACTIONS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action || isElsewhere(event)) return;
  if (!current() && !["ArrowDown", "ArrowUp", "?"].includes(event.key)) return;
  event.preventDefault();
  action(event);
});

document.addEventListener("change", (event) => {
  const line = event.target.closest("[data-line]");
  if (line) keep({ lines: [line.dataset.line], verdict: event.target.type === "radio" ? event.target.value : isAccepted(line) ? "accept" : "refuse" });
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=group]");
  if (button) {
    event.preventDefault();
    keepGroup(...button.value.split(":"));
  } else if (event.target.closest("[data-keys]")) keys.showModal();
});

if (form) {
  document.querySelector("[data-keep]").hidden = true;
  part("keys").hidden = false;
}
