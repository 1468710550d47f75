// An answer on its way to the server. Returns {kind, said}: "done", "signed-out", or "failed" with why where that is known.

import { post } from "../post.js";

const PATIENCE_MS = 30000;

export const send = async (form, body) => {
  try {
    const response = await post(form.dataset.preview, form, body, PATIENCE_MS);
    if (response.status === 401 || response.type === "opaqueredirect") return { kind: "signed-out" };
    const said = await response.json();
    return { kind: response.ok ? "done" : "failed", said };
  } catch {
    return { kind: "failed" };
  }
};
