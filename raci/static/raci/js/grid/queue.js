// What is on its way to the server: painted at once, sent in the order of the keys, kept until it is confirmed.

import { kept, keep } from "./kept.js";
import { nextTurn, wentWell } from "./patience.js";
import { send } from "./send.js";

const spotOf = (duty, role) => `${duty} ${role}`;

export class Queue {
  // `on` is told: changed(duties), delta(answer), saved(batch), clashed(batch, conflicts), refused(batch, why), waits(kind), undone(kind, answer).
  constructor(store, on) {
    Object.assign(this, { store, on, batches: [], shown: new Map(), busy: false, wait: () => null, whole: null });
    window.addEventListener("beforeunload", (event) => {
      if (this.batches.some((batch) => !batch.safe)) event.preventDefault(); // nowhere kept but here
    });
  }

  // What a cell shows beside what is confirmed: {wanted, state}; undefined where nothing is on its way.
  entry(duty, role) {
    return this.shown.get(spotOf(duty, role));
  }

  letters(duty, role) {
    return this.entry(duty, role)?.wanted ?? this.store.letters(duty, role);
  }

  // Sets cells, all as one revision. Each says what it saw: what was shown when it was typed.
  write(spots, reason = "") {
    const cells = spots
      .map(({ duty, role, wanted }) => [duty, role, this.letters(duty, role), wanted])
      .filter(([, , seen, wanted]) => seen !== wanted);
    if (cells.length) this.add({ cells, reason });
    return cells.length;
  }

  // Takes back the latest deed of this person in this matrix, or does it again: "undo" or "redo".
  turn(which) {
    this.add({ cells: [], turn: which });
  }

  add(batch) {
    this.batches.push(batch);
    for (const [duty, role, , wanted] of batch.cells) this.shown.set(spotOf(duty, role), { wanted, state: "" });
    this.save();
    this.on.changed(batch.cells.map(([duty]) => duty));
    this.run();
  }

  // Takes up what an earlier page could not send.
  resume() {
    const batches = kept();
    for (const batch of batches) {
      batch.cells = batch.cells.filter(([duty, role]) => this.store.has(duty, role));
      if (batch.cells.length) this.add(batch);
    }
    return batches.length;
  }

  save() {
    const safe = keep(this.batches.filter((batch) => !batch.turn).map(({ cells, reason }) => ({ cells, reason })));
    for (const batch of this.batches) batch.safe = safe && !batch.turn;
  }

  mark(batch, state) {
    for (const [duty, role] of batch.cells) {
      const entry = this.entry(duty, role);
      if (entry && entry.state !== "clash") entry.state = state;
    }
    this.on.changed(batch.cells.map(([duty]) => duty));
  }

  // Forgets a batch; a cell shows what is confirmed again unless something later is on its way to it.
  done(batch) {
    this.batches.splice(this.batches.indexOf(batch), 1);
    const later = new Set(this.batches.flatMap((other) => other.cells.map(([duty, role]) => spotOf(duty, role))));
    for (const [duty, role] of batch.cells) {
      const spot = spotOf(duty, role);
      if (!later.has(spot) && this.shown.get(spot)?.state !== "clash") this.shown.delete(spot);
    }
    this.save();
  }

  async run() {
    if (this.busy) return;
    this.busy = true;
    await this.whole;
    while (this.batches.length) {
      const [batch] = this.batches;
      const answer = await this.post(batch);
      if (answer.kind === "later" || answer.kind === "signed-out") {
        this.mark(batch, "waiting");
        this.on.waits(answer.kind, batch);
        await nextTurn();
      } else {
        wentWell();
        this.take(batch, answer);
      }
    }
    this.busy = false;
  }

  async post(batch) {
    if (batch.turn) await this.wait(); // for what else this person is doing: it may be what is to be taken back
    const since = this.store.revision;
    if (batch.turn) return send(`${batch.turn}.json`, { since, skip: this.skip ?? [] });
    return send("cells.json", { since, changes: batch.cells, reason: batch.reason });
  }

  take(batch, answer) {
    if (batch.turn) this.takeTurn(batch, answer);
    else if (answer.kind === "done") {
      this.done(batch);
      this.on.delta(answer);
      this.on.saved(batch);
    } else if (answer.kind === "clash") this.part(batch, answer.conflicts);
    else {
      this.done(batch);
      this.on.refused(batch, answer.why);
    }
    this.on.changed(batch.cells.map(([duty]) => duty));
  }

  takeTurn(batch, answer) {
    this.done(batch);
    if (answer.kind === "clash") this.skip = [...(this.skip ?? []), answer.number];
    if (answer.kind === "done") this.on.delta(answer);
    this.on.undone(answer, batch.turn);
  }

  // Sends what nobody else has changed again without the rest; the rest is somebody's choice.
  part(batch, conflicts) {
    const contested = new Map(conflicts.map((conflict) => [spotOf(conflict.duty, conflict.role), conflict]));
    const isContested = ([duty, role]) => contested.has(spotOf(duty, role));
    const asked = batch.cells.filter(isContested);
    for (const other of this.batches) other.cells = other.cells.filter((cell) => !isContested(cell));
    for (const [duty, role] of asked) this.shown.get(spotOf(duty, role)).state = "clash";
    this.batches = this.batches.filter((other) => other.turn || other.cells.length);
    this.save();
    this.on.clashed([...contested.values()].map((conflict) => ({ ...conflict, wanted: this.entry(conflict.duty, conflict.role).wanted })));
    this.on.changed(asked.map(([duty]) => duty));
  }

  // Ends a conflict: "mine" is written over what was seen now, "theirs" stays.
  choose(duty, role, theirs, choice) {
    const mine = this.entry(duty, role)?.wanted;
    this.shown.delete(spotOf(duty, role));
    if (choice === "mine" && mine !== undefined && mine !== theirs) this.add({ cells: [[duty, role, theirs, mine]], reason: "" });
    this.on.changed([duty]);
  }
}
