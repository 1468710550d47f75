// What others change: asked for every few seconds while somebody looks, by the revision that is here already.

import { at } from "./send.js";

const SOON_MS = 3000;
const HIDDEN_MS = 30000;

export class Feed {
  constructor(store, take) {
    Object.assign(this, { store, take, etag: "", timer: 0, line: Promise.resolve() });
    document.addEventListener("visibilitychange", () => document.hidden || this.ask());
    document.addEventListener("orgroles:changed", () => this.ask());
    window.addEventListener("online", () => this.ask());
    this.later();
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), document.hidden ? HIDDEN_MS : SOON_MS);
  }

  // Asks, after whoever is asking already: what was written just now must be in the answer.
  ask() {
    this.line = this.line.then(() => this.askNow());
    return this.line;
  }

  async askNow() {
    try {
      const headers = { Accept: "application/json" };
      if (this.etag) headers["If-None-Match"] = this.etag;
      const response = await fetch(at(`changes.json?since=${this.store.revision}`), { headers, redirect: "manual" });
      if (response.status === 200) {
        this.etag = response.headers.get("ETag") ?? "";
        await this.take(await response.json());
      }
    } catch {
      // No network: the letters here are right as of their revision, and the next turn asks again.
    }
    this.later();
  }
}
