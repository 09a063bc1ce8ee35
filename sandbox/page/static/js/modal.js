// Modals: one <dialog> for each open view, stacked as the app pushed them.

import { post } from "./api.js";
import { rendered } from "./blocks.js";
import { busy, focusOn, h, keepingFocus, uid } from "./dom.js";
import { Drafts } from "./drafts.js";
import { withEmoji } from "./emoji.js";
import { Notice } from "./notice.js";
import { stageOn } from "./stage.js";

const open = new Map();

/** Brings the dialogs on the page in line with the views the server says are open. */
export function showModals(views, context, did) {
  const wanted = new Set(views.map((view) => view.id));
  for (const [id, modal] of [...open].reverse()) {
    if (wanted.has(id)) continue;
    modal.remove();
    open.delete(id);
  }
  views.forEach((view, depth) => {
    if (!open.has(view.id)) open.set(view.id, new Modal(did));
    open.get(view.id).show(view, context, depth);
  });
}

class Modal {
  #did;
  #hash = null;
  #view = null;
  #drafts = null;
  #body = h("div", { class: "dialog-body" });
  #title = h("h2", { id: uid("title") });
  #said = h("div", { class: "notice", role: "alert", hidden: true });
  #notice = new Notice(this.#said);
  #opener = null;
  #foot = h("div", { class: "dialog-foot" });
  #back = h("button", { type: "button", class: "icon", "aria-label": "Back", text: "←", onclick: () => this.#leave() });
  #all = h("button", { type: "button", class: "icon", text: "✕", onclick: () => this.#leave({ all: true }) });

  constructor(did) {
    this.#did = did;
    const head = h("header", { class: "dialog-head" }, this.#back, this.#title, this.#all);
    this.form = h("form", { novalidate: true, onsubmit: (event) => this.#submit(event) }, head, this.#body, this.#said, this.#foot);
    this.dialog = h("dialog", { class: "modal", "aria-labelledby": this.#title.id }, this.form);
    this.dialog.addEventListener("cancel", (event) => {
      if (event.target !== this.dialog) return;
      event.preventDefault();
      this.#leave();
    });
    // Browsers close a dialog on a second Escape whatever the page says; the app must hear of it all the same.
    this.dialog.addEventListener("close", (event) => event.target === this.dialog && this.#view && this.#leave());
  }

  show(view, context, depth) {
    if (this.#hash !== view.hash) this.#draw(view, context, depth);
    this.#showErrors(view.errors);
  }

  remove() {
    this.#view = null;
    this.#drafts?.drop();
    this.dialog.close();
    this.dialog.remove();
    // What opened the form may have been redrawn meanwhile: then its successor has the focus, else where one writes.
    if (document.activeElement !== document.body) return;
    if (!focusOn(this.#opener?.dataset.field)) document.querySelector("dialog[open] .dialog-foot .button, #composer:not([hidden]) textarea, #main")?.focus({ preventScroll: true });
  }

  #draw(view, context, depth) {
    const first = this.#hash === null;
    this.#hash = view.hash;
    this.#view = view.id;
    this.#drafts ??= new Drafts(view.id);
    const did = (answer, again) => this.#tell(answer, again);
    const stage = stageOn(context, { view: view.id }, view.values, { did, drafts: this.#drafts });
    this.#title.textContent = withEmoji(view.title);
    this.#back.hidden = depth === 0;
    this.#all.setAttribute("aria-label", depth ? "Close all" : "Close form");
    keepingFocus(this.#body, () => this.#body.replaceChildren(...rendered(view.blocks, stage)));
    this.#foot.replaceChildren(...this.#buttons(view));
    if (first) this.#appear();
  }

  #buttons(view) {
    const close = h("button", { type: "button", class: "button", text: view.close ?? (view.submit ? "Cancel" : "Close"), onclick: () => this.#leave() });
    return view.submit ? [close, h("button", { type: "submit", class: "button primary", text: withEmoji(view.submit) })] : [close];
  }

  #appear() {
    this.#opener = document.activeElement;
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.#body.querySelector("input, textarea, select, summary, button")?.focus();
  }

  async #submit(event) {
    event.preventDefault();
    const button = this.#foot.querySelector("[type=submit]");
    if (!button) return;
    this.#notice.clear();
    await busy(button, async () => {
      await this.#drafts.flush();
      this.#tell(await post("submit", { view: this.#view }), () => this.form.requestSubmit());
    });
    this.#body.querySelector(".invalid input, .invalid textarea, .invalid select, .invalid summary")?.focus();
  }

  async #leave({ all = false } = {}) {
    const view = this.#view;
    this.#view = null;
    if (view) this.#did(await post("close", { view, all }));
  }

  #tell(answer, again) {
    const { seen } = answer;
    if (Object.keys(seen?.errors ?? {}).length) this.#notice.clear();
    else this.#notice.show(seen, again);
    this.#did({ ...answer, seen: undefined });
  }

  #showErrors(errors) {
    for (const block of this.#body.querySelectorAll("[data-block]")) {
      const said = errors[block.dataset.block];
      const line = block.querySelector(".field-error");
      block.classList.toggle("invalid", Boolean(said));
      block.querySelector("[data-field]")?.setAttribute("aria-invalid", String(Boolean(said)));
      line.textContent = said ?? "";
      line.hidden = !said;
    }
  }
}
