// The panel of a row or a cell beside the grid: fetched as a fragment, its forms sent without leaving the page.

import { keepDrafts, restoreDrafts } from "./panel-drafts.js";

const panel = document.querySelector("[data-panel]");
const content = panel?.querySelector("[data-panel-content]");
const line = panel?.querySelector("[data-panel-said]");
const HEADERS = { "X-Panel": "1", Accept: "text/html" };
const PATIENCE_MS = 15000;

let shown = ""; // the address of what is shown
let back = null; // what gets the focus when the panel closes
let turn = 0; // answers to earlier questions are dropped

const say = (name) => {
  const text = name ? panel.querySelector(`[data-panel-word="${name}"]`).textContent : "";
  line.replaceChildren(text);
  if (name !== "signed-out") return;
  const link = panel.querySelector("[data-panel-sign-in]").cloneNode(true);
  link.target = "_blank";
  line.append(" ", link);
};

const ask = async (url, options = {}) => {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const response = await fetch(url, { redirect: "manual", ...options, headers: HEADERS, signal });
  const isPage = response.headers.get("Content-Type")?.startsWith("text/html");
  const page = isPage ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  return { status: response.type === "opaqueredirect" ? 302 : response.status, page };
};

// Shows what a page says: the fragment, or the middle of whatever else came back.
const show = (page) => {
  const found = page.querySelector("[data-panel-body]") ?? page.querySelector("main");
  if (!found) return false;
  content.replaceChildren(document.adoptNode(found));
  restoreDrafts(content, shown);
  return true;
};

const WORDS = { 302: "signed-out", 403: "forbidden", 404: "gone" };

const load = async (url) => {
  const mine = ++turn;
  panel.setAttribute("aria-busy", "true");
  try {
    const { status, page } = await ask(url);
    if (mine !== turn) return false;
    const isShown = status === 200 && page && show(page);
    say(isShown ? "" : (WORDS[status] ?? "later"));
    return isShown;
  } catch {
    if (mine === turn) say("later");
    return false;
  } finally {
    if (mine === turn) panel.removeAttribute("aria-busy");
  }
};

const focusHead = () => (content.querySelector("#panel-title") ?? panel.querySelector("[data-panel-close]")).focus();

// Opens the panel at an address; `back` is the element that gets the focus when it closes.
export const openPanel = async (url, options = {}) => {
  if (!panel.hidden) keepDrafts(content, shown);
  back = options.back ?? document.activeElement;
  shown = new URL(url, location.href).pathname;
  panel.hidden = false;
  say("busy");
  await load(shown);
  focusHead();
};

export const closePanel = () => {
  keepDrafts(content, shown);
  turn += 1;
  panel.hidden = true;
  back?.focus();
};

// Signing in again gives a new token, which a fresh fragment holds.
const renew = async (form) => {
  const { page } = await ask(shown);
  const fresh = page?.querySelector("[name=csrfmiddlewaretoken]")?.value;
  const own = form.elements.csrfmiddlewaretoken;
  if (!fresh || !own || own.value === fresh) return false;
  own.value = fresh;
  return true;
};

const post = async (form, submitter) => {
  const send = () => ask(form.action, { method: "POST", body: new FormData(form, submitter) });
  const answer = await send();
  return answer.status === 403 && (await renew(form)) ? send() : answer;
};

// What is put in its place with all the rest of the panel would not be read aloud.
const tell = () => {
  panel.querySelector("[data-panel-told]").textContent = content.querySelector(".says p")?.textContent ?? "";
};

const written = async (form, { status, page }) => {
  keepDrafts(content, shown, status === 200 || status === 302 ? form : null);
  if (status === 302) return (await load(shown)) && (tell(), true); // it led elsewhere: the panel says what was done
  if (![200, 409, 422, 428].includes(status) || !page || !show(page)) {
    say(WORDS[status] ?? "later");
    return false;
  }
  say("");
  tell();
  return status === 200 || status === 409;
};

const submit = async (event) => {
  event.preventDefault();
  if (panel.hasAttribute("aria-busy")) return;
  panel.setAttribute("aria-busy", "true");
  try {
    const isNew = await written(event.target, await post(event.target, event.submitter));
    if (isNew) document.dispatchEvent(new CustomEvent("orgroles:changed"));
    if (isNew && !content.contains(document.activeElement)) focusHead();
  } catch {
    say("later");
  } finally {
    panel.removeAttribute("aria-busy");
  }
};

const follow = (event) => {
  const link = event.target.closest("[data-panel-link]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openPanel(link.dataset.panelLink, { back });
};

panel?.addEventListener("submit", submit);
panel?.addEventListener("click", follow);
panel?.querySelector("[data-panel-close]").addEventListener("click", closePanel);
panel?.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
