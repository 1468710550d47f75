// Marks that are not confirmed yet: the latest of each row, sent one after another, kept while this tab is open.

import { nextTurn, wentWell } from "../grid/patience.js";
import { send } from "./send.js";

export class Waiting {
  // `on` is told: sending(duty), saved(duty, answer), refused(duty, why), waits(kind, duties), idle().
  constructor(form, on) {
    Object.assign(this, { form, on, marks: new Map(), busy: false });
    this.name = `orgroles.marks.${form.dataset.keep}`;
    window.addEventListener("beforeunload", (event) => {
      if (this.marks.size) event.preventDefault();
    });
  }

  // Takes up what this tab could not send before it was loaded again. In the tab alone: others may use this browser.
  resume() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.name) ?? "[]");
      for (const [duty, mark] of kept) this.marks.set(duty, mark);
    } catch {
      sessionStorage.removeItem(this.name);
    }
    if (this.marks.size) this.run();
    return this.marks;
  }

  put(duty, mark) {
    this.marks.set(duty, mark);
    this.keep();
    this.run();
  }

  keep() {
    try {
      if (this.marks.size) sessionStorage.setItem(this.name, JSON.stringify([...this.marks]));
      else sessionStorage.removeItem(this.name);
    } catch {
      // No room: leaving the page asks first all the same.
    }
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    while (this.marks.size) {
      const [[duty, mark]] = this.marks;
      this.on.sending(duty);
      const answer = await send(this.form, { role: this.form.dataset.role, duty, ...mark });
      if (answer.kind === "later" || answer.kind === "signed-out") {
        this.on.waits(answer.kind, [...this.marks.keys()]);
        await nextTurn();
      } else {
        wentWell();
        this.take(duty, mark, answer);
      }
    }
    this.busy = false;
    this.on.idle();
  }

  take(duty, mark, answer) {
    const isLatest = this.marks.get(duty) === mark; // else the row was marked again meanwhile
    if (isLatest) this.marks.delete(duty);
    this.keep();
    if (answer.kind === "done") this.on.saved(duty, answer, isLatest);
    else this.on.refused(duty, answer.why);
  }
}
