// The messages of a conversation: only the newest at first, more on scrolling up; redrawn only where something changed.

import { article } from "./article.js";
import { dayName, toField } from "./dates.js";
import { arrange, h, keepingFocus } from "./dom.js";
import { Thread, threaded } from "./threads.js";

const NEAR_THE_END = 80;
const NEAR_THE_START = 600;
const NOWHERE = -100;

export class Log {
  #log;
  #earlier;
  #more;
  #drawn = new Map();
  #place = "";
  #newest = "";
  #following = true;
  #pinned = NOWHERE;
  #asking = false;

  /** `earlier()` asks for more of what was said before. */
  constructor(log, earlier) {
    this.#log = log;
    this.#earlier = earlier;
    this.#more = h("button", { type: "button", class: "button earlier", text: "Show earlier messages", onclick: () => this.#ask() });
    log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Pictures arrive after their message and push its end out of sight; `load` does not bubble.
    log.addEventListener("load", () => this.#following && this.#pinned === NOWHERE && this.#toEnd(), true);
  }

  /** For another conversation: it is read from its end. */
  moved() {
    this.#following = true;
    this.#newest = "";
    this.#pinned = NOWHERE;
  }

  show(state, context, did) {
    const scene = { state, context, did };
    const fresh = this.#place !== `${state.me.id}|${state.place.id}`;
    this.#place = `${state.me.id}|${state.place.id}`;
    const nodes = this.#nodes(scene);
    const anchor = this.#anchor();
    keepingFocus(this.#log, () => arrange(this.#log, nodes));
    this.#asking = false;
    this.#settle(state, anchor, fresh);
  }

  #nodes(scene) {
    const { state, context } = scene;
    const before = this.#drawn;
    this.#drawn = new Map();
    const nodes = state.earlier ? [this.#more] : [];
    let day = "";
    for (const [message, replies] of threaded(state.messages)) {
      const today = toField(Number(message.ts), context.zone).slice(0, 10);
      if (today !== day) nodes.push(this.#reused(before, `day|${today}`, context.zone, () => dayLine(message, context)));
      day = today;
      nodes.push(this.#message(before, message, scene)(() => article(message, scene)));
      if (replies.length) nodes.push(this.#thread(before, message, replies, scene));
    }
    return nodes.length ? nodes : [h("p", { class: "empty", text: state.place.empty })];
  }

  #message(before, message, { state, context }) {
    const fingerprint = `${context.zone}${JSON.stringify({ ...message, values: null })}`;
    return (draw) => this.#reused(before, `${this.#place}|${message.ts}|${message.ephemeral}`, `${fingerprint}${state.shortcuts.message.length}`, draw);
  }

  #thread(before, message, replies, scene) {
    const key = `${this.#place}|thread|${message.ts}`;
    const thread = before.get(key)?.thread ?? new Thread();
    this.#drawn.set(key, { thread });
    thread.show(replies, scene, (reply, draw) => this.#message(before, reply, scene)(draw));
    return thread.node;
  }

  #reused(before, key, fingerprint, draw) {
    const was = before.get(key);
    const one = was?.fingerprint === fingerprint ? was : { fingerprint, node: draw() };
    this.#drawn.set(key, one);
    return one.node;
  }

  // Scrolling

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#log;
    const atPin = Math.abs(scrollTop - this.#pinned) < 2;
    this.#following = atPin || scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
    if (!atPin) this.#pinned = NOWHERE;
    if (scrollTop < NEAR_THE_START && scrollHeight > clientHeight) this.#ask();
  }

  #ask() {
    if (this.#asking || !this.#more.isConnected || this.#log.hidden) return;
    this.#asking = true;
    this.#earlier();
  }

  /** The first message in sight and where it stands: what comes in above must not move it. */
  #anchor() {
    const top = this.#log.getBoundingClientRect().top;
    const node = [...this.#log.querySelectorAll(":scope > article")].find((one) => one.getBoundingClientRect().bottom > top);
    return node && { node, at: node.getBoundingClientRect().top };
  }

  #settle(state, anchor, fresh) {
    const newest = state.messages.at(-1)?.ts ?? "";
    const arrived = newest !== this.#newest;
    this.#newest = newest;
    if (fresh || (this.#following && arrived)) this.#toNewest(fresh);
    else if (!this.#following && anchor?.node.isConnected) this.#log.scrollTop += anchor.node.getBoundingClientRect().top - anchor.at;
    else if (this.#following && this.#pinned === NOWHERE) this.#toEnd();
  }

  /** An answer that is taller than the window is read from its beginning. */
  #toNewest(fresh) {
    const last = this.#log.querySelector(":scope > article:last-of-type");
    this.#toEnd();
    if (fresh || !last || last.offsetHeight <= this.#log.clientHeight) return;
    this.#log.scrollTop += last.getBoundingClientRect().top - this.#log.getBoundingClientRect().top;
    this.#pinned = this.#log.scrollTop;
  }

  #toEnd() {
    this.#pinned = NOWHERE;
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}

const dayLine = (message, context) => h("p", { class: "day", text: dayName(Number(message.ts), context.zone) });
