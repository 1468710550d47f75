// Dragging rows by their code and roles by their head. The keys do the same: Alt and an arrow.

const FAR = 5;
const EDGE = 40;

const rowAt = (x, y) => document.elementFromPoint(x, y)?.closest("tr");
const headAt = (x, y) => document.elementFromPoint(x, y)?.closest("th.role");

export class Drag {
  constructor(grid) {
    this.grid = grid;
    this.state = null;
    grid.table.addEventListener("pointerdown", (event) => this.begin(event));
    document.addEventListener("pointermove", (event) => this.go(event));
    document.addEventListener("pointerup", () => this.end(true));
    document.addEventListener("pointercancel", () => this.end(false));
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.end(false), true);
  }

  begin(event) {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const code = event.target.closest("td.code");
    const head = event.target.closest("th.role");
    const row = code?.parentElement.row;
    if (!row && !head?.dataset.key) return;
    const { rows } = this.grid.cursor.range;
    const moved = row && (rows.includes(row) ? rows : [row]);
    this.state = { rows: moved, role: head?.dataset.key, x: event.clientX, y: event.clientY, moving: false, to: null };
  }

  go(event) {
    const { state } = this;
    if (!state) return;
    if (!state.moving && Math.hypot(event.clientX - state.x, event.clientY - state.y) < FAR) return;
    state.moving = true;
    this.grid.table.classList.add("is-dragging");
    event.preventDefault();
    this.scroll(event);
    this.mark(state.rows ? this.overRow(event) : this.overHead(event));
  }

  scroll({ clientX, clientY }) {
    const { scroller, head } = this.grid.sheet;
    const box = scroller.getBoundingClientRect();
    if (clientY > box.bottom - EDGE) scroller.scrollTop += 12;
    else if (clientY < box.top + head + EDGE / 2) scroller.scrollTop -= 12;
    if (clientX > box.right - EDGE) scroller.scrollLeft += 12;
  }

  overRow({ clientX, clientY }) {
    const line = rowAt(clientX, clientY);
    if (line?.classList.contains("area")) {
      const { area } = this.grid.sheet.layout.items[line.getAttribute("aria-rowindex") - 2];
      return { element: line, side: "after", area, after: "" };
    }
    if (!line?.row) return null;
    const box = line.getBoundingClientRect();
    const below = clientY > box.top + box.height / 2;
    const section = this.grid.structure.section(line.row.area);
    const before = section[section.indexOf(line.row.key) - 1] ?? "";
    return { element: line, side: below ? "after" : "before", area: line.row.area, after: below ? line.row.key : before };
  }

  overHead({ clientX, clientY }) {
    const head = headAt(clientX, clientY);
    if (!head) return null;
    const box = head.getBoundingClientRect();
    const roles = this.grid.store.columns.map((column) => column.key);
    const after = clientX > box.left + box.width / 2;
    const key = after ? head.dataset.key : (roles[roles.indexOf(head.dataset.key) - 1] ?? "");
    return { element: head, side: after ? "after" : "before", after: key };
  }

  mark(to) {
    this.state.to?.element.classList.remove("drop-before", "drop-after");
    to?.element.classList.add(`drop-${to.side}`);
    this.state.to = to;
  }

  end(drop) {
    const { state } = this;
    if (!state) return;
    if (state.moving) this.mark(drop ? state.to : null);
    this.state = null;
    state.to?.element.classList.remove("drop-before", "drop-after");
    this.grid.table.classList.remove("is-dragging");
    if (!drop || !state.moving || !state.to) return;
    const { area, after } = state.to;
    if (state.role && after !== state.role) this.grid.structure.moveRole(state.role, after);
    const duties = (state.rows ?? []).map((row) => row.key);
    if (duties.length && !duties.includes(after)) this.grid.structure.move(duties, after, area);
  }
}
