// A line that says what went wrong, why, and offers to try again.

import { h } from "./dom.js";

export class Notice {
  #box;

  /** `box` is an empty element with role "alert". */
  constructor(box) {
    this.#box = box;
  }

  clear() {
    this.#box.hidden = true;
    this.#box.replaceChildren();
  }

  /** Shows a `seen` that is not well; `again` repeats what the person did, where that can help. */
  show(seen, again) {
    if (!seen || seen.ok || !seen.text) return this.clear();
    const repeat = seen.again && again ? h("button", { type: "button", class: "button again", text: "Try again", onclick: () => this.#repeat(again) }) : null;
    const words = h("div", { class: "notice-words" }, h("p", { text: seen.text }), seen.why ? h("p", { class: "hint", text: seen.why }) : null);
    const dismiss = h("button", { type: "button", class: "icon", "aria-label": "Dismiss", text: "✕", onclick: () => this.clear() });
    this.#box.replaceChildren(words, ...(repeat ? [repeat] : []), dismiss);
    this.#box.hidden = false;
  }

  async #repeat(again) {
    this.clear();
    await again();
  }
}
