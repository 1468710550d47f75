// JSON on its way to the server, from a form that holds the token of the page.

export const post = (url, form, body, patience) =>
  fetch(url, {
    method: "POST",
    redirect: "manual",
    keepalive: true, // what is on its way when the page is left still arrives
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience),
  });
