// A list with ticks: one box in the head ticks them all, and the buttons say how many are ticked.

const buttons = [...document.querySelectorAll("[data-needs-ticks]")];
const boxes = [...document.querySelectorAll('input[name="tick"][type="checkbox"]')];

if (buttons.length && boxes.length) {
  const words = buttons.map((button) => button.textContent.trim());
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", buttons[0].dataset.needsTicks);
  const head = boxes[0].closest("table").querySelector("th");
  head.replaceChildren(all);

  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    for (const [index, button] of buttons.entries()) {
      button.disabled = count === 0;
      button.textContent = count ? `${words[index]} (${count})` : words[index];
    }
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
  };
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const box of boxes) box.addEventListener("change", show);
  show();
}
