// The field at the bottom: commands and messages; what could not be sent stays in it.

import { post } from "./api.js";
import { busy } from "./dom.js";
import { menu } from "./menu.js";
import { here } from "./place.js";

const key = () => `draft|${here().as}|${here().place}`;

export class Composer {
  #form;
  #field;
  #hint;
  #did;
  #shortcuts = "";
  #commands = [];

  constructor(form, did) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#hint = form.querySelector(".command-hint");
    this.#did = did;
    form.addEventListener("submit", (event) => this.#send(event));
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  /** For another person or place: its own unsent text. */
  moved() {
    this.#field.value = sessionStorage.getItem(key()) ?? "";
    this.#typed();
  }

  show(state) {
    this.#commands = state.commands;
    this.#form.querySelector("label").textContent = `Message ${state.place.label}`;
    this.#field.placeholder = `Message ${state.place.label}, or try ${state.commands[0]?.command ?? "/"}`;
    const offered = JSON.stringify(state.shortcuts.global);
    if (offered !== this.#shortcuts) this.#offer(state.shortcuts.global);
    this.#shortcuts = offered;
  }

  #offer(shortcuts) {
    const slot = this.#form.querySelector(".shortcuts");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: "Shortcuts" });
    const items = shortcuts.map((one) => ({
      label: one.name, detail: one.description,
      choose: async () => this.#did(await post("shortcut", { callback: one.callback_id })),
    }));
    slot.replaceChildren(items.length ? menu(button, items, "Shortcuts") : "");
  }

  #typed() {
    const text = this.#field.value;
    sessionStorage.setItem(key(), text);
    this.#field.rows = Math.min(text.split("\n").length, 6);
    const command = this.#commands.find((one) => text.startsWith(one.command));
    this.#hint.textContent = command ? [command.command, command.usage_hint, command.description && `— ${command.description}`].filter(Boolean).join(" ") : "";
  }

  async #send(event) {
    event.preventDefault();
    const text = this.#field.value;
    if (!text.trim() || this.#field.readOnly) return;
    this.#field.readOnly = true;
    const answer = await busy(this.#form.querySelector("[type=submit]"), () => post("say", { text }));
    this.#field.readOnly = false;
    if (answer.seen?.ok) this.#field.value = "";
    this.#typed();
    this.#did(answer);
    this.#field.focus();
  }
}
