// Pasting: what would change is shown first where it is more than one cell, or where something cannot be read.

import { nameOf, readLetters } from "./letters.js";
import { make, part, say, word } from "./words.js";

const SHOWN = 100;
const dialog = part("[data-paste]");

const spans = (cells, rows, columns) => {
  const block = [cells.length, Math.max(...cells.map((line) => line.length))];
  const isOne = block[0] === 1 && block[1] === 1;
  const times = (have, room) => (isOne || (room > have && room % have === 0) ? room : have);
  return [times(block[0], rows), times(block[1], columns), block];
};

// Lays a block of texts over the grid from its first cell: {writes, unread, beyond, same}. One cell, or a block that
// fits the range several times, fills it.
export const plan = (cells, cursor, letters) => {
  const { rows, roles, first } = cursor.range;
  const [high, wide, block] = spans(cells, rows.length, roles.length);
  const { stops } = cursor.layout;
  const top = cursor.layout.stopOf.get(rows[0].key);
  const lines = stops.slice(top).flatMap((item) => item.row ?? []);
  const found = { writes: [], unread: [], beyond: 0, same: 0 };
  for (let down = 0; down < high; down += 1) {
    for (let across = 0; across < wide; across += 1) {
      const text = cells[down % block[0]][across % block[1]];
      const row = lines[down];
      const role = cursor.sheet.store.columns[first + across];
      if (text === undefined) continue;
      if (!row || !role) {
        found.beyond += text.trim() ? 1 : 0;
        continue;
      }
      const wanted = readLetters(text);
      const seen = letters(row.key, role.key);
      if (wanted === null) found.unread.push({ row, role, text });
      else if (wanted === seen) found.same += 1;
      else found.writes.push({ duty: row.key, role: role.key, row, column: role, seen, wanted });
    }
  }
  return found;
};

const shown = (letters) => letters || nameOf("");

const fill = (selector, lines, more) => {
  const list = dialog.querySelector(selector);
  list.replaceChildren(...lines.slice(0, SHOWN).map((text) => make("li", { textContent: text })));
  if (lines.length > SHOWN) list.append(make("li", { textContent: word("more", { count: lines.length - SHOWN }) }));
  list.parentElement.hidden = !lines.length && !more;
};

const preview = ({ writes, unread, beyond, same }) => {
  dialog.querySelector("[data-paste-count]").textContent = word("paste-count", { count: writes.length, same });
  fill("[data-paste-writes]", writes.map((one) => word("paste-line", { code: one.row.code, role: one.column.name, seen: shown(one.seen), wanted: shown(one.wanted) })));
  fill("[data-paste-unread]", unread.map((one) => word("paste-unread", { code: one.row.code, role: one.role.name, text: one.text })));
  const left = dialog.querySelector("[data-paste-beyond]");
  left.hidden = !beyond;
  left.textContent = word("paste-beyond", { count: beyond });
  dialog.querySelector("[value=apply]").disabled = !writes.length;
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "apply"), { once: true });
    dialog.returnValue = "";
  });
};

// Pastes; resolves when it is written or given up.
export const paste = async (cells, cursor, queue) => {
  const found = plan(cells, cursor, (duty, role) => queue.letters(duty, role));
  const simple = found.writes.length + found.same === 1 && !found.unread.length && !found.beyond;
  if (!simple && !(await preview(found))) {
    say(word("paste-none"));
  } else if (queue.write(found.writes) && !simple) {
    say(word("pasted", { count: found.writes.length }));
  }
  cursor.focus();
};
