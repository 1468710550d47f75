// A list with ticks: one box in the head ticks them all, and the button says how many are ticked.

const button = document.querySelector("[data-needs-ticks]");
const boxes = [...document.querySelectorAll('input[name="tick"]')];

if (button && boxes.length) {
  const words = button.textContent.trim();
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", button.dataset.needsTicks);
  const head = boxes[0].closest("table").querySelector("th");
  head.replaceChildren(all);

  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    button.disabled = count === 0;
    button.textContent = count ? `${words} (${count})` : words;
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
