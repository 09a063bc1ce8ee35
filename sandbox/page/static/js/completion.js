// Offers commands and their subcommands while one types: arrows choose, Tab or Enter takes over, Escape closes.

import { h } from "./dom.js";

const MOST = 10;

/** The words of a usage hint such as "[help, roadmap, log]"; placeholders like <number> are none. */
export const subcommands = (hint) => (hint ?? "").split(/[\s,|[\]()]+/).filter((word) => /^[a-z][\w-]*$/i.test(word));

/** What could stand where `text` begins: `{insert, label, detail}`. */
export function offers(text, commands) {
  const [, typed, gap, word = ""] = /^(\/\S*)(?:( +)(\S*))?$/.exec(text) ?? [];
  if (!typed) return [];
  if (gap === undefined) {
    return commands.filter((one) => one.command.startsWith(typed)).map((one) => ({ insert: `${one.command} `, label: one.command, detail: one.description, partial: one.command !== typed }));
  }
  const command = commands.find((one) => one.command === typed);
  return subcommands(command?.usage_hint)
    .filter((one) => one.startsWith(word.toLowerCase()) && one !== word)
    .map((one) => ({ insert: `${typed} ${one}`, label: `${typed} ${one}`, detail: "" }));
}

export class Completion {
  #field;
  #list;
  #taken;
  #shown = [];
  #active = -1;

  /** `taken(text)` puts what was chosen into the field. */
  constructor(field, list, taken) {
    this.#field = field;
    this.#list = list;
    this.#taken = taken;
    field.addEventListener("blur", () => this.close());
  }

  get isOpen() {
    return this.#shown.length > 0;
  }

  update(commands) {
    const text = this.#field.value;
    this.#shown = this.#field.selectionEnd === text.length ? offers(text, commands).slice(0, MOST) : [];
    // A command that is still half typed cannot be sent, so Enter may complete it; a subcommand need not be one of these.
    this.#active = this.#shown[0]?.partial ? 0 : -1;
    this.#draw();
  }

  close() {
    this.#shown = [];
    this.#draw();
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.isOpen || event.isComposing) return false;
    const count = this.#shown.length;
    if (event.key === "ArrowDown") this.#active = (this.#active + 1) % count;
    else if (event.key === "ArrowUp") this.#active = (Math.max(this.#active, 0) - 1 + count) % count;
    else if (event.key === "Escape") this.#shown = [];
    else if (event.key === "Tab" && !event.shiftKey) return this.#take(Math.max(this.#active, 0));
    else if (event.key === "Enter" && !event.shiftKey && this.#active >= 0) return this.#take(this.#active);
    else return false;
    this.#draw();
    return true;
  }

  #take(at) {
    const { insert } = this.#shown[at];
    this.close();
    this.#taken(insert);
    return true;
  }

  #draw() {
    this.#list.hidden = !this.isOpen;
    this.#list.replaceChildren(...this.#shown.map((one, at) => this.#option(one, at)));
    const current = this.#list.children[this.#active];
    current?.scrollIntoView({ block: "nearest" });
    if (current) this.#field.setAttribute("aria-activedescendant", current.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #option(one, at) {
    const take = () => this.#take(at);
    // A press would take the focus out of the field, and with it close the list before the click arrives.
    return h("li", { role: "option", id: `completion-${at}`, "aria-selected": String(at === this.#active), onpointerdown: (event) => event.preventDefault(), onclick: take },
      h("span", { text: one.label }), one.detail ? h("small", { text: one.detail }) : null);
  }
}
