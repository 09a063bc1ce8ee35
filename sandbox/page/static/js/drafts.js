// What was typed into a view and may not have reached the server yet: sent soon, and before anything else.

import { post } from "./api.js";

const PAUSE = 250;

export class Drafts {
  #view;
  #unsent = new Map();
  #values = new Map();
  #waiting = 0;
  #sending = Promise.resolve();

  constructor(view) {
    this.#view = view;
    this.leave = () => this.flush({ keepalive: true });
    addEventListener("pagehide", this.leave);
  }

  put(block, action, value) {
    const key = `${block}|${action}`;
    this.#values.set(key, value);
    this.#unsent.set(key, { block, action, value });
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.flush(), PAUSE);
  }

  /** What was typed here, in the shape of an entry of `state.values`; undefined for what nobody touched. */
  entry(block, action) {
    const key = `${block}|${action}`;
    return this.#values.has(key) ? { value: this.#values.get(key) } : undefined;
  }

  /** Sends what is unsent; done once everything typed so far has arrived. */
  flush(options = {}) {
    clearTimeout(this.#waiting);
    const values = [...this.#unsent.values()];
    this.#unsent.clear();
    if (values.length) this.#sending = this.#sending.then(() => post("put", { view: this.#view, values }, options));
    return this.#sending;
  }

  /** Does `work` once everything typed so far has arrived; what is flushed later waits for it in turn. */
  queue(work) {
    this.flush();
    this.#sending = this.#sending.then(work);
    return this.#sending;
  }

  drop() {
    clearTimeout(this.#waiting);
    removeEventListener("pagehide", this.leave);
  }
}
