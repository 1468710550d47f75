// One mark on its way to the server, and what the answer means.

import { post } from "../post.js";

const PATIENCE_MS = 15000;

// Signing in again gives a new token, which this page holds. False where nobody is signed in.
const renew = async (form) => {
  const response = await fetch(window.location.href, { redirect: "manual", headers: { Accept: "text/html" } });
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector(".marking [name=csrfmiddlewaretoken]")?.value;
  if (token) form.elements.csrfmiddlewaretoken.value = token;
  return Boolean(token);
};

const isShut = (response) => [401, 403].includes(response.status) || response.type === "opaqueredirect";

// Returns {kind}: "done" with how many are answered, "refused" with why, "signed-out", or "later" where it is worth
// another try.
export const send = async (form, body) => {
  try {
    let response = await post(form.dataset.marking, form, body, PATIENCE_MS);
    if (isShut(response)) {
      if (!(await renew(form))) return { kind: "signed-out" };
      response = await post(form.dataset.marking, form, body, PATIENCE_MS);
    }
    if (response.status === 401) return { kind: "signed-out" };
    if (response.status >= 500 || response.status === 429) return { kind: "later" };
    const said = await response.json().catch(() => ({}));
    return response.ok ? { kind: "done", ...said } : { kind: "refused", why: said.error ?? "" };
  } catch {
    return { kind: "later" };
  }
};
