// Shows what Slack would have refused: at once in the conversation, and all of it in the developer panel.

import { get } from "./api.js";
import { code, h } from "./dom.js";

const SEEN = "refusals seen";
/** Numbers begin anew with each start of the sandbox, so what was put away is kept with which start it was. */
function seen(boot) {
  const [when, number] = (localStorage.getItem(SEEN) ?? "").split("|");
  return when === boot ? Number(number) : 0;
}

function fault(one) {
  return h("li", {},
    h("p", { text: one.sentence }),
    one.pointer ? h("p", { class: "pointer" }, "at ", h("code", { text: one.pointer })) : null,
    one.part ? code(one.part) : null);
}

/** One refusal: what was asked, with which error Slack answers, why, where, and what was sent. */
export function refusal(one) {
  const whole = h("div", {});
  const details = h("details", {}, h("summary", { text: "Everything the app sent" }), whole);
  details.addEventListener("toggle", async () => {
    if (!details.open || whole.childElementCount) return;
    whole.replaceChildren(code((await get("journal", { key: one.key }))?.sent ?? "No longer kept."));
  });
  const errors = one.faults.length ? h("ul", {}, one.faults.map(fault)) : null;
  return h("div", { class: "refusal" },
    h("p", {}, h("strong", { text: one.what }), " would be answered with ", h("code", { text: one.error })), errors, details);
}

/** The panel in the conversation: the newest refusal, until it is put away. */
export class RefusalPanel {
  #panel;
  #shown = "";
  #boot = "";

  constructor(panel, showAll) {
    this.#panel = panel;
    panel.querySelector(".close").addEventListener("click", () => this.#putAway());
    panel.querySelector(".all").addEventListener("click", () => {
      this.#putAway();
      showAll();
    });
  }

  show({ refusals, boot }) {
    const [newest] = refusals;
    const key = newest?.key ?? "";
    this.#panel.hidden = !newest || Number(key) <= seen(boot);
    if (key === this.#shown && boot === this.#boot) return;
    this.#shown = key;
    this.#boot = boot;
    this.#panel.querySelector(".all").textContent = refusals.length > 1 ? `Show all ${refusals.length}` : "Show in the developer panel";
    this.#panel.querySelector(".newest").replaceChildren(...(newest ? [refusal(newest)] : []));
  }

  #putAway() {
    localStorage.setItem(SEEN, `${this.#boot}|${this.#shown}`);
    this.#panel.hidden = true;
  }
}
