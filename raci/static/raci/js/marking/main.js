// Marking by keyboard: one row after another, each mark sent as it is made. Without this the form is sent as a whole.

import { Waiting } from "./waiting.js";

const PAUSE_MS = 900;
const form = document.querySelector("[data-marking]");
const rows = [...form.querySelectorAll("[data-duty]")];
const part = (name) => form.querySelector(`[data-${name}]`);
const word = (name) => part("words").content.querySelector(`[data-word="${name}"]`).textContent;
const radios = (row) => [...row.querySelectorAll('input[type="radio"]')];
const reasonOf = (row) => row.querySelector(".mark-reason input");
const rowOf = (duty) => rows.find((row) => row.dataset.duty === duty);
const chosen = (row) => radios(row).find((radio) => radio.checked);

const say = (row, name, text) => {
  if (!row) return;
  row.dataset.state = name;
  row.querySelector("[data-row-state]").textContent = text ?? (name ? word(name) : "");
};

const tell = (text, isWrong = false) => {
  part("state").textContent = text;
  part("state").classList.toggle("wrong", isWrong);
};

const showCount = () => {
  const count = rows.filter(chosen).length;
  part("answered").textContent = count;
  form.querySelector("progress").value = count;
  part("done").hidden = count < rows.length;
  return count;
};

const waiting = new Waiting(form, {
  sending: (duty) => say(rowOf(duty), "saving"),
  saved: (duty, answer, isLatest) => isLatest && say(rowOf(duty), "saved"),
  refused: (duty, why) => {
    say(rowOf(duty), "refused");
    tell(why || word("refused"), true);
  },
  waits: (kind, duties) => {
    for (const duty of duties) say(rowOf(duty), "waiting");
    tell(word(kind), true);
  },
  idle: () => {
    if (!form.querySelector('[data-state="refused"]')) tell(showCount() === rows.length ? word("all") : word("saved"));
  },
});

const save = (row) => {
  const radio = chosen(row);
  showCount();
  if (radio) waiting.put(row.dataset.duty, { value: radio.value, reason: reasonOf(row).value });
};

const enter = (row) => {
  if (!row) return;
  (chosen(row) ?? radios(row)[0]).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

const beside = (row, step) => rows[rows.indexOf(row) + step];

const mark = (row, radio) => {
  radio.checked = true;
  save(row);
  enter(beside(row, 1) ?? row);
};

const byKey = (row, key) => {
  const found = radios(row);
  if (/^[1-9]$/.test(key)) return found[Number(key) - 1];
  const value = { m: "mine", s: "shared", n: "nobody", d: "unknown", t: "theirs" }[key.toLowerCase()];
  const fits = found.filter((radio) => value && radio.value.split(":")[0] === value);
  if (fits.length > 1) fits[0].focus(); // of several others one must be named: by its digit or with the blank
  return fits.length === 1 ? fits[0] : undefined;
};

form.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-duty]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const inReason = event.target === reasonOf(row);
  if (inReason && event.key === "Enter") enter(chosen(row) ? (beside(row, 1) ?? row) : row);
  else if (step) enter(beside(row, step));
  else if (inReason) return;
  else if (event.key.toLowerCase() === "r") reasonOf(row).focus();
  else {
    const radio = byKey(row, event.key);
    if (!radio) return;
    mark(row, radio);
  }
  event.preventDefault();
});

const timers = new Map();
const flush = (row) => {
  clearTimeout(timers.get(row));
  timers.delete(row);
  save(row);
};

form.addEventListener("input", (event) => {
  const row = event.target.closest("[data-duty]");
  if (!row || event.target !== reasonOf(row)) return;
  clearTimeout(timers.get(row));
  timers.set(row, setTimeout(() => flush(row), PAUSE_MS));
});

form.addEventListener("change", (event) => {
  const row = event.target.closest("[data-duty]");
  if (row) flush(row);
});

window.addEventListener("pagehide", () => {
  for (const row of [...timers.keys()]) flush(row);
});

part("save").hidden = !("bound" in form.dataset); // each mark is sent as it is made
part("keys").hidden = false;
for (const [duty, { value, reason }] of waiting.resume()) {
  const row = rowOf(duty);
  const radio = row && radios(row).find((one) => one.value === value);
  if (radio) radio.checked = true;
  if (row) reasonOf(row).value = reason;
}
showCount();
// What was sent and not kept is looked at first, else the first row that has no mark.
enter(form.querySelector(".is-wrong") ?? rowOf(form.dataset.first));
