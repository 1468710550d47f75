// One line of the preview: what is answered to it, and showing that.

export const isDisputed = (line) => Boolean(line.querySelector("input[type=radio]"));

const box = (line) => line.querySelector("input[type=checkbox]");
const radio = (line, verdict) => line.querySelector(`input[type=radio][value="${verdict}"]`);

export const isAccepted = (line) => (isDisputed(line) ? radio(line, "insist").checked : box(line).checked);

// Gives an answer to a line and returns what the server is to be told; nothing where the line has no such answer.
export const answer = (line, wanted) => {
  const verdict = isDisputed(line) && wanted === "accept" ? "insist" : wanted;
  const control = isDisputed(line) ? radio(line, verdict) : box(line);
  if (!control || (!isDisputed(line) && verdict === "ask")) return "";
  const hadFocus = line.contains(document.activeElement);
  control.checked = isDisputed(line) || verdict === "accept";
  if (hadFocus) control.focus();
  return verdict;
};

// Shows how the server holds a line.
export const show = (line, verdict, trouble) => {
  if (verdict === undefined) return;
  const accepted = verdict === "accept" || verdict === "insist";
  if (isDisputed(line)) (radio(line, verdict) ?? radio(line, "refuse")).checked = true;
  else box(line).checked = accepted;
  line.classList.toggle("is-refused", !accepted);
  const place = line.querySelector("[data-trouble]");
  place.textContent = trouble;
  place.hidden = !trouble;
};
