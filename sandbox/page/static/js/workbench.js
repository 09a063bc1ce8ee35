// What a developer looks at: answers that Slack would have refused, and what went over the wire.

import { get } from "./api.js";
import { clockTime } from "./dates.js";
import { arrange, code, h } from "./dom.js";
import { refusal } from "./refusals.js";

export class Workbench {
  #panel;
  #button;
  #count;
  #zone = "UTC";
  #counted = null;
  #lines = new Map();
  #refusals = new Map();

  constructor(panel, button) {
    this.#panel = panel;
    this.#button = button;
    this.#count = button.querySelector(".count");
    button.addEventListener("click", () => (panel.hidden ? this.open() : this.close()));
    panel.querySelector(".close").addEventListener("click", () => this.close());
    panel.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
  }

  show(state) {
    this.#zone = state.me.zone;
    this.#count.textContent = state.refusals.length ? `${state.refusals.length} refused` : "";
    const none = h("li", { class: "hint", text: "Nothing so far: everything the app sent would pass." });
    const all = state.refusals.map((one) => kept(this.#refusals, one.key, () => h("li", {}, refusal(one))));
    if (all.length || !this.#panel.querySelector(".refusals").childElementCount) arrange(this.#panel.querySelector(".refusals"), all.length ? all : [none]);
    if (state.journal === this.#counted) return;
    this.#counted = state.journal;
    if (!this.#panel.hidden) this.#fill();
  }

  open() {
    this.#panel.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    this.#panel.querySelector(".close").focus({ preventScroll: true });
    this.#fill();
  }

  close() {
    this.#panel.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    this.#button.focus();
  }

  async #fill() {
    const lines = (await get("journal"))?.lines ?? [];
    const nodes = lines.map((line) => kept(this.#lines, line.key, () => this.#line(line)));
    arrange(this.#panel.querySelector(".wire"), nodes.length ? nodes : [h("li", { class: "hint", text: "Nothing yet." })]);
  }

  #line(line) {
    const body = h("div", { class: "bodies" });
    const direction = line.to_app ? "to app" : "to Slack";
    const details = h("details", {}, h("summary", { class: line.ok ? "" : "bad" },
      h("span", { class: `direction ${line.to_app ? "to-app" : "to-slack"}`, text: direction }),
      h("code", { text: line.what }),
      h("span", { class: "figures", text: `${line.result} · ${line.ms} ms · ${clockTime(line.at, this.#zone)}` })), body);
    details.addEventListener("toggle", async () => {
      if (!details.open || body.childElementCount) return;
      const found = (await get("journal", { key: line.key })) ?? { sent: "The sandbox does not answer.", answered: "" };
      body.replaceChildren(h("p", { class: "hint", text: "Sent" }), code(found.sent), h("p", { class: "hint", text: "Answered" }), code(found.answered));
    });
    return h("li", {}, details);
  }
}

/** The node of that key, drawn only once: an opened one stays open. */
function kept(nodes, key, draw) {
  if (!nodes.has(key)) nodes.set(key, draw());
  return nodes.get(key);
}
