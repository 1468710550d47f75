// An answer on its way to the server. Returns {kind, said}: "done", "signed-out", or "failed" with why where that is known.

const PATIENCE_MS = 30000;

export const send = async (form, body) => {
  try {
    const response = await fetch(form.dataset.preview, {
      method: "POST",
      redirect: "manual",
      keepalive: true, // what is on its way when the page is left still arrives
      headers: {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.status === 401 || response.type === "opaqueredirect") return { kind: "signed-out" };
    const said = await response.json();
    return { kind: response.ok ? "done" : "failed", said };
  } catch {
    return { kind: "failed" };
  }
};
