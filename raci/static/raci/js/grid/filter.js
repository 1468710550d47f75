// Which rows are shown. The filter stands in the address, so that a view can be sent to somebody, and is what is exported.

import { plain, word } from "./words.js";

const NAMES = ["area", "role", "letter", "undecided", "findings", "shared", "q"];
const bar = document.querySelector("[data-filter]");

const folded = (text) => text.normalize("NFKC").toLowerCase().normalize("NFKC").trim();

const holds = (letters, letter) => (letter ? letters.split("/").includes(letter) : letters !== "");

export class Filter {
  constructor(store, letters, changed) {
    Object.assign(this, { store, letters, changed });
    this.asked = this.read(new FormData(bar));
    bar.addEventListener("submit", (event) => event.preventDefault());
    bar.addEventListener("input", () => this.take(this.read(new FormData(bar))));
    bar.addEventListener("reset", () => setTimeout(() => this.take({})));
    bar.addEventListener("click", (event) => this.toggle(event));
    bar.querySelector("[data-needs-no-script]")?.remove();
    window.addEventListener("popstate", () => location.reload());
    this.show();
  }

  read(data) {
    const found = {};
    for (const name of NAMES) {
      const value = data.getAll(name).map((one) => one.trim()).filter(Boolean).join(".");
      if (value) found[name] = value;
    }
    return found;
  }

  take(asked) {
    this.asked = asked;
    history.replaceState(null, "", this.query || location.pathname);
    this.show();
    this.changed();
  }

  set(name, value) {
    const field = bar.elements[name];
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = value;
    this.take(this.read(new FormData(bar)));
  }

  // A chip stands for a pair of roles: on and off.
  toggle(event) {
    const chip = event.target.closest("[data-shared]");
    if (!chip) return;
    event.preventDefault();
    const pair = this.asked.shared === chip.dataset.shared ? [] : chip.dataset.shared.split(".");
    [...bar.elements.shared].forEach((select, at) => (select.value = pair[at] ?? ""));
    this.take(this.read(new FormData(bar)));
  }

  clear() {
    for (const field of bar.elements) {
      if (field.type === "checkbox") field.checked = false;
      else if (field.name) field.value = "";
    }
    this.take({});
  }

  get query() {
    const text = new URLSearchParams(this.asked).toString();
    return text ? `?${text}` : "";
  }

  // Writes the filter into the links that carry it: what is exported is what is shown.
  show() {
    for (const link of document.querySelectorAll("[data-carries-filter]")) {
      link.href = link.getAttribute("href").split("?")[0] + this.query;
    }
    for (const chip of bar.querySelectorAll("[data-shared]")) {
      if (chip.dataset.shared === this.asked.shared) chip.setAttribute("aria-current", "true");
      else chip.removeAttribute("aria-current");
    }
    bar.querySelector("[type=reset]").hidden = !this.query;
  }

  // Returns whether a row is shown, as the server decides it.
  get fits() {
    const { area, undecided, findings, role, letter, q } = this.asked;
    const shared = (this.asked.shared ?? "").split(".").filter(Boolean);
    const text = folded(q ?? "");
    const roles = role ? [role] : this.store.columns.map((column) => column.key);
    const checks = [];
    if (area) checks.push((row) => row.area === area);
    if (undecided) checks.push((row) => Boolean(row.open));
    if (findings) checks.push((row) => (findings === "1" ? row.findings?.length > 0 : row.findings?.includes(findings)));
    for (const one of shared) checks.push((row) => this.letters(row.key, one) !== "");
    if (role || letter) checks.push((row) => roles.some((one) => holds(this.letters(row.key, one), letter)));
    if (text) checks.push((row) => folded(`${row.code} ${row.title}`).includes(text));
    return (row) => checks.every((check) => check(row));
  }

  // Says how many rows are shown of how many, and what there is to find in them.
  count(shown) {
    const { health } = this.store;
    const total = this.store.order.length;
    const line = document.querySelector("[data-rows-shown]");
    line.textContent = this.query ? word("rows-shown", { shown, total }) : word("rows-all", { total });
    bar.querySelector("[data-undecided]").textContent = health.undecided;
    const any = bar.elements.findings.querySelector('[value="1"]');
    any.textContent = `${plain("any-finding")} (${health.with_findings})`;
    document.querySelector("[data-none-fits]").hidden = shown > 0 || !this.query;
    const empty = document.querySelector("[data-grid-empty]");
    if (empty) empty.hidden = total > 0 && this.store.columns.length > 0;
  }
}
