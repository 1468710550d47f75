// One request to the server, and what its answer means.

import { part, word } from "./words.js";

const PATIENCE_MS = 15000;
const base = document.querySelector("[data-grid]").dataset.grid;
let token = part("[name=csrfmiddlewaretoken]").value;

export const at = (rest) => `${base}${rest}`;

const post = (name, body) =>
  fetch(at(name), {
    method: "POST",
    redirect: "manual",
    keepalive: body.length < 50000, // what is on its way when the page is left still arrives
    headers: { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": token },
    body,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

const isShut = (response) => [401, 403].includes(response.status) || response.type === "opaqueredirect";

// Signing in again gives a new token, which the page holds. False where nobody is signed in.
const renew = async () => {
  const response = await fetch(part("[data-token]").href, { redirect: "manual", headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  token = page.querySelector("[name=csrfmiddlewaretoken]")?.value ?? token;
  return true;
};

const KINDS = { 200: "done", 404: "gone", 409: "clash" };

const read = async (response) => {
  if (response.status === 401 || response.type === "opaqueredirect") return { kind: "signed-out" };
  if (response.status >= 500 || response.status === 429) return { kind: "later" };
  const said = await response.json().catch(() => ({}));
  const kind = KINDS[response.status] ?? "refused";
  const why = said.error ?? word(response.status === 403 ? "forbidden" : "gone");
  return { ...said, kind, why };
};

// Returns {kind}: "done", "clash", "gone", "refused" with why, "signed-out", or "later" where it is worth another try.
export const send = async (name, values) => {
  const body = JSON.stringify(values);
  try {
    let response = await post(name, body);
    if (isShut(response)) {
      if (!(await renew())) return { kind: "signed-out" };
      response = await post(name, body);
    }
    return await read(response);
  } catch {
    return { kind: "later" }; // no network, or an answer that is not the server's
  }
};

export const currentToken = () => token;

// Fetches the whole grid.
export const fetchGrid = async () => {
  const response = await fetch(at("grid.json"), { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`grid.json: ${response.status}`);
  return response.json();
};
