// The field at the bottom: commands and messages; what could not be sent stays in it.

import { post } from "./api.js";
import { Completion } from "./completion.js";
import { busy } from "./dom.js";
import { menu } from "./menu.js";
import { here } from "./place.js";

const MOST_LINES = 8;
const HOW = "↑ ↓ to choose, Tab to take over, Esc to close";
const usage = (command) => [command?.command, command?.usage_hint, command?.description && `— ${command.description}`].filter(Boolean).join(" ");
const key = () => `draft|${here().as}|${here().place}`;

export class Composer {
  #form;
  #field;
  #hint;
  #did;
  #completion;
  #shortcuts = "";
  #commands = [];

  constructor(form, did) {
    this.#form = form;
    this.#field = form.querySelector("textarea");
    this.#hint = form.querySelector(".command-hint");
    this.#did = did;
    this.#completion = new Completion(this.#field, form.querySelector(".completion"), (text) => this.#take(text));
    form.addEventListener("submit", (event) => this.#send(event));
    this.#field.addEventListener("input", () => this.#typed({ offering: true }));
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("blur", () => this.#typed());
  }

  /** For another person or place: its own unsent text. */
  moved() {
    this.#field.value = sessionStorage.getItem(key()) ?? "";
    this.#completion.close();
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
    const start = async (one) => this.#did(await post("shortcut", { callback: one.callback_id }), () => start(one));
    const items = shortcuts.map((one) => ({ label: one.name, detail: one.description, choose: () => start(one) }));
    slot.replaceChildren(items.length ? menu(button, items, "Shortcuts") : "");
  }

  #key(event) {
    if (this.#completion.key(event)) {
      if (!this.#completion.isOpen) this.#typed();
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#completion.close();
      this.#form.requestSubmit();
    }
  }

  #take(text) {
    this.#field.value = text;
    this.#typed({ offering: text.endsWith(" ") });
  }

  #typed({ offering = false } = {}) {
    const text = this.#field.value;
    sessionStorage.setItem(key(), text);
    this.#field.rows = Math.min(text.split("\n").length, MOST_LINES);
    if (offering) this.#completion.update(this.#commands);
    this.#hint.textContent = this.#completion.isOpen ? HOW : usage(this.#commands.find((one) => text === one.command || text.startsWith(`${one.command} `)));
  }

  async #send(event) {
    event.preventDefault();
    const text = this.#field.value;
    if (!text.trim() || this.#field.readOnly) return;
    this.#field.readOnly = true;
    const answer = await busy(this.#form.querySelector("[type=submit]"), () => post("say", { text }));
    this.#field.readOnly = false;
    if (answer.seen?.ok) this.#field.value = "";
    this.#completion.close();
    this.#typed();
    this.#did(answer, () => this.#form.requestSubmit());
    this.#field.focus();
  }
}
