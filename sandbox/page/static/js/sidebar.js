// The left side: the workspace, who one is, and where one can go; on a phone a drawer.

import { appIcon, avatar } from "./avatar.js";
import { h } from "./dom.js";
import { addressOf } from "./place.js";

const read = (person) => Number(localStorage.getItem(`read|${person}`) ?? 0);

/** Remembers that this person has now seen their conversation with the app. */
export function markRead(state) {
  const me = state.people.find((one) => one.name === state.me.name);
  if (me && Number(me.latest) > read(me.id)) localStorage.setItem(`read|${me.id}`, me.latest);
}

const isNew = (person) => Number(person.latest) > read(person.id);
const dot = (shown) => (shown ? h("span", { class: "dot" }, h("span", { class: "unseen", text: "new message" })) : null);

function place(address, current, ...inside) {
  return h("li", {}, h("a", { href: address, "data-go": true, "aria-current": current ? "page" : undefined }, inside));
}

function person(one, state) {
  const me = one.name === state.me.name;
  return h("li", {}, h("a", { class: "person", href: addressOf({ as: one.name, in: "app", tab: "" }), "data-go": true, "aria-current": me ? "true" : undefined },
    avatar({ value: one.id, label: one.real_name }),
    h("span", {}, h("span", { text: one.real_name }), one.title ? h("small", { text: one.title }) : null),
    me ? null : dot(isNew(one))));
}

function teams(state) {
  const names = [...new Set(state.people.map((one) => one.team_name))];
  return names.map((name) => h("li", {}, h("p", { class: "team", text: name }),
    h("ul", { "aria-label": name }, state.people.filter((one) => one.team_name === name).map((one) => person(one, state)))));
}

export class Sidebar {
  #nav;
  #button;

  constructor(nav, button, scrim) {
    this.#nav = nav;
    this.#button = button;
    button.addEventListener("click", () => (this.#isOpen ? this.close({ focus: true }) : this.#open()));
    scrim.addEventListener("click", () => this.close());
    addEventListener("keydown", (event) => event.key === "Escape" && this.#isOpen && this.close({ focus: true }));
  }

  get #isOpen() {
    return document.body.classList.contains("drawer-open");
  }

  #open() {
    this.#turn(true);
    this.#nav.querySelector("[aria-current], a")?.focus({ preventScroll: true });
  }

  close({ focus = false } = {}) {
    this.#turn(false);
    if (focus) this.#button.focus();
  }

  #turn(open) {
    document.body.classList.toggle("drawer-open", open);
    this.#button.setAttribute("aria-expanded", String(open));
  }

  show(state) {
    const me = state.people.find((one) => one.name === state.me.name);
    const fingerprint = JSON.stringify([state.workspace, state.people, state.channels, state.place, state.people.map((one) => read(one.id))]);
    if (this.#nav.dataset.shown === fingerprint) return;
    this.#nav.dataset.shown = fingerprint;
    const focused = this.#nav.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const sign = () => h("span", { class: "sign", "aria-hidden": "true", text: "#" });
    const channels = state.channels.map((one) => place(addressOf({ in: one.id, tab: "" }), state.place.id === one.id, sign(), ` ${one.name}`));
    const app = place(addressOf({ in: "app", tab: "" }), state.place.app, appIcon(), state.app.name, " ", dot(isNew(me)));
    this.#nav.querySelector(".workspace").textContent = state.workspace.name;
    this.#nav.querySelector(".channels").replaceChildren(...channels);
    this.#nav.querySelector(".apps").replaceChildren(app);
    this.#nav.querySelector(".people").replaceChildren(...teams(state));
    if (focused) this.#nav.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
  }
}
