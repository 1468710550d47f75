// What was typed in a panel and not sent: kept while the panel shows something else, by its address. The key of its
// form is kept with it: what was sent already and never answered is not written twice.

const drafts = new Map();

const draftsOf = (url) => {
  if (!drafts.has(url)) drafts.set(url, new Map());
  return drafts.get(url);
};

const nameOf = (area) => `${area.form.getAttribute("action")} ${area.name}`;

// Keeps what is typed in every form but the one that was sent.
export const keepDrafts = (content, url, sent = null) => {
  for (const area of content.querySelectorAll("form textarea")) {
    if (area.form !== sent && area.value !== area.defaultValue) draftsOf(url).set(nameOf(area), [area.value, area.form.elements.draft?.value]);
    else draftsOf(url).delete(nameOf(area));
  }
};

export const restoreDrafts = (content, url) => {
  for (const area of content.querySelectorAll("form textarea")) {
    if (!draftsOf(url).has(nameOf(area))) continue;
    const [typed, key] = draftsOf(url).get(nameOf(area));
    area.value = typed;
    if (key) area.form.elements.draft.value = key;
    const holder = area.closest("details");
    if (holder) holder.open = true;
  }
};
