// The replies to a message: folded to how many there are, and opened in place.

import { article } from "./article.js";
import { clockTime } from "./dates.js";
import { arrange, h } from "./dom.js";

const isReply = (message, known) => message.thread_ts && message.thread_ts !== message.ts && known.has(message.thread_ts);

/** `[[message, replies]]`: replies under what they answer, as long as that is among the messages shown. */
export function threaded(messages) {
  const known = new Set(messages.map((one) => one.ts));
  const replies = Map.groupBy(messages.filter((one) => isReply(one, known)), (one) => one.thread_ts);
  return messages.filter((one) => !isReply(one, known)).map((one) => [one, replies.get(one.ts) ?? []]);
}

export class Thread {
  #list = h("div", { class: "replies", hidden: true });
  #count = h("span", { class: "reply-count" });
  #last = h("span", { class: "hint" });
  #button = h("button", { type: "button", class: "fold", "aria-expanded": "false", onclick: () => this.#turn() }, this.#count, this.#last);
  node = h("div", { class: "thread" }, this.#button, this.#list);

  /** `reused` draws a message only if it changed. */
  show(replies, scene, reused) {
    this.#count.textContent = replies.length === 1 ? "1 reply" : `${replies.length} replies`;
    this.#last.textContent = ` Last one at ${clockTime(Number(replies.at(-1).ts), scene.context.zone)}`;
    arrange(this.#list, replies.map((one) => reused(one, () => article(one, scene))));
  }

  #turn() {
    this.#list.hidden = !this.#list.hidden;
    this.#button.setAttribute("aria-expanded", String(!this.#list.hidden));
  }
}
