// How far an import is: asked for once a second, until it waits for a person or has ended; then the page leads on.

const place = document.querySelector("[data-import-state]");
const SOON = 1000;
const LATER = 2000;
const PATIENT_AFTER = 30;
let asked = 0;
let known = "";

const show = (state) => {
  const says = place.querySelector("[data-says]");
  // Only what is new is spoken.
  if (says.textContent !== state.says) {
    says.textContent = state.says;
    place.querySelector("[data-spoken]").textContent = state.says;
  }
  place.querySelector("[data-counted]").textContent = state.counted;
  place.querySelector("[data-share]").textContent = `${state.share} %`;
  place.querySelector("progress").value = state.share;
  for (const [index, line] of [...place.querySelectorAll("li")].entries()) {
    const standing = state.standings[index];
    line.className = `is-${standing}`;
    if (standing === "now") line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
  }
};

const ask = async () => {
  const headers = known ? { "If-None-Match": known } : {};
  const answer = await fetch(place.dataset.importState, { headers, cache: "no-store" });
  if (answer.status === 304) return true;
  if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
    window.location.reload(); // the page itself says what is the matter
    return false;
  }
  if (!answer.ok) throw new Error(String(answer.status));
  known = answer.headers.get("ETag") ?? "";
  const state = await answer.json();
  if (!state.works) {
    window.location.reload(); // it leads to what is next
    return false;
  }
  // While another kind of work begins, its lines are others.
  if (state.standings.length !== place.querySelectorAll("li").length) window.location.reload();
  else show(state);
  return true;
};

const again = async () => {
  asked += 1;
  const silent = place.querySelector("[data-silent]");
  try {
    if (!(await ask())) return;
    silent.hidden = true;
  } catch {
    silent.hidden = false; // the server is away: it will be back
  }
  setTimeout(again, asked > PATIENT_AFTER ? LATER : SOON);
};

if (place) setTimeout(again, SOON);
