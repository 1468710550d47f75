// Lines of a form: one more without a new page. Without this script the button sends the form and brings it back.

for (const lines of document.querySelectorAll("[data-lines]")) {
  const count = lines.querySelector("[data-count]");
  const pattern = lines.querySelector("[data-pattern]");
  const add = lines.querySelector("[data-add]");

  add.addEventListener("click", (event) => {
    event.preventDefault();
    const number = Number(count.value);
    const holder = document.createElement("template");
    holder.innerHTML = pattern.innerHTML
      .replaceAll("__row__", String(number))
      .replaceAll("__number__", String(number + 1));
    pattern.before(holder.content);
    count.value = String(number + 1);
    pattern.previousElementSibling.querySelector("input, select").focus();
  });
}
