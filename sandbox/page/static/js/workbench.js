// What a developer looks at: answers that Slack would have refused, and what went over the wire.

import { get } from "./api.js";
import { h } from "./dom.js";

const code = (value) => h("pre", {}, h("code", { text: typeof value === "string" ? value : JSON.stringify(value, null, 2) }));

function refusal(one) {
  const pointers = one.messages.map((message) => h("li", { text: message }));
  return h("li", { class: "refusal" }, h("strong", { text: one.method }), ` answered `, h("code", { text: one.error }), h("ul", {}, pointers),
    h("details", {}, h("summary", { text: "What the app sent" }), code(one.args)));
}

export class Workbench {
  #panel;
  #count;
  #counted = "";

  constructor(panel, button) {
    this.#panel = panel;
    this.#count = button.querySelector(".count");
    button.addEventListener("click", () => this.#toggle(button));
    panel.querySelector(".close").addEventListener("click", () => this.#toggle(button));
  }

  show(state) {
    const counted = JSON.stringify(state.journal);
    this.#count.textContent = state.refusals.length ? `${state.refusals.length} refused` : "";
    if (counted === this.#counted) return;
    this.#counted = counted;
    const none = h("li", { class: "hint", text: "Nothing so far: everything the app sent would pass." });
    this.#panel.querySelector(".refusals").replaceChildren(...(state.refusals.length ? state.refusals.map(refusal) : [none]));
    if (!this.#panel.hidden) this.#fill();
  }

  #toggle(button) {
    this.#panel.hidden = !this.#panel.hidden;
    button.setAttribute("aria-expanded", String(!this.#panel.hidden));
    if (this.#panel.hidden) button.focus();
    else this.#fill();
  }

  async #fill() {
    const { lines } = await get("journal");
    const shown = new Map([...this.#panel.querySelectorAll(".wire > li")].map((node) => [node.dataset.key, node]));
    const nodes = lines.map((line) => shown.get(line.key) ?? this.#line(line));
    this.#panel.querySelector(".wire").replaceChildren(...(nodes.length ? nodes : [h("li", { class: "hint", text: "Nothing yet." })]));
  }

  #line(line) {
    const body = h("div", {});
    const details = h("details", {}, h("summary", { class: line.ok ? "" : "bad" },
      h("span", { class: "direction", title: line.to_app ? "to the app" : "from the app", text: line.to_app ? "→" : "←" }),
      h("code", { text: line.what }), h("span", { class: "hint", text: `${line.result} · ${line.ms} ms` })), body);
    details.addEventListener("toggle", async () => {
      if (!details.open || body.childElementCount) return;
      const { sent, answered } = await get("journal", { key: line.key });
      body.replaceChildren(h("p", { class: "hint", text: "Sent" }), code(sent), h("p", { class: "hint", text: "Answered" }), code(answered));
    });
    return h("li", { "data-key": line.key }, details);
  }
}
