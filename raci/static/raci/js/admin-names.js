// Select2 does not say what its fields are for: name their parts for those who listen to the page.
"use strict";
{
  const $ = window.django.jQuery;

  const nameOf = (select) => {
    const label = document.querySelector(`label[for="${select.id}"]`);
    return (label ? label.textContent : select.getAttribute("aria-label") || "").trim().replace(/:$/, "");
  };

  const nameParts = (select) => {
    const container = select.parentElement.querySelector(".select2-selection");
    if (!container) {
      return;
    }
    const shown = container.querySelector(".select2-selection__rendered");
    shown.removeAttribute("role");
    shown.removeAttribute("aria-readonly");
    container.setAttribute("aria-label", `${nameOf(select)}: ${shown.textContent.replace("×", "").trim()}`);
    container.removeAttribute("aria-labelledby");
  };

  const nameSearch = (select) => {
    const dropdown = document.querySelector(".select2-dropdown");
    const results = dropdown.querySelector("[role=listbox]");
    dropdown.setAttribute("role", "region");
    dropdown.setAttribute("aria-label", nameOf(select));
    dropdown.querySelector(".select2-search__field").setAttribute("aria-label", nameOf(select));
    results.setAttribute("aria-label", nameOf(select));
    select.parentElement.querySelector(".select2-selection").setAttribute("aria-controls", results.id);
  };

  const nameAll = () => document.querySelectorAll("select.admin-autocomplete").forEach(nameParts);

  $(() => {
    nameAll();
    $(document).on("select2:open", (event) => nameSearch(event.target));
    $(document).on("select2:select select2:clear select2:close", (event) => setTimeout(nameParts, 0, event.target));
  });
  document.addEventListener("formset:added", nameAll);
}
