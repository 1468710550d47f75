// One write to the address of a cell, and what its answer means.

import { part, word } from "./words.js";

const PATIENCE_MS = 15000;
let token = part("[name=csrfmiddlewaretoken]").value;

const post = (url, seen, letters) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    keepalive: true, // what is on its way when the page is left still arrives
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams({ seen, letters }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

const isShut = (response) => response.type === "opaqueredirect" || response.status === 403;

// Signing in again gives a new token, which the form of the cell holds. False where nobody is signed in.
const renew = async (url) => {
  const response = await fetch(url, { redirect: "manual", headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? token;
  return true;
};

const read = async (response) => {
  if (response.type === "opaqueredirect") return { kind: "signed-out" };
  if (response.ok) return { kind: "done", ...(await response.json()) };
  if (response.status === 409) return { kind: "clash", ...(await response.json()) };
  if (response.status >= 500 || response.status === 429) return { kind: "later" };
  const said = await response.json().catch(() => ({}));
  return { kind: "refused", why: said.error ?? word(response.status === 403 ? "forbidden" : "gone") };
};

const sendNow = async (url, seen, letters) => {
  try {
    let response = await post(url, seen, letters);
    if (isShut(response)) {
      if (!(await renew(url))) return { kind: "signed-out" };
      response = await post(url, seen, letters);
    }
    return await read(response);
  } catch {
    return { kind: "later" }; // no network, or an answer that is not the server's
  }
};

let line = Promise.resolve();

// Resolves to {kind}: "done" with letters; "clash" with current, by, at; "refused" with why; "signed-out"; "later".
// One at a time: the server takes writes to an organisation one by one, and so the history has the order of the keys.
export const send = (url, seen, letters) => {
  line = line.then(() => sendNow(url, seen, letters));
  return line;
};
